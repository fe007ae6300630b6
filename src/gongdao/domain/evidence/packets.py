"""A case's packet as data: what is in it, and the names that its maker and its checkers share.

The format, byte by byte: `docs/packet-format.md`.
"""

from dataclasses import dataclass

from gongdao.domain.kernel.merkle import leaf_hash

FORMAT = "gongdao.packet.v1"
SIGNATURE_FORMAT = "gongdao.packet.signature.v1"
LOG_FORMAT = "gongdao.packet.log.v1"
RECORD_FORMAT = "gongdao.record.v1"

TABLE = "data/packet.json"
DOCUMENT = "data/packet.pdf"
LOG = "data/proofs/log.json"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
SIGNATURE = "signature.json"
PAGE = "verify.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketFile:
    """A file of an exhibit."""

    path: str | None
    """Below `data/`; None where it was left out."""
    role: str
    """original, view, thumbnail, neutral, redacted or text."""
    sha256: str
    size: int
    media: str
    source: str | None = None
    """The SHA-256 of what it was made of."""
    recipe: str | None = None
    leaf: str | None = None
    """The record whose words hold its digest; None where this chair may not have that record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketExhibit:
    """An exhibit."""

    number: int
    """As the chair that the packet was made for counts."""
    name: str
    kind: str
    side: str
    received_at: str
    captured: str
    leaf: str | None
    files: tuple[PacketFile, ...]
    findings: tuple[dict[str, str], ...] = ()
    proves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketText:
    """A text with what shows that it is the one that was recorded."""

    what: str
    text: str
    salt: str | None
    """Hex."""
    digest: str
    """SHA-256 of salt and text, hex."""
    leaf: str | None
    """The record that holds the digest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketMoment:
    """A line of the timeline."""

    at: str
    what: str
    by: str
    leaf: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketRecord:
    """A record's bytes lie in a file of their own."""

    leaf: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketStamp:
    """An outside authority's answer."""

    path: str
    about: str
    """`checkpoint`, or `exhibit` and its number."""
    digest: str
    authority: str
    at: str
    """As the authority says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketProofs:
    """Where the proofs lie."""

    log: str | None
    timestamps: tuple[PacketStamp, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Something that is not in the packet, and why."""

    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """`data/packet.json`."""

    origin: str
    case: str
    pack: str
    made_for: str
    as_of: str
    timeline: tuple[PacketMoment, ...]
    exhibits: tuple[PacketExhibit, ...]
    texts: tuple[PacketText, ...]
    records: tuple[PacketRecord, ...]
    proofs: PacketProofs
    left_out: tuple[LeftOut, ...] = ()
    format: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketEntry:
    """Where one record stands in the log."""

    leaf: str
    place: int
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketLog:
    """`data/proofs/log.json`."""

    log_key: str
    checkpoint: str
    size: int
    entries: tuple[PacketEntry, ...]
    format: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketSignature:
    """`signature.json`."""

    origin: str
    case: str
    tagmanifest: str
    key: str
    public_key: str
    signature: str
    format: str
    """Without a default, as in the other files of a packet: a name that was altered is noticed."""

    def signed_bytes(self) -> bytes:
        """What the signature is over."""
        return to_sign(self.origin, self.case, self.tagmanifest, self.key)


def to_sign(origin: str, case: str, tagmanifest: str, key: str) -> bytes:
    """The lines under a packet's signature; ValueError where a field is more than a line."""
    fields = (FORMAT, origin, case, tagmanifest, key)
    lines = "\n".join(fields) + "\n"
    if lines.count("\n") != len(fields):
        raise ValueError("a field of a signature is one line")
    return lines.encode()


def record_leaf(record: bytes) -> str:
    """The leaf of a record's bytes, hex: its entry in the public log."""
    return leaf_hash(record).hex()
