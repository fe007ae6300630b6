"""Organisations, their flags on buyers, rosters and trails, in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.db import connection
from django.db.models import QuerySet

from gongdao.domain.duty import roster as rosters
from gongdao.domain.duty.roster import Roster, RosterStep
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import DisputeId, InvitationId, OrganisationId, PersonId
from gongdao.domain.organisations import flags
from gongdao.domain.organisations import model as organisations
from gongdao.domain.organisations.flags import BuyerFlag, FlagStep
from gongdao.domain.organisations.model import Organisation, OrganisationStep
from gongdao.domain.organisations.ports import Trace
from gongdao.storage import codec
from gongdao.storage.organisation_models import FlagRow, OrganisationRow
from gongdao.storage.streams import PgStreams, as_uuid, keep_row

_TRAIL = """
    with its_streams (stream, dispute) as (
        select %(organisation)s::uuid, null::uuid
        union all select id, id from dispute_row where organisation = %(organisation)s
        union all select id, null from flag_row where organisation = %(organisation)s
    )
    select event.kind, event.body, its_streams.dispute
    from its_streams join event using (stream)
    where event.at < coalesce(%(before)s, 'infinity'::timestamptz)
    order by event.at desc, event.stream, event.version desc
    limit %(limit)s
"""


class PgOrganisations(PgStreams[Organisation, OrganisationStep]):
    """All organisations."""

    begins = "organisation.founded"
    fold = staticmethod(organisations.fold)

    def project(self, stream: str, standing: Organisation, version: int) -> None:
        keep_row(OrganisationRow.objects, stream, organisation_row(standing, version))

    def of_member(self, person: PersonId) -> list[Held[Organisation]]:
        rows = OrganisationRow.objects.filter(members__contains=[as_uuid(person)])
        ids = rows.order_by("founded_at", "id").values_list("id", flat=True)
        return self.several([str(each) for each in ids])

    def inviting(self, invitation: InvitationId) -> Held[Organisation] | None:
        rows = OrganisationRow.objects.filter(invitations__contains=[as_uuid(invitation)])
        found = rows.values_list("id", flat=True).first()
        return self.get(str(found)) if found else None


class PgFlags(PgStreams[BuyerFlag, FlagStep]):
    """All flags on buyers."""

    begins = "flag.raised"
    fold = staticmethod(flags.fold)

    def project(self, stream: str, standing: BuyerFlag, version: int) -> None:
        keep_row(FlagRow.objects, stream, flag_row(standing, version))

    def on_buyer(
        self, organisation: OrganisationId, platform: str, buyer_key: str, now: datetime
    ) -> list[BuyerFlag]:
        return self._flags(
            _holding(organisation, now).filter(platform=platform, buyer_key=buyer_key)
        )

    def holding(self, organisation: OrganisationId, now: datetime, limit: int) -> list[BuyerFlag]:
        return self._flags(_holding(organisation, now)[:limit])

    def _flags(self, rows: "QuerySet[FlagRow]") -> list[BuyerFlag]:
        return [held.now for held in self.several([str(row.id) for row in rows])]


class PgTeamRosters(PgStreams[Roster, RosterStep]):
    """Rosters of organisations: each is asked for by its organisation, so that it needs no row."""

    begins = "roster.set"
    fold = staticmethod(rosters.fold)

    def project(self, stream: str, standing: Roster, version: int) -> None:
        """Nothing is listed."""

    def of(self, organisation: OrganisationId) -> Held[Roster] | None:
        return next(iter(self.several([roster_of(organisation)])), None)

    def write(
        self, organisation: OrganisationId, steps: Sequence[RosterStep], *, after: int
    ) -> Held[Roster]:
        return self.add(roster_of(organisation), steps, after=after)


class PgTrails:
    """What happened in organisations."""

    def of_organisation(
        self, organisation: OrganisationId, limit: int, before: datetime | None = None
    ) -> list[Trace]:
        asked = {"organisation": as_uuid(organisation), "before": before, "limit": limit}
        with connection.cursor() as cursor:
            cursor.execute(_TRAIL, asked)
            rows = cursor.fetchall()
        return [
            Trace(codec.decode_event(kind, body), DisputeId(str(dispute)) if dispute else None)
            for kind, body, dispute in rows
        ]


def roster_of(organisation: OrganisationId) -> str:
    """The one stream of an organisation's roster."""
    return str(uuid5(as_uuid(organisation), "roster"))


def organisation_row(now: Organisation, version: int) -> dict[str, object]:
    """An organisation's row."""
    return {
        "version": version,
        "party": UUID(now.party),
        "alone": now.alone,
        "founded_at": now.founded_at,
        "members": sorted(UUID(person) for person in now.members),
        "invitations": sorted(UUID(each) for each in now.invitations),
    }


def flag_row(flag: BuyerFlag, version: int) -> dict[str, object]:
    """A flag's row."""
    return {
        "version": version,
        "organisation": UUID(flag.organisation),
        "platform": flag.platform,
        "buyer_key": flag.buyer_key,
        "until": flag.until,
        "ended_at": flag.ended_at,
    }


def _holding(organisation: OrganisationId, now: datetime) -> "QuerySet[FlagRow]":
    rows = FlagRow.objects.filter(organisation=as_uuid(organisation), ended_at__isnull=True)
    return rows.filter(until__gt=now).order_by("until", "id")
