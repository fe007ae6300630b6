"""
What a rule pack says about a platform: the rows of its tables.

Every row is a `Rule`: sourced, named by a code, and perhaps in force only for a time. What can be
compared between platforms stands in figures, each with a source of its own.
"""

from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from gongdao.domain.policy.figures import (
    Counts,
    Durations,
    Figure,
    Number,
    Share,
    Shares,
    Texts,
)
from gongdao.domain.policy.model import Code, InForce, Sourced, Strict, SubjectKind, Words


class Source(Strict):
    """One source of a pack. Every row and figure cites one of these."""

    cited: Sourced
    title: Words
    note: Words | None = None


class Rule(Sourced):
    """One row: something that a source says about the platform."""

    code: Code
    title: Words
    detail: Words | None = None
    note: Words | None = None
    inferred: bool = False
    """True where the source leaves a gap that we filled from the context; the note says how."""
    in_force: InForce | None = None
    """None: as long as the pack is."""

    @model_validator(mode="after")
    def _says_how_it_was_inferred(self) -> Self:
        if self.inferred and self.note is None:
            raise ValueError("an inferred rule needs a note that says how it was inferred")
        return self


class ComplaintType(Rule):
    """What people complain about, and what lets a complaint be withdrawn (000 §1)."""

    subjects: tuple[SubjectKind, ...] = ()
    scenes: tuple[Words, ...] = ()
    withdrawal: Words | None = None
    """The condition under which the complaint can be withdrawn."""
    handling: Durations | None = None


class Purpose(StrEnum):
    """What a channel is for."""

    REPORT = "report"
    WITHDRAWAL = "withdrawal"
    APPEAL = "appeal"
    REVIEW = "review"
    """Disputing a malicious review."""


class Channel(Rule):
    """A way to reach the platform (000 §2, 001 §1, 002 §4)."""

    purposes: tuple[Purpose, ...] = Field(min_length=1)
    path: Words | None = None
    form: Words | None = None
    scope: Words | None = None
    speed: Durations | None = None
    success: Shares | None = None


class EvidenceRule(Rule):
    """A kind of material, and what is looked at (000 §3, 001 §2, 003)."""

    applies: Words | None = None
    violations: tuple[Code, ...] = ()
    """Codes of this pack's violations or complaint types; none means all."""
    format: Words | None = None
    content: Words | None = None
    focus: Words | None = None


class Difficulty(StrEnum):
    """How hard it is to get back from a penalty."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    EXTREME = "extreme"


class Step(Sourced):
    """One step of a platform's ladder for a violation."""

    strikes: int = Field(ge=1, le=50)
    then: Words
    duration: Durations | None = None


class Violation(Rule):
    """A kind of violation, its penalty, and the way back (001 §3, 004 §5)."""

    signs: Words | None = None
    standard: Words | None = None
    """How it is told from what is allowed."""
    duration: Durations | None = None
    difficulty: Difficulty | None = None
    way_back: Words | None = None
    contention: Counts | None = None
    """How contested the standard is, in stars of five."""
    ladder: tuple[Step, ...] = ()

    @model_validator(mode="after")
    def _ladder_climbs(self) -> Self:
        counts = [step.strikes for step in self.ladder]
        if counts != sorted(set(counts)):
            raise ValueError(f"{self.code}: each step needs more strikes than the last")
        return self


class Clock(Rule):
    """A time limit that somebody else sets: the platform, or the law."""

    who: Words
    limit: Durations


class Limit(Rule):
    """Something that stands in the way of a report or a fair decision (004)."""

    affects: Words
    weight: Counts | None = None
    """How much, in stars as the source gives them."""


class Aid(Rule):
    """A technical means that speeds up an appeal (001 §5)."""

    applies: Words
    action: Words
    caution: Words
    needed: Counts | None = None


class EnterpriseRule(Rule):
    """What a firm must do when it is complained about or barred (000 §5, 001 §6)."""

    demand: Words | None = None
    documents: Words | None = None
    within: Durations | None = None
    at_least: Durations | None = None
    """How long something must last, such as a training."""


class Topic(StrEnum):
    """What a piece of advice is about."""

    PREPARATION = "preparation"
    STATEMENT = "statement"
    NEGOTIATION = "negotiation"
    FOLLOW_UP = "follow_up"
    FAILURE = "failure"
    PREVENTION = "prevention"


class Advice(Rule):
    """What an article advises, or warns of; shown as such, never enforced."""

    topic: Topic
    limit: Durations | None = None


class Statistic(Rule):
    """A number that an article gives about the platform."""

    share: Figure[Share] | None = None
    number: Figure[Number] | None = None

    @model_validator(mode="after")
    def _has_one_figure(self) -> Self:
        if (self.share is None) == (self.number is None):
            raise ValueError("a statistic has either a share or a number")
        return self


class AppealFacts(Strict):
    """Appealing to the platform, as its row of the comparisons says (000 §6, 001 §7)."""

    window: Durations | None = None
    handling: Durations | None = None
    materials: Texts | None = None
    review: Texts | None = None
    """How an appeal is looked at again."""
    manual_review: Shares | None = None
    success: Texts | None = None
    second: Texts | None = None
    """Whether there is a second appeal."""


class ReportFacts(Strict):
    """Reporting to the platform (004 §1, §7)."""

    entry: Texts | None = None
    path: Texts | None = None
    steps: Counts | None = None
    discovery: Shares | None = None
    """How many people find the entry."""
    handling: Durations | None = None
    groups: Texts | None = None
    """Who answers for what happens in a group."""


class Party(StrEnum):
    """Who can have a complaint withdrawn."""

    COMPLAINANT = "complainant"
    RESPONDENT = "respondent"
    BOTH = "both"
    """Only both together, by agreement."""
    PLATFORM = "platform"
    NOBODY = "nobody"


class WithdrawalFacts(Strict):
    """Having a complaint withdrawn (000 §4, §6)."""

    by: Texts | None = None
    party: Party | None = None
    """What `by` comes down to."""
    share: Shares | None = None
    """How many complaints can be withdrawn."""
    first_contact: Durations | None = None
    first_contact_success: Shares | None = None


class FilingForm(Rule):
    """What a platform's form takes. What nobody published is None, and shown as unknown."""

    kinds: tuple[Code, ...] = Field(min_length=1)
    """Kinds of disputes that it is for."""
    statement_max: Counts | None = None
    """Characters."""
    pictures_max: Counts | None = None
    picture_bytes_max: Counts | None = None
    """Of each picture."""
    formats: tuple[Literal["jpeg", "png", "bmp", "webp"], ...] = ()
    """Of pictures; none: unknown."""
    pdf: bool | None = None
    """Whether it takes a PDF."""


class ReviewFacts(Strict):
    """Disputing a malicious review as a merchant (003)."""

    entry: Texts | None = None
    materials: Texts | None = None
    handling: Durations | None = None
    success: Texts | None = None
    second: Texts | None = None
    grounds: tuple[Rule, ...] = ()
    """What the platform may act on."""
    not_grounds: tuple[Rule, ...] = ()
    """What it will not act on."""
    reasons: tuple[Rule, ...] = ()
    """The reasons that its form offers."""
