"""What a rule pack says about the grounds on which a review may be disputed."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from gongdao.domain.policy import phrases
from gongdao.domain.policy.basics import Code, Sourced, Strict, Words
from gongdao.domain.policy.linting import PhraseText

MOST_TRIES = 160_000
"""So many comparisons all phrases together may cost from one place: a long text stays quick."""


class Same(Strict):
    """Characters that are read as others: each of the first row as the one below it."""

    from_: str = Field(alias="from", default="")
    to: str = ""

    @model_validator(mode="after")
    def _one_for_one(self) -> Self:
        if len(self.from_) != len(self.to):
            raise ValueError("the two rows of characters are not of one length")
        return self

    def table(self) -> dict[int, int]:
        """For `str.translate`: one character for one, so that places stay."""
        return {ord(one): ord(other) for one, other in zip(self.from_, self.to, strict=True)}


class Cue(Strict):
    """Words that speak for a ground, or against it."""

    code: Code
    ground: Code
    weight: float = Field(ge=-8, le=8)
    """Log-odds: added once, however often they stand there."""
    why: Words
    phrases: tuple[PhraseText, ...] = ()
    lists: tuple[Code, ...] = ()
    """Lists whose phrases count as this cue's own."""
    near: tuple[Code, ...] = ()
    """Lists: it counts only where a phrase of each stands within reach."""
    without: tuple[Code, ...] = ()
    """Lists: it does not count where a phrase of one stands within reach."""
    unless: tuple[Code, ...] = ()
    """Lists: it does not count where a phrase of one stands in the same clause."""
    deniable: bool = False
    """A negation right before it takes it away."""
    sarcasm: bool = False
    """It is counted where the text is ironical."""


class Filler(Strict):
    """How signs without a meaning are told."""

    ground: Code
    weight: float = Field(ge=0, le=8)
    why: Words
    shortest: int = Field(ge=1)
    """Shorter texts are never filler."""
    distinct: float = Field(gt=0, lt=1)
    """At most that share of different characters."""
    plain_words: PhraseText
    """A text in Latin letters has one of these, or it is no language."""


class EvidenceKind(StrEnum):
    """The links of the chain (003 step 2), as packs call their evidence."""

    TRANSACTION = "transaction"
    REVIEW_TEXT = "review_text"
    COMMUNICATION = "communication"
    SUPPLEMENTARY = "supplementary"


class Need(Strict):
    """Evidence that a ground needs."""

    kind: EvidenceKind
    title: Words
    must: bool = True


class EligibilityQuestion(Strict):
    """A question whose answer makes a ground more or less likely."""

    code: Code
    ask: Words
    if_yes: float = Field(ge=-8, le=8)
    if_no: float = Field(ge=-8, le=8)


class GroundRule(Strict):
    """One ground: how likely it is before anything is read, and what it needs."""

    code: Code
    base: float = Field(ge=-8, le=0)
    title: Words
    needs: tuple[Need, ...] = Field(min_length=1)
    questions: tuple[EligibilityQuestion, ...] = ()


class Instead(Strict):
    """Something that helps more than an appeal."""

    code: Code
    title: Words
    detail: Words


class Experience(Strict):
    """Words that tell of having bought and used the goods: what makes an opinion one."""

    cues: tuple[Code, ...] = ()
    weight: float = Field(ge=0, le=8)


class OpinionRule(Strict):
    """What is said of an opinion about a real purchase."""

    base: float = Field(ge=-8, le=8)
    """How likely it is one where nothing speaks for a ground; log-odds."""
    experience: Experience
    title: Words
    detail: Words
    instead: tuple[Instead, ...] = Field(min_length=1)


class EligibilityPolicy(Sourced):
    """eligibility.yaml: how grounds are found in a review. It informs, and decides nothing."""

    most: int = Field(ge=1000, le=20_000)
    """Characters of a text that is looked at."""
    eligible: int = Field(ge=1, le=99)
    """From so many percent on a ground may hold."""
    reach: int = Field(ge=5, le=200)
    """So many characters count as near."""
    same: Same = Same()
    sarcasm: tuple[PhraseText, ...] = ()
    told: tuple[PhraseText, ...] = ()
    """Behind these, for `told_reach` characters, somebody else's words follow."""
    told_reach: int = Field(ge=0, le=100, default=0)
    lists: Mapping[Code, tuple[PhraseText, ...]] = Field(default_factory=dict)
    cues: tuple[Cue, ...] = Field(min_length=1)
    filler: Filler | None = None
    grounds: tuple[GroundRule, ...] = Field(min_length=1)
    opinion: OpinionRule

    def ground(self, code: str) -> GroundRule | None:
        """A ground by its code."""
        return next((each for each in self.grounds if each.code == code), None)

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        grounds = {each.code for each in self.grounds}
        for name in set(self.opinion.experience.cues) - {cue.code for cue in self.cues}:
            raise ValueError(f"opinion names the cue {name}, which there is not")
        for cue in self.cues:
            if cue.ground not in grounds:
                raise ValueError(f"{cue.code} names the ground {cue.ground}, which there is not")
            for name in (*cue.lists, *cue.near, *cue.without, *cue.unless):
                if name not in self.lists:
                    raise ValueError(f"{cue.code} names the list {name}, which there is not")
            if not (cue.phrases or cue.lists or cue.sarcasm):
                raise ValueError(f"{cue.code} has nothing to look for")
        return self

    @model_validator(mode="after")
    def _stays_quick(self) -> Self:
        written = [each for cue in self.cues for each in cue.phrases]
        written += [each for several in self.lists.values() for each in several]
        tries = sum(phrases.read(each).tries for each in (*written, *self.sarcasm, *self.told))
        if tries > MOST_TRIES:
            raise ValueError(f"all phrases cost {tries} comparisons a place, above {MOST_TRIES}")
        return self
