"""A packet as a ZIP that is the same whenever it is written, and streams out of the vault.

Nothing is compressed, so that its size is known before the first byte goes out, and every head says
the checksum of its file: programs that read a ZIP from its beginning read it, too. Names are sorted
and times are the first that a ZIP can say. Beyond 4 GB its end is written as ZIP64.
"""

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from gongdao.domain.kernel.errors import Refused, hint_noop

_VERSION, _VERSION_64 = 20, 45
_DATE = 1 << 5 | 1
"""1980-01-01."""
_RIGHTS = 0o100644 << 16
_MOST_16, _MOST_32 = 0xFFFF, 0xFFFFFFFF
_HEAD = struct.Struct("<4s5H3L2H")
_ENTRY = struct.Struct("<4s4B4HL2L5H2L")
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_WAY_64 = struct.Struct("<4sLQL")


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the ZIP, before it is written."""

    path: str
    size: int
    checksum: int
    """CRC-32."""
    digest: str | None
    """Under which it lies in the vault; None where its bytes are at hand."""


def entry_of(path: str, content: bytes) -> Entry:
    """A file whose bytes are at hand."""
    return Entry(path, len(content), zlib.crc32(content), None)


def entry_in_vault(path: str, digest: str, size: int, pieces: Iterable[bytes]) -> Entry:
    """A file of the vault, read once to its end; Refused where it is not what it is called."""
    checksum, hasher, read = 0, sha256(), 0
    for piece in pieces:
        checksum = zlib.crc32(piece, checksum)
        hasher.update(piece)
        read += len(piece)
    if hasher.hexdigest() != digest or read != size:
        raise Refused(
            "packet.file_changed",
            hint_noop("A file in the store is not what was handed in: {digest}. Ask the operator."),
            digest=digest,
        )
    return Entry(path, size, checksum, digest)


def size_of(entries: Sequence[Entry]) -> int:
    """How long the ZIP will be."""
    heads = sum(_HEAD.size + len(entry.path) + entry.size for entry in entries)
    directory = b"".join(_directory(entries))
    return heads + len(directory)


def written(entries: Sequence[Entry], read: Callable[[Entry], Iterable[bytes]]) -> Iterator[bytes]:
    """The ZIP, piece by piece."""
    for entry in entries:
        name = entry.path.encode("ascii")
        yield _HEAD.pack(
            b"PK\x03\x04", _VERSION, 0, 0, 0, _DATE,
            entry.checksum, entry.size, entry.size, len(name), 0,
        ) + name  # fmt: skip
        yield from read(entry)
    yield from _directory(entries)


def _directory(entries: Sequence[Entry]) -> Iterator[bytes]:
    at = listed = 0
    for entry in entries:
        name = entry.path.encode("ascii")
        far = at >= _MOST_32
        extra = struct.pack("<2HQ", 1, 8, at) if far else b""
        line = _ENTRY.pack(
            b"PK\x01\x02", _VERSION, 3, _VERSION_64 if far else _VERSION, 0, 0, 0, 0, _DATE,
            entry.checksum, entry.size, entry.size, len(name), len(extra), 0, 0, 0, _RIGHTS,
            _MOST_32 if far else at,
        )  # fmt: skip
        yield line + name + extra
        listed += len(line) + len(name) + len(extra)
        at += _HEAD.size + len(name) + entry.size
    count = len(entries)
    if at + listed >= _MOST_32 or count >= _MOST_16:
        yield _END_64.pack(
            b"PK\x06\x06", _END_64.size - 12, _VERSION_64, _VERSION_64, 0, 0, count, count,
            listed, at,
        )  # fmt: skip
        yield _WAY_64.pack(b"PK\x06\x07", 0, at + listed, 1)
    yield _END.pack(
        b"PK\x05\x06", 0, 0, min(count, _MOST_16), min(count, _MOST_16),
        min(listed, _MOST_32), min(at, _MOST_32), 0,
    )  # fmt: skip
