"""A record alone as a file, `gongdao.record.v1`: its bytes, texts and files, and its place.

The format: `docs/packet-format.md`. An exhibit and an entry of the journal are given out so.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import cast

from gongdao.domain.evidence import inclusion
from gongdao.domain.evidence.inclusion import Inclusion
from gongdao.domain.evidence.packets import RECORD_FORMAT, PacketText
from gongdao.domain.kernel.errors import BadInput, hint_noop

LARGEST = 8 * 1024 * 1024
"""Bytes of such a file."""
MOST = 1000
"""Texts, and files, in one."""
EXHIBIT, JOURNAL_ENTRY = "exhibit", "journal.entry"
_HASH = re.compile("[0-9a-f]{64}")
_SALT = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFile:
    """A file that a record speaks of; it is given out beside it."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFile:
    """A record that was given out alone."""

    origin: str
    """The installation's address."""
    what: str
    """`exhibit`, `journal.entry`, `pledge` or `certificate`."""
    record: str | None
    """Its bytes, as the text that they are; None where whoever holds this may not have them."""
    texts: tuple[PacketText, ...] = ()
    files: tuple[NamedFile, ...] = ()
    inclusion: Inclusion | None
    """None while the record waits for its place in the log."""
    format: str = RECORD_FORMAT

    def write(self) -> str:
        """As the file that people keep."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read(written: bytes) -> RecordFile:
    """A record out of its file; BadInput says what is wrong with it."""
    if len(written) > LARGEST:
        raise _unreadable("It is too large.")
    try:
        found = json.loads(written)
    except (ValueError, RecursionError):
        raise _unreadable("It is no JSON.") from None
    if not isinstance(found, dict) or found.get("format") != RECORD_FORMAT:
        raise _unreadable(f"It is no {RECORD_FORMAT}.")
    proof = found.get("inclusion")
    return RecordFile(
        origin=_line(found, "origin"),
        what=_line(found, "what"),
        record=None if found.get("record") is None else _text(found, "record"),
        texts=tuple(_packet_text(each) for each in _list(found, "texts")),
        files=tuple(_named_file(each) for each in _list(found, "files")),
        inclusion=None if proof is None else inclusion.read(proof if _is_map(proof) else {}),
    )


def _packet_text(found: Mapping[str, object]) -> PacketText:
    salt, leaf = found.get("salt"), found.get("leaf")
    if salt is not None and not (isinstance(salt, str) and _SALT.fullmatch(salt)):
        raise _unreadable("A salt is no salt.")
    return PacketText(
        what=_line(found, "what"),
        text=_text(found, "text"),
        salt=salt,
        digest=_hash(found, "digest"),
        leaf=None if leaf is None else _hash(found, "leaf"),
    )


def _named_file(found: Mapping[str, object]) -> NamedFile:
    size = found.get("size")
    if type(size) is not int or size < 0:
        raise _unreadable("A file's size is no number.")
    return NamedFile(name=_line(found, "name"), sha256=_hash(found, "sha256"), size=size)


def _list(found: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    items = found.get(name)
    if not isinstance(items, list) or len(items) > MOST or not all(map(_is_map, items)):
        raise _unreadable(f"Its field {name} is no list of what belongs there.")
    return cast("list[Mapping[str, object]]", items)


def _text(found: Mapping[str, object], name: str) -> str:
    text = found.get(name)
    if not isinstance(text, str) or _is_broken(text):
        raise _unreadable(f"Its field {name} is no text.")
    return text


def _line(found: Mapping[str, object], name: str) -> str:
    text = _text(found, name)
    if not text.isprintable():
        raise _unreadable(f"Its field {name} is no line of text.")
    return text


def _hash(found: Mapping[str, object], name: str) -> str:
    text = _text(found, name)
    if not _HASH.fullmatch(text):
        raise _unreadable(f"Its field {name} is no SHA-256 hash.")
    return text


def _is_broken(text: str) -> bool:
    """Whether it holds half of a letter, as JSON can write it: that is no text, and no bytes."""
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def _is_map(found: object) -> bool:
    return isinstance(found, dict)


def _unreadable(why: str) -> BadInput:
    return BadInput(
        "verify.bad_record",
        hint_noop("Give the record as it was downloaded: a JSON file. {why}"),
        why=why,
    )
