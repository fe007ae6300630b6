"""What a rule pack says about the wording of statements: what is pointed out, how to mend it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from gongdao.domain.policy import phrases
from gongdao.domain.policy.basics import Code, Sourced, Strict, Words

MOST_TRIES = 120_000
"""So many comparisons all phrases together may cost from one place: a long text stays quick."""


def _readable(written: str) -> str:
    try:
        phrases.read(written)
    except ValueError as problem:
        raise ValueError(f"the phrase “{written}” cannot be used: {problem}") from None
    return written


PhraseText = Annotated[str, Field(max_length=500), AfterValidator(_readable)]
"""Written as `gongdao.domain.policy.phrases` says."""


class Flaw(StrEnum):
    """What can be pointed out in a statement."""

    ANTAGONISTIC = "antagonistic"
    EVASIVE = "evasive"
    BLAMING = "blaming"
    VAGUE_TIME = "vague_time"
    MISSING_DEVICE = "missing_device"
    MISSING_PLAN = "missing_plan"
    PERSONAL_DATA = "personal_data"
    THREAT = "threat"
    ADMISSION = "admission"
    ABSENT_EXHIBIT = "absent_exhibit"


class Advised(Sourced):
    """Why a passage is pointed out, and how to say it better."""

    reason: Words
    suggestion: Words
    weight: int = Field(ge=1, le=3)
    """3: this alone can cost an appeal; 1: it would read better."""
    better: Words | None = None
    """Words that can take the place of the passage as they stand."""
    leave_out: bool = False
    """Whether it is best left out, and can be with one press."""


class WordingRule(Advised):
    """Passages of one kind that are pointed out, and what makes them harmless."""

    code: Code
    kind: Flaw
    phrases: tuple[PhraseText, ...] = Field(min_length=1)
    calmed_by: tuple[Code, ...] = ()
    """Lists: one of their phrases in the same sentence or the next makes it harmless."""
    spared_by: tuple[Code, ...] = ()
    """Lists: one of their phrases in the same clause makes it harmless."""
    absent: tuple[Code, ...] = ()
    """Lists: it is pointed out, once, where none of their phrases stands anywhere in the text."""
    deniable: bool = True
    """A negation before it makes it harmless."""
    quotable: bool = True
    """Within a quotation, and as somebody else's words, it is harmless."""


class ExhibitRule(Advised):
    """How a statement names exhibits, so that those which are not there are pointed out."""

    numbered: tuple[PhraseText, ...] = Field(min_length=1)
    """`证据#`: the figures are the exhibit's number."""
    but_not: tuple[PhraseText, ...] = ()
    """What only looks like one: `证据一直`."""
    unnumbered: tuple[PhraseText, ...] = Field(min_length=1)
    """These need one exhibit, whichever."""


class PersonalRule(Advised):
    """When a number, an address or a name is somebody else's."""

    own: tuple[PhraseText, ...] = Field(min_length=1)
    """Words shortly before it that say that it is the writer's own."""
    cued: tuple[PhraseText, ...] = ()
    """Words of which the rest of the clause is somebody's address or number."""
    sure: float = Field(gt=0, le=1)
    """Proposals less sure than that are left out."""


class Telling(Strict):
    """How other people's words, and denials, are told from the writer's own claims."""

    denied: tuple[PhraseText, ...] = Field(min_length=1)
    """Written with a gap and `$`: what stands between the denial and the passage."""
    reported: tuple[PhraseText, ...] = Field(min_length=1)
    """Up to the end of their clause, or of the next where a comma follows, others are speaking."""


class LintingPolicy(Strict):
    """linting.yaml: how the wording of statements is looked at. It informs, and refuses nothing."""

    most: int = Field(ge=1000, le=20_000)
    """Characters of a text that is looked at."""
    telling: Telling
    lists: Mapping[Code, tuple[PhraseText, ...]]
    exhibits: ExhibitRule
    personal: PersonalRule
    rules: tuple[WordingRule, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _lists_are_known(self) -> Self:
        for rule in self.rules:
            for name in (*rule.calmed_by, *rule.spared_by, *rule.absent):
                if name not in self.lists:
                    raise ValueError(f"{rule.code} names the list {name}, which there is not")
        return self

    @model_validator(mode="after")
    def _stays_quick(self) -> Self:
        written = [each for rule in self.rules for each in rule.phrases]
        written += [each for several in self.lists.values() for each in several]
        tries = sum(phrases.read(each).tries for each in written)
        if tries > MOST_TRIES:
            raise ValueError(f"all phrases cost {tries} comparisons a place, above {MOST_TRIES}")
        return self
