"""What a rule pack says about training: how time is counted, who is examined each quarter."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from gongdao.domain.policy.basics import Code, Sourced, SpanText, Strict, Words


class TimeRule(Sourced):
    """How time on a course is counted. All of it is in seconds, if nothing else is said."""

    idle_after: int = Field(ge=10, le=600)
    """So long without a key, a touch or a scroll, and the page counts no more."""
    beat_every: int = Field(ge=10, le=300)
    """So often the page says how long it was read."""
    beat_most: int = Field(ge=10, le=600)
    """No more than that is counted for one such word."""
    away_after: int = Field(ge=60, le=7200)
    """Without a script: a page that was open for longer counts nothing."""
    zh_per_minute: int = Field(ge=100, le=1000)
    """Chinese characters that are read in a minute."""
    en_per_minute: int = Field(ge=50, le=1000)
    """English words."""
    reading_times: int = Field(ge=1, le=10)
    """So many times its reading time is counted for a section at most, its exercise besides."""

    @model_validator(mode="after")
    def _a_beat_fits(self) -> Self:
        if self.beat_most < self.beat_every:
            raise ValueError("beat_most is at least beat_every")
        return self


class TeamOf(StrEnum):
    """Who is in a team."""

    REVIEWERS = "reviewers"
    GROUP_OWNERS = "group_owners"


class TeamRule(Sourced):
    """Who passes which course every quarter."""

    code: Code
    title: Words
    of: TeamOf
    course: Code
    within: SpanText
    """From the day on which it is set."""
    remind_before: tuple[SpanText, ...] = ()


class FirmTraining(Sourced):
    """What counts for a firm."""

    courses: tuple[Code, ...] = Field(min_length=1)
    """The time on these counts towards its hours."""
    exams: tuple[Code, ...] = Field(min_length=1)
    """A valid certificate of one of these is its exam."""


class TrainingPolicy(Strict):
    """training.yaml: time, quarterly exams, firms, and how little is too little to tell."""

    time: TimeRule
    teams: tuple[TeamRule, ...] = ()
    firms: FirmTraining
    few: int = Field(ge=2, le=100)
    """Below so many no rate of a team is shown."""
    look_every: SpanText
    """So often it is looked who has to pass what."""
    text_max: int = Field(ge=100, le=4000)
    name_max: int = Field(ge=10, le=200)

    @model_validator(mode="after")
    def _codes_are_unique(self) -> Self:
        codes = [team.code for team in self.teams]
        if len(codes) != len(set(codes)):
            raise ValueError("two teams have the same code")
        return self

    def team(self, code: str) -> TeamRule | None:
        """A team by its code."""
        return next((each for each in self.teams if each.code == code), None)
