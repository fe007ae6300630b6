"""What reaches outside: one module or folder for each thing outside."""
