"""Files in a bucket of an S3-compatible store, each under the SHA-256 of what it is.

What is on its way in lies there in pieces, each under the offset at which it begins, so that any
host can go on with it. The library is loaded when the first file is asked for.
"""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from gongdao.adapters.local_files import changed, no_file, no_room
from gongdao.domain.evidence.exhibits import FileMark
from gongdao.domain.kernel.ids import Digest

if TYPE_CHECKING:
    from obstore.store import S3Store

PIECE = 8 * 1024 * 1024


@dataclass(slots=True)
class S3Files:
    """Files in one bucket, below one prefix."""

    url: str
    """`s3://bucket/prefix`."""
    options: dict[str, str] = field(repr=False)
    """endpoint, region, access_key_id, secret_access_key."""
    _store: "S3Store | None" = None

    def put(self, pieces: Iterable[bytes]) -> FileMark:
        """Keep bytes: derivatives, which are small; originals come by `keep`."""
        whole = b"".join(pieces)
        digest = Digest(hashlib.sha256(whole).hexdigest())
        if self.size(digest) is None:
            self._ask("put", _key(digest), whole)
        return FileMark(digest, len(whole), "")

    def size(self, digest: Digest) -> int | None:
        """How many bytes lie there."""
        try:
            return int(self._ask("head", _key(digest))["size"])
        except FileNotFoundError:
            return None

    def read(self, digest: Digest) -> Iterator[bytes]:
        """The bytes."""
        try:
            found = self._ask("get", _key(digest))
        except FileNotFoundError:
            raise no_file() from None
        return (bytes(piece) for piece in found.stream(min_chunk_size=PIECE))

    def stage(self, place: str, offset: int, piece: bytes) -> None:
        """Put a piece where it belongs. What was dropped meanwhile does not come back."""
        if offset:
            try:
                self._ask("head", _first(place))
            except FileNotFoundError:
                raise no_file() from None
        self._ask("put", f"{_staged(place)}{offset:015d}", piece)

    def settle(self, place: str) -> None:
        """A piece that was taken is settled already."""

    def staged(self, place: str, size: int) -> Iterator[bytes]:
        """The pieces in their order; what another request sent at the same place comes once."""
        at = 0
        for key in self._keys(place):
            offset = int(key.rsplit("/", 1)[-1])
            piece = bytes(self._ask("get", key).bytes())
            if offset + len(piece) <= at or at >= size:
                continue
            if offset > at:
                raise no_file()
            new = piece[at - offset : size - offset]
            at += len(new)
            yield new

    @contextmanager
    def staged_file(self, place: str, size: int) -> Iterator[str]:
        """A copy on this machine."""
        with tempfile.NamedTemporaryFile(prefix="gongdao-") as file:
            try:
                for piece in self.staged(place, size):
                    file.write(piece)
                file.flush()
            except OSError as problem:
                raise no_room() from problem
            yield file.name

    def keep(self, place: str, digest: Digest, size: int) -> None:
        """Write the pieces as one, and hold them against their digest on the way."""
        if self.size(digest) is None:
            if not self._keys(place):
                raise no_file()
            with self.staged_file(place, size) as path:
                if _digest_of(path) != digest:
                    self.unstage(place)
                    raise changed()
                with open(path, "rb") as file:  # noqa: PTH123 – the library takes an open file
                    self._ask("put", _key(digest), file)
        self.unstage(place)
        if self.size(digest) != size:
            raise no_file()

    def unstage(self, place: str) -> None:
        """Drop the pieces."""
        keys = list(self._keys(place))
        if keys:
            self._ask("delete", keys)

    def sweep(self, before: datetime) -> int:
        """Drop what nobody has written since then."""
        found = (each for batch in self._ask("list", "staged") for each in batch)
        over = [each["path"] for each in found if each["last_modified"] < before]
        if over:
            self._ask("delete", over)
        return len(over)

    def _keys(self, place: str) -> list[str]:
        found = self._ask("list", _staged(place).rstrip("/"))
        return sorted(each["path"] for batch in found for each in batch)

    def _ask(self, what: str, *asked: Any) -> Any:
        import obstore  # noqa: PLC0415 – 16 MB that most installations never need
        from obstore.exceptions import BaseError  # noqa: PLC0415

        if self._store is None:
            from obstore.store import S3Store  # noqa: PLC0415

            place = urlsplit(self.url)
            plain = self.options.get("endpoint", "").startswith("http://")
            self._store = S3Store(
                place.netloc,
                prefix=place.path.strip("/") or None,
                config=self.options,  # type: ignore[arg-type]
                client_options={"allow_http": plain},
            )
        try:
            return getattr(obstore, what)(self._store, *asked)
        except FileNotFoundError:
            raise
        except (BaseError, OSError) as problem:
            raise no_room() from problem


def _key(digest: Digest) -> str:
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def _staged(place: str) -> str:
    return f"staged/{place}/"


def _first(place: str) -> str:
    return f"{_staged(place)}{0:015d}"


def _digest_of(path: str) -> str:
    with open(path, "rb") as file:  # noqa: PTH123
        return hashlib.file_digest(file, "sha256").hexdigest()
