"""Whether the times in a picture fit together, and fit those of a statement.

What does not fit is pointed out, not judged: a picture may show an older talk on purpose.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from gongdao.domain.evidence.clock_shown import ClockShown
from gongdao.domain.evidence.read_facts import FactKind, ReadFact


class Remark(StrEnum):
    """What was noticed about times."""

    SAME_DAY = "same_day"
    """The picture shows a day that the statement names."""
    OTHER_DAYS = "other_days"
    """It shows days, the statement names days, and none is near another."""
    AFTER_UPLOAD = "after_upload"
    """It shows a moment later than it was handed in."""
    AFTER_CLOCK = "after_clock"
    """It shows a time of today that is later than the device's own clock."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """One thing about times, with what it was noticed by."""

    remark: Remark
    by: tuple[ReadFact, ...]
    confidence: float


def times_noticed(
    facts: Sequence[ReadFact],
    clock: ClockShown | None,
    said: Sequence[ReadFact],
    received_at: datetime,
    days: int,
) -> list[Noticed]:
    """What is to be said about the times of a picture beside those of the statement."""
    moments = [fact for fact in facts if fact.kind is FactKind.MOMENT]
    return [
        *_beside_statement(moments, said, received_at, days),
        *_after_upload(moments, received_at),
        *_after_clock(moments, clock),
    ]


def day_of(fact: ReadFact, near: date) -> date | None:
    """The day of a moment; without a year the last such day that is not after `near`."""
    if fact.day is not None or fact.month_day is None:
        return fact.day
    month, day = fact.month_day
    for year in (near.year, near.year - 1, near.year - 2, near.year - 3):
        try:
            found = date(year, month, day)
        except ValueError:  # 29 February
            continue
        if found <= near:
            return found
    return None


def _beside_statement(
    moments: Sequence[ReadFact], said: Sequence[ReadFact], received_at: datetime, days: int
) -> list[Noticed]:
    near = received_at.date()
    shown = [(fact, day) for fact in moments if (day := day_of(fact, near)) is not None]
    named = [day for fact in said if (day := day_of(fact, near)) is not None]
    if not shown or not named:
        return []
    room = timedelta(days=days)
    fitting = [fact for fact, day in shown if any(abs(day - other) <= room for other in named)]
    if fitting:
        return [Noticed(Remark.SAME_DAY, tuple(fitting), _least(fitting))]
    all_shown = [fact for fact, _ in shown]
    return [Noticed(Remark.OTHER_DAYS, tuple(all_shown), 0.8 * _least(all_shown))]


def _after_upload(moments: Sequence[ReadFact], received_at: datetime) -> list[Noticed]:
    late = [f for f in moments if f.day is not None and f.day > received_at.date()]
    return [Noticed(Remark.AFTER_UPLOAD, tuple(late), 0.8 * _least(late))] if late else []


def _after_clock(moments: Sequence[ReadFact], clock: ClockShown | None) -> list[Noticed]:
    """A bare time in a chat is of today; later than the device's clock it cannot be.

    Times within sentences are plans ("20:30 开会"), so only lines that are a time alone count; and
    a talk of yesterday's may have been photographed after midnight: hence the low confidence.
    """
    if clock is None:
        return []
    late = [
        fact
        for fact in moments
        if fact.month_day is None
        and fact.clock is not None
        and fact.alone
        and fact.clock.replace(second=0) > clock.at
    ]
    return [Noticed(Remark.AFTER_CLOCK, tuple(late), 0.5 * _least(late))] if late else []


def _least(facts: Sequence[ReadFact]) -> float:
    return min(fact.confidence for fact in facts)
