"""Interim measures in PostgreSQL."""

from datetime import datetime
from uuid import UUID

from gongdao.domain.interim import model
from gongdao.domain.interim.model import Interim, InterimStep
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import CaseId
from gongdao.storage.interim_tables import InterimRow
from gongdao.storage.streams import PgStreams, as_uuid, keep_row


class PgInterims(PgStreams[Interim, InterimStep]):
    """All interim measures."""

    begins = "interim.imposed"
    fold = staticmethod(model.fold)

    def project(self, stream: str, standing: Interim, version: int) -> None:
        keep_row(InterimRow.objects, stream, interim_row(standing, version))

    def of_case(self, case: CaseId) -> list[Held[Interim]]:
        rows = InterimRow.objects.filter(case=as_uuid(case)).order_by("imposed_at", "id")
        found = [str(i) for i in rows.values_list("id", flat=True)]
        return self.several(found) if found else []

    def to_end(self, now: datetime, limit: int) -> list[Held[Interim]]:
        rows = (
            InterimRow.objects.select_for_update(skip_locked=True)
            .filter(lifted_at=None, ends_at__lte=now)
            .order_by("ends_at")[:limit]
        )
        found = [str(row.id) for row in rows]
        return self.several(found) if found else []


def interim_row(interim: Interim, version: int) -> dict[str, object]:
    """An interim measure's row."""
    return {
        "version": version,
        "case": UUID(interim.case),
        "respondent": UUID(interim.respondent),
        "measure": interim.measure.value,
        "imposed_at": interim.imposed_at,
        "ends_at": interim.ends_at,
        "cap_ends_at": interim.cap_ends_at,
        "lifted_at": interim.lifted_at,
        "because": interim.because.value if interim.because else None,
        "statement": interim.statement_zh,
    }
