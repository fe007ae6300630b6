"""What a rule pack says of an appeal's prospects. It refuses nothing.

From how many cases on a likelihood is told, what others claim meanwhile, and which patterns of
failure are pointed out.
"""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from gongdao.domain.policy.basics import Code, Sourced, Strict, SubjectKind, Words
from gongdao.domain.policy.figures import Share
from gongdao.domain.policy.model import PlainSpan


class Pattern(StrEnum):
    """How appeals fail (000 §7)."""

    BROKEN_CHAIN = "broken_chain"
    WINDOW_NEAR = "window_near"
    WINDOW_MISSED = "window_missed"
    TONE = "tone"
    REPETITION = "repetition"
    SAME_FACTS = "same_facts"


class Material(StrEnum):
    """Of which appeals a claim speaks."""

    ANY = "any"
    COMPLETE = "complete"
    """All required material is there."""
    INCOMPLETE = "incomplete"


class Least(Sourced):
    """From how many decided appeals on a likelihood of our own is told, and how it is learned."""

    decided: int = Field(ge=100)
    """Fewer say nothing."""
    each_outcome: int = Field(ge=10)
    """So many of them accepted, and so many refused."""
    learn_again_after: int = Field(ge=1)
    """So many new outcomes."""
    most: int = Field(ge=1000, le=50_000)
    """The latest so many are learned from."""


class Claim(Sourced):
    """A share of success that somebody claims, and of which appeals."""

    code: Code
    says: Words
    """What was claimed, of whom, and by whom: shown beside the range."""
    low: Share
    high: Share
    material: Material = Material.ANY
    subjects: tuple[SubjectKind, ...] = ()
    """Of what kind of subject; none named: of any."""

    @model_validator(mode="after")
    def _runs_forwards(self) -> Self:
        if self.low > self.high:
            raise ValueError(f"{self.code} runs backwards: low is the smaller share")
        return self


class Warned(Sourced):
    """One pattern of failure in words."""

    code: Pattern
    title: Words
    why: Words
    instead: Words


class Thresholds(Sourced):
    """From when on a pattern is pointed out."""

    near: PlainSpan
    """The window closes within that."""
    repetition: int = Field(ge=2)
    """At the so-manyth violation of the same kind."""
    alike: float = Field(gt=0, le=1)
    """From this likeness on two statements rest on the same facts."""
    tone: int = Field(ge=1, le=3)
    """Passages of this weight on are a pattern."""


class ForecastPolicy(Strict):
    """forecast.yaml: what is said of an appeal's prospects before it is sent."""

    least: Least
    claims: tuple[Claim, ...] = ()
    """None: nothing is said while there are too few cases."""
    thresholds: Thresholds
    patterns: tuple[Warned, ...]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for codes in ([c.code for c in self.claims], [p.code for p in self.patterns]):
            if len(codes) != len(set(codes)):
                raise ValueError("two of the same code")
        if missing := set(Pattern) - {p.code for p in self.patterns}:
            raise ValueError(f"no words for {', '.join(sorted(missing))}")
        return self

    def words(self, code: Pattern) -> Warned:
        """A pattern in words."""
        return next(each for each in self.patterns if each.code is code)
