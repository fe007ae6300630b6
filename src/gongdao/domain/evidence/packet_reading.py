"""The files of a packet that a checker reads, turned into data, or found to be broken."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from gongdao.domain.evidence.packets import (
    FORMAT,
    LOG_FORMAT,
    SIGNATURE_FORMAT,
    Packet,
    PacketLog,
    PacketSignature,
)

T = TypeVar("T")

ORIGINAL, TEXT = "original", "text"
"""Roles of files: what was handed in, and what a program read in it."""
_LINE = re.compile(r"([0-9a-f]{64})  ([!-~]+)")
_HASH = re.compile("[0-9a-f]{64}")
_ANYTHING: TypeAdapter[Any] = TypeAdapter(Any)
_PACKET, _LOG, _SIGNATURE = (
    TypeAdapter(Packet),
    TypeAdapter(PacketLog),
    TypeAdapter(PacketSignature),
)


class Broken(ValueError):
    """A file of a packet that cannot be read as what it is."""


def table(written: bytes) -> Packet:
    """`data/packet.json`."""
    found = _read(_PACKET, written)
    hashes = [each.leaf for each in found.records]
    hashes += [file.sha256 for exhibit in found.exhibits for file in exhibit.files]
    _must_be(FORMAT, found.format, hashes)
    return found


def log(written: bytes) -> PacketLog:
    """`data/proofs/log.json`."""
    found = _read(_LOG, written)
    hashes = [each.leaf for each in found.entries]
    hashes += [each for entry in found.entries for each in entry.path]
    _must_be(LOG_FORMAT, found.format, hashes)
    return found


def signature(written: bytes) -> PacketSignature:
    """`signature.json`."""
    found = _read(_SIGNATURE, written)
    _must_be(SIGNATURE_FORMAT, found.format, [found.tagmanifest])
    return found


def manifest(written: bytes) -> Mapping[str, str]:
    """Hashes by their files, out of a manifest."""
    found: dict[str, str] = {}
    lines = written.decode("ascii", "replace").split("\n")
    if lines.pop():
        raise Broken
    for line in lines:
        shape = _LINE.fullmatch(line)
        if shape is None or shape[2] in found:
            raise Broken
        found[shape[2]] = shape[1]
    return found


@dataclass(frozen=True, slots=True)
class Words:
    """What a record says."""

    kind: str
    """Of the event; `report` for a report."""
    body: Any
    """Its JSON, read; None where there is none to be read."""
    stream: str = ""
    """What it happened to; empty for a report."""

    def hold(self, digest: str) -> bool:
        """Whether a digest stands in it, as a string of its own."""
        return any(each == digest for each in _strings(self.body))

    def hold_as(self, what: str, digest: str) -> bool:
        """Whether the digest of a text stands where the text's name says: `KIND.FIELD`.

        One that is named by the record's kind alone may stand anywhere in it.
        """
        if what == self.kind:
            return self.hold(digest)
        field = what.removeprefix(f"{self.kind}.")
        return field != what and bool(_in(self.body, *field.split(".")) == digest)

    def is_receipt_of(self, case: str, number: int) -> bool:
        """Whether it is the record by which this exhibit came into this case."""
        own = _in(self.body, "case") == case and _in(self.body, "number") == number
        return self.kind == "exhibit.received" and own

    def name_file(self, digest: str, role: str) -> bool:
        """Whether a digest stands in it as that of a file in this role.

        The record of an exhibit names its original, and that of a derivative what was made: the
        digest of what it was made of stands there as well. In any other record it stands somewhere.
        """
        own = _in(self.body, "file", "sha256") == digest
        match self.kind:
            case "exhibit.received":
                return role == ORIGINAL and bool(own)
            case "exhibit.derived":
                return role != ORIGINAL and bool(own)
            case _:
                return role != ORIGINAL and self.hold(digest)

    @property
    def at(self) -> datetime | None:
        """When it happened, as it says."""
        return moment(_in(self.body, "at"))


def words(record: bytes) -> Words:
    """What the bytes of a record say; without a body where they are no record."""
    head, _, rest = record.partition(b"\n")
    kind, stream = "report", b""
    if head == b"event":
        stream, _version, named, rest = [*rest.split(b"\n", 3), b"", b"", b"", b""][:4]
        kind = named.decode("ascii", "replace")
    elif head != b"report":
        return Words("", None)
    try:
        body = _ANYTHING.validate_json(rest)
    except (ValidationError, ValueError):
        body = None
    return Words(kind, body, stream.decode("ascii", "replace"))


def moment(written: object) -> datetime | None:
    """A time as RFC 3339 writes it, with its offset."""
    try:
        found = datetime.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None
    return found if found and found.tzinfo else None


def _read(adapter: TypeAdapter[T], written: bytes) -> T:
    try:
        return adapter.validate_json(written, strict=True)
    except (ValidationError, ValueError):
        raise Broken from None


def _must_be(wanted: str, told: str, hashes: Sequence[str]) -> None:
    if told != wanted or not all(map(_HASH.fullmatch, hashes)):
        raise Broken


def _in(body: Any, *names: str) -> Any:
    for name in names:
        body = body.get(name) if isinstance(body, dict) else None
    return body


def _strings(body: Any) -> Iterator[str]:
    waiting = [body]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
