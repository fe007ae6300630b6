"""Groups and the tasks of their owners in PostgreSQL."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError

from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import CaseId, GroupId, PersonId
from gongdao.domain.owners import model as owners
from gongdao.domain.owners.model import Group, GroupStep, OwnerTask, OwnerTaskStep
from gongdao.storage.models import GroupRow, OwnerTaskRow
from gongdao.storage.streams import PgStreams, absent, as_uuid, asked_once, moved_on


class PgGroups(PgStreams[Group, GroupStep]):
    """All groups."""

    begins = "group.named"
    fold = staticmethod(owners.fold_group)

    def project(self, stream: str, standing: Group, version: int) -> None:
        row = group_row(standing, version)
        try:
            GroupRow.objects.update_or_create(id=UUID(stream), defaults=row)
        except IntegrityError as problem:
            if "group_row_key" not in str(problem):
                raise
            raise moved_on() from problem

    def by_key(self, key: str) -> Held[Group] | None:
        row = GroupRow.objects.filter(key=key).first()
        return self.get(str(row.id)) if row else None

    def of_owner(self, person: PersonId) -> Sequence[Group]:
        rows = GroupRow.objects.filter(owners__contains=[as_uuid(person)]).order_by("id")
        ids = [str(i) for i in rows.values_list("id", flat=True)]
        return [held.now for held in self.several(ids)]


def group_row(group: Group, version: int) -> dict[str, object]:
    """A group's row."""
    return {
        "version": version,
        "key": group.key,
        "owners": [UUID(person) for person in group.owners],
        "members": group.members,
    }


class PgOwnerTasks(PgStreams[OwnerTask, OwnerTaskStep]):
    """All tasks of owners."""

    begins = "owner_task.opened"
    fold = staticmethod(owners.fold_task)

    def project(self, stream: str, standing: OwnerTask, version: int) -> None:
        OwnerTaskRow.objects.update_or_create(id=UUID(stream), defaults=task_row(standing, version))

    def of_case(self, case: CaseId) -> Sequence[Held[OwnerTask]]:
        rows = OwnerTaskRow.objects.filter(case=as_uuid(case)).order_by("opened_at", "id")
        ids = rows.values_list("id", flat=True)
        return self.several(asked_once(("tasks", case), lambda: [str(i) for i in ids]))

    def of_group(self, group: GroupId, limit: int) -> Sequence[OwnerTask]:
        rows = OwnerTaskRow.objects.filter(group=as_uuid(group)).order_by("-opened_at", "id")
        ids = [str(i) for i in rows.values_list("id", flat=True)[:limit]]
        return [held.now for held in self.several(ids)]

    def by_ref(self, ref: str) -> Held[OwnerTask]:
        row = OwnerTaskRow.objects.filter(ref=ref).first() if "\x00" not in ref else None
        if row is None:
            raise absent()
        return self.get(str(row.id))


def task_row(task: OwnerTask, version: int) -> dict[str, object]:
    """A task's row."""
    return {
        "version": version,
        "ref": task.ref,
        "group": UUID(task.group),
        "case": UUID(task.case),
        "stage": task.stage.value,
        "why": task.why.value if task.why else None,
        "action": task.action.value if task.action else None,
        "opened_at": task.opened_at,
        "due_at": task.due_at,
    }
