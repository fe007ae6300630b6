"""What a rule pack says of the time after a dispute: public replies, a claim of reputation, papers.

All of it is for disputes with outside platforms; the words are the house's, and whatever a law or
an article says carries its source.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from gongdao.domain.policy.basics import Code, InForce, Sourced, Strict, Words
from gongdao.domain.policy.templates import gaps_in

REPLY_GAPS = frozenset({"issue", "facts", "done"})
"""What whoever answers fills in; what they leave out stands in brackets."""
PAPER_GAPS = frozenset(
    {
        "organisation", "platform", "shop", "other_side", "order", "reference", "noticed_at",
        "shown_on", "url", "words", "filings", "day",
    }
)  # fmt: skip
"""What a paper can be filled in with from a dispute."""


def _with(allowed: frozenset[str]) -> AfterValidator:
    def check(words: Words) -> Words:
        for text in (words.zh, words.en):
            unknown = gaps_in(text) - allowed
            if unknown:
                named = ", ".join(sorted(unknown))
                raise ValueError(f"the gap {named} is none of {', '.join(sorted(allowed))}")
        return words

    return AfterValidator(check)


ReplyWords = Annotated[Words, _with(REPLY_GAPS)]
PaperWord = Annotated[Words, _with(PAPER_GAPS)]


class ReplyPattern(Sourced):
    """One way to answer in public: facts in a courteous tone, for those who read it later."""

    code: Code
    title: Words
    when: Words
    """For which situation it is."""
    text: ReplyWords
    asks: tuple[Code, ...] = Field(min_length=1)
    """Which gaps it has, in the order in which they are asked for."""

    @model_validator(mode="after")
    def _asks_for_its_gaps(self) -> Self:
        for text in (self.text.zh, self.text.en):
            if gaps_in(text) != set(self.asks):
                raise ValueError(f"{self.code}: asks for other gaps than its text has")
        return self


class ReplyPolicy(Sourced):
    """Public replies."""

    most: int = Field(ge=50, le=2000)
    """Characters that we advise where a platform's own limit is unknown."""
    sure: float = Field(ge=0, le=1)
    """So sure a passage must be personal data that a reply with it is not recorded."""
    digits: int = Field(ge=5, le=12)
    """So many digits in a row are taken for a number of somebody's."""
    patterns: tuple[ReplyPattern, ...] = Field(min_length=3)
    questions: dict[Code, Words]
    """How each gap is asked for."""

    @model_validator(mode="after")
    def _every_gap_is_asked_for(self) -> Self:
        missing = {gap for each in self.patterns for gap in each.asks} - set(self.questions)
        if missing:
            raise ValueError(f"no question asks for {', '.join(sorted(missing))}")
        return self


class HeldKind(StrEnum):
    """What a dispute's file may hold."""

    WORDS = "words"
    """The words of the review or notice."""
    DAY = "day"
    LINK = "link"
    ORDER = "order"
    OTHER_SIDE = "other_side"
    """The name of their account; never who is behind it."""
    SHOP = "shop"
    GROUND = "ground"
    """A ground was chosen: it was looked at whether it is more than an opinion."""
    EXHIBITS = "exhibits"
    FILING = "filing"
    ANSWER = "answer"
    """What the platform answered."""
    CALL = "call"


class Element(Sourced):
    """One thing that a claim has to show, and what may show it."""

    code: Code
    title: Words
    asks: Words
    shown_by: tuple[HeldKind, ...] = ()
    """Any of these goes some way; none: nothing that a dispute's file holds shows it."""
    missing: Words
    """What would show it, where the file does not."""


class Happened(StrEnum):
    """What a chronology tells of."""

    SHOWN = "shown"
    NOTICED = "noticed"
    FILED = "filed"
    ASKED = "asked"
    SENT = "sent"
    ANSWERED = "answered"
    CALLED = "called"
    ENDED = "ended"


class LegalWords(Strict):
    """Headings and names in the file."""

    elements: Words
    held: Words
    missing: Words
    nothing_held: Words
    chronology: Words
    annexes: Words
    no_annexes: Words
    notes: Words
    hash: Words
    source: Words
    disputing: Words
    """Over the organisation's name."""
    platform: Words
    counts: Words
    """How many of the elements something is held for: `{held}` of `{all}`."""
    kinds: dict[HeldKind, Words]
    happened: dict[Happened, Words]
    instances: dict[Code, Words]
    outcomes: dict[Code, Words]

    @model_validator(mode="after")
    def _names_all(self) -> Self:
        unnamed = {*HeldKind, *Happened} - {*self.kinds, *self.happened}
        if unnamed:
            raise ValueError(f"there is no word for {', '.join(sorted(unnamed))}")
        return self


class LegalFilePolicy(Sourced):
    """The file for a claim of reputation."""

    title: Words
    words: LegalWords
    no_advice: Words
    """That it is no legal advice."""
    notes: tuple[Words, ...] = ()
    elements: tuple[Element, ...] = Field(min_length=4)


class OutsideRow(Strict):
    """A line of a paper's head."""

    label: Words
    value: PaperWord


class OutsidePaper(Sourced):
    """One paper for one authority, as its rules ask for it while they are in force."""

    code: Code
    route: Code
    """`association`, `market` or `cyberspace`: whom it goes to."""
    what: Code
    """`complaint`, `report` or `mediation`: what one asks of them."""
    kinds: tuple[Code, ...] = Field(min_length=1)
    """Which disputes it is for."""
    in_force: InForce
    title: Words
    for_whom: Words
    addressee: Words
    rows: tuple[OutsideRow, ...] = Field(min_length=1)
    requests: tuple[PaperWord, ...] = Field(min_length=1)
    facts: tuple[PaperWord, ...] = Field(min_length=1)
    remarks: tuple[Words, ...] = Field(min_length=1)
    """What the rules in force ask for: for whoever fills it in, on a page of its own."""


class AfterwardsPolicy(Strict):
    """afterwards.yaml."""

    reply: ReplyPolicy
    legal_file: LegalFilePolicy
    papers: tuple[OutsidePaper, ...] = ()

    @model_validator(mode="after")
    def _one_form_a_day(self) -> Self:
        """Of the forms for one authority and one purpose no two are in force on the same day."""
        for n, form in enumerate(self.papers):
            for other in self.papers[n + 1 :]:
                first, second = form.in_force, other.in_force
                same = (form.route, form.what) == (other.route, other.what)
                if same and (first.holds_on(second.from_) or second.holds_on(first.from_)):
                    raise ValueError(f"{form.code} and {other.code} are in force together")
        return self

    def papers_on(self, day: date, kind: str) -> tuple[OutsidePaper, ...]:
        """The papers for a kind of dispute by the rules in force on a day."""
        return tuple(p for p in self.papers if kind in p.kinds and p.in_force.holds_on(day))

    def pattern(self, code: str) -> ReplyPattern | None:
        """One way to answer."""
        return next((each for each in self.reply.patterns if each.code == code), None)
