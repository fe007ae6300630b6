"""Judging a text before it appears: what stands out in it, and which lane that suggests."""
