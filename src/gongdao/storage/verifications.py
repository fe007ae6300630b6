"""Proofs of who somebody is, and known devices, in PostgreSQL."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import CaseId, InvitationId, NewId, PersonId
from gongdao.domain.verification import model
from gongdao.domain.verification.model import Verification, VerificationStep, verification_id
from gongdao.domain.verification.ports import KnownDevice
from gongdao.domain.verification.rings import Vouch, vouches_of
from gongdao.storage.people import Secrets
from gongdao.storage.streams import PgStreams, absent, as_uuid, keep_row
from gongdao.storage.verification_models import KnownDeviceRow, VerificationRow

MOST_AROUND = 1000
"""So many people's proofs are read around one case; a ring is far smaller."""


class PgVerifications(PgStreams[Verification, VerificationStep]):
    """Everybody's proofs."""

    begins = "verification.begun"
    fold = staticmethod(model.fold)

    def project(self, stream: str, standing: Verification, version: int) -> None:
        keep_row(VerificationRow.objects, stream, verification_row(standing, version))

    def of(self, case: CaseId, appellant: PersonId) -> Held[Verification] | None:
        return next(iter(self.several([verification_id(case, appellant)])), None)

    def of_case(self, case: CaseId) -> list[Verification]:
        rows = VerificationRow.objects.filter(case=as_uuid(case)).order_by("id")
        return [held.now for held in self._held(rows.values_list("id", flat=True))]

    def inviting(self, invitation: InvitationId) -> Held[Verification] | None:
        rows = VerificationRow.objects.filter(invitations__contains=[as_uuid(invitation)])
        return next(iter(self._held(rows.values_list("id", flat=True)[:1])), None)

    def vouches(self, people: Collection[PersonId], since: datetime) -> Sequence[Vouch]:
        wanted = [as_uuid(person) for person in people]
        rows = VerificationRow.objects.filter(
            Q(appellant__in=wanted) | Q(friends__overlap=wanted)
        ).order_by("-id")
        held = self._held(rows.values_list("id", flat=True)[:MOST_AROUND])
        return vouches_of((each.now for each in held), people, since)

    def _held(self, ids: Collection[UUID]) -> list[Held[Verification]]:
        return self.several([str(each) for each in ids])


def verification_row(found: Verification, version: int) -> dict[str, object]:
    """The row of somebody's proofs."""
    friends = sorted({each.friend for each in found.vouched if each.friend is not None})
    return {
        "version": version,
        "case": UUID(found.case),
        "appellant": UUID(found.appellant),
        "invitations": [UUID(each.id) for each in found.invitations],
        "friends": [UUID(friend) for friend in friends],
    }


@dataclass(frozen=True, slots=True)
class PgDevices:
    """Devices that signed in before."""

    secrets: Secrets
    new_id: NewId

    def seen(self, person: PersonId, mark: str, label: str, now: datetime) -> KnownDevice:
        row, _ = KnownDeviceRow.objects.update_or_create(
            person=as_uuid(person),
            mark=self._digest(mark),
            defaults={"last_seen": now, "label": label[:80]},
            create_defaults={
                "id": UUID(self.new_id()),
                "label": label[:80],
                "first_seen": now,
                "last_seen": now,
            },
        )
        return _device(row)

    def known(self, person: PersonId, mark: str) -> KnownDevice | None:
        rows = KnownDeviceRow.objects.filter(person=as_uuid(person), mark=self._digest(mark))
        row = rows.first()
        return _device(row) if row else None

    def of(self, person: PersonId) -> list[KnownDevice]:
        rows = KnownDeviceRow.objects.filter(person=as_uuid(person))
        return [_device(row) for row in rows.order_by("-last_seen", "id")]

    def forget(self, person: PersonId, device: str) -> None:
        rows = KnownDeviceRow.objects.filter(person=as_uuid(person), id=as_uuid(device))
        if not rows.delete()[0]:
            raise absent()

    def _digest(self, mark: str) -> str:
        return self.secrets.keyed("device", mark)


def _device(row: KnownDeviceRow) -> KnownDevice:
    return KnownDevice(str(row.id), row.label, row.first_seen, row.last_seen)
