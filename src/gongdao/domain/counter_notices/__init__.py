"""Notices about somebody's rights, counter-notices, and what holds until the matter is settled."""
