"""A signed pledge as files: the document for people, and its record for `gongdao verify`."""

from gongdao import bootstrap
from gongdao.bootstrap import packets
from gongdao.bootstrap.giving import inclusion_of
from gongdao.domain.access.model import Caller
from gongdao.domain.evidence.packets import PacketText
from gongdao.domain.evidence.record_file import RecordFile
from gongdao.domain.flows.ways_shown import PledgeShown, WaysShown
from gongdao.domain.kernel.ids import Code
from gongdao.domain.ways_back.model import WayBackId

PLEDGE = "pledge"
"""What its record is, in the file."""


def record(way_back: WayBackId, step: Code, caller: Caller) -> RecordFile:
    """The record of a signature with its place in the log; NotFound for whoever may not see it."""
    shown = _shown(way_back, step, caller)
    kept = next(k for k in packets.shelf().events([way_back]) if k.leaf == shown.leaf)
    salted = bootstrap.app().records.texts.salted(shown.seals)
    return RecordFile(
        origin=bootstrap.signing_keys().origin,
        what=PLEDGE,
        record=kept.content.decode(),
        texts=tuple(
            PacketText(
                what=kept.what,
                text=text.text,
                salt=text.salt.hex(),
                digest=seal,
                leaf=shown.leaf,
            )
            for seal, text in salted.items()
        ),
        files=(),
        inclusion=inclusion_of(shown.leaf),
    )


def document(way_back: WayBackId, step: Code, caller: Caller, language: str) -> bytes:
    """The pledge as a PDF/A-2b, with its place in the log once it has one."""
    from gongdao.adapters.packet_paper import pledge, printed  # noqa: PLC0415 – only where needed

    shown = _shown(way_back, step, caller)
    return printed(pledge.paper(shown, inclusion_of(shown.leaf), language), {}).content


def _shown(way_back: WayBackId, step: Code, caller: Caller) -> PledgeShown:
    return WaysShown(bootstrap.app().records).pledge(way_back, step, caller)
