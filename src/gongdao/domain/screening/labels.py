"""What decisions say of findings: each label tells where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from gongdao.domain.kernel.ids import PersonId, Sealed
from gongdao.domain.policy.screening import Category


class Said(StrEnum):
    """Who said it, as far as it counts."""

    RULING = "ruling"
    """A person who looked at a text that waited."""
    DECISION = "decision"
    """A decision on a reported text."""
    REVIEW = "review"
    """A review upon appeal, which also takes back what a decision said."""


@dataclass(frozen=True, slots=True)
class Noted:
    """One finding as it was made at the time."""

    category: Category
    evidence: str
    """The lexicon's entry and how it was written, or the model's version."""
    score: float


@dataclass(frozen=True, slots=True)
class Label:
    """Whether a text was of a category."""

    id: str
    text: Sealed
    category: Category
    true: bool
    said: Said
    of: str
    """The held post, the decision or the appeal that says it."""
    at: datetime
    findings: tuple[Noted, ...]
    """What screening had found of this category; empty where it missed it or wasn't asked."""
    by: PersonId | None = None
    """Who of the staff said it; None where that is not known."""
    author: PersonId | None = None
    """Whose text it is; None where that is not known."""


class Labels(Protocol):
    """All labels."""

    def keep(self, label: Label) -> None:
        """Keep one; of the same text and category the latest counts. The same id is kept once."""

    def counted(self, since: datetime | None = None) -> Sequence[Label]:
        """Those that count and were said since, oldest first."""
