"""What the system means: no input, no output, no clock, no chance, no framework."""
