"""What a rule pack says of the grades of accounts: what weighs and heals, and what they change."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from gongdao.domain.policy.basics import Code, Sourced, SpanText, Strict, Words
from gongdao.domain.policy.model import Penalty
from gongdao.domain.policy.weights import REPETITION_MOST


class GradeCode(StrEnum):
    """The five grades, the best first."""

    A = "a"
    B = "b"
    C = "c"
    D = "d"
    E = "e"

    @property
    def depth(self) -> int:
        """How far below the best, from 0."""
        return list(GradeCode).index(self)


class Act(StrEnum):
    """What speaks for an account."""

    EXAM = "exam"
    """An exam that was passed."""
    PLEDGE = "pledge"
    """A promise that was kept: signed, and no violation for a while after."""
    REPORT = "report"
    """A report of one's own that a decision found to be right."""
    QUIET = "quiet"
    """A stretch of time without a violation."""


class Weight(Strict):
    """What one violation weighs at first, and in which time half of that is gone."""

    points: int = Field(ge=0, le=1000)
    half_life: SpanText


class ActRule(Sourced):
    """Takes some percent off everything that was there before it: so it never counts for later."""

    title: Words
    percent: int = Field(ge=0, le=90)
    most: int = Field(ge=0, le=100)
    """Of one kind so many count for one violation."""
    after: SpanText | None = None
    """So long a pledge must be kept, or one quiet stretch is."""

    @model_validator(mode="after")
    def _is_plain(self) -> Self:
        if self.after is not None:
            _flat(self.after.flat().total_seconds(), "after")
        return self


class Effects(Strict):
    """What a grade changes. Anything but nothing restricts, and is told before it begins."""

    post_delay: SpanText | None = None
    """So much longer a post waits that is looked at before it appears."""
    posts_per_day: int | None = Field(default=None, ge=1, le=100_000)
    """So many texts can be handed in within any 24 hours."""
    reports_per_day: None = None
    """Never: reporting is limited by measures against misuse alone, not by what one posted."""
    deposit: Code | None = None
    """A firm's deposit is counted as of this grade of firms.yaml, where that is more."""
    priority: int | None = Field(default=None, ge=1, le=REPETITION_MOST)
    """Cases about the account are looked at earlier: so many percent of `credibility_most`.

    It moves a case and decides nothing. Posts and appeals of the account keep their places.
    """
    appeals: Literal["same"] = "same"
    """A grade never changes how soon a person hears an appeal: nothing else can be written."""

    @property
    def restrict(self) -> bool:
        """Whether anything is made harder."""
        return any((self.post_delay, self.posts_per_day, self.deposit, self.priority))


class GradeRule(Sourced):
    """One grade."""

    code: GradeCode
    title: Words
    means: Words
    from_points: int | None = Field(default=None, alias="from", ge=1, le=10_000)
    """From so many points on one falls to it; nothing for the grades without a burden."""
    back_below: int | None = Field(default=None, ge=1, le=10_000)
    """Below so many one leaves it again: less than `from`, so that it does not go to and fro."""
    effects: Effects = Effects()

    @model_validator(mode="after")
    def _leaves_below_where_it_falls(self) -> Self:
        above = self.code.depth <= GradeCode.B.depth
        if above != (self.from_points is None) or above != (self.back_below is None):
            raise ValueError("a and b have no points; c, d and e have from and back_below")
        if above and self.effects.restrict:
            raise ValueError("a and b restrict nothing: being new is never a demerit")
        if self.from_points and self.back_below and self.back_below >= self.from_points:
            raise ValueError("back_below must be less than from")
        return self


class Told(Sourced):
    """What is said before a grade restricts, and how one appeals."""

    before: SpanText
    """Effects begin so long after the notice."""
    contest_within: SpanText
    heard_within: SpanText
    waits_for_hearing: bool
    """Whoever appeals before the effects begin is not restricted until a person has decided."""
    set_most: SpanText
    """For so long at most a reviewer can set a better grade."""
    statement: Words
    """Gaps: grade, points, items, pack, effects, from, heals and until."""
    item: Words
    """One line of the items; gaps: day, title, penalty, points, decision."""
    nothing: Words
    delay: Words
    per_day: Words
    deposit: Words
    priority: Words
    """Of cases about the account; gap: hours, which they stand as if they had waited longer."""
    heals: Words
    """When it gets better by itself; gaps: day and grade."""
    lasts: Words
    """Where that takes years."""
    text_max: int = Field(ge=1, le=20_000)


Rules = Annotated[tuple[GradeRule, ...], Field(min_length=5, max_length=5)]


class GradePolicy(Sourced):
    """The part `grades` of standing.yaml."""

    weights: Mapping[Penalty, Weight]
    earned_back: int = Field(ge=0, le=100)
    """So many percent remain of what was earned off."""
    acts: Mapping[Act, ActRule]
    settled: SpanText
    """So long without a violation since the first sign of an account: then it is an A."""
    rules: Rules
    told: Told

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        for missing in sorted({p.value for p in Penalty} - {p.value for p in self.weights}):
            raise ValueError(f"weights: {missing} is missing")
        for missing in sorted({a.value for a in Act} - {a.value for a in self.acts}):
            raise ValueError(f"acts: {missing} is missing")
        for act in (Act.PLEDGE, Act.QUIET):
            if self.acts[act].after is None:
                raise ValueError(f"acts.{act}: say after how long")
        for span in (self.settled, *(weight.half_life for weight in self.weights.values())):
            _flat(span.flat().total_seconds(), "half_life and settled")
        for span in (self.told.before, self.told.set_most):
            _flat(span.flat().total_seconds(), "told")
        return self

    @model_validator(mode="after")
    def _grades_fall(self) -> Self:
        if [rule.code for rule in self.rules] != list(GradeCode):
            raise ValueError("rules: a, b, c, d, e, in this order, each once")
        for of in ("from_points", "back_below"):
            points = [getattr(rule, of) for rule in self.rules[2:]]
            if points != sorted(set(points)):
                raise ValueError("rules: each grade needs more points than the one above it")
        if any(
            above.effects.restrict and not below.effects.restrict
            for above, below in zip(self.rules, self.rules[1:], strict=False)
        ):
            raise ValueError("rules: a lower grade never restricts less than a higher one")
        return self

    def rule(self, code: GradeCode) -> GradeRule:
        """A grade's rule."""
        return self.rules[code.depth]

    @property
    def restricting(self) -> frozenset[GradeCode]:
        """The grades that make something harder."""
        return frozenset(rule.code for rule in self.rules if rule.effects.restrict)


def _flat(seconds: float, what: str) -> None:
    if seconds <= 0:
        raise ValueError(f"{what}: write hours or days, more than none")
