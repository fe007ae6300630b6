"""Whether a packet is what was given out, and what it proves: see `docs/packet-format.md`.

Whoever checks trusts nobody: not whoever handed the packet on, and not the operator who made it. So
each check says what it rests on, each goes on where another failed, and what could not be checked
is said as well.
"""

from dataclasses import dataclass

from gongdao.domain.evidence import packet_reading as reading
from gongdao.domain.evidence.checked import Check, Line, Lines
from gongdao.domain.evidence.packet_folder import Folder, Seen, about_folder
from gongdao.domain.evidence.packet_proofs import Trust, about_log, about_timestamps
from gongdao.domain.evidence.packet_records import about_exhibits, about_records, about_texts
from gongdao.domain.evidence.packet_signature import about_signature
from gongdao.domain.evidence.packets import MANIFEST, SIGNATURE, TABLE, TAG_MANIFEST, Packet
from gongdao.domain.kernel.errors import BadInput, hint_noop

_SIGNS = (TABLE, MANIFEST, TAG_MANIFEST, SIGNATURE)
"""Any of these shows that something is meant to be a packet."""
_BY_TABLE = (Check.RECORDS, Check.EXHIBITS, Check.TEXTS, Check.LOG, Check.TIMESTAMPS)
"""The checks that go by what the packet's table says."""


@dataclass(frozen=True, slots=True)
class CheckedPacket:
    """What a packet proves."""

    packet: Packet | None
    """What it says that it is; None where that cannot be read."""
    lines: list[Line]


def check(folder: Folder, trust: Trust) -> CheckedPacket:
    """Every check, in order; BadInput only where there is no packet at all."""
    seen = Seen(folder, folder.sizes())
    if not any(name in seen.sizes for name in _SIGNS):
        raise BadInput(
            "verify.no_packet", hint_noop("There is no packet in it: it has no {name}."), name=TABLE
        )
    packet = _table(seen)
    lines = about_folder(seen, packet)
    lines += about_signature(seen, packet, trust.operator, trust.verify)
    if packet is not None:
        known = about_records(seen, packet)
        lines += known.lines + about_exhibits(seen, packet, known)
        lines += about_texts(packet.texts, known.words)
        log, checkpoint = about_log(seen, packet, trust)
        lines += log + about_timestamps(seen, packet, checkpoint, trust)
    else:
        for step in _BY_TABLE:
            says = Lines(step)
            says.unproven("not_checked", TABLE)
            lines += says.found
    return CheckedPacket(packet, lines + beyond())


def beyond() -> list[Line]:
    """What no program can check."""
    says = Lines(Check.WORDS)
    says.unproven("summary")
    says.unproven("truth")
    return says.found


def _table(seen: Seen) -> Packet | None:
    try:
        return reading.table(seen.read(TABLE) or b"")
    except reading.Broken:
        return None
