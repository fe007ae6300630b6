"""Ways back: how a sanction is earned off before its time."""
