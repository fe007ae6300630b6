"""The guided appeal: one question a screen, saved at every step."""
