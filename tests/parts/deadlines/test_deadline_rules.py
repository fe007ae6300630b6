"""A deadline from the moment it is set until it is met, missed or cancelled."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import reduce

import pytest
from tests.parts.kernel.published import calendar_of_2026

from gongdao.adapters.calendars import parse_overrides, with_overrides
from gongdao.domain.deadlines import rules
from gongdao.domain.deadlines.model import (
    Deadline,
    DeadlineKind,
    DeadlineMissed,
    DeadlineReminded,
    DeadlineResumed,
    DeadlineStage,
    DeadlineStep,
    RuleRef,
    after,
    fold,
    next_look,
)
from gongdao.domain.deadlines.rules import Term
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import Refused
from gongdao.domain.kernel.events import SYSTEM, Actor, Role
from gongdao.domain.kernel.ids import CaseId, DeadlineId, PersonId
from gongdao.domain.kernel.spans import Span
from gongdao.domain.policy.model import InForce

CALENDAR = calendar_of_2026()
REVIEWER = Actor(Role.REVIEWER, PersonId("reviewer"))
CAP = Span.parse("20wd")
ANSWER = Term(
    case=CaseId("case"),
    kind=DeadlineKind.ANSWER,
    about="case",
    rule=RuleRef("house.answer", "house"),
    span=Span.parse("5wd"),
    remind_before=(Span.parse("1wd"), Span.parse("12h")),
)
TABLE_2027 = """\
date,day,name,source
2027,published,2027年,notice
2027-01-01,off,元旦,notice
2027-01-08,off,invented for this test,notice
2027-10-01,off,国庆节,notice
"""


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=CHINA)


def running(start: str = "2026-11-02 10:00", term: Term = ANSWER) -> Deadline:
    """Set at `start`: five working days end on 2026-11-09."""
    moment = at(start)
    return fold(
        [rules.set_deadline(DeadlineId("d"), term, moment, CALENDAR, by=SYSTEM, now=moment)]
    )


def paused(reason: str = "inspection", when: str = "2026-11-04 10:00") -> Deadline:
    return _pause(running(), reason, None, when)


def _pause(deadline: Deadline, reason: str, cap: Span | None, when: str) -> Deadline:
    return after(deadline, rules.pause(deadline, reason, cap, CALENDAR, by=REVIEWER, now=at(when)))


def _resume(deadline: Deadline, reason: str, when: str) -> Deadline:
    return after(deadline, rules.resume(deadline, reason, CALENDAR, by=REVIEWER, now=at(when)))


def _tick(deadline: Deadline, when: str) -> tuple[Deadline, tuple[DeadlineStep, ...]]:
    steps = rules.tick(deadline, CALENDAR, now=at(when))
    return reduce(after, steps, deadline), steps


def test_a_deadline_knows_its_rule_its_calendar_and_its_reminders() -> None:
    deadline = running()

    assert deadline.due_at == at("2026-11-09 23:59:59")
    assert deadline.rule == RuleRef("house.answer", "house")
    assert deadline.calendar == CALENDAR.version
    assert deadline.remind_at == (at("2026-11-06 09:00"), at("2026-11-09 11:59:59"))
    assert next_look(deadline) == at("2026-11-06 09:00")


def test_reminders_that_would_lie_in_the_past_are_left_out() -> None:
    short = replace(ANSWER, span=Span.parse("24h"), remind_before=(Span.parse("48h"),))

    assert running(term=short).remind_at == ()


def test_it_reminds_once_though_the_worker_slept_through_both_moments() -> None:
    deadline, steps = _tick(running(), "2026-11-09 12:00")

    assert [type(step) for step in steps] == [DeadlineReminded]
    assert deadline.remind_at == ()
    assert next_look(deadline) == at("2026-11-10 00:00")
    with pytest.raises(Refused, match=r"deadline\.no_reminder"):
        rules.remind(deadline, now=at("2026-11-09 12:01"))


def test_it_is_missed_only_after_its_last_second() -> None:
    deadline = replace(running(), remind_at=())

    with pytest.raises(Refused) as refusal:
        rules.miss(deadline, now=at("2026-11-09 23:59:59.999"))
    assert refusal.value.code == "deadline.not_over"
    assert refusal.value.hint == "There is time until 2026-11-09 23:59."

    missed, steps = _tick(deadline, "2026-11-10 00:00")
    assert [type(step) for step in steps] == [DeadlineMissed]
    assert missed.stage is DeadlineStage.MISSED
    assert missed.late
    assert next_look(missed) is None
    with pytest.raises(Refused, match=r"deadline\.missed"):
        rules.miss(missed, now=at("2026-11-10 00:01"))


@pytest.mark.parametrize(
    ("when", "late"), [("2026-11-09 23:59:59", False), ("2026-11-10 00:00", True)]
)
def test_what_is_done_is_recorded_as_in_time_or_late(when: str, *, late: bool) -> None:
    deadline = running()
    done = after(deadline, rules.meet(deadline, by=REVIEWER, now=at(when)))

    assert done.stage is DeadlineStage.MET
    assert done.late is late
    assert done.ended_at == at(when)
    with pytest.raises(Refused, match=r"deadline\.closed"):
        rules.meet(done, by=REVIEWER, now=at(when))


def test_a_missed_deadline_can_still_be_met_late_or_cancelled() -> None:
    missed, _ = _tick(running(), "2026-11-12 10:00")

    met = after(missed, rules.meet(missed, by=REVIEWER, now=at("2026-11-12 11:00")))
    gone = after(missed, rules.cancel(missed, "withdrawn", by=SYSTEM, now=at("2026-11-12 11:00")))
    assert (met.stage, met.late) == (DeadlineStage.MET, True)
    assert gone.stage is DeadlineStage.CANCELLED
    assert not gone.stage.is_open


def test_while_the_clock_stands_still_nothing_is_missed_or_late() -> None:
    deadline = paused()

    assert next_look(deadline) is None
    assert rules.tick(deadline, CALENDAR, now=at("2027-06-01 10:00")) == ()
    with pytest.raises(Refused, match=r"deadline\.paused"):
        rules.miss(deadline, now=at("2026-12-01 10:00"))
    assert not rules.meet(deadline, by=REVIEWER, now=at("2026-12-01 10:00")).late


def test_resuming_moves_the_date_and_the_reminders() -> None:
    deadline = _resume(paused(), "inspection", "2026-11-12 10:00")

    assert deadline.stage is DeadlineStage.RUNNING
    assert deadline.due_at == at("2026-11-18 23:59:59")
    assert deadline.remind_at == (at("2026-11-17 09:00"), at("2026-11-18 11:59:59"))


def test_nested_pauses_end_when_the_last_one_ends_and_count_once() -> None:
    outer = paused("inspection", "2026-11-04 10:00")
    both = _pause(outer, "translation", None, "2026-11-05 10:00")
    one = _resume(both, "translation", "2026-11-06 10:00")

    assert one.stage is DeadlineStage.PAUSED
    assert one.due_at == outer.due_at
    assert _resume(one, "inspection", "2026-11-12 10:00").due_at == at("2026-11-18 23:59:59")


def test_a_pause_and_its_end_are_refused_where_they_make_no_sense() -> None:
    now = at("2026-11-05 10:00")
    with pytest.raises(Refused, match=r"deadline\.already_paused"):
        rules.pause(paused(), "inspection", None, CALENDAR, by=REVIEWER, now=now)
    with pytest.raises(Refused, match=r"deadline\.not_paused"):
        rules.resume(paused(), "translation", CALENDAR, by=REVIEWER, now=now)
    with pytest.raises(Refused, match=r"deadline\.over"):
        rules.pause(running(), "x", None, CALENDAR, by=REVIEWER, now=at("2026-11-10 00:00"))


def test_a_cap_ends_the_pause_by_itself() -> None:
    deadline = _pause(running("2026-03-02 10:00"), "notarisation", CAP, "2026-03-03 10:00")
    assert next_look(deadline) == at("2026-03-31 00:00")
    assert rules.tick(deadline, CALENDAR, now=at("2026-03-30 23:59:59")) == ()

    resumed, steps = _tick(deadline, "2026-03-31 00:00")
    assert [type(step) for step in steps] == [DeadlineResumed]
    assert resumed.due_at == CALENDAR.due(at("2026-03-02 10:00"), Span.parse("25wd")).at


def test_a_worker_that_slept_ends_the_pause_at_its_cap_and_sees_the_miss() -> None:
    deadline = _pause(running("2026-03-02 10:00"), "notarisation", CAP, "2026-03-03 10:00")

    late, steps = _tick(deadline, "2026-06-01 10:00")
    assert [type(step) for step in steps] == [DeadlineResumed, DeadlineMissed]
    assert late.due_at == CALENDAR.due(at("2026-03-02 10:00"), Span.parse("25wd")).at
    assert late.pauses[0].ends_at == at("2026-03-31 00:00")


def test_a_cap_that_is_used_up_allows_no_further_pause() -> None:
    one_day = Span.parse("1wd")
    deadline = _pause(running(), "mail", one_day, "2026-11-03 10:00")
    deadline, _ = _tick(deadline, "2026-11-04 00:00")

    with pytest.raises(Refused) as refusal:
        _pause(deadline, "mail", one_day, "2026-11-05 10:00")
    assert refusal.value.code == "deadline.cap_used"
    assert "1wd" in refusal.value.hint


def test_a_provisional_date_becomes_firm_when_the_year_is_published() -> None:
    decision = replace(ANSWER, span=Span.parse("45wd"), kind=DeadlineKind.DECISION)
    deadline = running("2026-11-21 10:00", decision)
    assert deadline.provisional
    assert deadline.due_at.date() == date(2027, 1, 22)

    published = with_overrides(CALENDAR, parse_overrides(TABLE_2027, "2027.csv"))
    step = rules.recompute(deadline, published, now=at("2026-12-01 10:00"))

    assert step is not None
    firm = after(deadline, step)
    assert firm.due_at.date() == date(2027, 1, 26)
    assert not firm.provisional
    assert firm.calendar == published.version
    assert firm.remind_at[0] == at("2027-01-25 09:00")
    assert rules.recompute(firm, published, now=at("2026-12-02 10:00")) is None


def test_a_calendar_edited_afterwards_moves_no_firm_date() -> None:
    deadline = running()
    edited = replace(CALENDAR, version="edited", holidays=CALENDAR.holidays | {date(2026, 11, 5)})

    assert rules.recompute(deadline, edited, now=at("2026-11-03 10:00")) is None
    assert (
        rules.recompute(running("2026-12-30 10:00"), CALENDAR, now=at("2026-12-31 10:00")) is None
    )


def test_a_published_year_ends_nothing_behind_peoples_backs() -> None:
    """The make-up Saturday would put the end before now: the date that was told stands."""
    deadline = running("2026-12-28 10:00")
    assert deadline.due_at == at("2027-01-04 23:59:59")
    saturday = replace(
        CALENDAR,
        version="later",
        known_through=date(2027, 12, 31),
        working_weekends=CALENDAR.working_weekends | {date(2027, 1, 2)},
    )

    early = rules.recompute(deadline, saturday, now=at("2026-12-30 10:00"))
    too_late = rules.recompute(deadline, saturday, now=at("2027-01-03 10:00"))
    assert early is not None
    assert early.due_at == at("2027-01-02 23:59:59")
    assert too_late is not None
    assert too_late.due_at == deadline.due_at
    assert not too_late.provisional


def test_resuming_on_a_corrected_calendar_never_shortens_what_was_told() -> None:
    deadline = paused("inspection", "2026-11-04 10:00")
    more_work = replace(
        CALENDAR, version="more", working_weekends=frozenset({date(2026, 11, 7), date(2026, 11, 8)})
    )

    step = rules.resume(deadline, "inspection", more_work, by=REVIEWER, now=at("2026-11-04 10:01"))
    assert step.due_at == deadline.due_at
    assert step.calendar == "more"


def test_a_missed_provisional_date_says_that_it_was_provisional() -> None:
    deadline = running("2026-12-30 10:00")

    step = rules.miss(deadline, now=deadline.due_at + timedelta(seconds=1))
    assert step.provisional


@pytest.mark.parametrize(
    ("received", "span", "last_day"),
    [
        ("2026-04-14 23:59:59", "45wd", "2026-06-18"),
        ("2026-04-15 00:00:00", "60d", "2026-06-15"),
    ],
)
def test_the_rule_in_force_on_the_day_of_receipt_counts(
    received: str, span: str, last_day: str
) -> None:
    """12315: order no. 20 (45 working days) gave way to no. 121 (60 days) on 2026-04-15."""
    mediation = {
        "45wd": InForce.model_validate({"from": "2020-01-01", "to": "2026-04-14"}),
        "60d": InForce.model_validate({"from": "2026-04-15"}),
    }
    received_on = at(received).date()

    chosen = [written for written, force in mediation.items() if force.holds_on(received_on)]
    assert chosen == [span]
    due = CALENDAR.due(at(received), Span.parse(chosen[0]))
    assert due.at.date() == date.fromisoformat(last_day)
