"""What the installation has learned of its lexicon: which entries are retired, and their scores."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from gongdao.domain.policy.screening import Category

EntryKey = tuple[Category, str]


@dataclass(frozen=True, slots=True)
class Taught:
    """Read by the screener; made anew whenever a person or the worker changes it."""

    retired: frozenset[EntryKey] = frozenset()
    scores: Mapping[EntryKey, float] = field(default_factory=dict)


UNTAUGHT = Taught()


class Lessons(Protocol):
    """What was learned last, for every process."""

    def keep(self, taught: Taught) -> None:
        """Keep it; it takes the place of what was kept before."""

    def version(self) -> int:
        """Changes with each keeping; 0 while nothing was kept. Quick: it is asked often."""

    def now(self) -> Taught:
        """What was kept last."""
