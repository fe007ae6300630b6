"""What comes first, and who works on it."""
