"""What is found in a text, and what that suggests. Nothing here can suggest to delete."""

from dataclasses import dataclass
from enum import StrEnum

from gongdao.domain.policy.screening import Category, Lane


class Source(StrEnum):
    """What a finding rests on."""

    LEXICON = "lexicon"
    MODEL = "model"
    GROUP = "group"
    """The own list of a group's owner: no judgement of ours, and it teaches nothing."""


class How(StrEnum):
    """How an entry of the lexicon was written in the text."""

    PLAIN = "plain"
    INVISIBLE = "separated"
    """With other signs between its characters."""
    SPLIT = "split"
    """With a character taken apart."""
    SOUND = "sound"
    """With other characters that sound alike, or in Latin letters."""
    INITIALS = "initials"
    SWAPPED = "swapped"
    MIRRORED = "mirrored"
    """From its end to its beginning."""
    PICTURE = "picture"
    """With a picture for a character."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that stands out. Places are counted in characters of the text as it was given."""

    category: Category
    start: int
    end: int
    source: Source
    evidence: str
    """The lexicon's entry and how it was written; for the model, its version."""
    score: float
    """How many of a hundred such findings were rightly made, as a share: calibrated."""


@dataclass(frozen=True, slots=True)
class Screened:
    """What was found in one text, the strongest first."""

    lane: Lane
    findings: tuple[Finding, ...]
    model_failed: str | None = None
    """Why the model had no say; None: it had."""
    lists_failed: str | None = None
    """Why the installation's own lists were not read; None: they were, or there are none."""


__all__ = ["Category", "Finding", "How", "Lane", "Screened", "Source"]
