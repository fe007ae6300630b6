"""Protecting an account: the code that freezes it, its backup contact, the way back to it."""
