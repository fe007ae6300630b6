"""Deadlines and notices in PostgreSQL."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, models

from gongdao.domain.deadlines import model as deadlines
from gongdao.domain.deadlines.model import Deadline, DeadlineStep, next_look
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import CaseId, NoticeId, PersonId
from gongdao.domain.notices import model as notices
from gongdao.domain.notices.model import Notice, NoticeStep
from gongdao.storage.models import DeadlineRow, NoticeRow
from gongdao.storage.streams import PgStreams, absent, as_uuid, keep_row

OPEN = [s.value for s in deadlines.DeadlineStage if s.is_open]

_NEXT_DUE = """
    update case_row set next_due = (
        select min(due_at) from deadline_row where "case" = %s and stage = any(%s)
        and (kind <> 'owner' or stage = 'missed')
    ) where id = %s
"""


class PgDeadlines(PgStreams[Deadline, DeadlineStep]):
    """All deadlines."""

    begins = "deadline.set"
    fold = staticmethod(deadlines.fold)

    def project(self, stream: str, standing: Deadline, version: int) -> None:
        keep_row(DeadlineRow.objects, stream, deadline_row(standing, version))
        case = UUID(standing.case)
        with connection.cursor() as cursor:
            cursor.execute(_NEXT_DUE, [case, OPEN, case])

    def running(self, case: CaseId) -> Sequence[Held[Deadline]]:
        return self._of(DeadlineRow.objects.filter(case=as_uuid(case), stage__in=OPEN))

    def running_about(self, about: str) -> Sequence[Held[Deadline]]:
        return self._of(DeadlineRow.objects.filter(about=as_uuid(about), stage__in=OPEN))

    def to_look_at(self, now: datetime, limit: int) -> Sequence[Held[Deadline]]:
        rows = (
            DeadlineRow.objects.select_for_update(skip_locked=True)
            .filter(next_look__lte=now)
            .order_by("next_look")[:limit]
        )
        return self.several([str(row.id) for row in rows])

    def provisional(self, calendar: str, limit: int) -> Sequence[Held[Deadline]]:
        rows = (
            DeadlineRow.objects.select_for_update(skip_locked=True)
            .filter(provisional=True, stage="running")
            .exclude(calendar=calendar)
            .order_by("due_at")[:limit]
        )
        return self.several([str(row.id) for row in rows])

    def _of(self, rows: models.QuerySet[DeadlineRow]) -> Sequence[Held[Deadline]]:
        ids = rows.order_by("due_at", "id").values_list("id", flat=True)
        return self.several([str(i) for i in ids])


def deadline_row(
    deadline: Deadline, version: int, ids: Callable[[str], object] = UUID
) -> dict[str, object]:
    """A deadline's row; whoever copies many as text leaves the ids as they are (`str`)."""
    return {
        "version": version,
        "case": ids(deadline.case),
        "kind": deadline.kind.value,
        "about": ids(deadline.about),
        "stage": deadline.stage.value,
        "due_at": deadline.due_at,
        "provisional": deadline.provisional,
        "calendar": deadline.calendar,
        "next_look": next_look(deadline),
    }


class PgNotices(PgStreams[Notice, NoticeStep]):
    """All notices."""

    begins = "notice.issued"
    fold = staticmethod(notices.fold)

    def project(self, stream: str, standing: Notice, version: int) -> None:
        keep_row(NoticeRow.objects, stream, notice_row(standing, version))

    def inbox(
        self,
        person: PersonId,
        limit: int,
        case: CaseId | None = None,
        before: NoticeId | None = None,
    ) -> list[Notice]:
        rows = NoticeRow.objects.filter(to=as_uuid(person))
        if before is not None:
            last = rows.filter(id=as_uuid(before)).first()
            if last is None:
                raise absent()
            same = models.Q(issued_at=last.issued_at, id__lt=last.id)
            rows = rows.filter(models.Q(issued_at__lt=last.issued_at) | same)
        if case is not None:
            rows = rows.filter(case=as_uuid(case))
        return self._of(rows.order_by("-issued_at", "-id")[:limit])

    def of_case(self, case: CaseId) -> list[Notice]:
        return self._of(NoticeRow.objects.filter(case=as_uuid(case)).order_by("issued_at", "id"))

    def undelivered(self, limit: int) -> list[Notice]:
        failing = NoticeRow.objects.filter(email__in=["retrying", "failed"])
        return self._of(failing.order_by("-issued_at")[:limit])

    def _of(self, rows: models.QuerySet[NoticeRow]) -> list[Notice]:
        return [
            held.now for held in self.several([str(i) for i in rows.values_list("id", flat=True)])
        ]


def notice_row(notice: Notice, version: int) -> dict[str, object]:
    """A notice's row."""
    return {
        "version": version,
        "to": UUID(notice.to),
        "reader": notice.reader.value,
        "template": notice.template,
        "case": UUID(notice.case),
        "issued_at": notice.issued_at,
        "email": notice.email.value,
        "attempts": notice.attempts,
        "read_at": notice.read_at,
    }
