"""Sending a file: begun, sent in pieces, resumed where it broke off, opened once it is there."""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gongdao.domain.evidence import uploads as rules
from gongdao.domain.evidence.exhibits import FileMark
from gongdao.domain.evidence.uploads import LEASE, Looked, MadeOf, Upload, gone
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.kernel.errors import GongdaoError, NotFound, PeerFailed, Refused, hint_noop
from gongdao.domain.kernel.ids import Digest
from gongdao.domain.policy.exhibits import ExhibitPolicy

RENEWED_AFTER = LEASE / 6
SWEPT_AFTER = timedelta(days=2)
"""After so long without a byte nothing that is staged can still be wanted."""
SETTLE = 32 * 1024**2
"""Bytes after which what has come is settled and noted: so much is sent again at most."""


@dataclass(frozen=True, slots=True)
class Uploading:
    """Everything that can be done with a file before it is handed in."""

    records: Records

    def policy(self) -> ExhibitPolicy:
        """What may be sent today."""
        pack = pack_of_the_day(self.records.packs, self.records.clock())
        return self.records.exhibit_policy(pack.ref)

    def begin(self, name: str, size: int, device: str | None, address: str | None) -> str:
        """Begin to send a file; the token by which it is sent and handed in."""
        r, limits, now = self.records, self.policy().limits, self.records.clock()
        with r.work():
            already = r.uploads.open_bytes(address) if address else 0
            shown = rules.check_beginning(limits, name, size, already)
            return r.uploads.begin(
                Upload(
                    place=r.new_id(),
                    name=shown,
                    size=size,
                    received=0,
                    begun_at=now,
                    expires_at=now + limits.draft.flat(),
                    device=(device or "").strip()[:300] or None,
                    address=address,
                )
            )

    def status(self, token: str) -> Upload:
        """How far it is; NotFound for a token that opens nothing now."""
        upload = self.records.uploads.get(token)
        if upload.expires_at <= self.records.clock():
            raise gone()
        return upload

    def write(self, token: str, offset: int) -> "Writing":
        """Go on where it broke off; Refused if that is somewhere else, or somebody is at it."""
        _check_offset(self.status(token), offset)
        now = self.records.clock()
        claim = self.records.uploads.claim(token, now)
        # Whoever had it a moment ago may have brought it further meanwhile.
        upload = self.status(token)
        try:
            _check_offset(upload, offset)
        except Refused:
            self.records.uploads.let_go(token, claim)
            raise
        hasher = hashlib.sha256() if offset == 0 else None
        return Writing(self, token, upload, claim, offset, offset, hasher, now)

    def give_up(self, token: str) -> None:
        """Forget a file that was begun."""
        upload = self.records.uploads.get(token)
        self.records.uploads.drop(token)
        self._unstage(upload)

    def send_whole(
        self, name: str, size: int, pieces: Iterable[bytes], device: str | None, address: str | None
    ) -> str:
        """Begin, send and finish in one go: a form's file. What is refused leaves nothing."""
        token = self.begin(name, size, device, address)
        try:
            writing = self.write(token, 0)
            for piece in pieces:
                writing.write(piece)
            writing.close()
        except GongdaoError:
            with suppress(NotFound):
                self.give_up(token)
            raise
        return token

    def forget_expired(self, limit: int = 100) -> int:
        """Drop what was begun and never handed in; how many those were."""
        r = self.records
        over = r.uploads.expired(r.clock(), limit)
        for name, upload in over:
            self._unstage(upload)
            r.uploads.forget(name)
        return len(over)

    def sweep(self) -> int:
        """Drop bytes that belong to no upload any more: those of whoever fell while writing."""
        return self.records.files.sweep(self.records.clock() - SWEPT_AFTER)

    def finish(self, token: str, claim: str, upload: Upload, digest: Digest) -> Looked:
        """Open what has come; what is refused is forgotten at once."""
        now = self.records.clock()
        try:
            with self.records.files.staged_file(upload.place, upload.size) as path:
                scan = self.records.scanner.scan(path)
                found = self.records.examiner.look(path, upload.size)
        except Refused:
            self.give_up(token)
            raise
        mark = FileMark(digest, upload.size, found.media)
        try:
            # It may have taken long: only whoever still has the file writes beside it.
            self.records.uploads.advance(token, claim, upload.size, self.records.clock())
            made = tuple(self._stage(upload, drawn) for drawn in found.drawn)
            looked = Looked(mark, found.kind, made, scan, now)
            self.records.uploads.finish(token, claim, looked)
        except NotFound:  # given up meanwhile
            self._unstage(upload)
            raise
        return looked

    def _stage(self, upload: Upload, drawn: rules.Drawn) -> MadeOf:
        """Lay what was drawn beside the upload: it is kept when that is, and goes when it goes."""
        files, place, content = self.records.files, upload.beside(drawn.what), drawn.content
        files.unstage(place)
        files.stage(place, 0, content)
        files.settle(place)
        digest = Digest(hashlib.sha256(content).hexdigest())
        return MadeOf(drawn.what, FileMark(digest, len(content), drawn.media), drawn.recipe)

    def _unstage(self, upload: Upload) -> None:
        for place in upload.places():
            self.records.files.unstage(place)


