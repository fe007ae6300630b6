"""How an account stands: a pure fold of its violations and of what speaks for it.

A violation weighs by its penalty and loses half of that in its half-life. What speaks for an
account takes a share off what was there before. So time alone never makes anything worse, one more
violation never makes anything better, and what was overturned is as if it never had been.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from gongdao.domain.kernel.ids import CaseId, Code, DecisionId, SanctionId
from gongdao.domain.policy.grades import Act, GradeCode, GradePolicy
from gongdao.domain.policy.model import Penalty


class Out(StrEnum):
    """Why something does not count."""

    OVERTURNED = "overturned"
    REPLACED = "replaced"
    """An appeal put a milder measure in its place, which counts."""
    EXCLUDED = "excluded"
    """An appeal against the grade took it out."""
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Violation:
    """A sanction, as far as it counts."""

    sanction: SanctionId
    decision: DecisionId
    case: CaseId
    clause: Code
    penalty: Penalty
    at: datetime
    gone_at: datetime
    """When it stops to count at all."""
    earned_back: bool = False
    out: Out | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that speaks for an account."""

    act: Act
    at: datetime
    about: str
    """The id of what it was: a way back, a case."""


Fact = Violation | Deed


@dataclass(frozen=True, slots=True)
class Counted:
    """A violation and what it weighs at one moment."""

    violation: Violation
    points: float
    out: Out | None
    halves_in: timedelta
    first: int
    """What it weighed at first."""


@dataclass(frozen=True, slots=True)
class Stands:
    """How an account stands at one moment."""

    grade: GradeCode
    points: float
    counted: tuple[Counted, ...]
    """Every violation, the latest first, whether it counts or not."""
    deeds: tuple[Deed, ...]
    """What speaks for it, the latest first."""
    clean_since: datetime | None
    """Since its last violation, or since it is known."""
    at: datetime

    @property
    def weighing(self) -> tuple[Counted, ...]:
        """Those that weigh something."""
        return tuple(each for each in self.counted if each.out is None and each.points > 0)


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of an account: facts in any order, and since when it is known."""

    facts: tuple[Fact, ...]
    since: datetime | None


def stands(known: Known, policy: GradePolicy, now: datetime) -> Stands:
    """How an account stands at a moment; what comes later is not looked at."""
    violations, deeds = _sorted(known.facts, now)
    live = [each for each in violations if each.out is None]
    found = _with_inferred(live, deeds, policy, now)
    grade = _grade(live, found, policy, now)
    last = live[-1].at if live else known.since
    points = _points(live, found, policy, now)
    settled = last is not None and now - last >= policy.settled.flat()
    if grade is GradeCode.B and settled:
        grade = GradeCode.A
    return Stands(
        grade=grade,
        points=points,
        counted=tuple(_counted(each, found, policy, now) for each in reversed(violations)),
        deeds=tuple(sorted(found, key=lambda deed: (deed.at, deed.about), reverse=True)),
        clean_since=last,
        at=now,
    )


def better_at(known: Known, policy: GradePolicy, now: datetime) -> datetime | None:
    """When the grade gets better if nothing happens, to the hour; None if that takes years.

    Since time alone never makes it worse, the moment can be found by halving.
    """
    today = stands(known, policy, now).grade
    least, most = 0, _LOOK_AHEAD
    if today is GradeCode.A or stands(known, policy, now + timedelta(hours=most)).grade is today:
        return None
    while most - least > 1:
        middle = (least + most) // 2
        if stands(known, policy, now + timedelta(hours=middle)).grade is today:
            least = middle
        else:
            most = middle
    return now + timedelta(hours=most)


_STRETCHES = 200
_LOOK_AHEAD = 5 * 365 * 24


def curve(
    known: Known, policy: GradePolicy, begin: datetime, end: datetime, pieces: int
) -> list[tuple[datetime, float]]:
    """The points over a stretch of time, at its pieces' ends: as they were, or will be."""
    step = (end - begin) / pieces
    moments = [begin + step * n for n in range(pieces + 1)]
    return [(moment, stands(known, policy, moment).points) for moment in moments]


