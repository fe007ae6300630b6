"""Notices about rights in PostgreSQL."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import models

from gongdao.domain.counter_notices import model
from gongdao.domain.counter_notices.events import RightsNoticeId, RightsStep
from gongdao.domain.counter_notices.model import RightsNotice, Stage
from gongdao.domain.counter_notices.ports import Entry
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import PersonId
from gongdao.storage.counter_notice_models import RightsNoticeRow
from gongdao.storage.models import NoticeRow
from gongdao.storage.streams import (
    PgStreams,
    absent,
    as_uuid,
    keep_row,
    optional,
    read_events,
)

_TO_JUDGE = [stage.value for stage in Stage if not stage.is_judged]


class PgRightsNotices(PgStreams[RightsNotice, RightsStep]):
    """All notices about rights."""

    begins = "rights_notice.given"
    fold = staticmethod(model.fold)

    def project(self, stream: str, standing: RightsNotice, version: int) -> None:
        keep_row(RightsNoticeRow.objects, stream, rights_row(standing, version))

    def latest(self, limit: int, before: str | None = None) -> Sequence[Entry]:
        rows = RightsNoticeRow.objects.all()
        if before is not None:
            last = _numbered(before)
            same = models.Q(given_at=last.given_at, id__lt=last.id)
            rows = rows.filter(models.Q(given_at__lt=last.given_at) | same)
        ids = [
            str(i) for i in rows.order_by("-given_at", "-id").values_list("id", flat=True)[:limit]
        ]
        leaves: dict[str, list[str]] = {}
        for stream, recorded in read_events(ids):
            leaves.setdefault(stream, []).append(recorded.leaf)
        return [
            Entry(held.now, leaves[held.now.id][0], leaves[held.now.id][-1])
            for held in self.several(ids)
        ]

    def by_number(self, number: str) -> Held[RightsNotice]:
        return self.get(str(_numbered(number).id))

    def open_ones(self, limit: int) -> Sequence[RightsNotice]:
        first = models.Case(
            models.When(stage__in=_TO_JUDGE, then=0), default=1, output_field=models.IntegerField()
        )
        rows = RightsNoticeRow.objects.filter(ended_at__isnull=True)
        found = rows.order_by(first, "given_at", "id").values_list("id", flat=True)[:limit]
        return [held.now for held in self._of(found)]

    def arrived(self, limit: int) -> Sequence[Held[RightsNotice]]:
        letter = NoticeRow.objects.filter(id=models.OuterRef("under_way"))
        taken = models.Q(email="delivered") | models.Q(read_at__isnull=False)
        rows = (
            RightsNoticeRow.objects.select_for_update(skip_locked=True)
            .filter(models.Exists(letter.filter(taken)), under_way__isnull=False)
            .order_by("id")[:limit]
        )
        return self._of([row.id for row in rows])

    def of_person(self, person: PersonId) -> Sequence[RightsNoticeId]:
        who = as_uuid(person)
        rows = RightsNoticeRow.objects.filter(models.Q(notifier=who) | models.Q(respondent=who))
        found = rows.order_by("-given_at", "-id").values_list("id", flat=True)
        return [RightsNoticeId(str(i)) for i in found]

    def _of(self, ids: Iterable[UUID]) -> list[Held[RightsNotice]]:
        found = [str(i) for i in ids]
        return self.several(found) if found else []


def _numbered(number: str) -> RightsNoticeRow:
    row = RightsNoticeRow.objects.filter(number=number).first() if "\x00" not in number else None
    if row is None:
        raise absent()
    return row


def rights_row(notice: RightsNotice, version: int) -> dict[str, object]:
    """A notice's row."""
    return {
        "version": version,
        "number": notice.number,
        "right": notice.right,
        "stage": notice.stage.value,
        "notifier": UUID(notice.notifier),
        "respondent": optional(notice.respondent),
        "given_at": notice.given_at,
        "under_way": optional(notice.under_way),
        "files": len(notice.files),
        "effective_at": notice.effective_at,
        "measure": notice.measure.value if notice.measure else None,
        "measure_at": notice.measure_at,
        "statement": notice.statement_zh,
        "ended_at": notice.ended_at,
    }
