"""An entry of one's own journal becomes evidence in one's own case."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import not_found, seat
from gongdao.domain.evidence import media
from gongdao.domain.evidence.exhibits import Exhibit, FileMark, FromJournal
from gongdao.domain.evidence.journal import Entry, JournalFile
from gongdao.domain.evidence.journal_ports import Written
from gongdao.domain.evidence.uploads import Looked, Upload
from gongdao.domain.flows.exhibiting import Exhibiting, Said
from gongdao.domain.flows.journaling import Journaling
from gongdao.domain.flows.records import Records, parties_of
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.ids import CaseId, EntryId, ExhibitId, PersonId

_UNSCANNED = "not scanned"
_PARTIES = {Seat.REPORTER, Seat.RESPONDENT}


@dataclass(frozen=True, slots=True)
class JournalExhibits:
    """What a party takes out of its journal and into its case."""

    records: Records

    def attach(self, entry: EntryId, case_id: CaseId, caller: Caller) -> list[ExhibitId]:
        """Bring an entry: its files as they are, or its words as a text where it has none."""
        r = self.records
        journaling = Journaling(r)
        with r.work():
            mine = journaling.mine(entry, caller)
            case = r.cases.get(case_id).now
            if seat(caller, parties_of(case)) not in _PARTIES:
                raise not_found()
            files, said = self.taken(mine, case_id, mine.owner)
            return Exhibiting(r).bring(case_id, files, said, caller)

    def taken(
        self, mine: Entry, file: CaseId, owner: PersonId
    ) -> tuple[list[Callable[[], Upload]], Said]:
        """An entry as files for a case or a dispute; Refused where it is there already."""
        if mine.struck is not None:
            raise Refused(
                "journal.struck_is_no_evidence",
                hint_noop("This entry was struck out. Take one that holds."),
            )
        (written, *_) = self.records.journals.written(mine.owner, [mine.id])
        self._must_be_new(file, owner, written)
        return self._files(mine), self._said(mine, written)

    def _files(self, entry: Entry) -> list[Callable[[], Upload]]:
        if entry.files:
            return [partial(self._file, entry, file) for file in entry.files]
        return [partial(self._text, entry)]

    def _file(self, entry: Entry, file: JournalFile) -> Upload:
        looked = Looked(file.file, file.what, file.made, file.scan, entry.recorded_at)
        return _as_sent(self.records.opened(file.name), looked)

    def _text(self, entry: Entry) -> Upload:
        """Its words as a file: what may be sent as a text may be brought so."""
        text = self.records.texts.open(entry.text) if entry.text else None
        if text is None:
            raise Refused(
                "journal.erased", hint_noop("What this entry said was erased. Take another one.")
            )
        content = text.encode()
        medium = media.sniff(content[: media.HEAD], content[-media.HEAD :])
        if medium is not media.TEXT:
            raise media.refusal("file.unknown")
        mark = self.records.files.put([content])
        file = FileMark(mark.sha256, mark.size, medium.media)
        looked = Looked(file, medium.kind, (), _UNSCANNED, entry.recorded_at)
        return _as_sent(f"journal-{entry.happened.at.astimezone(CHINA):%Y-%m-%d}.txt", looked)

    def _said(self, entry: Entry, written: Written) -> Said:
        whence = FromJournal(entry.recorded_at, written.leaf, text=not entry.files)
        happened = entry.happened
        return Said(captured_at=None if happened.day_only else happened.at, journal=whence)

    def _must_be_new(self, case: CaseId, owner: PersonId, written: Written) -> None:
        def brought(exhibit: Exhibit) -> bool:
            whence = exhibit.provenance.journal
            return whence is not None and whence.leaf == written.leaf

        there = self.records.exhibits.of_case(case)
        if any(brought(each) and each.owner == owner for each, _ in there):
            raise Refused(
                "journal.attached_already",
                hint_noop("This entry is in the case file already."),
            )


def _as_sent(name: str, looked: Looked) -> Upload:
    """A file that is in the store, in the shape of one that was sent."""
    size = looked.file.size
    return Upload(
        place="",
        name=name,
        size=size,
        received=size,
        begun_at=looked.at,
        expires_at=looked.at,
        device=None,
        address=None,
        looked=looked,
    )
