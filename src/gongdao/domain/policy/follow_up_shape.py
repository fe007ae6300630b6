"""What is kept in view once something was filed with an outside platform (D5).

The clocks are the platform's: this says only which figure of its pack is the clock of what. Where
the pack gives no length there is no clock, and none is invented: it is looked at every day.
"""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from gongdao.domain.policy.basics import Code, Sourced, SpanText, Strict, Words

Path = Annotated[str, Field(pattern=r"^(appeal|review|report|clocks)\.[a-z][a-z0-9_]*$")]
"""Where a figure stands in a platform's pack: `appeal.window`, or a clock by its code."""


class FollowClock(Sourced):
    """One kind of clock of a dispute."""

    deadline: Code
    title: Words
    todo: Words
    """What to do until then."""
    binds: bool = True
    """False: it binds somebody else, and is a look-out for us."""
    figures: Mapping[Code, tuple[Path, ...]] = Field(default_factory=dict)
    """Per kind of dispute, or `any`: the first of these that gives a length counts."""
    otherwise: SpanText | None = None
    """Where nobody names a moment. None: then there is no clock."""


class ReminderRule(Sourced):
    """When whoever works on it is reminded."""

    halfway: bool
    before: tuple[SpanText, ...] = Field(min_length=1)
    also_others: SpanText
    """From so long before, somebody else on duty is told, too."""


class DailyRule(Sourced):
    """What to look at every day, by what is waited for."""

    steps: Mapping[Code, Words] = Field(min_length=1)
    """Per next step: what to look at. A step that is not here needs no look."""
    unknown: Words
    """What is said where no time limit is known."""


class ReasonRule(Sourced):
    """A reason for which platforms reject, and what it asks for."""

    code: Code
    title: Words
    cues: tuple[str, ...] = Field(min_length=1)
    """Words of a rejection that speak for it, in either language."""
    then: Words
    """What a second appeal has to bring, or what to do instead."""
    again: bool = True
    """Whether a second appeal can change it at all."""


class InstanceRule(Sourced):
    """Where a rejection can be taken."""

    instance: Code
    title: Words
    detail: Words
    figures: tuple[Path, ...] = ()
    """What the platform's pack says of it, if it does."""
    new: bool = False
    """Whether it must bring something new."""


class RobotWords(Sourced):
    """What robots of group chats say: no name, no text of anybody."""

    reminder: Words
    missed: Words
    trial: Words


class FollowUpPolicy(Strict):
    """follow_up.yaml: clocks, reminders, reasons and ways on of outside disputes."""

    clocks: tuple[FollowClock, ...] = Field(min_length=1)
    reminders: ReminderRule
    daily: DailyRule
    todo: Mapping[Code, Words] = Field(min_length=1)
    """Per next step: one line that says what to do."""
    reasons: tuple[ReasonRule, ...] = Field(min_length=1)
    instances: tuple[InstanceRule, ...] = Field(min_length=1)
    robots: RobotWords

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        for codes in (
            [each.deadline for each in self.clocks],
            [each.code for each in self.reasons],
            [each.instance for each in self.instances],
        ):
            if len(codes) != len(set(codes)):
                raise ValueError("a code stands here twice")
        return self

    def clock(self, deadline: str) -> FollowClock | None:
        """One kind of clock."""
        return next((each for each in self.clocks if each.deadline == deadline), None)

    def reason(self, code: str) -> ReasonRule | None:
        """One reason; None for one that is not known here."""
        return next((each for each in self.reasons if each.code == code), None)
