"""The proof of one step of an entry as a file: see `record_file`.

It holds the whole record, since it is its owner's, who says what of it goes on to whom.
"""

from collections.abc import Mapping, Sequence

from gongdao.domain.evidence.exhibits import FileMark
from gongdao.domain.evidence.inclusion import Inclusion
from gongdao.domain.evidence.journal_ports import Written
from gongdao.domain.evidence.packets import PacketText
from gongdao.domain.evidence.record_file import JOURNAL_ENTRY, NamedFile, RecordFile
from gongdao.domain.kernel.ids import Sealed
from gongdao.domain.kernel.work import Salted


def document(
    origin: str,
    written: Written,
    texts: Mapping[Sealed, Salted],
    files: Sequence[tuple[str, FileMark]],
    inclusion: Inclusion,
) -> RecordFile:
    """The file. A text that was erased is left out: the record still names its digest."""
    named = files if written.version == 1 else ()
    return RecordFile(
        origin=origin,
        what=JOURNAL_ENTRY,
        record=written.record,
        texts=tuple(
            PacketText(
                what=written.kind,
                text=salted.text,
                salt=salted.salt.hex(),
                digest=seal,
                leaf=written.leaf,
            )
            for seal, salted in texts.items()
        ),
        files=tuple(
            NamedFile(name=name, sha256=mark.sha256, size=mark.size) for name, mark in named
        ),
        inclusion=inclusion,
    )
