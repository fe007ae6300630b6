"""Who may see and do what: the only door to a record."""
