"""How a packet is put together: its folder (BagIt 1.0, RFC 8493), file by file, and always alike.

Nothing in it says when it was made: the same state gives the same bytes.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Protocol

from gongdao.domain.evidence.packets import (
    MANIFEST,
    TABLE,
    TAG_MANIFEST,
    Packet,
    PacketLog,
    PacketSignature,
    PacketStamp,
)
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.ids import CaseId, Digest, ReportId

BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants in a packet."""

    originals: bool = False
    """The files as they came, instead of the copies that were drawn of them."""
    language: str = "zh-hans"
    """Of the document for people."""
    unmasked: bool = False
    """With what may say who reported: only for whoever has just looked at that, with a reason."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A record as it is kept, byte by byte."""

    leaf: str
    """Hex."""
    content: bytes
    what: str
    """The event's kind, or `report`."""
    of: str
    """Its stream, or the report."""
    body: Mapping[str, object]
    at: datetime


@dataclass(frozen=True, slots=True)
class Payload:
    """A file that lies in the vault and goes into the packet as it is."""

    path: str
    sha256: Digest
    size: int


class RecordShelf(Protocol):
    """Reads records as they are kept."""

    def events(self, streams: Sequence[str]) -> list[Kept]:
        """All that happened to some things, in the order of the streams, each oldest first."""

    def reports(self, reports: Sequence[ReportId]) -> list[Kept]:
        """Reports, in the order asked for."""


def canonical(record: object) -> bytes:
    """A table as it lies in the packet: sorted keys, no blanks, one newline at the end."""
    plain = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return plain.encode() + b"\n"


def table(packet: Packet) -> bytes:
    """`data/packet.json`."""
    return canonical(asdict(packet))


def log_file(log: PacketLog) -> bytes:
    """`data/proofs/log.json`."""
    return canonical(asdict(log))


def signature_file(signature: PacketSignature) -> bytes:
    """`signature.json`."""
    return canonical(asdict(signature))


def folder_of(case: CaseId) -> str:
    """The one folder within the ZIP."""
    return f"gongdao-packet-{case}"


def record_path(leaf: str) -> str:
    """Where a record's bytes lie."""
    return f"data/records/{leaf}.record"


def stamp_path(number: int) -> str:
    """Where an outside authority's answer lies, counted from 1."""
    return f"data/proofs/timestamps/{number}.tsr"


def bag(
    case: CaseId, as_of: datetime, own: Mapping[str, bytes], payloads: Sequence[Payload]
) -> dict[str, bytes]:
    """Every file of the folder that is not in the vault, with the manifests over all of them.

    `own` are the files below `data/` and beside it that were made for this packet.
    """
    hashes = {path: hashlib.sha256(content).hexdigest() for path, content in own.items()}
    inside = {path: each for path, each in hashes.items() if path.startswith("data/")}
    inside |= {payload.path: payload.sha256 for payload in payloads}
    size = sum(payload.size for payload in payloads)
    size += sum(len(content) for path, content in own.items() if path in inside)
    info = (
        f"Bagging-Date: {as_of.astimezone(CHINA):%Y-%m-%d}\n"
        f"External-Identifier: {case}\n"
        f"Payload-Oxum: {size}.{len(inside)}\n"
    )
    tags = {"bagit.txt": BAGIT, "bag-info.txt": info.encode(), MANIFEST: _manifest(inside)}
    hashes = {path: each for path, each in hashes.items() if path not in inside}
    hashes |= {path: hashlib.sha256(content).hexdigest() for path, content in tags.items()}
    return {**own, **tags, TAG_MANIFEST: _manifest(hashes)}


def moment(at: datetime) -> str:
    """A moment as the packet writes it: RFC 3339 on China's clock."""
    return at.astimezone(CHINA).isoformat()


def _manifest(hashes: Mapping[str, str]) -> bytes:
    return "".join(f"{hashes[path]}  {path}\n" for path in sorted(hashes)).encode()


@dataclass(frozen=True, slots=True)
class Proofs:
    """What shows that records stand in the public log, and since when."""

    log: PacketLog | None
    stamps: tuple[tuple[PacketStamp, bytes], ...] = ()
    waiting: int = 0
    """How many records have no place in the log yet."""


def own_files(packet: Packet, records: Sequence[Kept], proofs: Proofs) -> dict[str, bytes]:
    """The tables, records and proofs of a packet by their paths."""
    own = {TABLE: table(packet)}
    own |= {record_path(kept.leaf): kept.content for kept in records}
    if proofs.log is not None and packet.proofs.log is not None:
        own[packet.proofs.log] = log_file(proofs.log)
    return own | {stamp.path: reply for stamp, reply in proofs.stamps}
