"""People's own journals, in memory."""

from collections.abc import Sequence
from datetime import datetime

from tests.fakes.streams import MemoryStreams

from gongdao.domain.evidence import journal
from gongdao.domain.evidence.journal import Entry, JournalEntered, JournalStep
from gongdao.domain.evidence.journal_ports import Used, Wanted, Written
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.ids import EntryId, PersonId
from gongdao.storage import codec


class MemoryJournals(MemoryStreams[Entry, JournalStep]):
    """All entries of all journals."""

    table = "journal"
    fold = staticmethod(journal.fold)

    def of_owner(self, owner: PersonId, wanted: Wanted) -> list[Entry]:
        theirs = [
            entry
            for entry in self._of(owner)
            if wanted.sort in {"", entry.sort}
            and (wanted.since is None or entry.happened.at >= wanted.since)
            and (wanted.until is None or entry.happened.at < wanted.until)
        ]
        theirs.sort(key=lambda e: (e.happened.at, e.id), reverse=True)
        return theirs[wanted.skip : wanted.skip + wanted.limit]

    def used(self, owner: PersonId) -> Used:
        theirs = self._of(owner)
        return Used(len(theirs), sum(entry.bytes for entry in theirs))

    def months(self, owner: PersonId) -> list[str]:
        found = {f"{e.happened.at.astimezone(CHINA):%Y-%m}" for e in self._of(owner)}
        return sorted(found, reverse=True)

    def corrected(self, owner: PersonId, entries: Sequence[EntryId]) -> dict[EntryId, EntryId]:
        theirs = sorted(self._of(owner), key=lambda e: (e.recorded_at, e.id))
        return {e.corrects: e.id for e in theirs if e.corrects and e.corrects in entries}

    def happened_at(self, owner: PersonId, moments: Sequence[datetime]) -> list[Entry]:
        return [e for e in self._of(owner) if e.happened.at in moments]

    def enter_all(self, entered: Sequence[JournalEntered]) -> None:
        for step in entered:
            self.add(step.entry, [step], after=0)

    def written(self, owner: PersonId, entries: Sequence[EntryId]) -> list[Written]:
        mine = {entry.id for entry in self._of(owner)}
        return [
            Written(
                entry=entry,
                version=kept.version,
                kind=kept.event.kind,
                at=kept.event.at,
                record=codec.event_entry(
                    entry, kept.version, kept.event.kind, codec.encode(kept.event)
                ).decode(),
                leaf=kept.leaf,
            )
            for entry in sorted(entries)
            if entry in mine
            for kept in self.history(entry)
        ]

    def _of(self, owner: PersonId) -> list[Entry]:
        return [held.now for held in self.all() if held.now.owner == owner]