def _sorted(facts: Iterable[Fact], now: datetime) -> tuple[list[Violation], list[Deed]]:
    violations, deeds = [], []
    for fact in facts:
        match fact:
            case Violation():
                if fact.at <= now:
                    violations.append(fact)
            case Deed():
                if fact.at <= now:
                    deeds.append(fact)
            case _:
                assert_never(fact)
    violations.sort(key=lambda each: (each.at, each.sanction))
    deeds.sort(key=lambda each: (each.at, each.about))
    return violations, deeds


def _with_inferred(
    live: Sequence[Violation], deeds: Sequence[Deed], policy: GradePolicy, now: datetime
) -> list[Deed]:
    """The deeds, with pledges counted once they are kept, and every quiet stretch."""
    found = []
    kept_for = policy.acts[Act.PLEDGE].after
    for deed in deeds:
        if deed.act is Act.PLEDGE and kept_for is not None:
            kept_at = deed.at + kept_for.flat()
            if kept_at <= now and not any(deed.at < v.at <= kept_at for v in live):
                found.append(Deed(deed.act, kept_at, deed.about))
        else:
            found.append(deed)
    found += _quiet(live, policy, now)
    return sorted(found, key=lambda deed: (deed.at, deed.about))


def _quiet(live: Sequence[Violation], policy: GradePolicy, now: datetime) -> list[Deed]:
    """Every stretch without a violation that is whole."""
    span = policy.acts[Act.QUIET].after
    if span is None:
        return []
    found = []
    for each, end in zip(live, [*(later.at for later in live[1:]), now], strict=False):
        whole = (end - each.at) // span.flat()
        # Nothing counts for longer than so many of them: what lies further back changes nothing.
        found += [
            Deed(Act.QUIET, each.at + n * span.flat(), each.sanction)
            for n in range(1, min(whole, _STRETCHES) + 1)
        ]
    return found


def _weight(each: Violation, deeds: Sequence[Deed], policy: GradePolicy, now: datetime) -> float:
    if each.out is not None or not each.at <= now < each.gone_at:
        return 0.0
    weight = policy.weights[each.penalty]
    left: float = 0.5 ** ((now - each.at) / weight.half_life.flat()) * weight.points
    if each.earned_back:
        left *= policy.earned_back / 100
    for act, rule in policy.acts.items():
        times = sum(deed.act is act and each.at < deed.at <= now for deed in deeds)
        left *= (1 - rule.percent / 100) ** min(times, rule.most)
    return left


def _points(
    live: Sequence[Violation], deeds: Sequence[Deed], policy: GradePolicy, now: datetime
) -> float:
    return sum(_weight(each, deeds, policy, now) for each in live)


def _grade(
    live: Sequence[Violation], deeds: Sequence[Deed], policy: GradePolicy, now: datetime
) -> GradeCode:
    """Each grade is a switch that goes on at `from` and off below `back_below`.

    Between two violations the points only fall: so it is enough to look just before and just after
    each of them, and now.
    """
    on = dict.fromkeys([rule.code for rule in policy.rules[2:]], False)

    def turn(points: float) -> None:
        for rule in policy.rules[2:]:
            if points >= (rule.from_points or 0):
                on[rule.code] = True
            elif points < (rule.back_below or 0):
                on[rule.code] = False

    for moment in sorted({each.at for each in live}):
        before = [each for each in live if each.at < moment]
        turn(_points(before, deeds, policy, moment))
        turn(_points([each for each in live if each.at <= moment], deeds, policy, moment))
    turn(_points(live, deeds, policy, now))
    return max((code for code in on if on[code]), key=lambda code: code.depth, default=GradeCode.B)


def _counted(each: Violation, deeds: Sequence[Deed], policy: GradePolicy, now: datetime) -> Counted:
    weight = policy.weights[each.penalty]
    out = each.out or (Out.EXPIRED if now >= each.gone_at else None)
    return Counted(
        each, _weight(each, deeds, policy, now), out, weight.half_life.flat(), weight.points
    )
