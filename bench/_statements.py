"""The hand-written statements: read, with their marks, and split into two halves."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

FOLDER = Path(__file__).parent / "statements"
FILES = ("raising.txt", "harmless.txt")
LATER, UNSEEN = "later.txt", "unseen.txt"
_SEED = "20261121"
_MARK = re.compile(r"\[\[(\w+)\|([^\]]+)\]\]")
_SETTING = re.compile(r"@(exhibits|own)=(\S*) ")


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage that should be marked: from `start` up to `end`."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of the set."""

    text: str
    marks: tuple[Mark, ...]
    exhibits: frozenset[int] | None
    own: tuple[str, ...]
    check: bool = False
    """Whether it is of the half that is measured."""


def statements() -> list[Statement]:
    """The whole set. Every second one of each kind and language, by hash, is of the check half."""
    return _halved([line for name in FILES for line in _lines(name)])


def later() -> list[Statement]:
    """Those that were written after the first rules, halved in the same way."""
    return _halved(_lines(LATER))


def unseen() -> list[Statement]:
    """Those that were written after the last change of the rules, none of which is tuned on."""
    return [replace(_read(line), check=True) for line in _lines(UNSEEN)]


def _lines(name: str) -> list[str]:
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _halved(lines: list[str]) -> list[Statement]:
    found: list[Statement] = []
    seen: dict[str, int] = {}
    for line in sorted(lines, key=lambda each: hashlib.sha256((_SEED + each).encode()).digest()):
        one = _read(line)
        alike = f"{one.marks[0].kind if one.marks else ''} {one.text[:1].isascii()}"
        seen[alike] = seen.get(alike, 0) + 1
        found.append(replace(one, check=seen[alike] % 2 == 0))
    return found


def _read(line: str) -> Statement:
    rest = line
    exhibits: frozenset[int] | None = None
    own: tuple[str, ...] = ()
    while (setting := _SETTING.match(rest)) is not None:
        values = [value for value in setting[2].split(",") if value]
        if setting[1] == "exhibits":
            exhibits = frozenset(map(int, values))
        else:
            own = tuple(values)
        rest = rest[setting.end() :]
    text = _MARK.sub(lambda found: found[2], rest)
    return Statement(text, tuple(_marks(rest)), exhibits, own)


def _marks(line: str) -> Iterator[Mark]:
    dropped = 0
    for found in _MARK.finditer(line):
        start = found.start() - dropped
        yield Mark(found[1], start, start + len(found[2]))
        dropped += len(found[0]) - len(found[2])
