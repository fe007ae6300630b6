"""A file on its way in: begun, sent in pieces, looked at, and not yet handed in."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from gongdao.domain.evidence.exhibits import Derivative, FileMark
from gongdao.domain.evidence.media import Kind
from gongdao.domain.kernel.errors import NotFound, Refused, hint_noop
from gongdao.domain.kernel.ids import Digest
from gongdao.domain.policy.exhibits import FileLimits

DRAWN = (Derivative.THUMBNAIL, Derivative.VIEW, Derivative.NEUTRAL)
"""What an examiner makes of a file."""
LEASE = timedelta(seconds=60)
"""So long one sender has a file to itself without a sign of life."""


@dataclass(frozen=True, slots=True)
class MadeOf:
    """Something that was made of a file, and lies in the store."""

    what: Derivative
    file: FileMark
    recipe: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file is, once all of it was there and it was opened."""

    file: FileMark
    kind: Kind
    made: tuple[MadeOf, ...]
    scan: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way in."""

    place: str
    """Where its bytes lie meanwhile."""
    name: str
    size: int
    received: int
    begun_at: datetime
    expires_at: datetime
    device: str | None
    address: str | None
    looked: Looked | None = None

    def beside(self, what: Derivative) -> str:
        """Where something that was drawn of it lies, until it is handed in."""
        return f"{self.place}-{what.value}"

    def places(self) -> list[str]:
        """Where anything of it may lie."""
        return [self.place, *(self.beside(what) for what in DRAWN)]


class Uploads(Protocol):
    """Files on their way in. Whoever knows the token of one may send it and hand it in."""

    def begin(self, upload: Upload) -> str:
        """Keep a new one; its token."""

    def get(self, token: str) -> Upload:
        """How it stands; NotFound once it was handed in, has expired or was given up."""

    def claim(self, token: str, now: datetime) -> str:
        """Have it to oneself for a lease; Refused while somebody else does."""

    def advance(self, token: str, claim: str, received: int, now: datetime) -> None:
        """So much has come for good; renews the lease. Refused for whoever has lost it."""

    def let_go(self, token: str, claim: str) -> None:
        """Let others have it."""

    def finish(self, token: str, claim: str, looked: Looked) -> None:
        """All of it is there, and it was looked at. Refused for whoever has lost it."""

    def drop(self, token: str) -> None:
        """Forget it."""

    def take(self, token: str) -> Upload:
        """Hand it in, once: whoever comes second is told that there is none."""

    def open_bytes(self, address: str) -> int:
        """What one network address has begun and not handed in."""

    def expired(self, now: datetime, limit: int) -> list[tuple[str, Upload]]:
        """Those whose time is over, each with a name by which `forget` drops it."""

    def forget(self, name: str) -> None:
        """Drop an expired one."""


class Files(Protocol):
    """
    Bytes under the SHA-256 of what they are. What is kept is neither changed nor written twice.

    What is on its way in is staged under a name, and moved when it is kept.
    """

    def put(self, pieces: Iterable[bytes]) -> FileMark:
        """Keep bytes; the mark says digest and size, and no medium."""

    def size(self, digest: Digest) -> int | None:
        """How many bytes lie under a digest; None if there are none."""

    def read(self, digest: Digest) -> Iterable[bytes]:
        """The bytes, in pieces; NotFound if there are none."""

    def stage(self, place: str, offset: int, piece: bytes) -> None:
        """Put a piece where it belongs; NotFound if the pieces before it were dropped."""

    def settle(self, place: str) -> None:
        """What was staged survives a power cut from now on."""

    def staged(self, place: str, size: int) -> Iterable[bytes]:
        """The first so many staged bytes, in pieces."""

    def staged_file(self, place: str, size: int) -> AbstractContextManager[str]:
        """The path of a local file with these bytes, as long as it is needed."""

    def keep(self, place: str, digest: Digest, size: int) -> None:
        """Move what was staged into the store. A second time does nothing.

        Refused, and dropped, where it is not what the digest says.
        """

    def unstage(self, place: str) -> None:
        """Drop what was staged; it may be gone already."""

    def sweep(self, before: datetime) -> int:
        """Drop whatever was staged and nobody has written to since then; how much that was."""


class Examiner(Protocol):
    """Opens a file where it can do no harm."""

    def look(self, path: str, size: int) -> "Examined":
        """What it is and what was made of it; Refused where it is nothing that we take."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A derivative as the examiner leaves it."""

    what: Derivative
    content: bytes
    media: str
    recipe: str


@dataclass(frozen=True, slots=True)
class Examined:
    """What an examiner found."""

    media: str
    kind: Kind
    drawn: tuple[Drawn, ...]


class Scanner(Protocol):
    """Looks for known malware."""

    def scan(self, path: str) -> str:
        """What to keep of the answer, such as `not scanned`; Refused for a finding."""


def check_beginning(limits: FileLimits, name: str, size: int, open_bytes: int) -> str:
    """The name of a file that may be sent, cleaned; Refused says what is in the way."""
    if size < 1:
        raise Refused("file.empty", hint_noop("The file is empty. Choose it again."))
    if size > limits.file_bytes_max:
        raise too_large(limits.file_bytes_max)
    if open_bytes + size > limits.open_bytes_max:
        raise Refused(
            "upload.too_many_open",
            hint_noop("Your network has sent much that was not handed in. Hand that in first."),
        )
    return clean_name(name, limits.name_max)


def keep(files: Files, upload: Upload) -> None:
    """Move a file that was opened, and what was drawn of it, into the store."""
    looked = upload.looked
    if looked is None:
        raise gone()
    files.keep(upload.place, looked.file.sha256, upload.size)
    for made in looked.made:
        files.keep(upload.beside(made.what), made.file.sha256, made.file.size)


def too_large(most: int) -> Refused:
    """What somebody is told whose file is too large."""
    return Refused(
        "file.too_large",
        hint_noop("A file may have at most {most} MB. Cut it, or send the part that matters."),
        most=max(1, most // 1024**2),
    )


def gone() -> NotFound:
    """There is no such upload, or no longer."""
    return NotFound(
        "upload.unknown",
        hint_noop("This upload is over or was never begun. Send the file again."),
    )


def clean_name(name: str, most: int) -> str:
    """A file's name without folders and without what cannot be seen; its end is kept."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in last if c.isprintable()).strip().strip(".") or "file"
    if len(shown) <= most:
        return shown
    stem, dot, ending = shown.rpartition(".")
    return (
        shown[:most]
        if not dot or len(ending) >= most
        else f"{stem[: most - len(ending) - 1]}.{ending}"
    )
