"""Whatever people and time do to a deadline, its stream folds and its clock is looked at."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.parts.kernel.published import calendar_of_2026

from gongdao.domain.deadlines import rules
from gongdao.domain.deadlines.model import (
    Deadline,
    DeadlineCancelled,
    DeadlineKind,
    DeadlineMissed,
    DeadlineRecomputed,
    DeadlineSet,
    DeadlineStage,
    DeadlineStep,
    RuleRef,
    after,
    fold,
    next_look,
)
from gongdao.domain.deadlines.rules import Term
from gongdao.domain.kernel.calendar import passed
from gongdao.domain.kernel.errors import Refused
from gongdao.domain.kernel.events import SYSTEM, Actor, Role
from gongdao.domain.kernel.ids import CaseId, DeadlineId, PersonId
from gongdao.domain.kernel.spans import Span, Unit

CALENDAR = calendar_of_2026()
NEWER = replace(
    CALENDAR,
    version="newer",
    known_through=date(2027, 12, 31),
    holidays=CALENDAR.holidays | {date(2027, 1, 1), date(2027, 1, 4)},
    working_weekends=CALENDAR.working_weekends | {date(2027, 1, 9), date(2027, 1, 10)},
)
BY = Actor(Role.REVIEWER, PersonId("reviewer"))
START = datetime(2026, 9, 20, 2, tzinfo=UTC)
"""So that limits end around the autumn holidays and beyond what is published."""
Move = Callable[[Deadline, datetime], DeadlineStep | None]


def _pause(reason: str, cap: Span | None) -> Move:
    return lambda d, now: rules.pause(d, reason, cap, CALENDAR, by=BY, now=now)


def _resume(reason: str) -> Move:
    return lambda d, now: rules.resume(d, reason, CALENDAR, by=BY, now=now)


MOVES: dict[str, Move] = {
    "pause": _pause("inspection", None),
    "pause, capped": _pause("notarisation", Span.parse("2wd")),
    "resume": _resume("inspection"),
    "resume, capped": _resume("notarisation"),
    "recompute": lambda d, now: rules.recompute(d, NEWER, now=now),
    "remind": lambda d, now: rules.remind(d, now=now),
    "miss": lambda d, now: rules.miss(d, now=now),
    "meet": lambda d, now: rules.meet(d, by=BY, now=now),
    "cancel": lambda d, now: rules.cancel(d, "withdrawn", by=BY, now=now),
}
moves = st.sampled_from(sorted(MOVES)) | st.sampled_from(["pause", "resume", "tick", "recompute"])
histories = st.lists(st.tuples(moves, st.timedeltas(timedelta(0), timedelta(days=6))), max_size=12)
terms = st.builds(
    Term,
    case=st.just(CaseId("case")),
    kind=st.sampled_from(DeadlineKind),
    about=st.just("case"),
    rule=st.just(RuleRef("house.answer", "house")),
    span=st.builds(Span, st.integers(0, 120), st.sampled_from(Unit)),
    remind_before=st.lists(
        st.builds(Span, st.integers(0, 9), st.sampled_from(Unit)), max_size=3
    ).map(tuple),
    roll=st.booleans(),
)


def _begin(term: Term) -> DeadlineSet:
    return rules.set_deadline(DeadlineId("d"), term, START, CALENDAR, by=SYSTEM, now=START)


def _play(term: Term, history: list[tuple[str, timedelta]]) -> list[DeadlineStep]:
    """What is kept when these moves are tried one after another; refused ones leave nothing."""
    steps: list[DeadlineStep] = [_begin(term)]
    now = START
    for name, later in history:
        now += later
        standing = fold(steps)
        try:
            if name == "tick":
                steps += rules.tick(standing, CALENDAR, now=now)
            elif (step := MOVES[name](standing, now)) is not None:
                steps.append(step)
        except Refused:
            continue
    return steps


@given(terms, histories)
def test_every_prefix_folds_and_only_publication_makes_a_date_earlier(
    term: Term, history: list[tuple[str, timedelta]]
) -> None:
    steps = _play(term, history)
    standings = [fold(steps[: n + 1]) for n in range(len(steps))]

    for before, step, later in zip(standings, steps[1:], standings[1:], strict=False):
        assert after(before, step) == later
        assert before.due_at <= later.due_at or isinstance(step, DeadlineRecomputed)
        assert before.starts_at == later.starts_at
    assert sum(isinstance(step, DeadlineMissed) for step in steps) <= 1


@given(terms, histories)
def test_time_brings_nothing_before_the_next_look_and_something_at_it(
    term: Term, history: list[tuple[str, timedelta]]
) -> None:
    steps = _play(term, history)
    standing = fold(steps)
    look = next_look(standing)

    if look is None:
        assert rules.tick(standing, CALENDAR, now=steps[-1].at + timedelta(days=999)) == ()
        return
    just_before = look - timedelta(microseconds=1)
    assert rules.tick(standing, CALENDAR, now=just_before) == ()
    due = rules.tick(standing, CALENDAR, now=look)
    assert due
    for step in due:
        standing = after(standing, step)
    again = next_look(standing)
    assert again is None or again > look


@given(terms, histories)
def test_it_is_missed_only_while_running_and_after_its_date(
    term: Term, history: list[tuple[str, timedelta]]
) -> None:
    steps = _play(term, history)
    for n, step in enumerate(steps):
        if isinstance(step, DeadlineMissed):
            standing = fold(steps[:n])
            assert standing.stage is DeadlineStage.RUNNING
            assert passed(standing.due_at, step.at)


@given(terms, histories)
def test_every_event_survives_json(term: Term, history: list[tuple[str, timedelta]]) -> None:
    steps = _play(term, history)
    kept = [
        msgspec.convert(json.loads(msgspec.json.encode(s)), type(s), strict=False) for s in steps
    ]

    assert kept == steps
    assert fold(kept) == fold(steps)


@given(terms)
def test_recomputing_on_the_same_calendar_changes_nothing(term: Term) -> None:
    assert rules.recompute(fold([_begin(term)]), CALENDAR, now=START) is None


def test_a_stream_begins_with_being_set_and_is_set_once() -> None:
    cancelled = DeadlineCancelled(at=START, by=SYSTEM, because="withdrawn")
    begun = _begin(
        Term(
            case=CaseId("case"),
            kind=DeadlineKind.DECISION,
            about="case",
            rule=RuleRef("house.decision", "house"),
            span=Span.parse("7wd"),
        )
    )

    for impossible in ([], [cancelled], [begun, begun]):
        with pytest.raises(ValueError, match="set"):
            fold(impossible)
