"""Organisations: who works together on disputes with outside platforms, and who may do what."""
