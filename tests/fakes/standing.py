"""The ports of how far reporters and accounts are trusted, in memory."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from tests.fakes.memory import Memory
from tests.fakes.misuses import misuse_on_fakes
from tests.fakes.streams import MemoryCases, MemoryStreams

from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.policy.grades import GradeCode
from gongdao.domain.standing import accounts
from gongdao.domain.standing.accounts import Account, AccountStep


class MemoryGrades(MemoryStreams[Account, AccountStep]):
    """What accounts were told of their grades."""

    table = "standing"
    fold = staticmethod(accounts.fold)

    def of_person(self, person: PersonId) -> Held[Account] | None:
        return next((held for held in self.all() if held.now.person == person), None)

    def told_one_of(
        self, people: Collection[PersonId], grades: Collection[GradeCode]
    ) -> list[PersonId]:
        accounts = [held.now for held in self.all()]
        return [a.person for a in accounts if a.person in people and a.told in grades]

    def to_look_at(self, now: datetime, limit: int) -> list[Held[Account]]:
        looks = [(held.now.next_look, held.now.id, held) for held in self.all()]
        come = [(look, name, held) for look, name, held in looks if look and look <= now]
        return [held for _, _, held in sorted(come, key=lambda each: each[:2])[:limit]]

    def waiting(self, limit: int) -> list[Account]:
        found = [(held.now.contest, held.now) for held in self.all() if held.now.waits]
        found.sort(key=lambda pair: (pair[0].at if pair[0] else pair[1].fall.at, pair[1].id))
        return [account for _, account in found[:limit]]


def standing_on_fakes(memory: Memory, cases: MemoryCases) -> dict[str, Any]:
    """Each port by its name in the records."""
    return {"grades": MemoryGrades(memory), **misuse_on_fakes(memory, cases)}
