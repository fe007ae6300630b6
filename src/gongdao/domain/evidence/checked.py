"""What a check says: line by line what is proven, what is not, and what fails.

A line has a code; its words are the ways in's. Whatever could not be checked is a line, too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """How one check ended."""

    PROVEN = "proven"
    OPEN = "not proven"
    FAILED = "failed"


class Check(StrEnum):
    """The checks, in their order."""

    FOLDER = "folder"
    SIGNATURE = "signature"
    RECORDS = "records"
    EXHIBITS = "exhibits"
    TEXTS = "texts"
    LOG = "log"
    TIMESTAMPS = "timestamps"
    WORDS = "words"
    """What no program can check."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a check says."""

    check: Check
    outcome: Outcome
    code: str
    about: str = ""
    """The file, record or exhibit that is meant; empty where it is all of them."""
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(slots=True)
class Lines:
    """Lines of one check as they come up."""

    check: Check
    found: list[Line] = field(default_factory=list)

    def proven(self, code: str, about: str = "", **facts: str | int) -> None:
        """Something is so."""
        self._add(Outcome.PROVEN, code, about, facts)

    def unproven(self, code: str, about: str = "", **facts: str | int) -> None:
        """Something could not be checked."""
        self._add(Outcome.OPEN, code, about, facts)

    def failed(self, code: str, about: str = "", **facts: str | int) -> None:
        """Something is not so."""
        self._add(Outcome.FAILED, code, about, facts)

    @property
    def fails(self) -> bool:
        """Whether anything failed yet."""
        return any(line.outcome is Outcome.FAILED for line in self.found)

    def _add(self, outcome: Outcome, code: str, about: str, facts: Mapping[str, str | int]) -> None:
        self.found.append(Line(self.check, outcome, f"{self.check.value}.{code}", about, facts))


def holds(lines: list[Line]) -> bool:
    """Whether nothing failed."""
    return all(line.outcome is not Outcome.FAILED for line in lines)
