"""From what was read in a picture to findings: every rule of this part, in one order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from gongdao.domain.evidence.agreement import times_noticed
from gongdao.domain.evidence.broken_numbers import OFFERED, broken_numbers
from gongdao.domain.evidence.clock_shown import ClockShown, clock_shown
from gongdao.domain.evidence.findings import About, Found, Look, ShownLine, Span
from gongdao.domain.evidence.hiding import box_of, corners_of
from gongdao.domain.evidence.layouts import layout_of, whole_screen
from gongdao.domain.evidence.looking_ports import Bottom, CameraNote
from gongdao.domain.evidence.personal_data import DataKind, Proposal, Reason, proposals_in
from gongdao.domain.evidence.read_facts import FactKind, ReadFact, facts_in, facts_of
from gongdao.domain.evidence.reading import Box, ReadLine, ReadPicture, in_order
from gongdao.domain.policy.pictures import PicturePolicy

_SURE, _LIKELY = 0.95, 0.8
_A_NAME = 0.6
_LITTLE = 0.5
_CODES = re.compile(r"[\dA-Za-z][\dA-Za-z ]{2,}")


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of the case beside the picture."""

    statement: str
    known: Sequence[str]
    """Names by which the people of the case could be recognised."""
    received_at: datetime
    """In the operator's own zone: days are counted in it."""


def look_at(
    picture: ReadPicture, camera: CameraNote | None, beside: Beside, policy: PicturePolicy
) -> Look:
    """Everything found in one picture."""
    clock = clock_shown(picture)
    facts = facts_of(picture)
    found = (
        *_screen(picture, clock, policy),
        *_facts(picture, facts),
        *_times(picture, facts, clock, beside, policy),
        *_camera(camera),
        *_personal(picture, facts, beside),
    )
    width, height = picture.size
    lines = tuple(ShownLine(line.text, placed(line), line.confidence) for line in picture.lines)
    return Look(width, height, lines, found)


def with_bottom(look: Look, bottom: Bottom | None, view: tuple[int, int]) -> Look:
    """The same look, with what was seen at the lower end of the screen, beside `whole`.

    Apps may hide what telephones draw there, so that nothing was seen says little.
    """
    if bottom is None:
        found = Found(About.BOTTOM, "none", confidence=_LITTLE)
    else:
        across, down = look.width / max(view[0], 1), look.height / max(view[1], 1)
        at = bottom.box
        box = Box(at.left * across, at.top * down, at.right * across, at.low * down)
        found = Found(About.BOTTOM, bottom.says, confidence=bottom.confidence, boxes=(box,))
    after = 1 + next((n for n, f in enumerate(look.found) if f.about is About.WHOLE), -1)
    return replace(look, found=(*look.found[:after], found, *look.found[after:]))


def placed(line: ReadLine) -> Box:
    """The upright box of a line in the picture as it came."""
    return corners_of(line, line.box)


def _in_picture(picture: ReadPicture, boxes: Sequence[Box]) -> tuple[Box, ...]:
    """The same boxes in the picture as it came; each is a read line's box on the screen."""
    by_box = {line.box: placed(line) for line in picture.lines}
    return tuple(by_box.get(box, box) for box in boxes)


def _screen(
    picture: ReadPicture, clock: ClockShown | None, policy: PicturePolicy
) -> Iterator[Found]:
    if clock is None:
        yield Found(About.CLOCK, "none", confidence=_LIKELY)
    else:
        box = _in_picture(picture, [clock.box])
        yield Found(About.CLOCK, clock.place.value, f"{clock.at:%H:%M}", clock.confidence, box)
    against = whole_screen(picture, clock, policy.whole)
    says = "whole" if not against else "_".join(("not", *(each.value for each in against)))
    yield Found(About.WHOLE, says, confidence=_LIKELY)
    layout = layout_of(picture, policy.layouts)
    if layout is not None:
        boxes = tuple(placed(line) for line in layout.lines)
        says = f"{layout.platform}.{layout.screen}"
        yield Found(About.LAYOUT, says, confidence=layout.confidence, boxes=boxes)


