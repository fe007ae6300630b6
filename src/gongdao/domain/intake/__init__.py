"""Reports in, receipts, and the cases that they open."""
