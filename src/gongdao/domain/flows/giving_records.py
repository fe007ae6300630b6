"""An exhibit's record is given out alone, with its place in the public log: it needs us no more.

Staff and the auditor get the record's own bytes. Whoever brought the exhibit does not: among other
things the record says how many others there are in the case. They get the file's digest and the
place, and whoever checks it is told that what joins the two is with the operator.
"""

from collections.abc import Callable
from dataclasses import dataclass

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import not_found
from gongdao.domain.evidence.exhibits import Exhibit, FileMark, Side
from gongdao.domain.evidence.inclusion import Inclusion
from gongdao.domain.evidence.packets import PacketText
from gongdao.domain.evidence.packing import RecordShelf
from gongdao.domain.evidence.record_file import EXHIBIT, NamedFile, RecordFile
from gongdao.domain.flows.exhibiting import Exhibiting
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.ids import ExhibitId

NAME = "exhibit.received.name"


@dataclass(frozen=True, slots=True)
class GivingRecords:
    """Records of exhibits, for whoever may have them."""

    records: Records
    exhibiting: Exhibiting
    shelf: RecordShelf
    inclusion: Callable[[str], Inclusion | None]
    """The proof that a leaf is in the log; None while it waits for its place."""
    saved_as: Callable[[FileMark, str], str]
    """The name that the file itself is saved under."""
    origin: str
    """The installation, as its receipts say it."""

    def exhibit(self, exhibit: ExhibitId, caller: Caller) -> RecordFile:
        """The record of an exhibit; NotFound for whoever may not have its file."""
        now = self.records.exhibits.get(exhibit).now
        case = self.records.cases.get(now.case).now
        seen = next((v for v in self.exhibiting.of(case, caller) if v.id == exhibit), None)
        if seen is None or seen.file is None:
            raise not_found()
        inside = bool(seen.side)
        name = self.exhibiting.open(exhibit, caller).view.name if inside else seen.name
        mark = seen.file
        return RecordFile(
            origin=self.origin,
            what=EXHIBIT,
            record=self.shelf.events([exhibit])[0].content.decode() if inside else None,
            texts=self._texts(now, seen.leaf) if inside else (),
            files=(NamedFile(name=self.saved_as(mark, name), sha256=mark.sha256, size=mark.size),),
            inclusion=self.inclusion(seen.leaf),
        )

    def _texts(self, exhibit: Exhibit, leaf: str) -> tuple[PacketText, ...]:
        """Its name, which a reporter may have put theirs into: then it stays shut."""
        kept = self.records.texts.salted([exhibit.name]).get(exhibit.name)
        if kept is None or exhibit.side is Side.REPORTER:
            return ()
        return (
            PacketText(
                what=NAME, text=kept.text, salt=kept.salt.hex(), digest=exhibit.name, leaf=leaf
            ),
        )
