"""Exhibits, files on their way in and the files themselves, in memory."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.fakes.journals import MemoryJournals
from tests.fakes.looks import MemoryLooks
from tests.fakes.memory import Memory
from tests.fakes.streams import MemoryStreams

from gongdao.adapters.clamd import NoScanner
from gongdao.adapters.local_files import changed, no_file
from gongdao.domain.evidence import exhibits, media
from gongdao.domain.evidence.exhibits import Derivative, Exhibit, ExhibitStep, FileMark
from gongdao.domain.evidence.uploads import LEASE, Drawn, Examined, Looked, Upload, gone
from gongdao.domain.kernel.ids import CaseId, Digest, PersonId
from gongdao.storage.vault import busy


class MemoryExhibits(MemoryStreams[Exhibit, ExhibitStep]):
    """All exhibits."""

    table = "exhibit"
    fold = staticmethod(exhibits.fold)

    def of_case(self, case: CaseId) -> list[tuple[Exhibit, str]]:
        theirs = sorted((h.now for h in self.all() if h.now.case == case), key=lambda e: e.number)
        return [(exhibit, self.history(exhibit.id)[0].leaf) for exhibit in theirs]

    def next_numbers(self, case: CaseId, owner: PersonId | None) -> tuple[int, int]:
        theirs = [held.now for held in self.all() if held.now.case == case]
        return len(theirs) + 1, sum(e.owner == owner for e in theirs) + 1

    def same_file(self, digest: Digest) -> list[Exhibit]:
        return [held.now for held in self.all() if held.now.file.sha256 == digest]


@dataclass
class MemoryUploads:
    """Files on their way in."""

    memory: Memory
    token: Callable[[], str]

    def begin(self, upload: Upload) -> str:
        token = self.token()
        self._rows()[token] = upload
        return token

    def get(self, token: str) -> Upload:
        if token not in self._rows():
            raise gone()
        return self._rows()[token]

    def claim(self, token: str, now: datetime) -> str:
        _, until = self._claims().get(token, ("", None))
        if self.get(token).looked is not None or (until is not None and until >= now):
            raise busy()
        claim = self.token()
        self._claims()[token] = claim, now + LEASE
        return claim

    def advance(self, token: str, claim: str, received: int, now: datetime) -> None:
        if self._claims().get(token, ("", None))[0] != claim:
            raise busy()
        self._rows()[token] = replace(self.get(token), received=received)
        self._claims()[token] = claim, now + LEASE

    def let_go(self, token: str, claim: str) -> None:
        if self._claims().get(token, ("", None))[0] == claim:
            del self._claims()[token]

    def finish(self, token: str, claim: str, looked: Looked) -> None:
        self.get(token)
        if self._claims().get(token, ("", None))[0] != claim:
            raise busy()
        self._rows()[token] = replace(self.get(token), looked=looked)
        self._claims().pop(token, None)

    def drop(self, token: str) -> None:
        self._rows().pop(token, None)

    def take(self, token: str) -> Upload:
        upload = self.get(token)
        self.drop(token)
        return upload

    def open_bytes(self, address: str) -> int:
        return sum(u.size for u in self._rows().values() if u.address == address)

    def expired(self, now: datetime, limit: int) -> list[tuple[str, Upload]]:
        return [(t, u) for t, u in self._rows().items() if u.expires_at <= now][:limit]

    def forget(self, name: str) -> None:
        self.drop(name)

    def _rows(self) -> dict[str, Upload]:
        return self.memory.tables["upload"]

    def _claims(self) -> dict[str, tuple[str, datetime]]:
        return self.memory.tables["upload_claim"]


@dataclass
class MemoryFiles:
    """Bytes under their digests."""

    kept: dict[Digest, bytes] = field(default_factory=dict)
    on_the_way: dict[str, bytearray] = field(default_factory=dict)
    written: dict[str, datetime] = field(default_factory=dict)

    def put(self, pieces: Iterable[bytes]) -> FileMark:
        whole = b"".join(pieces)
        digest = Digest(hashlib.sha256(whole).hexdigest())
        self.kept.setdefault(digest, whole)
        return FileMark(digest, len(whole), "")

    def size(self, digest: Digest) -> int | None:
        return len(self.kept[digest]) if digest in self.kept else None

    def read(self, digest: Digest) -> Iterable[bytes]:
        if digest not in self.kept:
            raise no_file()
        return [self.kept[digest]]

    def stage(self, place: str, offset: int, piece: bytes) -> None:
        if offset and place not in self.on_the_way:
            raise no_file()
        self.on_the_way.setdefault(place, bytearray())[offset : offset + len(piece)] = piece
        self.written[place] = datetime.now(UTC)

    def settle(self, place: str) -> None:
        if place not in self.on_the_way:
            raise no_file()

    def staged(self, place: str, size: int) -> Iterable[bytes]:
        return [bytes(self.on_the_way[place][:size])]

    @contextmanager
    def staged_file(self, place: str, size: int) -> Iterator[str]:
        with tempfile.NamedTemporaryFile() as file:
            file.write(self.on_the_way[place][:size])
            file.flush()
            yield file.name

    def keep(self, place: str, digest: Digest, size: int) -> None:
        if place in self.on_the_way:
            whole = bytes(self.on_the_way.pop(place)[:size])
            if hashlib.sha256(whole).hexdigest() != digest:
                raise changed()
            self.put([whole])
        if self.size(digest) != size:
            raise no_file()

    def unstage(self, place: str) -> None:
        self.on_the_way.pop(place, None)

    def sweep(self, before: datetime) -> int:
        over = [place for place in self.on_the_way if self.written[place] < before]
        for place in over:
            self.unstage(place)
        return len(over)


class HeadExaminer:
    """Tells by the first bytes alone what a file is, and draws a picture without opening it."""

    def look(self, path: str, size: int) -> Examined:
        del size
        with Path(path).open("rb") as file:
            head = file.read(media.HEAD)
        medium = media.sniff(head, head)
        drawn = (
            [
                Drawn(Derivative.THUMBNAIL, b"small " + head[:32], "image/webp", "by a fake"),
                Drawn(Derivative.VIEW, b"large " + head[:32], "image/webp", "by a fake"),
            ]
            if medium.drawn
            else []
        )
        return Examined(medium.media, medium.kind, tuple(drawn))


def vault_on_fakes(memory: Memory, ids: Callable[[], str]) -> dict[str, Any]:
    """What a house needs for its files."""
    return {
        "exhibits": MemoryExhibits(memory),
        "looks": MemoryLooks(memory),
        "journals": MemoryJournals(memory),
        "uploads": MemoryUploads(memory, ids),
        "files": MemoryFiles(),
        "examiner": HeadExaminer(),
        "scanner": NoScanner(),
    }
