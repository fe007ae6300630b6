"""What a rule pack may say, reading it, and finding the one in force."""
