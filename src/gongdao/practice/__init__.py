"""Practice: made-up cases to learn on, and one-line sign-ins on one's own machine."""
