"""What journals need from outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gongdao.domain.evidence.journal import Entry, JournalEntered, JournalStep
from gongdao.domain.kernel.events import Streams
from gongdao.domain.kernel.ids import EntryId, PersonId


@dataclass(frozen=True, slots=True)
class Used:
    """How much somebody's journal holds."""

    entries: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries of a journal are asked for; all of them by default, the latest first."""

    sort: str = ""
    """Of one kind."""
    since: datetime | None = None
    """That happened from then on."""
    until: datetime | None = None
    """That happened before then."""
    skip: int = 0
    """So many that were shown before."""
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Written:
    """One step of an entry, as it was hashed: whoever has this can check the leaf."""

    entry: EntryId
    version: int
    kind: str
    at: datetime
    record: str
    """The very characters whose UTF-8 is hashed."""
    leaf: str


class Journals(Streams[Entry, JournalStep], Protocol):
    """All entries of all journals."""

    def of_owner(self, owner: PersonId, wanted: Wanted) -> list[Entry]:
        """Entries of one journal by when they happened, the latest first."""

    def used(self, owner: PersonId) -> Used:
        """How much there is; within a unit of work others who write wait until its end."""

    def months(self, owner: PersonId) -> list[str]:
        """The months (`2026-11`, Chinese clock) in which something happened, the latest first."""

    def corrected(self, owner: PersonId, entries: Sequence[EntryId]) -> Mapping[EntryId, EntryId]:
        """Which of these were corrected, and by which entry (the latest)."""

    def happened_at(self, owner: PersonId, moments: Sequence[datetime]) -> list[Entry]:
        """Entries that say that they happened at one of these moments."""

    def enter_all(self, entered: Sequence[JournalEntered]) -> None:
        """Keep many new entries at once."""

    def written(self, owner: PersonId, entries: Sequence[EntryId]) -> list[Written]:
        """Every step of these entries, by entry and version."""
