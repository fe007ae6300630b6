"""What the log signs: its size and root, as a C2SP checkpoint within a signed note.

Formats: tlog-checkpoint, signed-note and tlog-cosignature of c2sp.org, version 1. Signing itself
and checking a signature are handed in; what is signed and who is meant stands here.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from gongdao.domain.kernel.errors import Refused, hint_noop

ED25519, COSIGNATURE = 1, 4
"""Kinds of signatures: a log's own, and a witness's with its time."""
LARGEST, MOST_SIGNATURES = 64 * 1024, 64
"""Bytes of a note, and lines below it, that are read."""
_KEY, _SIGNATURE, _TIME = 32, 64, 8
_ID = 4
"""Bytes of each."""
_LINES = 3
"""Of a checkpoint, at least."""
_DASH = "\N{EM DASH} "
_NUMBER = re.compile(r"0|[1-9][0-9]{0,17}")
_NAME = re.compile(r"[^\s+]+")

CheckSignature = Callable[[bytes, bytes, bytes], bool]
"""Whether the key (32 bytes) made the signature (64 bytes) over the message: Ed25519."""


class Malformed(ValueError):
    """A text that is no note, no checkpoint or no key. Says in English what is wrong."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How large a log was, and the one hash that vouches for all of it."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def read(cls, text: str) -> Self:
        """Out of the text of a note; further lines are let be, as the format says."""
        lines = text.split("\n")
        if (
            len(lines) <= _LINES
            or lines[-1]
            or not all(lines[:-1])
            or not _NUMBER.fullmatch(lines[1])
        ):
            raise Malformed("it is no checkpoint")
        root = _bytes(lines[2])
        if len(root) != _KEY:
            raise Malformed("its root is no SHA-256 hash")
        return cls(lines[0], int(lines[1]), root)


@dataclass(frozen=True, slots=True)
class Key:
    """A public key by which notes are checked, and whose it is."""

    name: str
    public: bytes
    kind: int = ED25519

    @property
    def id(self) -> bytes:
        """Four bytes; they tell keys of the same name apart."""
        return hashlib.sha256(f"{self.name}\n".encode() + self._encoded()).digest()[:_ID]

    def __str__(self) -> str:
        """As a verifier key is written: name, id, key."""
        encoded = base64.b64encode(self._encoded()).decode()
        return f"{self.name}+{self.id.hex()}+{encoded}"

    @classmethod
    def read(cls, written: str) -> Self:
        """A key as it is written."""
        name, first, rest = written.strip().partition("+")
        id_, second, encoded = rest.partition("+")
        raw = _bytes(encoded) if first and second else b""
        if not _NAME.fullmatch(name) or len(raw) != _KEY + 1:
            raise Malformed("it is no verifier key")
        key = cls(name, raw[1:], raw[0])
        if key.kind not in {ED25519, COSIGNATURE} or key.id.hex() != id_:
            raise Malformed("its id is not that of the key")
        return key

    def _encoded(self) -> bytes:
        return bytes([self.kind]) + self.public


@dataclass(frozen=True, slots=True)
class Signature:
    """One line below a note."""

    name: str
    key: bytes
    """The id of the key, four bytes."""
    value: bytes

    def line(self) -> str:
        """As it stands below the note."""
        return f"{_DASH}{self.name} {base64.b64encode(self.key + self.value).decode()}\n"

    @classmethod
    def read(cls, line: str) -> Self:
        """Out of its line, without the end of it."""
        name, _, encoded = line.removeprefix(_DASH).partition(" ")
        raw = _bytes(encoded)
        if not line.startswith(_DASH) or not _NAME.fullmatch(name) or len(raw) <= _ID:
            raise Malformed("a line below it is no signature")
        return cls(name, raw[:_ID], raw[_ID:])

    @property
    def time(self) -> int:
        """When a witness signed, in seconds since 1970."""
        return int.from_bytes(self.value[:_TIME])


@dataclass(frozen=True, slots=True)
class Note:
    """A text and who signed it."""

    text: str
    signatures: tuple[Signature, ...]

    def write(self) -> str:
        """As it is sent."""
        return self.text + "\n" + "".join(each.line() for each in self.signatures)

    @classmethod
    def read(cls, written: str) -> Self:
        """Out of what was sent."""
        text, blank, below = written.rpartition("\n\n")
        lines = below.split("\n")
        if not blank or not text or lines[-1] or not lines[0]:
            raise Malformed("it is no signed note")
        if len(written) > LARGEST or len(lines) > MOST_SIGNATURES or _has_controls(written):
            raise Malformed("it is too large, or holds what is no text")
        return cls(text + "\n", tuple(Signature.read(line) for line in lines[:-1]))

    def with_signatures(self, more: Iterable[Signature]) -> "Note":
        """The same with further lines; a later one by the same key takes the place of the first."""
        lines = {(each.name, each.key): each for each in self.signatures}
        lines |= {(each.name, each.key): each for each in more}
        return replace(self, signatures=tuple(lines.values()))


def signed_by(note: Note, keys: Sequence[Key], check: CheckSignature) -> list[Key] | None:
    """Which of the keys signed; None if a line claims one of them and is not by it."""
    known = {(key.name, key.id): key for key in keys}
    found = []
    for each in note.signatures:
        key = known.get((each.name, each.key))
        if key is None:
            continue
        if not holds(key, each, note.text, check):
            return None
        found.append(key)
    return found


def must_be_of(checkpoint: Checkpoint, signers: Sequence[Key]) -> None:
    """Refused unless the log is the one that a key among the signers is named after.

    Else an operator could keep a second log beside it, under another name and with the same key,
    that nobody follows.
    """
    names = {key.name for key in signers}
    if checkpoint.origin not in names:
        raise Refused(
            "log.not_the_keys",
            hint_noop("This is the log {origin}, signed by the key of {name}: it proves nothing."),
            origin=checkpoint.origin,
            name=", ".join(sorted(names)),
        )


def holds(key: Key, signature: Signature, text: str, check: CheckSignature) -> bool:
    """Whether a line is by this key over this text."""
    value, message = signature.value, text.encode()
    if key.kind == COSIGNATURE:
        value, message = value[_TIME:], to_cosign(text, signature.time)
    return len(value) == _SIGNATURE and check(key.public, value, message)


def to_cosign(text: str, time: int) -> bytes:
    """What a witness signs at a time (seconds since 1970)."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def sign(key: Key, text: str, signer: Callable[[bytes], bytes], time: int = 0) -> Signature:
    """A line by this key; a witness says when."""
    if key.kind == COSIGNATURE:
        return Signature(key.name, key.id, time.to_bytes(_TIME) + signer(to_cosign(text, time)))
    return Signature(key.name, key.id, signer(text.encode()))


def _bytes(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise Malformed("it holds what is no base64") from None


def _has_controls(text: str) -> bool:
    return any(letter < " " and letter != "\n" for letter in text)
