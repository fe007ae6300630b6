"""Pages of texts that wait before they appear."""
