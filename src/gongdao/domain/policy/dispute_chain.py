"""What a rule pack says of the evidence chain of a dispute, and of words that contradict it."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, model_validator

from gongdao.domain.policy.basics import Code, Sourced, Strict, Words
from gongdao.domain.policy.linting import PhraseText
from gongdao.domain.policy.pictures import Shows

ClaimCode = Literal["not_received", "not_used", "never_contacted", "visited", "spent", "stars"]
"""What somebody may have said that a record can contradict."""


class ClaimRule(Sourced):
    """By which words something is said, and how surely it then is said."""

    code: ClaimCode
    title: Words
    phrases: tuple[PhraseText, ...] = Field(min_length=1)
    but_not: tuple[PhraseText, ...] = ()
    """What only looks like it: `没收到退款`."""
    against: tuple[PhraseText, ...] = ()
    """Words in an exhibit that say the opposite; needed where no day or figure does."""
    sure: int = Field(ge=1, le=99)
    """Whole percent."""


class RelativeDay(Strict):
    """A word for a day, counted from the one on which it was written."""

    phrases: tuple[PhraseText, ...] = Field(min_length=1)
    days: int = Field(ge=-30, le=0)


class Fill(Strict):
    """What a bracket in a statement's template is filled with from the chain."""

    labels: Words
    """As the bracket says, or several ways divided by bars."""
    after: Words | None = None
    """What must stand right before it."""
    of: Code
    """A step with `_on` or `_at`, `their_words`, or `exhibit` for the one that shows the last."""


class ChainNeeds(Sourced):
    """What the exhibits of a dispute should show together."""

    kinds: Mapping[Code, tuple[Shows, ...]]
    """By the kind of dispute."""


class DisputeChainPolicy(Strict):
    """dispute_chain.yaml: what a chain needs, and which words are held against it."""

    needs: ChainNeeds
    claims: tuple[ClaimRule, ...] = Field(min_length=1)
    closed: tuple[PhraseText, ...] = Field(min_length=1)
    """Words of a notice that a shop is closed."""
    until: tuple[PhraseText, ...] = Field(min_length=1)
    """Words between the first and the last of several days."""
    days: tuple[RelativeDay, ...] = ()
    fills: tuple[Fill, ...] = ()

    @model_validator(mode="after")
    def _once_each(self) -> "DisputeChainPolicy":
        codes = [each.code for each in self.claims]
        if len(codes) != len(set(codes)):
            raise ValueError("a claim stands twice")
        return self

    def claim(self, code: ClaimCode) -> ClaimRule | None:
        """One by its code; None where the pack has none."""
        return next((each for each in self.claims if each.code == code), None)
