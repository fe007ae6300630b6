"""Simulated populations of accounts under the grades of the house pack. They are simulations.

Nothing here is measured on people: rates are chosen, and said with the figures. What is asked is
whom the grades restrict who did nothing, or next to nothing: honest accounts, honest minorities
against whom decisions are often wrong, and whoever is new; and whether repetition is still met.

    ./dev bench standing
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from bench._figures import figure, say

from gongdao.bootstrap import pack_book
from gongdao.domain.flows.records import HOUSE
from gongdao.domain.kernel.ids import CaseId, DecisionId, SanctionId
from gongdao.domain.policy.grades import GradeCode, GradePolicy
from gongdao.domain.policy.model import Penalty
from gongdao.domain.standing.grades import Known, Out, Violation, stands

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
DAYS, EVERY = 730, 10
STRIKE = timedelta(days=180)
LADDER = (
    Penalty.WARNING,
    Penalty.RESTRICTION,
    Penalty.RESTRICTION,
    Penalty.RESTRICTION,
    Penalty.SUSPENSION,
)
"""As the house pack's ladder of insults: the first is a warning."""


@dataclass(frozen=True, slots=True)
class People:
    """A kind of account: how often a year it is found to break a rule, rightly and wrongly."""

    name: str
    right: float
    wrong: float
    appeals: float = 0.6
    """So many wrong decisions are appealed against."""
    overturned: float = 0.7
    """And so many of those are overturned, after three weeks."""


HONEST = People("honest", right=0.1, wrong=0.05)
MINORITY = People("honest minority, often wronged", right=0.1, wrong=0.6)
UNHEARD = People("honest minority, never appeals", right=0.1, wrong=0.6, appeals=0.0)
REPEATING = People("repeating", right=9.0, wrong=0.05)


@dataclass(frozen=True, slots=True)
class Happened:
    """A violation that was found, and when it was overturned, if ever."""

    violation: Violation
    overturned_at: datetime | None


@dataclass(frozen=True, slots=True)
class Shares:
    """Over all accounts of a kind and all days, in shares of one."""

    ever: float
    """Accounts that were restricted on any day."""
    days: float
    """Days on which one was."""
    plain: float
    """Days with three strikes that count, as a plain counter would restrict."""


def policy() -> GradePolicy:
    """Of the house pack."""
    standing = pack_book(None).in_force(HOUSE, BEGIN.date()).standing
    assert standing is not None
    return standing.grades


def live(people: People, chance: Random) -> list[Happened]:
    """Two years of one account."""
    found: list[Happened] = []
    for day, wrong in sorted(_days(people, chance)):
        at = BEGIN + timedelta(days=day)
        before = sum(
            each.violation.at <= at < each.violation.gone_at
            and not (each.overturned_at and each.overturned_at <= at)
            for each in found
        )
        penalty = LADDER[min(before, len(LADDER) - 1)]
        n = str(len(found))
        violation = Violation(
            SanctionId(n), DecisionId(n), CaseId(n), "simulated", penalty, at, at + STRIKE
        )
        goes = wrong and chance.random() < people.appeals * people.overturned
        found.append(Happened(violation, at + timedelta(days=21) if goes else None))
    return found


def shares(people: People, accounts: int, seed: int, grades: GradePolicy) -> Shares:
    """How many of them are restricted."""
    chance, ever, days, plain, looked = Random(seed), 0, 0, 0, 0
    for _ in range(accounts):
        life = live(people, chance)
        once = False
        for day in range(0, DAYS, EVERY):
            now = BEGIN + timedelta(days=day)
            known = _at(life, now)
            looked += 1
            plain += (
                sum(v.out is None and v.at <= now < v.gone_at for v in known) >= len(LADDER) - 2
            )
            if known and stands(Known(known, BEGIN), grades, now).grade in grades.restricting:
                once, days = True, days + 1
        ever += once
    return Shares(ever / accounts, days / looked, plain / looked)


def slip_heals(penalty: Penalty, grades: GradePolicy) -> int:
    """Days until one slip of an otherwise honest account is a B or better again."""
    slip = Violation(
        SanctionId("1"), DecisionId("1"), CaseId("1"), "simulated", penalty, BEGIN, BEGIN + STRIKE
    )
    for day in range(DAYS):
        now = BEGIN + timedelta(days=day)
        if stands(Known((slip,), BEGIN), grades, now).grade.depth <= GradeCode.B.depth:
            return day
    return DAYS


def _days(people: People, chance: Random) -> Iterator[tuple[float, bool]]:
    for rate, wrong in ((people.right, False), (people.wrong, True)):
        day = chance.expovariate(rate / 365)
        while day < DAYS:
            yield day, wrong
            day += chance.expovariate(rate / 365)


def _at(life: list[Happened], now: datetime) -> tuple[Violation, ...]:
    return tuple(
        replace(each.violation, out=Out.OVERTURNED)
        if each.overturned_at and each.overturned_at <= now
        else each.violation
        for each in life
        if each.violation.at <= now
    )


def main() -> None:
    """Say the figures, each for a simulated kind of account."""
    grades = policy()
    for people in (HONEST, MINORITY, UNHEARD, REPEATING):
        found = shares(people, 400, 7, grades)
        say(
            f"simulated {people.name} ({people.right}/a right, {people.wrong}/a wrong): "
            f"{found.ever:.1%} ever restricted, {found.days:.2%} of days; "
            f"three strikes {found.plain:.2%}"
        )
        key = f"standing.accounts.{people.name.split(',')[0].replace(' ', '_')}.restricted_days"
        if people is not UNHEARD:
            goal = "> 0.5" if people is REPEATING else "≤ 0.01"
            figure(key, found.days, "", goal, "three strikes", found.plain)
    worst = max(slip_heals(p, grades) for p in (Penalty.WARNING, Penalty.SUSPENSION))
    figure("standing.accounts.one_slip_heals_days", worst, "days", "≤ 180", "strike", STRIKE.days)


if __name__ == "__main__":
    main()
