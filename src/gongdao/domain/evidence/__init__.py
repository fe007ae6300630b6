"""Exhibits: what they are, how they are kept, what was found in them."""
