"""What screening reads from files, and the engine that matches many words at once."""
