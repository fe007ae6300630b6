"""Ways back in PostgreSQL."""

from datetime import datetime
from uuid import UUID

from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import CaseId, SanctionId
from gongdao.domain.ways_back import model
from gongdao.domain.ways_back.model import WayBack, WayBackStep
from gongdao.storage.streams import PgStreams, as_uuid, keep_row
from gongdao.storage.way_back_models import WayBackRow


class PgWaysBack(PgStreams[WayBack, WayBackStep]):
    """All ways back."""

    begins = "way_back.opened"
    fold = staticmethod(model.fold)

    def project(self, stream: str, standing: WayBack, version: int) -> None:
        keep_row(WayBackRow.objects, stream, way_back_row(standing, version))

    def of_sanction(self, sanction: SanctionId) -> Held[WayBack] | None:
        rows = WayBackRow.objects.filter(sanction=as_uuid(sanction))
        found = [str(i) for i in rows.values_list("id", flat=True)]
        return self.get(found[0]) if found else None

    def of_case(self, case: CaseId) -> list[Held[WayBack]]:
        rows = WayBackRow.objects.filter(case=as_uuid(case)).order_by("opened_at", "id")
        found = [str(i) for i in rows.values_list("id", flat=True)]
        return self.several(found) if found else []

    def to_look_at(self, now: datetime, limit: int) -> list[Held[WayBack]]:
        rows = WayBackRow.objects.filter(next_look__lte=now).order_by("next_look", "id")
        found = [str(i) for i in rows.values_list("id", flat=True)[:limit]]
        return self.several(found) if found else []

    def to_check(self, limit: int) -> list[WayBack]:
        rows = WayBackRow.objects.filter(to_check_since__isnull=False)
        ids = rows.order_by("to_check_since", "id").values_list("id", flat=True)[:limit]
        found = [str(i) for i in ids]
        return [held.now for held in self.several(found)] if found else []


def way_back_row(way: WayBack, version: int) -> dict[str, object]:
    """A way back's row."""
    return {
        "version": version,
        "sanction": UUID(way.sanction),
        "case": UUID(way.case),
        "stage": way.stage.value,
        "opened_at": way.opened_at,
        "next_look": way.next_look,
        "to_check_since": min((proof.at for proof in way.to_check), default=None),
    }