@dataclass(slots=True)
class Writing:
    """Somebody sends. Pieces are hashed as they come, where they come from the beginning."""

    uploading: Uploading
    token: str
    upload: Upload
    claim: str
    position: int
    settled: int
    hasher: "hashlib._Hash | None"
    renewed: datetime
    """When it was last known that nobody else sends."""
    closed: bool = field(default=False)

    @property
    def complete(self) -> bool:
        """Whether all of it has come."""
        return self.position == self.upload.size

    def write(self, piece: bytes) -> None:
        """One more piece; Refused where it is more than was announced."""
        if self.position + len(piece) > self.upload.size:
            raise Refused(
                "upload.more_than_said",
                hint_noop("More came than was announced. Begin again with the right size."),
            )
        self._still_mine()
        self.uploading.records.files.stage(self.upload.place, self.position, piece)
        if self.hasher is not None:
            self.hasher.update(piece)
        self.position += len(piece)
        if self.position - self.settled >= SETTLE:
            self._settle()

    def close(self) -> Looked | None:
        """No more comes now. If that was all of it, it is opened; Refused says what it is not."""
        if self.closed:
            return None
        self.closed = True
        self._settle()
        if not self.complete:
            self.uploading.records.uploads.let_go(self.token, self.claim)
            return None
        try:
            return self.uploading.finish(self.token, self.claim, self.upload, self._digest())
        except PeerFailed:  # whoever asks again in a minute may find more room
            self.uploading.records.uploads.let_go(self.token, self.claim)
            raise

    def leave(self) -> None:
        """Let others have what has come, unopened: sending nothing at its end has it opened."""
        if not self.closed:
            self.closed = True
            self._settle()
            self.uploading.records.uploads.let_go(self.token, self.claim)

    def _still_mine(self) -> None:
        """Renew the lease in time; Refused for whoever lost it: two would mix their bytes."""
        records = self.uploading.records
        now = records.clock()
        if now - self.renewed >= RENEWED_AFTER or now < self.renewed:
            records.uploads.advance(self.token, self.claim, self.settled, now)
            self.renewed = now

    def _settle(self) -> None:
        if self.position > self.settled:
            self.uploading.records.files.settle(self.upload.place)
        records = self.uploading.records
        records.uploads.advance(self.token, self.claim, self.position, records.clock())
        self.settled = self.position

    def _digest(self) -> Digest:
        hasher = self.hasher
        if hasher is None:  # it came in several goes
            hasher = hashlib.sha256()
            for piece in self.uploading.records.files.staged(self.upload.place, self.upload.size):
                hasher.update(piece)
        return Digest(hasher.hexdigest())


def _check_offset(upload: Upload, offset: int) -> None:
    if upload.looked is not None or offset != upload.received:
        raise Refused(
            "upload.wrong_offset",
            hint_noop("Go on at byte {received}: so much of it is here."),
            received=upload.received,
        )
