"""What an account was told of its grade, and what came of its appeal: no grade is kept here.

The grade itself is folded anew whenever it is asked for (see `grades.py`). Kept is what must be
known beside it: the notice before a grade restricts, what an appeal took out, a grade that was set.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, NewType, assert_never

from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import CaseId, DecisionId, PackRef, PersonId, SanctionId, Sealed
from gongdao.domain.policy.grades import GradeCode

StandingId = NewType("StandingId", str)


@dataclass(frozen=True, slots=True)
class Item:
    """One violation as it counted when the notice was written."""

    sanction: SanctionId
    decision: DecisionId
    case: CaseId
    thousandths: int
    """Points, in thousandths."""


class Because(StrEnum):
    """Why a grade is better again."""

    TIME = "time"
    OVERTURNED = "overturned"
    """A decision that counted is gone, or weighs less."""
    APPEAL = "appeal"
    """An appeal against the grade."""
    DEED = "deed"
    """Something new speaks for the account."""


class Ruled(StrEnum):
    """How an appeal against a grade ended."""

    UPHELD = "upheld"
    EXCLUDED = "excluded"
    """Violations were taken out of it."""
    SET = "set"
    """Another grade holds for a while."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeFell(Event):
    """The account was told of a grade that restricts. The statement of reasons exists already."""

    kind: ClassVar[str] = "standing.fell"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    standing: StandingId
    person: PersonId
    grade: GradeCode
    before: GradeCode
    """The grade whose effects held until then."""
    items: tuple[Item, ...]
    pack: PackRef
    effects_at: datetime
    contest_until: datetime
    statement_zh: Sealed
    statement_en: Sealed
    next_look: datetime | None
    """When time alone changes something: it begins to restrict, or is better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRose(Event):
    """It is better again, and whatever it no longer restricts is free at once."""

    kind: ClassVar[str] = "standing.rose"
    personal: ClassVar[Personal] = Personal.NOTHING
    grade: GradeCode
    because: Because
    next_look: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeContested(Event):
    """The account says why the grade is wrong."""

    kind: ClassVar[str] = "standing.contested"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    grounds: Sealed
    hear_by: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeHeard(Event):
    """A person who took part in none of what counted decided on that."""

    kind: ClassVar[str] = "standing.heard"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    ruled: Ruled
    excluded: tuple[SanctionId, ...]
    grade: GradeCode | None
    """The grade that was set."""
    until: datetime | None
    reasons: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeLooked(Event):
    """The grade is the same: when time alone changes something next."""

    kind: ClassVar[str] = "standing.looked"
    personal: ClassVar[Personal] = Personal.NOTHING
    next_look: datetime | None


AccountStep = GradeFell | GradeRose | GradeContested | GradeHeard | GradeLooked


@dataclass(frozen=True, slots=True)
class Fall:
    """A notice of a grade that restricts."""

    grade: GradeCode
    before: GradeCode
    at: datetime
    items: tuple[Item, ...]
    pack: PackRef
    effects_at: datetime
    contest_until: datetime
    statement_zh: Sealed
    statement_en: Sealed


@dataclass(frozen=True, slots=True)
class Contest:
    """An appeal against a grade."""

    at: datetime
    grounds: Sealed
    hear_by: datetime
    """By then a person decides; what is later than that restricts nobody meanwhile."""
    ruled: Ruled | None = None
    reasons: Sealed | None = None


@dataclass(frozen=True, slots=True)
class SetGrade:
    """A better grade that a reviewer set for a while."""

    grade: GradeCode
    until: datetime


@dataclass(frozen=True, slots=True)
class Account:
    """What is kept of an account's grade."""

    id: StandingId
    person: PersonId
    told: GradeCode
    """The worst grade that the account was told of and that still stands."""
    fall: Fall
    """The latest notice."""
    contest: Contest | None = None
    """The appeal against it."""
    excluded: frozenset[SanctionId] = frozenset()
    set_grade: SetGrade | None = None
    next_look: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether an appeal waits for a person."""
        return self.contest is not None and self.contest.ruled is None


def after(account: Account, step: AccountStep) -> Account:
    """The account as it stands after one more step."""
    match step:
        case GradeFell():
            # An appeal that still waits is against this one, too: it isn't asked for twice.
            contest = account.contest if account.waits else None
            return replace(
                account,
                told=step.grade,
                fall=_fall(step),
                contest=contest,
                next_look=step.next_look,
            )
        case GradeRose():
            return replace(account, told=step.grade, next_look=step.next_look)
        case GradeContested():
            return replace(account, contest=Contest(step.at, step.grounds, step.hear_by))
        case GradeHeard():
            return _heard(account, step)
        case GradeLooked():
            return replace(account, next_look=step.next_look)
        case _:
            assert_never(step)


def fold(steps: Iterable[AccountStep]) -> Account:
    """The standing after a whole stream; ValueError if it does not begin with a notice."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, GradeFell):
        raise ValueError("a grade's record begins with standing.fell")
    account = Account(
        id=first.standing,
        person=first.person,
        told=first.grade,
        fall=_fall(first),
        next_look=first.next_look,
    )
    for step in rest:
        account = after(account, step)
    return account


def _fall(step: GradeFell) -> Fall:
    return Fall(
        grade=step.grade,
        before=step.before,
        at=step.at,
        items=step.items,
        pack=step.pack,
        effects_at=step.effects_at,
        contest_until=step.contest_until,
        statement_zh=step.statement_zh,
        statement_en=step.statement_en,
    )


def _heard(account: Account, step: GradeHeard) -> Account:
    if account.contest is None:
        raise ValueError(f"nobody appealed against grade {account.id}")
    contest = replace(account.contest, ruled=step.ruled, reasons=step.reasons)
    lasting = account.set_grade
    if step.grade is not None and step.until is not None:
        lasting = SetGrade(step.grade, step.until)
    return replace(
        account,
        contest=contest,
        excluded=account.excluded | frozenset(step.excluded),
        set_grade=lasting,
    )
