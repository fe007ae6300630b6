"""From what was read in a picture to findings: every rule of this part, in one order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.evidence.agreement import times_noticed
from gongdao.domain.evidence.clock_shown import ClockShown, clock_shown
from gongdao.domain.evidence.findings import About, Found, Look, ShownLine
from gongdao.domain.evidence.hiding import box_of, corners_of
from gongdao.domain.evidence.layouts import layout_of, whole_screen
from gongdao.domain.evidence.looking_ports import CameraNote
from gongdao.domain.evidence.personal_data import DataKind, Reason, proposals_in
from gongdao.domain.evidence.read_facts import ReadFact, facts_in, facts_of
from gongdao.domain.evidence.reading import Box, ReadLine, ReadPicture
from gongdao.domain.policy.pictures import PicturePolicy

_SURE, _LIKELY = 0.95, 0.8
_A_NAME = 0.6


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
        *_personal(picture, beside),
    )
    width, height = picture.size
    lines = tuple(ShownLine(line.text, placed(line), line.confidence) for line in picture.lines)
    return Look(width, height, lines, found)


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


def _personal(picture: ReadPicture, beside: Beside) -> Iterator[Found]:
    """Within each line; a number that breaks over two rows is seen in its facts, not here."""
    today = beside.received_at.date()
    for line in picture.lines:
        for each in proposals_in(line.text, beside.known, today):
            part = corners_of(line, box_of(line, each.start, each.end))
            reason, sure = each.reason, each.confidence
            if each.kind is DataKind.NAME:
                # Why it was taken for a name would tell that it is the reporter's.
                reason, sure = Reason.FORM, _A_NAME
            says = f"{each.kind.value}.{reason.value}"
            yield Found(About.PERSONAL, says, each.text, sure, (part,))
