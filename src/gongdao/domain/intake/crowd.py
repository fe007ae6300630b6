"""What tells an outcry from a campaign: how many reported a subject of late, and how alike."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Crowd:
    """What was reported of one subject of late, to tell an outcry from a campaign."""

    last_hour: int
    usual: float
    """Reports an hour in the thirty days before that hour, or since the first."""
    same_wording: int
    """How many of the last hour's have the wording of the report at hand."""
    young: int
    """How many of the last hour's come from young or unknown accounts."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is remembered beside a report, to recognise its like."""

    wording: str
    young: bool
