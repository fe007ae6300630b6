"""The hand-written statements: read, with their marks, and split into two halves."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "statements"
FILES = ("raising.txt", "harmless.txt")
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
    check: bool
    """Whether it is of the half that is measured."""


def statements() -> list[Statement]:
    """The whole set."""
    lines = [line for name in FILES for line in (FOLDER / name).read_text("utf-8").splitlines()]
    return [_read(line) for line in lines if line and not line.startswith("#")]


def _read(line: str) -> Statement:
    check = bool(hashlib.sha256((_SEED + line).encode()).digest()[0] & 0x80)
    rest, exhibits, own = line, None, ()
    while (setting := _SETTING.match(rest)) is not None:
        values = [value for value in setting[2].split(",") if value]
        if setting[1] == "exhibits":
            exhibits = frozenset(map(int, values))
        else:
            own = tuple(values)
        rest = rest[setting.end() :]
    text = _MARK.sub(lambda found: found[2], rest)
    return Statement(text, tuple(_marks(rest)), exhibits, own, check)


def _marks(line: str) -> Iterator[Mark]:
    dropped = 0
    for found in _MARK.finditer(line):
        start = found.start() - dropped
        yield Mark(found[1], start, start + len(found[2]))
        dropped += len(found[0]) - len(found[2])
