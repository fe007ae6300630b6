"""Measures that hold for a while, until a case is decided: never a decision themselves."""
