"""Somebody's own journal: what they wrote down, and when it was recorded here.

When a thing happened is their word; when it was recorded, and that it was not changed since, is
what the log proves. An entry is never edited: a later one corrects it and names it, or it is struck
out with a reason, and both stay.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, assert_never

from gongdao.domain.evidence.exhibits import FileMark
from gongdao.domain.evidence.media import Kind
from gongdao.domain.evidence.uploads import MadeOf
from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import Code, EntryId, PersonId, Sealed


@dataclass(frozen=True, slots=True)
class JournalFile:
    """A file of an entry. It lies in the vault under its digest, and is its owner's alone."""

    name: Sealed
    what: Kind
    file: FileMark
    made: tuple[MadeOf, ...]
    scan: str
    """What a virus scanner said, and which."""


@dataclass(frozen=True, slots=True)
class When:
    """When something happened, by the word of whoever wrote it down."""

    at: datetime
    """To the minute; the day's beginning on the Chinese clock where only the day is known."""
    day_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntered(Event):
    """Somebody wrote something into their journal."""

    kind: ClassVar[str] = "journal.entered"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    entry: EntryId
    owner: PersonId
    sort: Code
    """Which of the pack's kinds of entries."""
    happened: When
    text: Sealed | None
    files: tuple[JournalFile, ...]
    corrects: EntryId | None
    """The earlier entry that this one corrects."""
    imported: bool
    """Whether it came with a table: then it was recorded long after it happened, maybe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalStruck(Event):
    """The owner struck an entry out. It stays visible, with the reason."""

    kind: ClassVar[str] = "journal.struck"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    reason: Sealed


JournalStep = JournalEntered | JournalStruck


@dataclass(frozen=True, slots=True)
class Struck:
    """When an entry was struck out, and why."""

    at: datetime
    reason: Sealed


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it stands."""

    id: EntryId
    owner: PersonId
    sort: Code
    happened: When
    text: Sealed | None
    files: tuple[JournalFile, ...]
    corrects: EntryId | None
    imported: bool
    recorded_at: datetime
    struck: Struck | None = None

    @property
    def bytes(self) -> int:
        """How much its files take."""
        return sum(each.file.size for each in self.files)

    def seals(self) -> list[Sealed]:
        """Every text that it points to."""
        texts = [self.text, self.struck.reason if self.struck else None]
        return [*filter(None, texts), *(each.name for each in self.files)]


def after(entry: Entry, step: JournalStep) -> Entry:
    """The entry after one more step."""
    match step:
        case JournalEntered():
            raise ValueError("an entry is written once")
        case JournalStruck():
            return replace(entry, struck=Struck(step.at, step.reason))
        case _:
            assert_never(step)


def fold(steps: Iterable[JournalStep]) -> Entry:
    """The standing after a whole stream; ValueError if it does not begin with the entry."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, JournalEntered):
        raise ValueError("an entry begins with journal.entered")
    entry = Entry(
        id=first.entry,
        owner=first.owner,
        sort=first.sort,
        happened=first.happened,
        text=first.text,
        files=first.files,
        corrects=first.corrects,
        imported=first.imported,
        recorded_at=first.at,
    )
    for step in rest:
        entry = after(entry, step)
    return entry
