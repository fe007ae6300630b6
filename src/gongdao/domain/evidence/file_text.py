"""What was taken out of a file that is no picture: its text by places, and the shape of a sound."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from gongdao.domain.kernel.ids import Code

MOST_CHARACTERS = 200_000
"""Of all the text of a file; what is beyond is said to be missing."""
MOST_LINES = 5_000
LONGEST_LINE = 400
"""Longer lines are broken, at a gap where there is one: rules that read lines stay quick."""
BARS = 240
"""So many bars a waveform has."""
LOUDEST = 100


@dataclass(frozen=True, slots=True)
class Part:
    """One page, sheet or slide."""

    place: str
    """Such as `page:3`; empty where a file has no such places."""
    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about the file itself: a code, and how much of it."""

    code: Code
    count: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording as far as its file says."""

    format: str
    seconds: float | None
    """None where the file does not say it."""
    peaks: tuple[int, ...]
    """How loud it is, from 0 to 100 and the loudest 100; empty where it could not be decoded."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """Everything taken out of one file."""

    parts: tuple[Part, ...] = ()
    remarks: tuple[Remark, ...] = ()
    sound: Sound | None = None


class FileReader(Protocol):
    """Takes text and sound out of files that are no pictures, where they can do no harm."""

    @property
    def name(self) -> str:
        """Which programs it is made of, and their versions."""

    def read(self, pieces: Iterable[bytes], media: str) -> ReadFile:
        """What is in it; NotRead says why where nothing could be taken out."""


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """One line of text, and where it stands."""

    text: str
    place: str


def lines_of(read: ReadFile) -> tuple[list[PlacedLine], Remark | None]:
    """The lines of a file, as many as are looked at, and a remark where there are more."""
    all_lines = [
        PlacedLine(piece, part.place)
        for part in read.parts
        for line in part.text.splitlines()
        for piece in _broken(line.rstrip())
    ]
    kept: list[PlacedLine] = []
    characters = 0
    for line in all_lines:
        characters += len(line.text) + 1
        if len(kept) >= MOST_LINES or characters > MOST_CHARACTERS:
            return kept, Remark("lines_cut", len(kept), len(all_lines))
        kept.append(line)
    return kept, None


def _broken(line: str) -> Iterable[str]:
    """A line in pieces that rules can read: between words where it can be."""
    while len(line) > LONGEST_LINE:
        half = LONGEST_LINE // 2
        at = next((n for n in range(LONGEST_LINE, half, -1) if _is_gap(line[n])), LONGEST_LINE)
        yield line[:at]
        line = line[at:]
    yield line


def _is_gap(char: str) -> bool:
    return not (char.isalnum() or char in "-._@")
