"""What people are told, in which words, and proof of it."""
