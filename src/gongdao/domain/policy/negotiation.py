"""What a rule pack says about negotiations: limits, first words, and what must not be agreed."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from gongdao.domain.kernel.spans import Span, Unit
from gongdao.domain.policy.basics import Code, Sourced, SpanText, Strict, SubjectKind, Words
from gongdao.domain.policy.linting import Flaw, PhraseText, Telling


def _flat(span: Span) -> Span:
    if span.unit is Unit.WORKING_DAYS:
        raise ValueError("write hours or days: no calendar is needed here")
    return span


PlainSpan = Annotated[SpanText, AfterValidator(_flat)]
"""Hours or calendar days."""


OneCharacter = Annotated[str, Field(min_length=1, max_length=1)]
"""One letter or sign."""


class TalkLimits(Sourced):
    """How much may be said and offered."""

    messages_a_day: int = Field(ge=1, le=200)
    """Of each side, on one day in China."""
    unanswered: int = Field(ge=1, le=20)
    """So many messages in a row the inviter may write before the other side does anything."""
    offers_a_day: int = Field(ge=1, le=50)
    """Of each side, on one day in China."""
    items_most: int = Field(ge=1, le=20)
    """In one offer."""
    most: int = Field(ge=100, le=5000)
    """Characters of a message, of what an item says, of a proof."""
    shortest: PlainSpan
    longest: PlainSpan
    """So long an offer holds at least and at most."""
    invitation: PlainSpan
    """So long a code may be followed for the first time."""
    word_least: int = Field(ge=4, le=40)
    """Characters of the word that the other side sets."""
    wrong_words: int = Field(ge=1, le=50)
    lock: PlainSpan
    """After so many wrong words within this time, no further device is let in for as long."""
    silence: PlainSpan
    """What was done and not contested for so long counts as done."""


class Topic(StrEnum):
    """What must not be asked for."""

    SILENCE = "silence"
    REVIEW = "review"
    WITHDRAWAL = "withdrawal"
    DEMAND = "demand"
    """Something, or else."""


class TermRule(Sourced):
    """Words that ask for something that nobody may agree on here."""

    code: Code
    topic: Topic
    phrases: tuple[PhraseText, ...] = Field(min_length=1)
    deniable: bool = True
    """A negation before it makes it harmless."""
    only_for_benefit: bool = False
    """It may be asked for, and not in return for something of value."""
    reason: Words


class FirstWords(Sourced):
    """A message that can be begun with."""

    code: Code
    title: Words
    text: Words


class InsideKind(Sourced):
    """One kind of case here that is, first of all, a matter between two people."""

    category: Code
    subjects: tuple[SubjectKind, ...] = Field(min_length=1)
    """What may have been reported: an order is between two people, an advertisement is not."""
    why: Words
    """Why it may be settled between them, as the reporter reads it."""


class InsideRules(Sourced):
    """Which cases of this installation may be talked over. Every other may not."""

    reporters_most: int = Field(ge=1, le=20)
    """What more people reported concerns others besides the two."""
    quoted: int = Field(ge=4, le=200)
    """So many words in a row, or Chinese characters, of one's own report are a quotation of it."""
    kinds: tuple[InsideKind, ...]

    def kind_of(self, category: str, subject: SubjectKind) -> InsideKind | None:
        """The kind that a case is of; None where it is nothing between two people."""
        fitting = (k for k in self.kinds if k.category == category and subject in k.subjects)
        return next(fitting, None)


class NegotiationPolicy(Strict):
    """negotiation.yaml: how two sides talk, and what they may not agree on."""

    limits: TalkLimits
    telling: Telling
    written_as: Mapping[OneCharacter, OneCharacter] = Field(default_factory=dict)
    """Characters that stand for others where somebody wants a word not to be found."""
    benefit: tuple[PhraseText, ...] = Field(min_length=1)
    """Words that name something of value."""
    terms: tuple[TermRule, ...] = Field(min_length=1)
    topics: Mapping[Topic, Words]
    """What each is called."""
    stopped: tuple[Flaw, ...] = ()
    """Flaws of wording, as linting.yaml names them, with which the inviter's words are not sent."""
    pointed_out: tuple[Flaw, ...] = ()
    """Those that are shown before it is sent; it can be sent all the same."""
    reported_as: Code
    """The category of a report about a message."""
    first_words: tuple[FirstWords, ...] = ()
    inside: InsideRules | None = None
    """Which cases of this installation may be talked over; None: none."""
