"""What a rule pack says about ways back: how a sanction can be earned off before its time (B7)."""

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from gongdao.domain.kernel.spans import Span
from gongdao.domain.policy.basics import Code, Sourced, SpanText, Strict, Words
from gongdao.domain.policy.model import Clause, Penalty, PlainSpan, Rung, Scope

MOST = 8
"""Alternatives that one way may come to: more than that nobody reads."""


class StepKind(StrEnum):
    """What somebody does, or what has to pass, on a way back."""

    EXAM = "exam"
    RECTIFICATION = "rectification"
    PLEDGE = "pledge"
    WAITING = "waiting"
    JUDICIAL_PROOF = "judicial_proof"


class WayStep(Sourced):
    """One step of a way back."""

    code: Code
    title: Words
    detail: Words
    """What is asked, in words."""

    @property
    @abstractmethod
    def kind(self) -> StepKind:
        """What kind of step it is."""


class ExamStep(WayStep):
    """A short exam about the rule that was broken."""

    quiz: Code
    """Of the bank that its questions come from."""
    questions: int = Field(ge=3, le=50)
    pass_percent: int = Field(ge=1, le=100)
    wait: PlainSpan
    """Between a try that failed and the next one."""

    @property
    def kind(self) -> StepKind:
        """An exam."""
        return StepKind.EXAM


class PledgeStep(WayStep):
    """A promise that is signed with a name, typed or drawn."""

    text: Words
    """The very words that are signed."""

    @property
    def kind(self) -> StepKind:
        """A pledge."""
        return StepKind.PLEDGE


class ProofStep(WayStep):
    """Something that a person has to check."""

    proves: Literal["rectification", "judicial_proof"]
    needs_file: bool
    """Whether words alone are not enough."""

    @property
    def kind(self) -> StepKind:
        """Which of the two it is."""
        return StepKind(self.proves)


class WaitStep(WayStep):
    """Time that has to pass, counted from the sanction."""

    lasts: SpanText

    @property
    def kind(self) -> StepKind:
        """Waiting."""
        return StepKind.WAITING


class Needs(Strict):
    """Which steps: all of them, or any one of them; either may hold more of these."""

    all: "tuple[Code | Needs, ...] | None" = None
    any: "tuple[Code | Needs, ...] | None" = None

    @model_validator(mode="after")
    def _says_one(self) -> Self:
        if not (self.all or self.any) or (self.all is not None and self.any is not None):
            raise ValueError("write either all or any, with at least one step")
        return self

    def alternatives(self) -> tuple[tuple[str, ...], ...]:
        """The same as a plain choice: do every step of one of these."""
        if self.any is not None:
            return tuple(each for member in self.any for each in _alternatives(member))
        found: tuple[tuple[str, ...], ...] = ((),)
        for member in self.all or ():
            found = tuple(
                (*so_far, *(step for step in more if step not in so_far))
                for so_far in found
                for more in _alternatives(member)
            )
        return found


def _alternatives(member: "str | Needs") -> tuple[tuple[str, ...], ...]:
    return ((member,),) if isinstance(member, str) else member.alternatives()


class RungOf(Strict):
    """A rung of a clause's ladder: by its strikes, or by what it does."""

    clause: Code
    strikes: int | None = Field(default=None, ge=1, le=50)
    penalty: Penalty | None = None
    scope: Scope | None = None

    @model_validator(mode="after")
    def _says_one(self) -> Self:
        by_measure = self.penalty is not None and self.scope is not None
        if (self.strikes is not None) is by_measure:
            raise ValueError("name the rung by strikes, or by penalty and scope")
        return self

    def is_of(self, clause: Clause, penalty: Penalty, scope: Scope, lasts: Span | None) -> bool:
        """Whether a measure under a clause is this rung."""
        if clause.code != self.clause:
            return False
        if self.strikes is None:
            return (penalty, scope) == (self.penalty, self.scope)
        rung = next((r for r in clause.ladder if r.strikes == self.strikes), None)
        return rung is not None and _measure(rung) == (penalty, scope, lasts)


def _measure(rung: Rung) -> tuple[Penalty, Scope, Span | None]:
    return rung.penalty, rung.scope, rung.duration


