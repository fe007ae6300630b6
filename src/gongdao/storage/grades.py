"""What accounts were told of their grades, in PostgreSQL."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.policy.grades import GradeCode
from gongdao.domain.standing import accounts
from gongdao.domain.standing.accounts import Account, AccountStep
from gongdao.storage.grade_models import StandingRow
from gongdao.storage.streams import PgStreams, as_uuid, keep_row


class PgGrades(PgStreams[Account, AccountStep]):
    """What accounts were told."""

    begins = "standing.fell"
    fold = staticmethod(accounts.fold)

    def project(self, stream: str, standing: Account, version: int) -> None:
        keep_row(StandingRow.objects, stream, standing_row(standing, version))

    def of_person(self, person: PersonId) -> Held[Account] | None:
        rows = StandingRow.objects.filter(person=as_uuid(person))
        found = rows.values_list("id", flat=True).first()
        return self.get(str(found)) if found else None

    def told_one_of(
        self, people: Collection[PersonId], grades: Collection[GradeCode]
    ) -> list[PersonId]:
        rows = StandingRow.objects.filter(
            person__in=[as_uuid(each) for each in people], told__in=[each.value for each in grades]
        )
        return [PersonId(str(each)) for each in rows.values_list("person", flat=True)]

    def to_look_at(self, now: datetime, limit: int) -> list[Held[Account]]:
        rows = StandingRow.objects.filter(next_look__lte=now).order_by("next_look", "id")
        found = [str(each) for each in rows.values_list("id", flat=True)[:limit]]
        return self.several(found) if found else []

    def waiting(self, limit: int) -> list[Account]:
        rows = StandingRow.objects.filter(waits_since__isnull=False).order_by("waits_since", "id")
        found = [str(each) for each in rows.values_list("id", flat=True)[:limit]]
        return [held.now for held in self.several(found)] if found else []


def standing_row(account: Account, version: int) -> dict[str, object]:
    """An account's row."""
    contest = account.contest
    return {
        "version": version,
        "person": UUID(account.person),
        "told": account.told.value,
        "told_at": account.fall.at,
        "effects_at": account.fall.effects_at,
        "statement": account.fall.statement_zh,
        "next_look": account.next_look,
        "waits_since": contest.at if contest is not None and account.waits else None,
    }
