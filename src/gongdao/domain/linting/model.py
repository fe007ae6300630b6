"""What is pointed out in a statement."""

from dataclasses import dataclass
from enum import StrEnum

from gongdao.domain.policy.linting import Flaw


class Language(StrEnum):
    """In which language a statement is written."""

    CHINESE = "zh-hans"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a statement is read with."""

    exhibits: frozenset[int] | None = None
    """The numbers of the exhibits that are there; None: unknown, and nothing is said of them."""
    times: bool = True
    """Whether the moments that it tells of have to be exact to the minute."""
    own: tuple[str, ...] = ()
    """The writer's own names, numbers and addresses."""
    language: Language | None = None
    """Of the statement; None: it is seen from the letters."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a text that another part of the house noticed."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One passage: from `start` up to `end`, counted in characters of the text as it was sent."""

    start: int
    end: int
    kind: Flaw
    code: str
    reason: str
    suggestion: str
    weight: int
    """3: this alone can cost an appeal; 1: it would read better."""
    better: str | None = None
    """What can take its place as it stands; empty: it can be left out; None: neither."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is pointed out in one statement. It is advice: nobody is kept from sending."""

    language: Language
    findings: tuple[Finding, ...]
