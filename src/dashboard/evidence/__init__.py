"""What is computed: parts, the build, and evidence on an engine."""