def _facts(picture: ReadPicture, facts: Sequence[ReadFact]) -> Iterator[Found]:
    for fact in facts:
        says = fact.label or fact.kind.value
        boxes = _in_picture(picture, fact.boxes)
        yield Found(About(fact.kind.value), says, fact.written, fact.confidence, boxes)


def _times(
    picture: ReadPicture,
    facts: Sequence[ReadFact],
    clock: ClockShown | None,
    beside: Beside,
    policy: PicturePolicy,
) -> Iterator[Found]:
    said = facts_in(beside.statement)
    days = policy.agreement.days
    for noticed in times_noticed(facts, clock, said, beside.received_at, days):
        boxes = tuple(box for fact in noticed.by for box in _in_picture(picture, fact.boxes))
        written = " · ".join(fact.written for fact in noticed.by[:5])
        sure = round(noticed.confidence, 2)
        yield Found(About.TIMES, noticed.remark.value, written, sure, boxes)


def _camera(camera: CameraNote | None) -> Iterator[Found]:
    if camera is None:
        return
    if camera.taken_at is not None:
        yield Found(About.CAMERA, "taken_at", f"{camera.taken_at:%Y-%m-%d %H:%M}", _LIKELY)
    if camera.device:
        yield Found(About.CAMERA, "device", camera.device, _LIKELY)
    if camera.software:
        yield Found(About.CAMERA, "software", camera.software, _LIKELY)
    if camera.placed:
        yield Found(About.CAMERA, "placed", "", _SURE)


def _personal(picture: ReadPicture, facts: Sequence[ReadFact], beside: Beside) -> Iterator[Found]:
    """Within each line, over the end of a row, and numbers that a person may want hidden."""
    today = beside.received_at.date()
    lines = in_order(picture.lines)
    for line in lines:
        for each in proposals_in(line.text, beside.known, today):
            yield proposed(each, boxes=(_part(line, each.start, each.end),))
    texts = [line.text for line in lines]
    for broken in broken_numbers(texts, lambda n: row_below(lines, n), beside.known, today):
        first, second = lines[broken.first], lines[broken.second]
        if broken.proposal.kind is not DataKind.NUMBER:
            ends = (_part(first, broken.start, len(first.text)), _part(second, 0, broken.end))
            yield proposed(broken.proposal, boxes=ends)
    for fact in facts:
        if fact.kind is FactKind.NUMBER:
            rows = tuple(_digits(line) for line in lines if line.box in fact.boxes)
            number = Proposal(DataKind.NUMBER, 0, 0, fact.written, Reason.LABEL, OFFERED)
            yield proposed(number, boxes=rows)


def proposed(
    each: Proposal, *, boxes: tuple[Box, ...] = (), place: str = "", spans: tuple[Span, ...] = ()
) -> Found:
    """The finding that says it."""
    reason, sure = each.reason, each.confidence
    if each.kind is DataKind.NAME:
        # Why it was taken for a name would tell that it is the reporter's.
        reason, sure = Reason.FORM, _A_NAME
    says = f"{each.kind.value}.{reason.value}"
    return Found(About.PERSONAL, says, each.text, sure, boxes, place=place, spans=spans)


def row_below(lines: Sequence[ReadLine], number: int) -> int | None:
    """The row that goes on right below a line, if there is one."""
    line, tall = lines[number], lines[number].box.height
    for n, other in enumerate(lines[number + 1 :], start=number + 1):
        if other.box.middle[1] <= line.box.middle[1] + tall * 0.5:
            continue
        if other.box.top - line.box.low > tall * 0.6:
            return None
        if line.box.left - tall < other.box.left < line.box.right:
            return n
    return None


def _digits(line: ReadLine) -> Box:
    """Where a number stands in a line, without its label."""
    longest = max(_CODES.finditer(line.text), key=lambda each: len(each[0]), default=None)
    return _part(line, longest.start(), longest.end()) if longest else placed(line)


def _part(line: ReadLine, start: int, end: int) -> Box:
    return corners_of(line, box_of(line, start, end))
