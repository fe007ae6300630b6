"""Where the parts meet: one file per story. What one file does is kept together, or not at all."""
