"""Firms, complaints with a tier, and the duty roster in PostgreSQL."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError

from gongdao.domain.duty import model as complaints
from gongdao.domain.duty import roster as rosters
from gongdao.domain.duty.model import Complaint, ComplaintStep
from gongdao.domain.duty.roster import Roster, RosterStep
from gongdao.domain.firms import model as firms
from gongdao.domain.firms.model import Firm, FirmStep
from gongdao.domain.firms.rules import number_taken
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import PersonId
from gongdao.storage.firm_models import ComplaintRow, FirmRow
from gongdao.storage.streams import PgStreams, as_uuid, keep_row, optional

ROSTER = "8d2f6a54-6f73-5d16-9a04-726f73746572"
"""The one stream of the operator's roster."""


class PgFirms(PgStreams[Firm, FirmStep]):
    """All firms."""

    begins = "firm.applied"
    fold = staticmethod(firms.fold)

    def project(self, stream: str, standing: Firm, version: int) -> None:
        try:
            keep_row(FirmRow.objects, stream, firm_row(standing, version))
        except IntegrityError as problem:
            if "firm_number_once" not in str(problem):
                raise
            raise number_taken() from problem

    def of_person(self, person: PersonId) -> Held[Firm] | None:
        found = FirmRow.objects.filter(person=as_uuid(person)).values_list("id", flat=True).first()
        return self.get(str(found)) if found else None

    def with_number(self, number_key: str) -> list[Firm]:
        ids = FirmRow.objects.filter(number_key=number_key).values_list("id", flat=True)
        return [held.now for held in self.several([str(each) for each in ids])]

    def listed(self, limit: int) -> list[Firm]:
        rows = FirmRow.objects.order_by("-waits", "applied_at", "id")
        ids = [str(each) for each in rows.values_list("id", flat=True)[:limit]]
        return [held.now for held in self.several(ids)]


class PgComplaints(PgStreams[Complaint, ComplaintStep]):
    """All complaints that were entered with a tier."""

    begins = "complaint.entered"
    fold = staticmethod(complaints.fold)

    def project(self, stream: str, standing: Complaint, version: int) -> None:
        keep_row(ComplaintRow.objects, stream, complaint_row(standing, version))

    def of_owner(self, owner: PersonId | None, limit: int) -> list[Complaint]:
        rows = ComplaintRow.objects.filter(owner=as_uuid(owner) if owner else None)
        ids = rows.order_by("-open", "-received_at", "id").values_list("id", flat=True)[:limit]
        return [held.now for held in self.several([str(each) for each in ids])]


class PgRosters(PgStreams[Roster, RosterStep]):
    """The operator's roster: asked for by its name alone, so that it needs no row."""

    begins = "roster.set"
    fold = staticmethod(rosters.fold)

    def project(self, stream: str, standing: Roster, version: int) -> None:
        """Nothing is listed."""

    def now(self) -> Held[Roster] | None:
        return next(iter(self.several([ROSTER])), None)

    def write(self, steps: Sequence[RosterStep], *, after: int) -> Held[Roster]:
        return self.add(ROSTER, steps, after=after)


def firm_row(firm: Firm, version: int) -> dict[str, object]:
    """A firm's row."""
    loss = firm.loss
    contested = loss is not None and loss.grounds is not None and loss.restored is None
    return {
        "version": version,
        "person": UUID(firm.person),
        "stage": firm.stage.value,
        "number_key": firm.papers.number_key,
        "applied_at": firm.applied_at,
        "until": firm.until,
        "waits": firm.pending is not None or contested,
        "lane": firm.lane,
    }


def complaint_row(complaint: Complaint, version: int) -> dict[str, object]:
    """A complaint's row."""
    waits = complaint.taken_by is None and complaint.asked
    return {
        "version": version,
        "owner": optional(complaint.owner),
        "tier": complaint.tier,
        "received_at": complaint.received_at,
        "open": complaint.is_open,
        "taken_by": optional(complaint.taken_by),
        "asked": UUID(complaint.asked[-1].person) if waits else None,
    }
