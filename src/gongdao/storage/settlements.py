"""Negotiations in PostgreSQL."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError

from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import InvitationId
from gongdao.domain.settlement import model
from gongdao.domain.settlement.events import Matter, SettlementStep
from gongdao.domain.settlement.model import Settlement
from gongdao.domain.settlement.rules import open_already
from gongdao.storage.settlement_models import SettlementRow
from gongdao.storage.streams import PgStreams, as_uuid, keep_row


class PgSettlements(PgStreams[Settlement, SettlementStep]):
    """All negotiations."""

    begins = "settlement.opened"
    fold = staticmethod(model.fold)

    def project(self, stream: str, standing: Settlement, version: int) -> None:
        try:
            keep_row(SettlementRow.objects, stream, settlement_row(standing, version))
        except IntegrityError as problem:
            if "settlement_open_once" not in str(problem):
                raise
            raise open_already() from problem

    def of_matter(self, matter: Matter) -> list[Held[Settlement]]:
        return self.about([matter])

    def about(self, matters: Sequence[Matter]) -> list[Held[Settlement]]:
        kinds = {matter.kind.value for matter in matters}
        rows = SettlementRow.objects.filter(
            matter_kind__in=kinds, matter__in=[as_uuid(matter.id) for matter in matters]
        )
        ids = rows.order_by("-opened_at", "-id").values_list("id", flat=True)
        return self.several([str(each) for each in ids])

    def inviting(self, invitation: InvitationId) -> Held[Settlement] | None:
        rows = SettlementRow.objects.filter(invitation=as_uuid(invitation))
        found = rows.values_list("id", flat=True).first()
        return self.get(str(found)) if found else None


def settlement_row(now: Settlement, version: int) -> dict[str, object]:
    """A negotiation's row."""
    return {
        "version": version,
        "matter_kind": now.matter.kind.value,
        "matter": UUID(now.matter.id),
        "invitation": UUID(now.invitation),
        "stage": now.stage.value,
        "is_open": now.is_open,
        "opened_at": now.opened_at,
        "closed_at": now.closed_at,
    }
