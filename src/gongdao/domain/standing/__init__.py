"""How far a reporter's word and an account are trusted: explained, healing, open to appeal."""
