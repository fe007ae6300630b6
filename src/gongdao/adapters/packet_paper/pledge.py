"""The document of a signed pledge, block by block, for the same template."""

from collections.abc import Iterator, Mapping
from typing import Any

from gongdao.adapters.packet_paper.exhibits import grouped
from gongdao.adapters.packet_paper.words import In
from gongdao.domain.evidence.checkpoint import Checkpoint, Note
from gongdao.domain.evidence.inclusion import Inclusion
from gongdao.domain.flows.ways_shown import PledgeShown
from gongdao.domain.kernel.clock import CHINA

Block = Mapping[str, Any]


def paper(shown: PledgeShown, place: Inclusion | None, language: str) -> dict[str, Any]:
    """The whole document; where it stands in the log, once it has a place there."""
    say, day = In(language), shown.at.astimezone(CHINA)
    title = shown.title.in_(say.code)
    at = f"{day:%Y-%m-%d %H:%M:%S}"
    proof = [
        [say.say("pledge_text"), grouped(shown.text)],
        [say.say("pledge_leaf"), grouped(shown.leaf)],
        [say.say("pledge_place"), _place(say, place)],
    ]
    return {
        "language": say.code,
        "date": [day.year, day.month, day.day],
        "title": title,
        "case": shown.case,
        "replaced": [say.word("left", "characters"), say.word("why", "no_glyph")],
        "cover": [[say.say("case"), shown.case], [say.say("pledge_at"), at]],
        "sections": [
            {"heading": say.say("pledge_signed"), "blocks": list(_signed(shown, title))},
            {
                "heading": say.say("pledge_proof"),
                "blocks": [
                    {"kind": "facts", "rows": proof},
                    {"kind": "text", "text": say.say("pledge_check")},
                ],
            },
        ],
    }


def _signed(shown: PledgeShown, title: str) -> Iterator[Block]:
    yield {"kind": "quote", "title": title, "text": shown.written}
    if shown.strokes:
        strokes = [[list(point) for point in stroke] for stroke in shown.strokes]
        yield {"kind": "drawing", "strokes": strokes}


def _place(say: In, place: Inclusion | None) -> str:
    if place is None:
        return say.say("pledge_waiting")
    origin = Checkpoint.read(Note.read(place.checkpoint).text).origin
    return say.say("pledge_entry", place=place.place, origin=origin, size=place.size)
