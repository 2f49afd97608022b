"""What people gave and decided: the only truth that cannot be computed again."""
