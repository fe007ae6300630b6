"""What holds without trusting the operator: exhibits, the public log, and what proves both."""
