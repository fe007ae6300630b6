"""A case as it waits for a reviewer: what it weighs, and who holds it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from gongdao.domain.kernel.ids import CaseId, PackRef, PersonId
from gongdao.domain.policy.model import SubjectKind


class FactorKind(StrEnum):
    """What a priority is made of."""

    HARM = "harm"
    SPREAD = "spread"
    GROWTH = "growth"
    CREDIBILITY = "credibility"
    VULNERABILITY = "vulnerability"
    REPETITION = "repetition"
    """The grade of the account that it is about restricts: it goes on breaking the rules."""
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Spread:
    """How far something has gone, as the operator's app counts it. What is not known is None."""

    at: datetime
    views: int | None = None
    shares: int | None = None
    members: int | None = None


@dataclass(frozen=True, slots=True)
class Spreading:
    """The latest numbers, and those before them, by which growth is seen."""

    now: Spread
    before: Spread | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a priority is made from."""

    category: str
    opened_at: datetime
    spread: Spreading | None = None
    credibility: float = 0.5
    """Of whoever of its reporters is believed most, from 0 to 1. Half is neutral."""
    repetition: int = 0
    """What the grade of the account adds, in percent of `credibility_most`; 0 for nearly all."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One part of a priority."""

    kind: FactorKind
    value: float
    """What was counted: views reached, views an hour, hours waited; 0 where nothing is."""
    points: int
    most: int | None
    """The most that it can give; None for waiting, which has no end."""
    code: str = ""
    """The category or the vulnerability, where that is what was weighed."""


@dataclass(frozen=True, slots=True)
class Priority:
    """What a case weighs. Everything but the waiting stands still as time passes."""

    factors: tuple[Factor, ...]
    opened_at: datetime
    a_point: timedelta
    """Waiting so long is worth one point."""

    @property
    def base(self) -> int:
        """The points without the waiting."""
        return sum(factor.points for factor in self.factors)

    @property
    def rank(self) -> datetime:
        """Since when it would wait if it had all its points from waiting: the earliest is first."""
        return self.opened_at - self.base * self.a_point

    def points(self, now: datetime) -> int:
        """The whole priority."""
        return self.base + self.waited(now).points

    def waited(self, now: datetime) -> Factor:
        """The part that grows, at the same rate for every case."""
        waited = max(now - self.opened_at, timedelta(0))
        hours = waited / timedelta(hours=1)
        return Factor(FactorKind.WAITING, round(hours, 1), waited // self.a_point, None)


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody works on a case, until then or until they give a sign of life."""

    by: PersonId
    until: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open case in its queue."""

    case: CaseId
    kind: SubjectKind
    """The class of its subject, which is sure of its share of pulls."""
    category: str
    skill: str
    """What its reviewer must know; empty for nothing special."""
    language: str
    """Of the one who reported."""
    opened_at: datetime
    rank: datetime
    pack: PackRef
    """By whose weights it was ranked."""
    ready: bool
    """Whether there is something to do; not while an answer is awaited."""
    senior: bool = False
    """Escalated: for senior reviewers alone."""
    respondent: PersonId | None = None
    barred: frozenset[PersonId] = frozenset()
    """Who handled it in an earlier round."""
    spread: Spreading | None = None
    claim: Claim | None = None
    credibility: float = 0.5
    """Of whoever of its reporters was believed most when they reported."""
    repetition: int = 0
    """What the respondent's grade adds now."""

    def held_by(self, now: datetime) -> PersonId | None:
        """Whoever holds it now; a lease that ran out holds nothing."""
        return self.claim.by if self.claim is not None and self.claim.until > now else None


@dataclass(frozen=True, slots=True)
class Puller:
    """A reviewer who asks for the next case."""

    person: PersonId
    senior: bool
    skills: frozenset[str] | None = None
    """None: may take every kind."""
    languages: frozenset[str] | None = None
    """None: reads them all."""
    held: int = 0
    turn: int = 0
    """Which pull of the whole house this is."""

    def can(self, waiting: Waiting) -> bool:
        """Whether skill and language fit; what needs no skill fits everybody."""
        knows = self.skills is None or not waiting.skill or waiting.skill in self.skills
        return knows and (self.languages is None or waiting.language in self.languages)


@dataclass(frozen=True, slots=True)
class Pulled:
    """One pull of the house, while there is a firm in the lane."""

    at: datetime
    case: CaseId
    opened_at: datetime
    rank: datetime
    ahead: bool
    """Whether it was the lane's."""


@dataclass(frozen=True, slots=True)
class LaneCost:
    """What the lane cost the others."""

    pulls: int
    ahead: int
    extra: tuple[float, ...] = ()
    """By how many minutes each of the others waited longer, the shortest first."""

    @property
    def median(self) -> float:
        """The extra wait in the middle, in minutes."""
        return self.extra[len(self.extra) // 2] if self.extra else 0.0

    @property
    def share(self) -> float:
        """Of how many of a hundred pulls the lane had the use."""
        return round(100 * self.ahead / self.pulls, 1) if self.pulls else 0.0


@dataclass(frozen=True, slots=True)
class Able:
    """What a reviewer declared of themselves; None for everything."""

    skills: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Where other weights would put an open case."""

    case: CaseId
    kind: SubjectKind
    category: str
    before: int
    """Its place now, from 1."""
    after: int
    points_before: int
    points_after: int

    @property
    def up(self) -> int:
        """By how many places it would come forward; below zero, fall back."""
        return self.before - self.after


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What other weights would do to the open cases."""

    cases: int
    moved: int
    moves: tuple[Move, ...] = field(default=())
    """The cases at the head of either order, those in front afterwards first."""
