"""What a rule pack may say about which case comes first, and who works on it for how long."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from gongdao.domain.policy.basics import (
    Basis,
    Code,
    Sourced,
    SpanText,
    Strict,
    SubjectKind,
    Words,
)

Points = Annotated[int, Field(ge=0, le=1000)]

REPETITION_MOST = 30
"""Percent of `credibility_most` that an account's grade can add to cases about it, at the most.

So it weighs less than one report of whoever was right ten times of ten."""


class Reach(Strict):
    """How many views one view, one share and one member of the group count for."""

    views: int = Field(default=1, ge=0, le=10_000)
    shares: int = Field(default=50, ge=0, le=10_000)
    members: int = Field(default=1, ge=0, le=10_000)


class Scale(Strict):
    """Points on a logarithmic scale: so many for every tenfold, up to the most."""

    per_tenfold: Points = 0
    most: Points = 0


class Vulnerability(Strict):
    """People who must not wait: the shortest clock, and points that put the case in front."""

    code: Code
    title: Words
    points: Points
    within: SpanText
    """Until when somebody has looked at it: the clock of its acceptance check."""
    categories: tuple[Code, ...] = Field(min_length=1)


class Turns(Strict):
    """
    Of how many pulls each class of subject is sure, and how many go to whatever is in front.

    The sum is one round. A turn whose class has nothing waiting goes to whatever is in front.
    """

    in_front: int = Field(default=1, ge=0, le=100)
    sure: Mapping[SubjectKind, Annotated[int, Field(ge=1, le=100)]] = {}

    @model_validator(mode="after")
    def _has_a_turn(self) -> Self:
        if not self.in_front and not self.sure:
            raise ValueError("a round needs at least one turn")
        return self


class Weights(Sourced):
    """The priority of a case: points for what it is, and a point for every so long it waits."""

    minutes_per_point: int = Field(default=30, ge=1, le=1440)
    """Waiting so long is worth one point, for every case alike: that is why nothing starves."""
    harm: Mapping[Code, Points] = {}
    """By category."""
    harm_otherwise: Points = 0
    reach: Reach = Reach()
    spread: Scale = Scale()
    growth: Scale = Scale()
    """Of the reach, an hour."""
    credibility_most: Points = 0
    """Added for reporters who were always right, taken away for those who never were."""
    vulnerability: tuple[Vulnerability, ...] = ()
    """Where several fit, the heaviest counts."""
    turns: Turns = Turns()
    skills: Mapping[Code, Code] = {}
    """What a reviewer must know for a category; whoever has no list of skills may take all."""
    lease_minutes: int = Field(default=30, ge=1, le=1440)
    """How long a pulled case is kept for its reviewer without a sign of life."""
    hand_over_minutes: int = Field(default=1440, ge=1, le=14_400)
    """How long one that was handed over waits for its new reviewer."""
    held_at_most: int = Field(default=10, ge=1, le=100)
    """How many cases one reviewer may hold."""

    @model_validator(mode="after")
    def _codes_are_unique(self) -> Self:
        codes = [flag.code for flag in self.vulnerability]
        if len(codes) != len(set(codes)):
            raise ValueError("two vulnerabilities have the same code")
        return self

    def repetition(self, percent: int) -> int:
        """Points for a case about an account whose grade restricts; never more than its most."""
        return self.credibility_most * min(max(percent, 0), REPETITION_MOST) // 100

    def named(self) -> set[str]:
        """Every category that is named anywhere."""
        flagged = {code for flag in self.vulnerability for code in flag.categories}
        return {*self.harm, *self.skills, *flagged}

    def flag(self, category: str) -> Vulnerability | None:
        """Who must not wait in cases of that category: the heaviest, then the shortest clock."""
        fitting = [flag for flag in self.vulnerability if category in flag.categories]
        return max(fitting, key=lambda flag: flag.points, default=None)


PLAIN = Weights(source="none", as_of=date(2026, 11, 21), basis=Basis.HOUSE)
"""Where a pack says nothing: whatever waited longest comes first, whatever it is."""
