"""
A group's own list: the words that its owner wants to look at before they appear in the group.

It weighs nothing and teaches nothing: a hit lets the owner look first, and that is all.
"""

import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class OwnWord:
    """A word of the list at a place of the original text."""

    start: int
    end: int
    word: str


def written(several: Iterable[OwnWord]) -> str:
    """As one text: it quotes the list, so it is sealed like the text."""
    return json.dumps([astuple(each) for each in several], ensure_ascii=False)


def read(text: str) -> tuple[OwnWord, ...]:
    """The same back."""
    return tuple(OwnWord(*each) for each in json.loads(text))
