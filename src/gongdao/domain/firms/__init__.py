"""Firms: verified by people, bound by an undertaking, and what they may lose."""
