"""Where two versions of a text differ, word by word, so that a person can compare them."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKENS = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)
_MOST = 4_000
"""Words beyond which lines are compared instead: comparing grows with the square."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one version."""

    text: str
    differs: bool


def compared(mine: str, other: str) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    """Both versions in stretches; what stands in one alone is marked."""
    left, right = _tokens(mine), _tokens(other)
    found: tuple[list[Stretch], list[Stretch]] = ([], [])
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for tag, from_, to, other_from, other_to in matcher.get_opcodes():
        differs = tag != "equal"
        for side, words in ((0, left[from_:to]), (1, right[other_from:other_to])):
            if words:
                found[side].append(Stretch("".join(words), differs))
    return tuple(found[0]), tuple(found[1])


def _tokens(text: str) -> list[str]:
    words = _TOKENS.findall(text)
    return words if len(words) <= _MOST else text.splitlines(keepends=True)
