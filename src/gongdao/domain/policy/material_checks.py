"""The checks that a pack may run on material, by name and with their figures.

A check passes, finds something to mend, or cannot tell: then it asks, if the pack gave it a
question.
"""

from typing import Annotated, Literal

from pydantic import Field

from gongdao.domain.policy.basics import Code, Strict, Words

FINDINGS = (
    "wrong_format",
    "cannot_open",
    "too_small",
    "little_text",
    "blurred",
    "side_missing",
    "no_date",
    "too_old",
    "later_than_today",
    "not_whole",
    "no_clock",
    "few_times",
    "not_mentioned",
    "few_messages",
    "no_licence_number",
    "too_many_pages",
    "denied",
)
"""Everything that a check may find; the pack has words for each."""


class _Checked(Strict):
    code: Code
    """How its question is called among those of one material."""
    question: Words | None = None
    """Asked where the check cannot tell; without it what cannot be told is to be mended."""


class Readable(_Checked):
    """Enough of it can be read."""

    check: Literal["readable"]
    code: Code = "readable"
    characters: int = Field(ge=1)
    confidence: int = Field(ge=0, le=100)
    """In percent, over all that was read in pictures."""
    short_side: int = Field(ge=1)
    """Pixels of a picture's shorter side."""


class SideCues(Strict):
    """By what one side is recognised."""

    code: Code
    title: Words
    cues: tuple[str, ...] = Field(min_length=1)
    least: int = Field(ge=1)
    number: bool = False
    """Whether a resident id number that checks out counts for a cue."""


class Sides(_Checked):
    """Every side of a paper is there."""

    check: Literal["sides"]
    code: Code = "sides"
    sides: tuple[SideCues, ...] = Field(min_length=1)


class Dated(_Checked):
    """It shows a full date."""

    check: Literal["dated"]
    code: Code = "dated"


class WithinPeriod(_Checked):
    """A date that it shows lies within the period of the case; a later one beside it is asked."""

    check: Literal["within_period"]
    code: Code = "within_period"


class StatusBar(_Checked):
    """It shows the device's own time."""

    check: Literal["status_bar"]
    code: Code = "status_bar"


class WholeScreen(_Checked):
    """It shows the whole of a screen."""

    check: Literal["whole_screen"]
    code: Code = "whole_screen"


class Timeline(_Checked):
    """It names so many times to the minute."""

    check: Literal["timeline"]
    code: Code = "timeline"
    times: int = Field(ge=1)


class Mentions(_Checked):
    """It speaks of something: one of these words stands in it."""

    check: Literal["mentions"]
    what: Words
    words: tuple[str, ...] = Field(min_length=1)


class Conversation(_Checked):
    """It is a talk of at least so many messages."""

    check: Literal["conversation"]
    code: Code = "conversation"
    messages: int = Field(ge=1)


class LicenceNumber(_Checked):
    """It shows a unified social credit code that checks out (GB 32100-2015)."""

    check: Literal["licence_number"]
    code: Code = "licence_number"


class Pages(_Checked):
    """It has not more than so many pages."""

    check: Literal["pages"]
    code: Code = "pages"
    most: int = Field(ge=1)


Check = Annotated[
    Readable
    | Sides
    | Dated
    | WithinPeriod
    | StatusBar
    | WholeScreen
    | Timeline
    | Mentions
    | Conversation
    | LicenceNumber
    | Pages,
    Field(discriminator="check"),
]
