"""How alike two statements are: which part of their short runs of characters they share.

Jaccard's index of the sets of three-character runs (w-shingles; Broder, "On the resemblance and
containment of documents", 1997), over letters and digits alone. It needs no dictionary, so that
Chinese, which has no blanks between words, and English are measured in the same way.
"""

import unicodedata
from collections.abc import Iterable

RUN = 3
"""Characters of a run."""


def likeness(one: str, other: str) -> float:
    """From 0 for nothing in common to 1 for the same letters and digits."""
    ours, theirs = runs(one), runs(other)
    union = ours | theirs
    return len(ours & theirs) / len(union) if union else 0.0


def most_alike(ours: Iterable[str], theirs: Iterable[str]) -> float:
    """The likeness of the two that are most alike, one of each side; 0 where a side is empty."""
    others = list(theirs)
    return max((likeness(one, other) for one in ours for other in others), default=0.0)


def runs(text: str) -> frozenset[str]:
    """Every run of characters in a text; a shorter text is one run."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    plain = "".join(character for character in folded if character.isalnum())
    last = max(len(plain) - RUN, 0)
    return frozenset(plain[at : at + RUN] for at in range(last + 1)) - {""}
