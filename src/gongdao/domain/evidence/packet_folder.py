"""A packet's files as a checker sees them, and the first check: all are there, none was changed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from gongdao.domain.evidence import packet_reading as reading
from gongdao.domain.evidence.checked import Check, Line, Lines
from gongdao.domain.evidence.packets import MANIFEST, SIGNATURE, TABLE, TAG_MANIFEST, Packet

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is read, and not only hashed."""
DATA = "data/"
DOCUMENTS = frozenset({TABLE, "data/packet.pdf"})
NEVER = "bagit.txt", "bag-info.txt", "README.txt", "verify.html"
"""What must be there beside the manifests."""


class Unread(Exception):
    """A file of the packet does not come out of it as it went in."""


class Folder(Protocol):
    """The files of a packet, wherever they lie."""

    def sizes(self) -> Mapping[str, int]:
        """Every file by its path, with its bytes."""

    def sha256(self, path: str) -> str:
        """The hash of one, however large; Unread."""

    def read(self, path: str) -> bytes:
        """All of a small one; Unread."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A folder, of which each file is hashed once."""

    folder: Folder
    sizes: Mapping[str, int]
    hashes: dict[str, str | None] = field(default_factory=dict)

    def sha256(self, path: str) -> str | None:
        """The hash of a file; None where it is not there or cannot be read."""
        if path not in self.hashes:
            self.hashes[path] = self._sha256(path)
        return self.hashes[path]

    def read(self, path: str) -> bytes | None:
        """A file that is read; None where it is not there, cannot be read or is too large."""
        if self.sizes.get(path, LARGEST + 1) > LARGEST:
            return None
        try:
            return self.folder.read(path)
        except Unread:
            return None

    def _sha256(self, path: str) -> str | None:
        try:
            return self.folder.sha256(path) if path in self.sizes else None
        except Unread:
            return None


def about_folder(seen: Seen, packet: Packet | None) -> list[Line]:
    """Every file that the manifests name is there, no other is, and every hash holds."""
    says = Lines(Check.FOLDER)
    named = dict.fromkeys(must_be_there(), "")
    for path, inside in ((TAG_MANIFEST, False), (MANIFEST, True)):
        try:
            listed = reading.manifest(seen.read(path) or b"")
        except reading.Broken:
            says.failed("broken" if path in seen.sizes else "missing", path)
            continue
        # A manifest names files of its own kind alone: what else it names, it does not vouch for.
        named |= {name: h for name, h in listed.items() if name.startswith(DATA) is inside}
    if says.fails:
        return says.found
    for path in sorted(named.keys() | seen.sizes.keys() - {TAG_MANIFEST, SIGNATURE}):
        _about_file(seen, path, named.get(path), says)
    if packet is None and not says.fails:
        says.failed("broken", TABLE)
    if not says.fails:
        size = sum(seen.sizes[path] for path in named)
        says.proven("holds", files=len(seen.sizes), bytes=size)
    if packet is not None:
        explained = explained_by(packet)
        for path in sorted(each for each in seen.sizes if each.startswith(DATA)):
            if path not in explained:
                says.unproven("unexplained", path)
    return says.found


def must_be_there() -> tuple[str, ...]:
    """What no packet can do without, but for the tag manifest and its signature."""
    return (*NEVER, MANIFEST, TABLE)


def explained_by(packet: Packet) -> set[str]:
    """The files of which the packet says what they are."""
    paths = [packet.proofs.log, *(each.path for each in packet.proofs.timestamps)]
    paths += [each.path for each in packet.records]
    paths += [file.path for exhibit in packet.exhibits for file in exhibit.files]
    return {path for path in paths if path} | DOCUMENTS


def _about_file(seen: Seen, path: str, listed: str | None, says: Lines) -> None:
    if path not in seen.sizes:
        says.failed("missing", path)
    elif listed is None or not listed:
        says.failed("added", path)
    elif (found := seen.sha256(path)) is None:
        says.failed("unreadable", path)
    elif found != listed:
        says.failed("changed", path)


def digest_of(content: bytes) -> str:
    """SHA-256, hex."""
    return hashlib.sha256(content).hexdigest()
