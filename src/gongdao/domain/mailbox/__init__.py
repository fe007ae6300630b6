"""Messages between a reporter and the reviewers of a case, both without a name."""
