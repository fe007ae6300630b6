"""People's journals, joined to the public log, to what is on its way in, and to limits."""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongdao import bootstrap
from gongdao.bootstrap.public_log import log
from gongdao.domain.access.model import Caller
from gongdao.domain.evidence import journal_records as records
from gongdao.domain.evidence import journal_tables as tables
from gongdao.domain.evidence.inclusion import Inclusion
from gongdao.domain.evidence.journal_ports import Wanted
from gongdao.domain.evidence.media import KNOWN
from gongdao.domain.evidence.uploads import gone
from gongdao.domain.flows.journal_exhibits import JournalExhibits
from gongdao.domain.flows.journal_views import FileOfEntry, line_of
from gongdao.domain.flows.journaling import Journaling, Proven
from gongdao.domain.kernel.errors import NotFound, Refused, hint_noop
from gongdao.domain.kernel.ids import EntryId

_PIECE = 256 * 1024
_FIXED = (1980, 1, 1, 0, 0, 0)


def journals() -> Journaling:
    """The stories of journals."""
    return Journaling(bootstrap.app().records)


def journal_exhibits() -> JournalExhibits:
    """Bringing an entry into a case."""
    return JournalExhibits(bootstrap.app().records)


def allow_entry(address: str) -> None:
    """Count one more entry, table or export from an address; Refused once there were too many."""
    from gongdao.storage.rate_limits import allow  # noqa: PLC0415 – once Django is set up

    app = bootstrap.app()
    allow(
        app.secrets, "journal", address, journals().policy().limits.per_minute, app.records.clock()
    )


def hold(content: bytes, name: str, address: str) -> str:
    """Keep a table until its owner has seen what it would bring; the token that opens it.

    It lies where files on their way in lie, unopened, and is forgotten with them.
    """
    tables.check_size(content, journals().policy())
    uploading = bootstrap.app().uploading
    token = uploading.begin(name, len(content), None, address or None)
    writing = uploading.write(token, 0)
    writing.write(content)
    writing.leave()
    return token


def held(token: str) -> bytes:
    """A table that was held, or sent as a file; NotFound once its time is over, or half of it."""
    upload = bootstrap.app().uploading.status(token)
    if upload.received != upload.size:
        raise gone()
    tables.check_length(upload.size, journals().policy())  # before any of it is read
    return b"".join(bootstrap.app().records.files.staged(upload.place, upload.size))


def let_go(token: str) -> None:
    """Forget a table that was read in."""
    try:
        bootstrap.app().uploading.give_up(token)
    except NotFound:
        return


def places(leaves: Sequence[str]) -> dict[str, Inclusion]:
    """The proofs of those records that have their places in the log."""
    found = log().inclusions(map(bytes.fromhex, leaves))
    return {leaf.hex(): proof for leaf, proof in found.items()}


def proof(entry: EntryId, version: int, caller: Caller) -> str:
    """The proof of one step of an entry as a file; NotFound before it has its place."""
    steps = journals().proven(entry, caller)
    step = next((each for each in steps if each.written.version == version), None)
    if step is None:
        raise NotFound("not_found", hint_noop("The entry has no such step."))
    return _document(step, log().inclusion(bytes.fromhex(step.written.leaf)))


def export(wanted: Wanted, caller: Caller) -> Iterator[bytes]:
    """Entries with their proofs and files in one archive, in pieces."""
    limits = journals().policy().limits
    proven = journals().all_proven(wanted, caller)
    size = sum(f.file.size for p in proven for f in p.entry.files if p.written.version == 1)
    if size > limits.export_bytes_max:
        raise Refused(
            "journal.export_too_large",
            hint_noop("The files are more than {most} MB together: take one month at a time."),
            most=limits.export_bytes_max // 1024**2,
        )
    return _archived(proven, places([each.written.leaf for each in proven]))


def _archived(proven: Sequence[Proven], found: Mapping[str, Inclusion]) -> Iterator[bytes]:
    """Sent as it is made: nothing of it is held, and whoever waits sees it come."""
    sink = _Sink([])
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_named("journal.csv"), _table(proven))
        for each in proven:
            inclusion = found.get(each.written.leaf)
            if inclusion is not None:
                name = f"proofs/{each.written.entry}-{each.written.version}.json"
                archive.writestr(_named(name), _document(each, inclusion))
            yield from sink.full()
        for digest, file in {f.file.sha256: f for p in proven for f in p.entry.files}.items():
            with archive.open(_named(f"files/{digest}.{_ending(file)}"), "w") as into:
                for piece in bootstrap.app().records.files.read(digest):
                    into.write(piece)
                    yield from sink.full()
    yield b"".join(sink.pieces)


@dataclass(slots=True)
class _Sink:
    """What an archive is written to, until somebody takes it; it cannot go back."""

    pieces: list[bytes]

    def write(self, piece: bytes, /) -> int:
        """One more piece."""
        self.pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """What is here is still to be taken."""

    def full(self) -> Iterator[bytes]:
        """What has come, once it is worth sending."""
        if sum(map(len, self.pieces)) >= _PIECE:
            whole = b"".join(self.pieces)
            self.pieces.clear()
            yield whole


def _table(proven: Sequence[Proven]) -> bytes:
    entered = [each for each in proven if each.written.version == 1]
    entered.sort(key=lambda each: (_at(each), each.entry.id))
    return tables.write(
        line_of(each.entry, tables.written(each.entry.happened), each.written.leaf)
        for each in entered
    )


def _at(each: Proven) -> datetime:
    return each.entry.happened.at


def _document(step: Proven, inclusion: Inclusion) -> str:
    files = [(each.name, each.file) for each in step.entry.files]
    origin = bootstrap.app().records.address
    return records.document(origin, step.written, step.texts, files, inclusion).write()


def _named(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _FIXED)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _ending(file: FileOfEntry) -> str:
    return KNOWN[file.file.media].ending if file.file.media in KNOWN else "bin"
