"""The exhibits in the document: what each is, where it came from, what was looked at in it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from gongdao.adapters.packet_paper.words import In
from gongdao.domain.evidence.packets import PacketFile
from gongdao.domain.flows.exhibit_views import ExhibitFile
from gongdao.domain.flows.packing import Gathered
from gongdao.domain.flows.packing_exhibits import PackedExhibit
from gongdao.domain.kernel.clock import CHINA

MOST_TEXT = 3000
"""Characters of what was read in an exhibit; the rest lies beside the document."""
_EIGHT = 8


def blocks(say: In, gathered: Gathered) -> Iterator[Mapping[str, Any]]:
    """A block for each."""
    if not gathered.exhibits:
        yield {"kind": "text", "text": say.say("no_exhibits")}
    for place, each in enumerate(gathered.exhibits):
        shown = each.shown
        known = say.say("exhibit", n=shown.number) if shown.number else say.say("released_copy")
        text = each.text[:MOST_TEXT]
        if len(each.text) > MOST_TEXT:
            text += "\n" + say.say("more_text")
        yield {
            "kind": "exhibit",
            "title": known,
            "picture": f"{place}" if each.picture is not None else "",
            "rows": [list(row) for row in _rows(say, gathered, each)],
            "files": [_file(say, file) for file in shown.files],
            "factors_title": say.say("factors") if each.file else "",
            "factors": _factors(say, gathered, each.file) if each.file else [],
            "text_title": say.say("text"),
            "text": text,
        }


def grouped(digest: str) -> str:
    """A hash in eights, so that it can be compared and breaks over lines."""
    return " ".join(digest[at : at + _EIGHT] for at in range(0, len(digest), _EIGHT))


def _rows(say: In, gathered: Gathered, each: PackedExhibit) -> Iterator[tuple[str, str]]:
    shown = each.shown
    if shown.name:
        yield say.say("name"), shown.name
    yield say.say("kind"), say.word("kind", shown.kind)
    yield say.say("from"), say.word("side", shown.side)
    yield say.say("received"), _minutes(datetime.fromisoformat(shown.received_at))
    if each.file is None:
        return
    origin, closed = each.file.origin, bool(each.why)
    titles = {ground.code: ground.title.in_(say.code) for ground in gathered.policy.captures}
    yield say.say("captured"), titles.get(origin.captured, origin.captured)
    if origin.captured_at:
        yield say.say("captured_at"), _minutes(origin.captured_at)
    if origin.device and not closed:
        yield say.say("device"), gathered.hide(origin.device)
    if origin.locator is not None:
        place = origin.locator
        parts = [place.message, place.conversation, place.group, place.url, place.quote]
        yield say.say("place"), gathered.hide(" · ".join(part for part in parts if part))
    yield say.say("scan"), say.word("scan", origin.scan)
    yield say.say("leaf"), grouped(shown.leaf or "—")


def _minutes(moment: datetime) -> str:
    """As every time in the document; the exact one stands in `packet.json`."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def _file(say: In, file: PacketFile) -> list[str]:
    where = file.path.rpartition("/")[2] if file.path else say.say("not_in_it")
    role = say.word("role_of_file", file.role)
    made = say.say("made_by", recipe=file.recipe) if file.recipe else ""
    return [f"{role} {where}", f"{grouped(file.sha256)}\n{file.size} B · {file.media}\n{made}"]


def _factors(say: In, gathered: Gathered, file: ExhibitFile) -> list[list[str]]:
    looked = {check.factor: check for check in file.checks}
    rows = []
    for ground in gathered.policy.factors:
        check = looked.get(ground.code)
        finding = say.word("finding", check.finding) if check else say.say("not_looked_at")
        note = gathered.hide(check.note) if check else ""
        rows.append([ground.title.in_(say.code), f"{finding} {note}".strip()])
    return rows
