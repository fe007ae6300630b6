"""Findings, statements of reasons, the penalty ladder."""
