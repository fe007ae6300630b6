"""A text as it is compared, with the way back to every character of the text as it was written."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_SAME = str.maketrans("’‘ʼ´`“”〝〞＂", "'''''" + '"' * 5)
_UNSEEN = {"Cf", "Cc", "Mn", "Me", "Cs", "Co"}
"""Categories that nothing is seen of, or that sit on the letter before: no word needs one here."""


@dataclass(frozen=True, slots=True)
class Folded:
    """Small letters, half width, single blanks, nothing invisible."""

    text: str
    places: tuple[int, ...]
    """Where each character stands in the original, and at the end the original's length."""

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The same passage in the original."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold a text."""
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for plain in _plain(char):
            if plain == " " and (not chars or chars[-1] in " \n"):
                continue
            chars.append(plain)
            places.append(place)
    return Folded("".join(chars), (*places, len(text)))


def _plain(char: str) -> Iterator[str]:
    if char.isascii():
        yield "\n" if char in "\r\n" else char.lower() if char > " " else " "
        return
    folded = unicodedata.normalize("NFKC", char).casefold().translate(_SAME)
    for each in folded:
        if each.isspace():
            yield "\n" if each in "\u2028\u2029\x85" else " "
        elif unicodedata.category(each) not in _UNSEEN:
            yield each
