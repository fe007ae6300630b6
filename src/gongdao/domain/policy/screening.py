"""What a rule pack says about screening: which score suggests which lane."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from pydantic import Field, field_validator, model_validator

from gongdao.domain.kernel.spans import Span, Unit
from gongdao.domain.policy.basics import Code, Sourced, SpanText, Strict, SubjectKind, Words


class Category(StrEnum):
    """What a text is looked at for."""

    ABUSE = "abuse"
    ADVERTISING = "advertising"
    FRAUD = "fraud"
    PORN = "porn"
    ARMS = "arms"
    PRIVACY = "privacy"


class Lane(StrEnum):
    """What is suggested for a text. A person or a clock ends each of them; none deletes."""

    PUBLISH = "publish"
    DELAY = "delay"
    """It appears a little later, so that its author may think again."""
    SECOND_LOOK = "second_look"
    """A person looks before it appears."""
    THIRD_LOOK = "third_look"
    """A second person looks, too."""


class Threshold(Sourced):
    """From which score on a lane is suggested."""

    delay: float = Field(gt=0, le=1)
    second_look: float = Field(gt=0, le=1)
    third_look: float = Field(gt=0, le=1)

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if not self.delay <= self.second_look <= self.third_look:
            raise ValueError("delay, second_look and third_look have to rise")
        return self


class Claim(Sourced):
    """A figure that others tell of filters, shown beside what was counted here."""

    says: Words
    share: float = Field(gt=0, lt=1)


class LearningPolicy(Sourced):
    """From how many labels something is learned, and how much one voice may weigh among them."""

    texts: int = Field(ge=20)
    """Labels of each kind, right and false, from which a category is learned of them alone."""
    one_reviewer: float = Field(gt=0, le=1)
    """The largest share of one reviewer's word; 1: whoever works alone may teach alone."""
    one_account: float = Field(gt=0, le=1)
    """The largest share of one account's texts."""


class TeachingPolicy(Sourced):
    """What decisions teach, and from when on it counts."""

    clauses: Mapping[Code, Category] = Field(default_factory=dict)
    """What a text is that breaks a rule. A rule that isn't named here teaches nothing."""
    subjects: tuple[SubjectKind, ...] = ()
    """Of which reported things the words were written by the person concerned."""
    least: int = Field(ge=1)
    """Decided findings from which on an entry's own share counts as its score."""
    prior: float = Field(ge=0)
    """As many findings the score before it weighs as."""
    floor: float = Field(gt=0, lt=1)
    """An entry is proposed for retirement once its share surely lies below this."""
    again: int = Field(ge=1)
    """Decided findings after which an entry that was kept may be proposed again."""
    learning: LearningPolicy
    claims: tuple[Claim, ...] = ()


class ShadowPolicy(Sourced):
    """How long a model runs beside the live one before it may take its place."""

    one_of: int = Field(ge=1)
    """One of so many screened texts is noted, without its words."""
    texts: int = Field(ge=0)
    days: int = Field(ge=0)
    keep_days: int = Field(ge=1)


class DriftPolicy(Sourced):
    """When texts or scores have changed so much that somebody should look."""

    weeks: int = Field(ge=1)
    """Before the latest seven days: what they are held against."""
    least: int = Field(ge=1)
    """Texts in each of the two, or nothing is said."""
    index: float = Field(gt=0)
    """Population stability index of the scores from which on it is said."""
    points: float = Field(gt=0, lt=1)
    """Change of the flagged share from which on it is said, if it is no chance."""
    calm: float = Field(0.5, gt=0, le=1)
    """It is over once both lie below this share of their bounds, so that nobody is told twice."""


class OnTimeout(StrEnum):
    """What follows where nobody looked in time."""

    PUBLISH = "publish"
    """The text appears, and its author is told."""
    HOLD = "hold"
    """It waits on: the senior reviewers are told, with a time of their own."""


MOST_HOURS, MOST_DAYS = 24 * 14, 14
"""Hours, and days or working days, that one look may take at the most."""


class Delay(Sourced):
    """How much later a text appears that its author may think over."""

    minutes: int = Field(ge=1, le=24 * 60)
    most_extra: int = Field(0, ge=0, le=7 * 24 * 60)
    """By how many minutes an account's standing may make it longer, at the most."""


class OwnersLook(Sourced):
    """How long the owner of a group has before the desk looks."""

    within: SpanText

    @field_validator("within")
    @classmethod
    def _ends(cls, within: Span) -> Span:
        most = MOST_HOURS if within.unit is Unit.HOURS else MOST_DAYS
        if not 1 <= within.amount <= most:
            raise ValueError(f"a look takes at least 1 and at most {most}{within.unit}")
        return within


class Look(OwnersLook):
    """How long a person has, and what follows where none looked."""

    on_timeout: OnTimeout


class LastLook(Look):
    """How long a senior reviewer has. Nobody comes after them: what waits longer appears."""

    rounds: int = Field(1, ge=1, le=5)
    """With `hold`: how often it is put to the senior reviewers in all. Then it appears."""

    @model_validator(mode="after")
    def _ends_at_last(self) -> Self:
        given = "rounds" in self.model_fields_set
        if given != (self.on_timeout is OnTimeout.HOLD):
            raise ValueError(
                "on_timeout: hold needs rounds (1 to 5), and publish has none: "
                "no text waits for ever because nobody looks"
            )
        return self


class WaitingPolicy(Strict):
    """How texts wait before they appear."""

    longest: int = Field(ge=1, le=1_000_000)
    """Characters of one text that may wait."""
    edits: int = Field(ge=0, le=100)
    """How often its author may change it while it waits."""
    delay: Delay
    owner: OwnersLook
    second_look: Look
    third_look: Look
    lead: LastLook
    """Of the senior reviewers, for what others let wait too long."""
    names: Mapping[Category, Words]
    """What each category is called to people."""
    own_list: Words = Words(zh="本群自己的词表", en="the group's own list")
    """What the list of a group's owner is called to people."""
    statement: Words
    """What the house's own report of a withheld text says."""
    departure: Words
    """Why withholding takes the mildest measure, whatever the ladder says."""

    @model_validator(mode="after")
    def _names_all(self) -> Self:
        missing = [each for each in Category if each not in self.names]
        if missing:
            raise ValueError(f"names lacks {', '.join(missing)}")
        return self


class ScreeningPolicy(Sourced):
    """screening.yaml: how findings become a suggestion."""

    most: int = Field(ge=1, le=2_000_000)
    """Characters that are looked at in one text."""
    entry_score: float = Field(gt=0, lt=1)
    """Of an entry whose own precision is not known yet."""
    disguise: float = Field(gt=0, le=1)
    """What an entry's score is multiplied by where only its sound, initials or order fit."""
    lanes: Threshold
    categories: Mapping[Category, Threshold] = Field(default_factory=dict)
    """Where a category has thresholds of its own."""
    waiting: WaitingPolicy | None = None
    """How texts wait before they appear; None: they can't be handed in to wait."""

    teaching: TeachingPolicy | None = None
    """None: nothing is learned from decisions."""
    shadow: ShadowPolicy | None = None
    drift: DriftPolicy | None = None

    @model_validator(mode="after")
    def _keeps_what_drift_reads(self) -> Self:
        if self.shadow and self.drift and self.shadow.keep_days < 7 * (self.drift.weeks + 1):
            raise ValueError("shadow.keep_days has to cover drift.weeks and the latest week")
        return self

    def of(self, category: Category) -> Threshold:
        """The thresholds of a category."""
        return self.categories.get(category, self.lanes)
