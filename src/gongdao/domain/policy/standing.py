"""What a rule pack says of how far reporters are believed, and of measures against misuse."""

from datetime import timedelta
from string import Formatter
from typing import Annotated, Self

from pydantic import Field, model_validator

from gongdao.domain.policy.basics import Code, Sourced, SpanText, Strict, Words
from gongdao.domain.policy.grades import GradePolicy

STATEMENT_GAPS = frozenset(
    {
        "until", "always", "warned_at", "decided", "marked", "share", "gravity", "intention",
        "reasons", "pack", "appeal_closes",
    }
)  # fmt: skip
"""All that a statement of reasons must say."""
Weight = Annotated[float, Field(ge=0, le=10)]
Share = Annotated[float, Field(ge=0, le=1)]


class CredibilityPolicy(Sourced):
    """How a reporter's decided reports become a figure from 0 to 1; one half is neutral."""

    half_life: SpanText
    """After so long a decided report counts half."""
    upheld: Weight = 1.0
    not_upheld: Weight = 0.0
    """Against the reporter. Little or nothing: to be wrong is no misuse."""
    manifestly_unfounded: Weight = 1.0
    malicious: Weight = 1.0
    joined: Share = 1.0
    """Of an upheld report that joined a case which another had opened."""
    elsewhere: Share = 1.0
    """Of reports of other categories than the one that is looked at."""
    z: float = Field(default=1.96, gt=0, le=5)
    """How wide the interval is, in standard deviations."""
    looked_at: int = Field(default=200, ge=1, le=1000)

    @model_validator(mode="after")
    def _misuse_weighs_more_than_error(self) -> Self:
        if not self.not_upheld < self.manifestly_unfounded <= self.malicious:
            raise ValueError("not_upheld < manifestly_unfounded <= malicious does not hold")
        return self

    def fades(self) -> timedelta:
        """The half-life as plain time."""
        return self.half_life.flat()


class MisusePolicy(Sourced):
    """Warnings and measures against misuse of reporting, by the pattern of DSA article 23."""

    propose_after: int = Field(ge=2, le=100)
    """So many marks within `propose_within` let a warning be proposed."""
    propose_within: SpanText
    propose_share: Share
    """And at least this share of the reports that were decided in that time."""
    warning_lasts: SpanText
    marks_after_warning: int = Field(ge=1, le=100)
    """A measure needs so many marks that came after its warning."""
    longest: SpanText
    first_longest: SpanText
    """Of somebody's first measure."""
    appeal_within: SpanText
    heard_within: SpanText
    """So long somebody has to decide on an appeal."""
    always: tuple[Code, ...] = ()
    """Categories that are worked on whatever measure there is."""
    text_min: int = Field(ge=1, le=1000)
    text_max: int = Field(ge=1, le=20_000)
    examples: tuple[Words, ...] = Field(min_length=1)
    """Of what is marked as misuse, in the words of the rules page."""
    counter_examples: tuple[Words, ...] = Field(min_length=1)
    """Of what is none, however it ends."""
    statement: Words
    """The statement of reasons of a measure."""

    @model_validator(mode="after")
    def _lengths_fit(self) -> Self:
        if self.first_longest.flat() > self.longest.flat():
            raise ValueError("the first measure may not be longer than any other")
        return self

    @model_validator(mode="after")
    def _statement_has_no_unknown_gap(self) -> Self:
        for text in (self.statement.zh, self.statement.en):
            gaps = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
            if gaps != STATEMENT_GAPS:
                odd = ", ".join(sorted(gaps ^ STATEMENT_GAPS))
                raise ValueError(f"a statement has these gaps alone, and all of them: {odd}")
        return self


class StandingPolicy(Strict):
    """standing.yaml: reporters' credibility, misuse, and the grades of accounts."""

    credibility: CredibilityPolicy
    misuse: MisusePolicy
    grades: GradePolicy
