"""The operator's duty roster: a week that repeats, days that differ, and notes handed over.

All times are minutes of a day on the Chinese clock, which knows no summer time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import ClassVar, assert_never

from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import PersonId, Sealed

DAY = 24 * 60
_NOTES = 10


@dataclass(frozen=True, slots=True)
class Slot:
    """Every week on that day (Monday is 0) somebody is on duty."""

    weekday: int
    begins: int
    ends: int
    person: PersonId


@dataclass(frozen=True, slots=True)
class Exceptional:
    """On one day somebody else is on duty, or nobody."""

    day: date
    begins: int
    ends: int
    person: PersonId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterSet(Event):
    """A new week and new exceptions took the place of what there was."""

    kind: ClassVar[str] = "roster.set"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    slots: tuple[Slot, ...]
    exceptions: tuple[Exceptional, ...]
    responsible: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Event):
    """Somebody wrote down what the next one must know."""

    kind: ClassVar[str] = "roster.handed_over"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    note: Sealed
    to: PersonId | None
    """Who was next at that moment."""


RosterStep = RosterSet | HandedOver


@dataclass(frozen=True, slots=True)
class Note:
    """What was handed over."""

    at: datetime
    by: PersonId | None
    to: PersonId | None
    note: Sealed


@dataclass(frozen=True, slots=True)
class Roster:
    """The roster as it stands."""

    slots: tuple[Slot, ...] = ()
    exceptions: tuple[Exceptional, ...] = ()
    responsible: PersonId | None = None
    notes: tuple[Note, ...] = ()
    """The latest first."""


@dataclass(frozen=True, slots=True)
class Spell:
    """Somebody is on duty from then until then."""

    begins: datetime
    ends: datetime
    person: PersonId


@dataclass(frozen=True, slots=True)
class Gap:
    """Nobody is."""

    begins: datetime
    ends: datetime


def after(roster: Roster, step: RosterStep) -> Roster:
    """The roster as it stands after one more step."""
    match step:
        case RosterSet():
            return replace(
                roster,
                slots=step.slots,
                exceptions=step.exceptions,
                responsible=step.responsible,
            )
        case HandedOver():
            note = Note(step.at, step.by.person, step.to, step.note)
            return replace(roster, notes=(note, *roster.notes)[:_NOTES])
        case _:
            assert_never(step)


def fold(steps: Iterable[RosterStep]) -> Roster:
    """The standing after these steps; ValueError where the first sets nothing."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, RosterSet):
        raise ValueError("a roster begins with roster.set")
    roster = after(Roster(), first)
    for step in rest:
        roster = after(roster, step)
    return roster


def spells(roster: Roster, begins: datetime, ends: datetime) -> list[Spell]:
    """Who is on duty when, within these moments, by their beginning."""
    found = []
    day = begins.astimezone(CHINA).date() - timedelta(days=1)
    while day <= ends.astimezone(CHINA).date():
        found += [_spell(day, *each) for each in _of_day(roster, day)]
        day += timedelta(days=1)
    cut = [
        Spell(max(each.begins, begins), min(each.ends, ends), each.person)
        for each in found
        if each.begins < ends and each.ends > begins
    ]
    return sorted(cut, key=lambda each: (each.begins, each.ends))


def on_duty(roster: Roster, at: datetime) -> PersonId | None:
    """Who is on duty at a moment; of two the one who came first."""
    return next((s.person for s in spells(roster, at, at + timedelta(minutes=1))), None)


def upcoming(roster: Roster, at: datetime, days: int) -> list[PersonId]:
    """Everybody who comes on duty from now on, each once, by when they do."""
    found = spells(roster, at, at + timedelta(days=days))
    return list(dict.fromkeys(each.person for each in found))


def gaps(roster: Roster, begins: datetime, ends: datetime) -> list[Gap]:
    """When nobody is on duty, within these moments."""
    found, reached = [], begins
    for spell in spells(roster, begins, ends):
        if spell.begins > reached:
            found.append(Gap(reached, spell.begins))
        reached = max(reached, spell.ends)
    return [*found, Gap(reached, ends)] if reached < ends else found


def _of_day(roster: Roster, day: date) -> Iterator[tuple[int, int, PersonId]]:
    """The week's slots of that day, where no exception takes their place; then the exceptions."""
    special = [each for each in roster.exceptions if each.day == day]
    for slot in roster.slots:
        if slot.weekday == day.weekday():
            for begins, ends in _without(slot.begins, slot.ends, special):
                yield begins, ends, slot.person
    for each in special:
        if each.person is not None:
            yield each.begins, each.ends, each.person


def _without(begins: int, ends: int, special: Iterable[Exceptional]) -> list[tuple[int, int]]:
    left = [(begins, ends)]
    for cut in special:
        left = [
            piece
            for lo, hi in left
            for piece in ((lo, min(hi, cut.begins)), (max(lo, cut.ends), hi))
            if piece[0] < piece[1]
        ]
    return left


def _spell(day: date, begins: int, ends: int, person: PersonId) -> Spell:
    midnight = datetime.combine(day, time(), CHINA)
    minutes = (timedelta(minutes=begins), timedelta(minutes=ends))
    return Spell(midnight + minutes[0], midnight + minutes[1], person)
