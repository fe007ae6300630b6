"""Putting a better wording in the place of a passage, or leaving the passage out."""

_ENDS = "。.！!？?；;，,、"


def mended(text: str, start: int, end: int, better: str) -> str:
    """The text with `better` where the passage was; empty leaves it out with its punctuation."""
    before, after = text[:start], text[end:]
    if better:
        # Words that end their sentence themselves need no second full stop.
        return (
            before + better + (after[1:] if better[-1] in _ENDS and after[:1] in _ENDS else after)
        )
    after = after.lstrip(_ENDS) if not before.strip() or before.rstrip()[-1] in _ENDS else after
    return (before.rstrip(" ") + after).strip()
