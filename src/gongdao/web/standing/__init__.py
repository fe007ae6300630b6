"""Pages of how far one is trusted."""
