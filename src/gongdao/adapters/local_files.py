"""Files in a folder of this machine, each under the SHA-256 of what it is.

`ab/cd/abcd…`: two levels, so that no folder grows too long. What is kept is written once, settled
on the disk and then linked to its name, which fails where the name is taken; it is made read-only
and never opened for writing again.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gongdao.domain.evidence.exhibits import FileMark
from gongdao.domain.kernel.errors import NotFound, PeerFailed, Refused, hint_noop
from gongdao.domain.kernel.ids import Digest

PIECE = 1024 * 1024
_HEX = 64


@dataclass(frozen=True, slots=True)
class LocalFiles:
    """Files below one folder."""

    folder: Path

    def put(self, pieces: Iterable[bytes]) -> FileMark:
        """Keep bytes."""
        draft = self._staging() / f".{secrets.token_hex(8)}"
        hasher, size = hashlib.sha256(), 0
        try:
            with draft.open("xb") as file:
                for piece in pieces:
                    hasher.update(piece)
                    size += len(piece)
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            digest = Digest(hasher.hexdigest())
            self._into_place(draft, digest)
        except OSError as problem:
            raise no_room() from problem
        finally:
            draft.unlink(missing_ok=True)
        return FileMark(digest, size, "")

    def size(self, digest: Digest) -> int | None:
        """How many bytes lie there."""
        try:
            return self._path(digest).stat().st_size
        except FileNotFoundError:
            return None

    def read(self, digest: Digest) -> Iterator[bytes]:
        """The bytes."""
        path = self._path(digest)
        if not path.exists():
            raise no_file()
        return _pieces(path)

    def stage(self, place: str, offset: int, piece: bytes) -> None:
        """Put a piece where it belongs. What was dropped meanwhile does not come back."""
        begins = os.O_CREAT if offset == 0 else 0
        try:
            descriptor = os.open(self._staged(place), os.O_WRONLY | begins, 0o600)
        except FileNotFoundError:
            raise no_file() from None
        except OSError as problem:
            raise no_room() from problem
        try:
            rest, at = memoryview(piece), offset
            while rest:
                written = os.pwrite(descriptor, rest, at)
                rest, at = rest[written:], at + written
        except OSError as problem:
            raise no_room() from problem
        finally:
            os.close(descriptor)

    def settle(self, place: str) -> None:
        """Let it survive a power cut."""
        try:
            descriptor = os.open(self._staged(place), os.O_RDONLY)
        except FileNotFoundError:
            raise no_file() from None
        try:
            os.fdatasync(descriptor)
        except OSError as problem:
            raise no_room() from problem
        finally:
            os.close(descriptor)

    def staged(self, place: str, size: int) -> Iterator[bytes]:
        """What was staged."""
        return _pieces(self._staged(place), size)

    @contextmanager
    def staged_file(self, place: str, size: int) -> Iterator[str]:
        """The staged file itself; what an interrupted request left behind its end is cut off."""
        path = self._staged(place)
        if not path.exists():
            raise no_file()
        if path.stat().st_size > size:
            os.truncate(path, size)
        yield str(path)

    def keep(self, place: str, digest: Digest, size: int) -> None:
        """Move it into the store, from a name under which nobody stages any more."""
        path = self._staged(place)
        own = path.with_name(f".{path.name}")
        with suppress(FileNotFoundError):
            path.rename(own)
        if own.exists():
            if _digest_of(own) != digest:
                own.unlink()
                raise changed()
            self._into_place(own, digest)
        if self.size(digest) != size:
            raise no_file()

    def unstage(self, place: str) -> None:
        """Drop it."""
        self._staged(place).unlink(missing_ok=True)

    def sweep(self, before: datetime) -> int:
        """Drop what nobody has written to since then."""
        swept = 0
        for path in self._staging().iterdir():
            with suppress(FileNotFoundError):  # handed in or dropped meanwhile
                if path.stat().st_mtime < before.timestamp():
                    path.unlink()
                    swept += 1
        return swept

    def _into_place(self, draft: Path, digest: Digest) -> None:
        path = self._path(digest)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.chmod(0o400)
        with suppress(FileExistsError):  # the same bytes under the same name: one is enough
            os.link(draft, path)
        draft.unlink()
        _settle_folder(path.parent)

    def _path(self, digest: Digest) -> Path:
        if len(digest) != _HEX or not set(digest) <= set("0123456789abcdef"):
            raise no_file()
        return self.folder / digest[:2] / digest[2:4] / digest

    def _staging(self) -> Path:
        staging = self.folder / "staged"
        staging.mkdir(mode=0o700, parents=True, exist_ok=True)
        return staging

    def _staged(self, place: str) -> Path:
        return self._staging() / "".join(c for c in place if c.isalnum() or c == "-")


def no_file() -> NotFound:
    """What is told where the bytes are gone."""
    return NotFound("file.missing", hint_noop("The file is not in the store. Ask the operator."))


def changed() -> Refused:
    """What is told where other bytes lie there than those that were looked at."""
    return Refused(
        "file.changed", hint_noop("The file changed after it was opened. Send it again.")
    )


def no_room() -> PeerFailed:
    """What is told where the store takes nothing."""
    return PeerFailed(
        "file.not_kept", hint_noop("The file could not be kept. Go on sending it in a minute.")
    )


def _pieces(path: Path, most: int | None = None) -> Iterator[bytes]:
    left = most if most is not None else path.stat().st_size
    with path.open("rb") as file:
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _settle_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
