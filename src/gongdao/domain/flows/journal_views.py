"""An entry of a journal as its owner sees it. There is no other chair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.evidence.exhibits import Derivative, FileMark
from gongdao.domain.evidence.journal import Entry, JournalFile, When
from gongdao.domain.kernel.ids import EntryId, Sealed


@dataclass(frozen=True, slots=True)
class FileOfEntry:
    """One of its files."""

    name: str
    kind: str
    file: FileMark
    thumbnail: FileMark | None
    view: FileMark | None


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry with its words."""

    id: EntryId
    sort: str
    happened: When
    text: str
    """A dash where it was erased, empty where it never had any."""
    files: tuple[FileOfEntry, ...]
    recorded_at: datetime
    imported: bool
    corrects: EntryId | None
    corrected_by: EntryId | None
    struck_at: datetime | None
    struck_because: str


def entry_view(
    entry: Entry, known: Mapping[Sealed, str], corrected: Mapping[EntryId, EntryId]
) -> EntryView:
    """One entry, read."""
    struck = entry.struck
    return EntryView(
        id=entry.id,
        sort=entry.sort,
        happened=entry.happened,
        text=known.get(entry.text, "—") if entry.text else "",
        files=tuple(_file(each, known) for each in entry.files),
        recorded_at=entry.recorded_at,
        imported=entry.imported,
        corrects=entry.corrects,
        corrected_by=corrected.get(entry.id),
        struck_at=struck.at if struck else None,
        struck_because=known.get(struck.reason, "—") if struck else "",
    )


def line_of(view: EntryView, happened: str, leaf: str) -> Sequence[str]:
    """An entry as a line of a table: see `journal_tables.COLUMNS`."""
    files = "\n".join(f"{each.file.sha256} {each.name}" for each in view.files)
    struck = view.struck_at.isoformat(timespec="seconds") if view.struck_at else ""
    recorded = view.recorded_at.isoformat(timespec="seconds")
    return (
        happened, view.sort, view.text, files, recorded, view.id, view.corrects or "", struck,
        view.struck_because, leaf,
    )  # fmt: skip


def _file(held: JournalFile, known: Mapping[Sealed, str]) -> FileOfEntry:
    drawn = {made.what: made.file for made in held.made}
    return FileOfEntry(
        name=known.get(held.name, "—"),
        kind=held.what.value,
        file=held.file,
        thumbnail=drawn.get(Derivative.THUMBNAIL),
        view=drawn.get(Derivative.VIEW),
    )
