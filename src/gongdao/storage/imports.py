"""Tables that are read in, and the orders that were kept of them, in PostgreSQL."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import connections
from django.db.models import F
from psycopg.errors import UniqueViolation

from gongdao.domain.disputes.imports import (
    Brought,
    Choice,
    Import,
    ImportId,
    ImportStage,
    KeptOrder,
    KeptOrderId,
)
from gongdao.domain.disputes.rules import came_already
from gongdao.domain.kernel.ids import OrganisationId, PersonId, Sealed, ShopId
from gongdao.storage.bulk import copy_rows
from gongdao.storage.import_models import ImportRow, KeptOrderRow, RememberedColumns
from gongdao.storage.people import Secrets
from gongdao.storage.streams import absent, as_uuid, optional

_TICK = "update import_row set written = %s where id = %s and stage = 'waiting'"


@dataclass(frozen=True, slots=True)
class PgImports:
    """Tables that were or are read in."""

    secrets: Secrets

    def begin(self, new: Import) -> None:
        ImportRow.objects.create(
            id=UUID(new.id),
            organisation=UUID(new.organisation),
            by=UUID(new.by),
            token=self.secrets.encrypt(new.token),
            columns=dict(new.columns),
            platform=new.choice.platform,
            shop=optional(new.choice.shop),
            most_stars=new.choice.most_stars,
            lines=new.lines,
            begun_at=new.begun_at,
            stage=new.stage.value,
            written=new.written,
            brought=asdict(new.brought),
            problem=new.problem,
        )

    def get(self, which: ImportId) -> Import:
        row = ImportRow.objects.filter(pk=as_uuid(which)).first()
        if row is None:
            raise absent()
        return self._import(row)

    def tick(self, which: ImportId, written: int) -> None:
        # On a connection of its own: the unit of work that writes the lines stays open.
        aside = connections.create_connection("default")
        try:
            with aside.cursor() as cursor:
                cursor.execute(_TICK, [written, UUID(which)])
        finally:
            aside.close()

    def end(
        self, which: ImportId, stage: ImportStage, brought: Brought, problem: str, at: datetime
    ) -> None:
        row = ImportRow.objects.filter(pk=as_uuid(which))
        row.update(
            stage=stage.value,
            brought=asdict(brought),
            problem=problem,
            ended_at=at,
            written=F("lines") if stage is ImportStage.DONE else 0,
        )

    def latest(self, organisation: OrganisationId, limit: int) -> list[Import]:
        rows = ImportRow.objects.filter(organisation=as_uuid(organisation))
        return [self._import(row) for row in rows.order_by("-begun_at", "-id")[:limit]]

    def remember(
        self, organisation: OrganisationId, headings_key: str, columns: Mapping[str, int]
    ) -> None:
        RememberedColumns.objects.update_or_create(
            organisation=as_uuid(organisation),
            headings_key=headings_key,
            defaults={"columns": dict(columns)},
        )

    def recall(self, organisation: OrganisationId, headings_key: str) -> Mapping[str, int] | None:
        rows = RememberedColumns.objects.filter(
            organisation=as_uuid(organisation), headings_key=headings_key
        )
        found = rows.first()
        return dict(found.columns) if found else None

    def _import(self, row: ImportRow) -> Import:
        shop = ShopId(str(row.shop)) if row.shop else None
        return Import(
            id=ImportId(str(row.id)),
            organisation=OrganisationId(str(row.organisation)),
            by=PersonId(str(row.by)),
            token=self.secrets.decrypt(row.token) or "",
            columns=dict(row.columns),
            choice=Choice(row.platform, shop, row.most_stars),
            lines=row.lines,
            begun_at=row.begun_at,
            stage=ImportStage(row.stage),
            written=row.written,
            brought=Brought(**row.brought),
            problem=row.problem,
            ended_at=row.ended_at,
        )


class PgKeptOrders:
    """Orders that came in with tables."""

    def add_all(self, orders: Sequence[KeptOrder]) -> None:
        try:
            copy_rows("kept_order_row", [asdict(order) for order in orders])
        except UniqueViolation as problem:
            if "kept_order_once" not in str(problem):
                raise
            raise came_already() from problem

    def known(self, organisation: OrganisationId, line_keys: Collection[str]) -> set[str]:
        rows = KeptOrderRow.objects.filter(
            organisation=as_uuid(organisation), line_key__in=list(line_keys)
        )
        return set(rows.values_list("line_key", flat=True))

    def of_keys(
        self, organisation: OrganisationId, order_keys: Collection[str]
    ) -> dict[str, list[KeptOrder]]:
        rows = KeptOrderRow.objects.filter(
            organisation=as_uuid(organisation), order_key__in=list(order_keys)
        )
        found: dict[str, list[KeptOrder]] = {}
        for row in rows.order_by("-day", "id"):
            found.setdefault(row.order_key, []).append(_order(row))
        return found


def _order(row: KeptOrderRow) -> KeptOrder:
    return KeptOrder(
        id=KeptOrderId(str(row.id)),
        organisation=OrganisationId(str(row.organisation)),
        platform=row.platform,
        shop=ShopId(str(row.shop)) if row.shop else None,
        order_key=row.order_key,
        line_key=row.line_key,
        day=row.day,
        details=Sealed(row.details),
        kept_at=row.kept_at,
    )
