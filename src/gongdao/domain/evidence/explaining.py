"""What somebody may say that an exhibit shows, and what a look at it shows: both as links."""

from collections.abc import Sequence
from datetime import date, datetime

from gongdao.domain.evidence.chain import Happened, Link, Proves, Seen, Step, link_of_picture
from gongdao.domain.evidence.exhibits import Dated, ExhibitExplained, Explained
from gongdao.domain.evidence.findings import About, Look
from gongdao.domain.evidence.personal_data import DataKind
from gongdao.domain.evidence.reading import ReadLine, ReadPicture
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop
from gongdao.domain.kernel.events import Actor
from gongdao.domain.kernel.ids import Sealed

MOST_STEPS = 12
MOST_LINES = 2000
"""So many lines of a long document are gone through for days and numbers."""
_NAMES = (DataKind.NAME.value, DataKind.RESIDENT_ID.value)


def explain(
    proves: Sequence[Proves],
    happened: Sequence[tuple[Step, date]],
    note: Sealed | None,
    by: Actor,
    now: datetime,
) -> ExhibitExplained:
    """Keep what somebody says it shows; BadInput for a day that has not come."""
    today = now.astimezone(CHINA).date()
    if any(day > today for _, day in happened):
        raise BadInput(
            "chain.day_to_come",
            hint_noop("A day in it has not come yet. Write the day on which it happened."),
        )
    if len(happened) > MOST_STEPS:
        raise Refused(
            "chain.too_many_days",
            hint_noop("Name at most {most} days, and put the rest into the note."),
            most=MOST_STEPS,
        )
    return ExhibitExplained(
        at=now,
        by=by,
        proves=tuple(each.value for each in Proves if each in proves),
        happened=tuple(Dated(step.value, day) for step, day in sorted(set(happened), key=_order)),
        note=note,
    )


def link_by_word(number: int, said: Explained, found: Link | None) -> Link:
    """The link that somebody's word makes of it; the numbers of orders stay those read in it."""
    happened = tuple(Happened(Step(each.step), each.day) for each in said.happened)
    return Link(
        number,
        frozenset(map(Proves, said.proves)),
        happened,
        tuple(sorted({each.day for each in happened})),
        found.orders if found else frozenset(),
    )


def link_of_look(number: int, look: Look, received_at: datetime) -> Link:
    """The link that a program's look makes of it."""
    layout = next((each for each in look.found if each.about is About.LAYOUT), None)
    names = [
        each.confidence
        for each in look.found
        if each.about is About.PERSONAL and each.says.partition(".")[0] in _NAMES
    ]
    chats = [each.confidence for each in look.found if each.about is About.CHAT]
    seen = Seen(
        screen=layout.says.partition(".")[2] if layout else "chat" if chats else "",
        screen_sure=layout.confidence if layout else max(chats, default=1.0),
        name_sure=max(names, default=0.0),
        near=received_at.astimezone(CHINA).date(),
    )
    lines = [ReadLine(line.text, line.box, line.confidence) for line in look.lines[:MOST_LINES]]
    return link_of_picture(number, ReadPicture(look.width, look.height, lines), seen)


def _order(dated: tuple[Step, date]) -> tuple[date, int]:
    return dated[1], list(Step).index(dated[0])
