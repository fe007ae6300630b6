"""Disputes: cases that somebody else decides, on a platform outside this installation."""
