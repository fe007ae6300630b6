"""Who may found an organisation, come into it, leave it, and do what in it."""

from collections.abc import Collection
from datetime import datetime, timedelta

from gongdao.domain.kernel.errors import NotFound, Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Role
from gongdao.domain.kernel.ids import InvitationId, OrganisationId, PersonId, Sealed, ShopId
from gongdao.domain.organisations.model import (
    Invitation,
    InvitationWithdrawn,
    MemberInvited,
    MemberJoined,
    MemberLeft,
    MemberRole,
    MemberRoleChanged,
    Organisation,
    OrganisationFounded,
    Right,
    ShopClosed,
)


def found(
    organisation: OrganisationId, party: PersonId, name: Sealed, founder: PersonId, now: datetime,
    *, alone: bool,
) -> OrganisationFounded:  # fmt: skip
    """A new one, whose first owner is its founder."""
    return OrganisationFounded(
        at=now,
        by=Actor(Role.MEMBER, founder),
        organisation=organisation,
        party=party,
        founder=founder,
        name=name,
        alone=alone,
    )


def must_have(organisation: Organisation, person: PersonId, right: Right) -> None:
    """Refused where a member's role does not allow it."""
    if person not in organisation.holders(right):
        raise Refused(
            "organisation.role",
            hint_noop("Your role in this organisation does not allow this. Ask an owner of it."),
        )


def invite(
    organisation: Organisation, invitation: InvitationId, role: MemberRole,
    valid_for: timedelta, open_most: int, by: Actor, now: datetime,
) -> MemberInvited:  # fmt: skip
    """Let whoever has the code join in this role."""
    if organisation.alone:
        raise Refused(
            "organisation.alone",
            hint_noop("Give the organisation a name first. Then others can join it."),
        )
    _only_owners(organisation, by, role)
    if len(waiting(organisation, now)) >= open_most:
        raise Refused(
            "organisation.too_many_open",
            hint_noop("{most} invitations are open. Take one back, or wait until one is used."),
            most=open_most,
        )
    return MemberInvited(
        at=now, by=by, invitation=invitation, role=role, until=now + valid_for
    )  # fmt: skip


def waiting(organisation: Organisation, now: datetime) -> list[Invitation]:
    """The invitations that can be followed now, by their end."""
    still = [each for each in organisation.invitations.values() if now < each.until]
    return sorted(still, key=lambda each: (each.until, each.id))


def invited(organisation: Organisation, invitation: InvitationId, now: datetime) -> Invitation:
    """An invitation that can be followed; NotFound for any other."""
    held = organisation.invitations.get(invitation)
    if held is None or now >= held.until:
        raise link_over()
    return held


def withdraw(
    organisation: Organisation, invitation: InvitationId, by: Actor, now: datetime
) -> list[InvitationWithdrawn]:
    """Take an invitation back; nothing where nobody can follow it any more."""
    if invitation not in organisation.invitations:
        return []
    return [InvitationWithdrawn(at=now, by=by, invitation=invitation)]


def join(
    organisation: Organisation, invitation: InvitationId, person: PersonId, members_most: int,
    now: datetime,
) -> MemberJoined:  # fmt: skip
    """Follow an invitation: it holds once."""
    held = invited(organisation, invitation, now)
    if person in organisation.members:
        raise Refused(
            "organisation.member_already", hint_noop("You are a member of this organisation.")
        )
    if len(organisation.members) >= members_most:
        raise Refused(
            "organisation.full",
            hint_noop("An organisation has at most {most} members."),
            most=members_most,
        )
    by = Actor(Role.MEMBER, person)
    return MemberJoined(at=now, by=by, invitation=invitation, person=person, role=held.role)


def link_over() -> NotFound:
    """The one answer to a code that leads nowhere, was used, taken back, or is too old."""
    return NotFound(
        "organisation.link_over",
        hint_noop("This invitation is not open any more. Ask whoever sent it for a new one."),
    )


def change_role(
    organisation: Organisation, person: PersonId, role: MemberRole, by: Actor, now: datetime
) -> list[MemberRoleChanged]:
    """Make a member something else; nothing where they are that already."""
    held = organisation.members.get(person)
    if held is None:
        raise no_member()
    if held.role is role:
        return []
    _only_owners(organisation, by, held.role, role)
    if role is not MemberRole.OWNER:
        _one_owner_stays(organisation, person)
    return [MemberRoleChanged(at=now, by=by, person=person, role=role)]


def part(organisation: Organisation, person: PersonId, by: Actor, now: datetime) -> MemberLeft:
    """Leave, or be taken out by somebody who may."""
    held = organisation.members.get(person)
    if held is None:
        raise no_member()
    if by.person != person:
        _only_owners(organisation, by, held.role)
    _one_owner_stays(organisation, person)
    return MemberLeft(at=now, by=by, person=person)


def close_shop(
    organisation: Organisation, shop: ShopId, by: Actor, now: datetime
) -> list[ShopClosed]:
    """Take no new disputes for a shop; nothing where it is closed already."""
    held = organisation.shops.get(shop)
    if held is None:
        raise NotFound("organisation.no_shop", hint_noop("There is no such shop."))
    return [ShopClosed(at=now, by=by, shop=shop)] if held.open else []


def no_member() -> NotFound:
    """There is no such member, or no longer."""
    return NotFound("organisation.no_member", hint_noop("There is no such member."))


def _only_owners(organisation: Organisation, by: Actor, *touched: MemberRole) -> None:
    owners: Collection[PersonId] = organisation.holders(Right.OWN)
    if MemberRole.OWNER in touched and by.person not in owners:
        raise Refused(
            "organisation.only_owners",
            hint_noop("Only an owner can make somebody an owner, or change or remove one."),
        )


def _one_owner_stays(organisation: Organisation, person: PersonId) -> None:
    if organisation.holders(Right.OWN) == {person}:
        raise Refused(
            "organisation.last_owner",
            hint_noop("You are the last owner. Make somebody else an owner first."),
        )
