"""Disputes with outside platforms, in PostgreSQL."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q
from psycopg.errors import UniqueViolation

from gongdao.domain.disputes import model as disputes
from gongdao.domain.disputes.events import DisputeOpened, DisputeStep
from gongdao.domain.disputes.model import Dispute
from gongdao.domain.disputes.rules import came_already
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import DisputeId, OrganisationId
from gongdao.storage import codec
from gongdao.storage.bulk import copy, copy_rows
from gongdao.storage.dispute_models import DisputeRow
from gongdao.storage.streams import PgStreams, absent, as_uuid, keep_row, optional

_EVENT = ("stream", "version", "kind", "at", "actor_role", "actor", "body", "leaf")


class PgDisputes(PgStreams[Dispute, DisputeStep]):
    """All disputes."""

    begins = "dispute.opened"
    fold = staticmethod(disputes.fold)

    def project(self, stream: str, standing: Dispute, version: int) -> None:
        try:
            keep_row(DisputeRow.objects, stream, dispute_row(standing, version))
        except IntegrityError as problem:
            if "dispute_source_once" not in str(problem):
                raise
            raise came_already() from problem

    def of_organisation(
        self,
        organisation: OrganisationId,
        limit: int,
        *,
        only_open: bool = False,
        before: DisputeId | None = None,
    ) -> list[Held[Dispute]]:
        rows = DisputeRow.objects.filter(organisation=as_uuid(organisation))
        if before is not None:
            at = rows.filter(pk=as_uuid(before)).values_list("opened_at", flat=True).first()
            if at is None:
                raise absent()
            later = Q(opened_at=at, id__gt=as_uuid(before))
            rows = rows.filter(Q(opened_at__lt=at) | later)
        if only_open:
            rows = rows.exclude(stage=disputes.DisputeStage.ENDED.value)
        ids = rows.order_by("-opened_at", "id").values_list("id", flat=True)[:limit]
        return self.several([str(each) for each in ids])

    def open_all(self, steps: Sequence[DisputeOpened]) -> None:
        events, rows = [], []
        for step in steps:
            body = codec.encode(step)
            leaf = codec.leaf_hash(codec.event_entry(step.dispute, 1, step.kind, body))
            person = optional(step.by.person)
            role = step.by.role.value
            events.append((step.dispute, 1, step.kind, step.at, role, person, body, leaf))
            rows.append({"id": UUID(step.dispute), **dispute_row(disputes.begun(step), 1)})
        try:
            copy("event", _EVENT, events)
            copy_rows("dispute_row", rows)
        except UniqueViolation as problem:
            if "dispute_source_once" not in str(problem):
                raise
            raise came_already() from problem

    def known_sources(
        self, organisation: OrganisationId, source_keys: Sequence[str]
    ) -> dict[str, DisputeId]:
        rows = DisputeRow.objects.filter(
            organisation=as_uuid(organisation), source_key__in=source_keys
        )
        found = rows.values_list("source_key", "id")
        return {str(key): DisputeId(str(id_)) for key, id_ in found}

    def from_source(self, organisation: OrganisationId, source_key: str) -> Held[Dispute] | None:
        rows = DisputeRow.objects.filter(organisation=as_uuid(organisation), source_key=source_key)
        found = rows.values_list("id", flat=True).first()
        return self.get(str(found)) if found else None

    def of_order(self, organisation: OrganisationId, order_key: str) -> list[Held[Dispute]]:
        rows = DisputeRow.objects.filter(organisation=as_uuid(organisation), order_key=order_key)
        ids = rows.order_by("-opened_at", "id").values_list("id", flat=True)
        return self.several([str(each) for each in ids])


def dispute_row(now: Dispute, version: int) -> dict[str, object]:
    """A dispute's row."""
    return {
        "version": version,
        "organisation": UUID(now.organisation),
        "kind": now.kind.value,
        "platform": now.platform,
        "shop": optional(now.shop),
        "stage": now.stage.value,
        "next_step": disputes.next_step(now).value,
        "checked_on": now.checked_on,
        "ending": now.ending.value if now.ending else None,
        "assignee": optional(now.assignee),
        "opened_at": now.opened_at,
        "noticed_at": now.facts.noticed_at,
        "ended_at": now.ended_at,
        "order_key": now.facts.order_key,
        "other_key": now.facts.other_key,
        "source_key": now.source_key,
    }
