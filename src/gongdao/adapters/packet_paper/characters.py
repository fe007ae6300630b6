"""Which characters the document can show, and what stands for one that it cannot.

A chat holds emoji, a name a rare character, and no font has all of them. A packet that could not be
made for one of them would help nobody, and a blank would hide that something stood there: so the
character's number stands in its place, and the text as it was in the table beside the document.
"""

import struct
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

_UNSEEN = {"\u200d", "\ufe0e", "\ufe0f"}
"""Joiners and variants of emoji: they say nothing once the emoji stands there as its number."""
_FORMAT_12 = 12


@dataclass(slots=True)
class Shown:
    """Text as the fonts can show it."""

    known: frozenset[int]
    replaced: set[str] = field(default_factory=set)

    @classmethod
    def by(cls, fonts: Sequence[Path]) -> Self:
        """What every one of these fonts has."""
        sets = [characters(font.read_bytes()) for font in fonts]
        return cls(frozenset.intersection(*sets))

    def of(self, thing: Any) -> Any:
        """The same data with every text as it can be shown."""
        if isinstance(thing, str):
            return self.text(thing)
        if isinstance(thing, Mapping):
            return {key: self.of(each) for key, each in thing.items()}
        return [self.of(each) for each in thing] if isinstance(thing, list) else thing

    def text(self, written: str) -> str:
        """One text."""
        if all(ord(c) in self.known for c in written if c != "\n"):
            return written
        plain = unicodedata.normalize("NFC", written).replace("\r\n", "\n").replace("\r", "\n")
        return "".join(map(self._one, plain.replace("\t", " ")))

    def _one(self, character: str) -> str:
        if character == "\n" or (ord(character) in self.known and character.isprintable()):
            return character
        if character in _UNSEEN:
            return ""
        number = f"U+{ord(character):04X}"
        self.replaced.add(number)
        return f"〔{number}〕"


def characters(font: bytes) -> frozenset[int]:
    """The characters of an OpenType font, out of its `cmap` (format 12)."""
    (count,) = struct.unpack_from(">H", font, 4)
    tables = (struct.unpack_from(">4sLLL", font, 12 + 16 * n) for n in range(count))
    begin = next(offset for tag, _, offset, _ in tables if tag == b"cmap")
    (subtables,) = struct.unpack_from(">H", font, begin + 2)
    for n in range(subtables):
        (offset,) = struct.unpack_from(">L", font, begin + 4 + 8 * n + 4)
        at = begin + offset
        if struct.unpack_from(">H", font, at)[0] == _FORMAT_12:
            (groups,) = struct.unpack_from(">L", font, at + 12)
            spans = (struct.unpack_from(">LLL", font, at + 16 + 12 * g) for g in range(groups))
            return frozenset(c for first, last, _ in spans for c in range(first, last + 1))
    raise ValueError("the font names no characters")
