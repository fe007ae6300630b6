"""The third to fifth check of a packet: its records, and files and texts they vouch for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongdao.domain.evidence import packet_reading as reading
from gongdao.domain.evidence.checked import Check, Line, Lines
from gongdao.domain.evidence.packet_folder import Seen, digest_of
from gongdao.domain.evidence.packet_reading import ORIGINAL, TEXT, Words
from gongdao.domain.evidence.packets import (
    Packet,
    PacketExhibit,
    PacketFile,
    PacketText,
    record_leaf,
)

_SALT = re.compile("[0-9a-f]{32}")
"""Always as long: were it longer, the first words of a text could be moved into it."""


@dataclass(frozen=True, slots=True)
class Known:
    """The records that are what their leaves say, with their words by leaf."""

    words: Mapping[str, Words]
    lines: list[Line]


def about_records(seen: Seen, packet: Packet) -> Known:
    """Each record's hash is its leaf."""
    says, words = Lines(Check.RECORDS), dict[str, Words]()
    for each in packet.records:
        record = seen.read(each.path)
        if record is None:
            says.failed("missing", each.path)
        elif record_leaf(record) != each.leaf:
            says.failed("changed", each.path)
        else:
            words[each.leaf] = reading.words(record)
    if not packet.records:
        says.unproven("none")
    elif not says.fails:
        says.proven("holds", records=len(words))
    return Known(words, says.found)


def about_exhibits(seen: Seen, packet: Packet, known: Known) -> list[Line]:
    """The digest of each file stands in the record that is named for it."""
    says = Lines(Check.EXHIBITS)
    shown = 0
    for exhibit in packet.exhibits:
        _about_receipt(packet.case, exhibit, known, says)
        for file in exhibit.files:
            before = len(says.found)
            _about_file(seen, exhibit, file, known, says)
            shown += len(says.found) == before
    if not packet.exhibits:
        says.unproven("none")
    elif shown:
        says.proven("holds", files=shown)
    return says.found


def about_texts(texts: Sequence[PacketText], known: Mapping[str, Words]) -> list[Line]:
    """Each text gives its digest, and the record holds it."""
    says, shown = Lines(Check.TEXTS), 0
    for each in texts:
        if each.salt is None:
            says.unproven("masked" if each.leaf else "no_record", each.what)
        elif not gives(each):
            says.failed("changed", each.what)
        elif each.leaf is None:
            says.unproven("no_record", each.what)
        elif each.leaf not in known or not known[each.leaf].hold_as(each.what, each.digest):
            says.failed("not_in_record", each.what)
        else:
            shown += 1
    if not texts:
        says.unproven("none")
    elif shown:
        says.proven("holds", texts=shown)
    return says.found


def gives(text: PacketText) -> bool:
    """Whether salt and words give the digest; a text without a record has no salt."""
    salt = text.salt or ""
    if salt if text.leaf is None else not _SALT.fullmatch(salt):
        return False
    try:
        return digest_of(bytes.fromhex(salt) + text.text.encode()) == text.digest
    except ValueError:
        return False


def _about_receipt(case: str, exhibit: PacketExhibit, known: Known, says: Lines) -> None:
    """The record by which it became an exhibit says when: the packet says the same."""
    if exhibit.leaf is None:
        return  # each of its files says so
    words = known.words.get(exhibit.leaf)
    if words is None:
        says.failed("no_such_record", _called(exhibit))
        return
    if not words.is_receipt_of(case, exhibit.number):
        says.failed("other_exhibit", _called(exhibit))
    told = reading.moment(exhibit.received_at)
    if told is None or words.at is None or abs((told - words.at).total_seconds()) >= 1:
        says.failed("other_time", _called(exhibit))


def _about_file(
    seen: Seen, exhibit: PacketExhibit, file: PacketFile, known: Known, says: Lines
) -> None:
    about = file.path or f"{_called(exhibit)} {file.role}"
    if file.path is None:
        says.unproven("left_out", about)
    elif file.path not in seen.sizes:
        says.failed("missing", about)
        return
    elif seen.sha256(file.path) != file.sha256 or seen.sizes[file.path] != file.size:
        says.failed("changed", about)
        return
    if file.leaf is None:
        says.unproven("by_program" if file.role == TEXT else "no_record", about)
    elif file.leaf not in known.words:
        says.failed("no_such_record", about)
    elif not _vouches(exhibit, file, known.words):
        says.failed("not_in_record", about)


def _vouches(exhibit: PacketExhibit, file: PacketFile, known: Mapping[str, Words]) -> bool:
    """Whether the record that is named for a file is of this very exhibit, and names the file."""
    words, own = known[file.leaf or ""], known.get(exhibit.leaf or "")
    if own is None or words.stream != own.stream:
        return False
    if file.role == ORIGINAL and file.leaf != exhibit.leaf:
        return False
    return words.name_file(file.sha256, file.role)


def _called(exhibit: PacketExhibit) -> str:
    return f"exhibit {exhibit.number}"
