"""What leaves the workspace: redacted, grouped so that nobody can be worked out, frozen."""
