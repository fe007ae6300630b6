"""Eligibility, independent review, remedy."""
