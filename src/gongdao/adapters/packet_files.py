"""A packet's files out of its ZIP or its unpacked folder: and from whoever put them there.

Nothing is ever unpacked onto the disk. Names that lead out of the folder, links, doubles, secrets
and bombs are refused before a byte of them is read.
"""

import hashlib
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from gongdao.domain.evidence.packet_folder import LARGEST, Folder, Unread
from gongdao.domain.kernel.errors import BadInput, hint_noop

MOST = 100_000
"""Files of a packet."""
LONGEST = 512
"""Letters of a path."""
FREE, SWELL = 1 << 30, 100
"""Bytes that a ZIP may unpack to: so many, and so many times its own."""
_DIRECTORY = MOST * 256
"""Bytes of a ZIP's table of contents."""
_CHUNK = 1 << 20
_PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_PLAIN = re.compile(r"[!-~]+")
_END = b"PK\x05\x06"
_TAIL = 22 + 65_535
_HEAD = struct.Struct("<4s5H3L2H")
_LATER, _ANY = 0x8, 2**32 - 1
"""The flag of sizes that stand behind a file, and what stands for a size that is said elsewhere."""
_BEHIND = range(12, 25)
"""Bytes of such sizes."""
_OTHER_NAME = 0x7075
"""A field by which some programs give a file another name than its own."""
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, NotImplementedError)
_BROKEN_TOO = (ValueError, RuntimeError, OverflowError, MemoryError, IndexError)
"""What Python's reader raises over a ZIP that somebody twisted."""


def is_zip(path: Path) -> bool:
    """Whether a file begins as a ZIP does."""
    try:
        with path.open("rb") as file:
            return file.read(4) in {b"PK\x03\x04", _END}
    except OSError:
        return False


@contextmanager
def open_packet(path: Path) -> Iterator[Folder]:
    """The files of a ZIP or a folder; BadInput says why they cannot be read."""
    if path.is_dir():
        yield Directory(path, dict(_listed(path)))
        return
    try:
        file = path.open("rb")
    except OSError as problem:
        raise _unreadable(problem.strerror or "?") from problem
    with file:
        try:
            _small_enough(file)
            archive = zipfile.ZipFile(file)
        except (*_BROKEN, *_BROKEN_TOO) as problem:
            raise _broken() from problem
        with archive:
            members = _members(archive, os.fstat(file.fileno()).st_size)
            _be_seamless(archive, file)
            yield Zipped(archive, members)


@dataclass(frozen=True, slots=True)
class Zipped:
    """A Folder in a ZIP."""

    archive: zipfile.ZipFile
    members: Mapping[str, zipfile.ZipInfo]

    def sizes(self) -> Mapping[str, int]:
        """As the table of contents says."""
        return {path: info.file_size for path, info in self.members.items()}

    def sha256(self, path: str) -> str:
        """Hashed while it is unpacked."""
        digest = hashlib.sha256()
        for chunk in self._chunks(path):
            digest.update(chunk)
        return digest.hexdigest()

    def read(self, path: str) -> bytes:
        """All of a small one."""
        if self.members[path].file_size > LARGEST:
            raise Unread
        return b"".join(self._chunks(path))

    def _chunks(self, path: str) -> Iterator[bytes]:
        """What is in a file; a ZIP's reader stops at the size that the table of contents says."""
        try:
            with self.archive.open(self.members[path]) as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
        except (*_BROKEN, *_BROKEN_TOO) as problem:
            raise Unread from problem


@dataclass(frozen=True, slots=True)
class Directory:
    """A Folder on the disk."""

    root: Path
    files: Mapping[str, int]

    def sizes(self) -> Mapping[str, int]:
        """As they were when it was opened."""
        return self.files

    def sha256(self, path: str) -> str:
        """Hashed while it is read."""
        digest = hashlib.sha256()
        try:
            with self._open(path) as file:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
        except OSError as problem:
            raise Unread from problem
        return digest.hexdigest()

    def read(self, path: str) -> bytes:
        """All of a small one."""
        try:
            with self._open(path) as file:
                return file.read(LARGEST)
        except OSError as problem:
            raise Unread from problem

    def _open(self, path: str) -> IO[bytes]:
        # A link that took the file's place since it was listed is not followed.
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
        return os.fdopen(os.open(self.root / path, flags), "rb")


def _listed(root: Path) -> Iterator[tuple[str, int]]:
    """Files below a folder with their sizes; BadInput for what is no plain file."""
    count = 0
    waiting = [root]
    while waiting:
        for entry in sorted(os.scandir(waiting.pop()), key=lambda each: each.name):
            path = Path(entry.path).relative_to(root).as_posix()
            count += 1
            if count > MOST:
                raise _too_many()
            if entry.is_symlink():
                raise _link(path)
            if entry.is_dir():
                waiting.append(Path(entry.path))
            elif not entry.is_file():
                raise _link(path)
            else:
                yield _plain(path), entry.stat().st_size


