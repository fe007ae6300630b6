"""What a rule pack says of the ways to appeal: channels, the phone, and papers for authorities."""

from datetime import date
from enum import StrEnum
from string import Formatter
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from gongdao.domain.kernel.spans import Span, Unit
from gongdao.domain.policy.basics import Code, InForce, Sourced, SpanText, Strict, Words

GAPS = frozenset(
    {
        "case", "category", "decision", "decided_at", "outcome", "clause", "subject", "account",
        "appeals", "operator", "day",
    }
)  # fmt: skip
"""What a paper can be filled in with."""


def _flat(span: Span) -> Span:
    if span.unit is Unit.WORKING_DAYS:
        raise ValueError("write hours or days: no calendar is needed here")
    return span


def _known_gaps(words: Words) -> Words:
    for text in (words.zh, words.en):
        named = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        if unknown := sorted(named - GAPS):
            raise ValueError(f"the gap {unknown[0]} is none of {', '.join(sorted(GAPS))}")
    return words


Filled = Annotated[Words, AfterValidator(_known_gaps)]
"""Words in which what is known of the case may stand; what is not known stands in ［ ］."""


class WayKind(StrEnum):
    """By which way one can appeal (C1)."""

    WEB = "web"
    IN_APP = "in_app"
    PHONE = "phone"
    OFFICIAL_ACCOUNT = "official_account"
    AUTHORITY = "authority"


class Way(Sourced):
    """One way to appeal: what one hands in there, how fast it is, and what it is for."""

    kind: WayKind
    title: Words
    form: Words
    speed: Words
    scope: Words
    number: str = Field(default="", max_length=40)
    """Whom to call or to write to; the operator's own."""


class PhoneConfirming(StrEnum):
    """How somebody may confirm what was taken down on the phone."""

    WEB = "web"
    SECOND_CALL = "second_call"
    SPOKEN = "spoken"


class PhonePolicy(Sourced):
    """An appeal over the phone."""

    confirm_within: Annotated[SpanText, AfterValidator(_flat)]
    confirm_by: tuple[PhoneConfirming, ...] = Field(min_length=1)
    digits: int = Field(ge=6, le=12)
    """Of the confirmation code."""
    wrong_codes: int = Field(ge=3, le=20)
    """So many wrong ones lock it."""
    part_most: int = Field(ge=100, le=5000)
    """Characters of one part."""


class PaperSide(StrEnum):
    """Who hands a paper in."""

    RESPONDENT = "respondent"
    REPORTER = "reporter"


class PaperRow(Strict):
    """A line of a paper's head: what is asked, and what stands there."""

    label: Words
    value: Filled


class PaperForm(Sourced):
    """One paper for one authority, as its rules ask for it while they are in force."""

    code: Code
    route: Code
    """Which of the pack's ways outside it is for."""
    sides: tuple[PaperSide, ...] = Field(min_length=1)
    in_force: InForce
    title: Words
    addressee: Words
    rows: tuple[PaperRow, ...] = Field(min_length=1)
    requests: tuple[Filled, ...] = Field(min_length=1)
    facts: tuple[Filled, ...] = Field(min_length=1)
    remarks: tuple[Words, ...] = ()
    """What the rules in force ask for: for whoever fills it in, on a page of its own."""


class PaperWords(Strict):
    """Headings that all papers share."""

    requests: Words
    facts: Words
    own_words: Words
    """Over what the person wrote in their appeals here."""
    annexes: Words
    no_annexes: Words
    exhibit: Words
    letter: Words
    hash: Words
    signature: Words
    signed: Words
    signer: Words
    signed_on: Words
    remarks: Words
    gaps: Words
    """That what stands in brackets is to be filled in."""
    reading_copy: Words
    """That another language than the authority's is for reading alone."""


class WaysPolicy(Strict):
    """ways.yaml."""

    ways: tuple[Way, ...] = Field(min_length=1)
    phone: PhonePolicy
    words: PaperWords
    papers: tuple[PaperForm, ...] = ()

    @model_validator(mode="after")
    def _one_form_a_day(self) -> Self:
        """Of the forms for one authority and one side no two are in force on the same day."""
        for n, form in enumerate(self.papers):
            for other in self.papers[n + 1 :]:
                if form.route == other.route and set(form.sides) & set(other.sides):
                    first, second = form.in_force, other.in_force
                    if first.holds_on(second.from_) or second.holds_on(first.from_):
                        raise ValueError(f"{form.code} and {other.code} are in force together")
        return self

    def papers_on(self, day: date, side: PaperSide) -> tuple[PaperForm, ...]:
        """The papers of one side by the rules in force on a day."""
        return tuple(p for p in self.papers if side in p.sides and p.in_force.holds_on(day))
