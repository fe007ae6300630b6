"""What a rule pack says about firms: verification, deposits, the lane, tiers, roster and feed."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from gongdao.domain.policy.basics import Code, Sourced, SpanText, Strict, Words


class Qualification(Sourced):
    """What a firm must bring, for how long that counts, and when it is lost."""

    undertaking: Words
    """What the representative signs, word by word."""
    valid: SpanText
    remind_before: tuple[SpanText, ...] = ()
    check_within: SpanText
    """Until when a reviewer has looked at an application."""
    minutes_least: int = Field(ge=0, le=10_000)
    """Of training."""
    exam: bool = True
    lost_after: int = Field(ge=2, le=100)
    """So many violations of one rule that still count."""
    lost: Words
    """The statement of reasons of a loss; its gaps are title, count, pack and until."""
    overturned: Words
    """Why it is given back where a decision was overturned."""
    contest_within: SpanText
    heard_within: SpanText
    text_max: int = Field(ge=1, le=20_000)


class Grade(Sourced):
    """A deposit by standing: from so many violations on that still count."""

    code: Code
    title: Words
    violations: int = Field(ge=0, le=1000)
    deposit_fen: int = Field(ge=0, le=10**12)


class LaneRule(Sourced):
    """How many of a hundred pulls may go to verified firms first."""

    share: int = Field(ge=0, le=50)
    """Zero: there is no such lane."""


class DutyRule(Sourced):
    """One thing that must be done about a complaint of a tier."""

    code: Code
    title: Words
    who: Words
    within: SpanText


class DocumentRule(Sourced):
    """One paper that a tier asks for, with a text to fill in where there is one."""

    code: Code
    title: Words
    template: Words | None = None


class Tier(Sourced):
    """One tier of complaints against a firm, with what it asks for."""

    code: Code
    title: Words
    comes_from: Words
    duties: tuple[DutyRule, ...] = Field(min_length=1)
    documents: tuple[DocumentRule, ...] = ()

    def duty(self, code: str) -> DutyRule | None:
        """A duty by its code."""
        return next((each for each in self.duties if each.code == code), None)

    def document(self, code: str) -> DocumentRule | None:
        """A document by its code."""
        return next((each for each in self.documents if each.code == code), None)


class RosterRule(Sourced):
    """How the operator's own people are on duty."""

    answer_within: SpanText
    """So long whoever is asked has to take a complaint before the next one is asked."""
    look_ahead_days: int = Field(ge=1, le=60)
    """Gaps of so many days ahead are pointed out."""
    slots_max: int = Field(ge=1, le=1000)
    table_bytes_max: int = Field(ge=1, le=1024**2)


class FeedRule(Sourced):
    """The calendar feed of deadlines."""

    alarms: tuple[SpanText, ...] = ()
    """In hours or days before a deadline."""
    kept: SpanText
    """So long something that ended stays in the feed, marked as cancelled."""
    per_minute: int = Field(ge=1, le=600)
    name: Words
    file: Words
    """What stands before the short number: “case {number}”."""
    provisional: Words
    kinds: Mapping[Code, Words] = Field(min_length=1)
    """What each kind of deadline is called."""


Grades = Annotated[tuple[Grade, ...], Field(min_length=1)]
Tiers = Annotated[tuple[Tier, ...], Field(min_length=1)]


class FirmPolicy(Strict):
    """firms.yaml: verified firms, their lane, tiers of complaints, the roster, the feed."""

    qualification: Qualification
    grades: Grades
    lane: LaneRule
    tiers: Tiers
    roster: RosterRule
    feed: FeedRule

    @model_validator(mode="after")
    def _grades_climb(self) -> Self:
        steps = [grade.violations for grade in self.grades]
        if steps[0] != 0 or steps != sorted(set(steps)):
            raise ValueError("grades begin at no violation, and each needs more than the last")
        return self

    def grade(self, violations: int, least: str | None = None) -> Grade:
        """The grade of a firm with so many violations that count, or `least` if that is lower."""
        reached = [n for n, grade in enumerate(self.grades) if grade.violations <= violations]
        named = [n for n, grade in enumerate(self.grades) if grade.code == least]
        return self.grades[max(reached + named)]

    def tier(self, code: str) -> Tier | None:
        """A tier by its code."""
        return next((tier for tier in self.tiers if tier.code == code), None)
