"""What the grades of accounts need from outside."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from gongdao.domain.kernel.events import Held, Streams
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.policy.grades import GradeCode
from gongdao.domain.standing.accounts import Account, AccountStep


class Grades(Streams[Account, AccountStep], Protocol):
    """What accounts were told of their grades."""

    def of_person(self, person: PersonId) -> Held[Account] | None:
        """What one account was told; None if it never was restricted."""

    def told_one_of(
        self, people: Collection[PersonId], grades: Collection[GradeCode]
    ) -> list[PersonId]:
        """Those of these people who were told of one of these grades, which still stands."""

    def to_look_at(self, now: datetime, limit: int) -> list[Held[Account]]:
        """Those that time alone makes better by now; they may be old a moment later."""

    def waiting(self, limit: int) -> Sequence[Account]:
        """Those whose appeal waits for a person, the longest waiting first."""