def _small_enough(file: IO[bytes]) -> None:
    """A table of contents that is too large is not read: it would take long, and much memory."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _TAIL))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at != 22:  # noqa: PLR2004 – the record that ends a ZIP, and no more
        raise _broken()
    (directory,) = struct.unpack("<L", tail[at + 12 : at + 16])
    if directory == 2**32 - 1:  # the larger record, just before, says it
        begins = tail.rfind(b"PK\x06\x06", 0, at)
        (directory,) = struct.unpack("<Q", tail[begins + 40 : begins + 48])
    if directory > _DIRECTORY:
        raise _too_many()
    file.seek(0)


def _members(archive: zipfile.ZipFile, size: int) -> dict[str, zipfile.ZipInfo]:
    """The files of a ZIP by their names; BadInput for what no packet holds."""
    infos = archive.infolist()
    if len(infos) > MOST:
        raise _too_many()
    if sum(i.file_size for i in infos) > FREE + SWELL * size or (
        sum(i.compress_size for i in infos) > size
    ):
        raise _bomb()
    found: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = info.orig_filename
        if name.endswith("/") and not info.file_size:
            _plain(name.removesuffix("/"))
            continue
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in {0, stat.S_IFREG}:
            raise _link(name)
        if info.flag_bits & 0x1 or info.compress_type not in _PACKED:
            raise _locked(name)
        if _plain(name) in found:
            raise _twice(name)
        found[name] = info
    return _without_top(found)


def _be_seamless(archive: zipfile.ZipFile, file: IO[bytes]) -> None:
    """BadInput unless files lie one behind the other, and each begins as the contents say.

    Else another program unpacks something else than was checked: what stands before the first
    file, between two, or under another name or size at the file itself.
    """
    at, later = 0, False
    try:
        for info in sorted(archive.infolist(), key=lambda each: each.header_offset):
            gap = info.header_offset - at
            file.seek(info.header_offset)
            mark, _, flags, method, _, _, _, packed, size, named, more = _HEAD.unpack(
                file.read(_HEAD.size)
            )
            name, extra = file.read(named), file.read(more)
            if not _joined(gap, later=later) or mark != b"PK\x03\x04" or _renamed(extra):
                raise _broken()
            later = bool(flags & _LATER)
            told = {_ANY, 0} if later else {_ANY}
            if (
                (name.decode("ascii", "replace"), method)
                != (info.orig_filename, info.compress_type)
                or packed not in {info.compress_size, *told}
                or size not in {info.file_size, *told}
                or _renamed(info.extra)
            ):
                raise _broken()
            at = info.header_offset + _HEAD.size + named + more + info.compress_size
    except (struct.error, OSError, ValueError):
        raise _broken() from None
    if not _joined(archive.start_dir - at, later=later):
        raise _broken()


def _joined(gap: int, *, later: bool) -> bool:
    return gap == 0 or (later and gap in _BEHIND)


def _renamed(extra: bytes) -> bool:
    while len(extra) >= 4:  # noqa: PLR2004 – what each field begins with
        kind, long = struct.unpack("<2H", extra[:4])
        if kind == _OTHER_NAME:
            return True
        extra = extra[4 + long :]
    return False


def _without_top(found: dict[str, zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The same without the one folder that all of them may lie in."""
    tops = {name.partition("/")[0] for name in found}
    if len(tops) != 1 or any("/" not in name for name in found):
        return found
    (top,) = tops
    return {name.removeprefix(f"{top}/"): info for name, info in found.items()}


def _plain(path: str) -> str:
    """A path that stays within its folder; BadInput for every other."""
    if not _PLAIN.fullmatch(path) or len(path) > LONGEST or "\\" in path or ":" in path:
        raise _bad_name(path)
    if any(part in {"", ".", ".."} for part in path.split("/")):
        raise _bad_name(path)
    return path


def _shown(name: str) -> str:
    """A name that can be printed."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:200]


def _unreadable(why: str) -> BadInput:
    return BadInput("verify.no_packet_file", hint_noop("It cannot be read: {why}."), why=why)


def _broken() -> BadInput:
    return BadInput(
        "verify.broken_zip",
        hint_noop("This is no whole ZIP file: it was cut off or changed. Fetch the packet again."),
    )


def _too_many() -> BadInput:
    return BadInput(
        "verify.too_many_files",
        hint_noop("This is no packet: it holds more than {most} files."),
        most=MOST,
    )


def _bomb() -> BadInput:
    return BadInput(
        "verify.bomb", hint_noop("This is no packet: it would unpack to far more than it is.")
    )


def _link(name: str) -> BadInput:
    return BadInput(
        "verify.link_inside",
        hint_noop("This is no packet: {name} in it is a link, and not a file."),
        name=_shown(name),
    )


def _locked(name: str) -> BadInput:
    return BadInput(
        "verify.locked_file",
        hint_noop("This is no packet: {name} in it is locked, or packed in an unusual way."),
        name=_shown(name),
    )


def _twice(name: str) -> BadInput:
    return BadInput(
        "verify.twice_inside",
        hint_noop("This is no packet: {name} is in it twice."),
        name=_shown(name),
    )


def _bad_name(name: str) -> BadInput:
    return BadInput(
        "verify.bad_name",
        hint_noop("This is no packet: a file in it has a name that none in a packet has: {name}."),
        name=_shown(name),
    )
