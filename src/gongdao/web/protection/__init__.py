"""Pages of protecting an account."""