class Does(Strict):
    """What a way does once it is gone to its end; it only ever makes things lighter."""

    lift: bool = False
    """The sanction is over at once."""
    shorten_to: SpanText | None = None
    """It lasts so long in all, counted from the day it was imposed."""
    strike_expires: PlainSpan | None = None
    """The violation counts no longer than this, counted from the sanction."""

    @model_validator(mode="after")
    def _does_something(self) -> Self:
        if not self.lift and self.shorten_to is None and self.strike_expires is None:
            raise ValueError("say what the way does: lift, shorten_to or strike_expires")
        if self.lift and self.shorten_to is not None:
            raise ValueError("what is lifted cannot be shortened, too")
        return self


class Way(Sourced):
    """A way back, the rungs that it leads back from, and what it does."""

    code: Code
    title: Words
    rungs: tuple[RungOf, ...] = Field(min_length=1)
    needs: Needs
    does: Does
    effect: Words
    """What it does, in words."""


class NoWay(Sourced):
    """Rungs from which nothing leads back but an appeal, and why."""

    rungs: tuple[RungOf, ...] = Field(min_length=1)
    why: Words


@dataclass(frozen=True, slots=True)
class WaySaid:
    """What a statement of reasons says of the way back."""

    title: Words
    lines: tuple[Words, ...]


class WaysBackPolicy(Strict):
    """ways_back.yaml: the steps, the ways that they make up, and where there is none."""

    title: Words
    """Above what a statement of reasons says of it."""
    one_of: Words
    """Before alternatives: one of them is enough."""
    exams: tuple[ExamStep, ...] = ()
    pledges: tuple[PledgeStep, ...] = ()
    proofs: tuple[ProofStep, ...] = ()
    waits: tuple[WaitStep, ...] = ()
    name_max: int = Field(ge=1, le=200)
    """Characters of a typed signature."""
    strokes_max: int = Field(ge=1, le=20_000)
    """Points of a drawn one."""
    ways: tuple[Way, ...]
    none: tuple[NoWay, ...] = ()

    @model_validator(mode="after")
    def _steps_are_known(self) -> Self:
        codes = [step.code for step in self.steps()]
        if len(codes) != len(set(codes)):
            raise ValueError("two steps have the same code")
        for way in self.ways:
            found = way.needs.alternatives()
            unknown = {step for each in found for step in each} - set(codes)
            if unknown:
                raise ValueError(f"{way.code} names unknown steps: {sorted(unknown)}")
            if len(found) > MOST:
                raise ValueError(f"{way.code} has more than {MOST} alternatives")
        return self

    def steps(self) -> Iterator[WayStep]:
        """Every step."""
        yield from (*self.exams, *self.pledges, *self.proofs, *self.waits)

    def step(self, code: str) -> WayStep | None:
        """The step of that code, if there is one."""
        return next((step for step in self.steps() if step.code == code), None)

    def way(self, code: str) -> Way | None:
        """The way of that code, if there is one."""
        return next((way for way in self.ways if way.code == code), None)

    def back_from(
        self, clause: Clause, penalty: Penalty, scope: Scope, lasts: Span | None
    ) -> Way | None:
        """The way back from a measure: the first that names its rung."""
        return next(
            (w for w in self.ways if any(r.is_of(clause, penalty, scope, lasts) for r in w.rungs)),
            None,
        )

    def none_from(
        self, clause: Clause, penalty: Penalty, scope: Scope, lasts: Span | None
    ) -> NoWay | None:
        """Why nothing leads back from a measure, where the pack says so."""
        return next(
            (n for n in self.none if any(r.is_of(clause, penalty, scope, lasts) for r in n.rungs)),
            None,
        )

    def said(
        self, clause: Clause, penalty: Penalty, scope: Scope, lasts: Span | None
    ) -> WaySaid | None:
        """What a statement says of the way back from a measure; None where it says nothing."""
        way = self.back_from(clause, penalty, scope, lasts)
        if way is None:
            none = self.none_from(clause, penalty, scope, lasts)
            return WaySaid(self.title, (none.why,)) if none else None
        several = way.needs.alternatives()
        lines = [way.effect, *([self.one_of] if len(several) > 1 else [])]
        lines += [self._steps_said(each) for each in several]
        return WaySaid(self.title, tuple(lines))

    def _steps_said(self, codes: tuple[str, ...]) -> Words:
        titles = [step.title for step in map(self.step, codes) if step is not None]
        return Words(
            zh="· " + "；".join(title.zh for title in titles),
            en="· " + "; ".join(title.en for title in titles),
        )
