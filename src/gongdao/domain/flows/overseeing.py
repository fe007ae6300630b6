"""An organisation as its members see it, and for its managers who did what in it, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from gongdao.domain.access.model import Caller
from gongdao.domain.flows.organising import Organising
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.teamwork import Colleague, Teamwork
from gongdao.domain.kernel.ids import (
    Code,
    DisputeId,
    InvitationId,
    OrganisationId,
    PersonId,
    Sealed,
    ShopId,
)
from gongdao.domain.organisations import rules
from gongdao.domain.organisations.model import MemberRole, Organisation, Right

MOST = 100
"""Lines of the audit that are shown at once."""


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member, for colleagues."""

    who: Colleague
    role: MemberRole
    since: datetime
    me: bool


@dataclass(frozen=True, slots=True)
class ShopView:
    """A shop or account."""

    id: ShopId
    platform: Code
    name: str
    open: bool


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation that can be followed. Its code is not kept."""

    id: InvitationId
    role: MemberRole
    until: datetime


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """An organisation, for one of its members."""

    id: OrganisationId
    name: str
    alone: bool
    role: MemberRole
    rights: frozenset[Right]
    members: tuple[MemberView, ...]
    invitations: tuple[OpenInvitation, ...]
    """For those who may invite."""
    shops: tuple[ShopView, ...]
    """The open ones first."""

    def may(self, right: str) -> bool:
        """Whether the member has a right."""
        return Right(right) in self.rights


@dataclass(frozen=True, slots=True)
class AuditLine:
    """Somebody did something."""

    at: datetime
    who: Colleague | None
    """None for whoever is no member any more, for the program, and for the other side."""
    role: Code
    what: Code
    """The kind of what happened, such as `dispute.filed`."""
    dispute: DisputeId | None


@dataclass(frozen=True, slots=True)
class Overseeing:
    """What members see of their organisation."""

    records: Records
    organising: Organising
    teamwork: Teamwork

    def of(self, organisation: OrganisationId, caller: Caller) -> OrganisationView:
        """One organisation; NotFound for whoever is no member."""
        held, by = self.organising.seat(organisation, caller)
        return self._view(held.now, by.person)

    def mine(self, caller: Caller) -> list[OrganisationView]:
        """All organisations of the caller, oldest first."""
        return [self._view(each, caller.person) for each in self.organising.mine(caller)]

    def audit(
        self, organisation: OrganisationId, caller: Caller, before: datetime | None = None
    ) -> list[AuditLine]:
        """Who did what and when, the latest first: for owners and managers."""
        held, _ = self.organising.seat(organisation, caller, Right.MANAGE)
        known, until = self.teamwork.colleagues(held.now), _shown_by_a_clock(before)
        return [
            AuditLine(
                at=each.event.at,
                who=known.get(each.event.by.person) if each.event.by.person else None,
                role=each.event.by.role.value,
                what=each.event.kind,
                dispute=each.dispute,
            )
            for each in self.records.trails.of_organisation(organisation, MOST, until)
        ]

    def _view(self, now: Organisation, person: PersonId | None) -> OrganisationView:
        role = next(m.role for m in now.members.values() if m.person == person)
        opened = self.records.texts.several([now.name, *(s.name for s in now.shops.values())])
        known, rights = self.teamwork.colleagues(now), role.rights
        return OrganisationView(
            id=now.id,
            name=opened.get(now.name, "—"),
            alone=now.alone,
            role=role,
            rights=rights,
            members=tuple(
                MemberView(who, now.members[who.person].role, now.members[who.person].since,
                           me=who.person == person)
                for who in known.values()
            ),
            invitations=self._invitations(now) if Right.MANAGE in rights else (),
            shops=_shops(now, opened),
        )  # fmt: skip

    def _invitations(self, now: Organisation) -> tuple[OpenInvitation, ...]:
        waiting = rules.waiting(now, self.records.clock())
        return tuple(OpenInvitation(each.id, each.role, each.until) for each in waiting)


def _shops(now: Organisation, opened: Mapping[Sealed, str]) -> tuple[ShopView, ...]:
    found = [
        ShopView(each.id, each.platform, opened.get(each.name, "—"), each.open)
        for each in now.shops.values()
    ]
    return tuple(sorted(found, key=lambda each: (not each.open, each.platform, each.name)))


def _shown_by_a_clock(moment: datetime | None) -> datetime | None:
    """The same in UTC, as every storage takes it; None for one that no clock there can show."""
    try:
        return moment.astimezone(UTC) if moment else None
    except OverflowError:
        return None
