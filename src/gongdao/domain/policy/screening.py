"""What a rule pack says about screening: which score suggests which lane."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from gongdao.domain.policy.basics import Sourced


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

    def of(self, category: Category) -> Threshold:
        """The thresholds of a category."""
        return self.categories.get(category, self.lanes)
