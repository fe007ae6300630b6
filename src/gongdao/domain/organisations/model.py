"""An organisation: its members with their roles, and its shops and accounts on outside platforms.

Somebody who is alone with a blocked account has one, too: of one member, made with their first
dispute. What an organisation writes is sealed to its own party, not to the member who wrote it, so
that a member can be erased while the organisation keeps its records.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import reduce
from typing import ClassVar, TypeVar, assert_never

from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import (
    Code,
    InvitationId,
    OrganisationId,
    PersonId,
    Sealed,
    ShopId,
    TemplateId,
)

K = TypeVar("K")
V = TypeVar("V")


class Right(StrEnum):
    """What a member may do."""

    READ = "read"
    WORK = "work"
    """Everything that concerns a dispute."""
    MANAGE = "manage"
    """Members, shops, templates and the roster."""
    OWN = "own"
    """Make owners and end the organisation."""


class MemberRole(StrEnum):
    """What somebody is in an organisation."""

    OWNER = "owner"
    MANAGER = "manager"
    AGENT = "agent"
    VIEWER = "viewer"

    @property
    def rights(self) -> frozenset[Right]:
        """What it allows."""
        return _RIGHTS[self]


_RIGHTS: Mapping[MemberRole, frozenset[Right]] = {
    MemberRole.OWNER: frozenset(Right),
    MemberRole.MANAGER: frozenset((Right.READ, Right.WORK, Right.MANAGE)),
    MemberRole.AGENT: frozenset((Right.READ, Right.WORK)),
    MemberRole.VIEWER: frozenset((Right.READ,)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFounded(Event):
    """Somebody set it up and is its first owner."""

    kind: ClassVar[str] = "organisation.founded"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    organisation: OrganisationId
    party: PersonId
    """Its own party: texts and files of its disputes are kept under it."""
    founder: PersonId
    name: Sealed
    alone: bool
    """True where it was made for one person with a dispute of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRenamed(Event):
    """It has another name, and is from now on one of several people."""

    kind: ClassVar[str] = "organisation.renamed"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    name: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberInvited(Event):
    """Whoever has the code may join in this role."""

    kind: ClassVar[str] = "organisation.invited"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    invitation: InvitationId
    role: MemberRole
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationWithdrawn(Event):
    """An invitation holds no more."""

    kind: ClassVar[str] = "organisation.invitation_withdrawn"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    invitation: InvitationId


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberJoined(Event):
    """Somebody followed an invitation."""

    kind: ClassVar[str] = "organisation.joined"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    invitation: InvitationId
    person: PersonId
    role: MemberRole


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRoleChanged(Event):
    """A member is something else now."""

    kind: ClassVar[str] = "organisation.role_changed"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    person: PersonId
    role: MemberRole


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLeft(Event):
    """Somebody left, or was taken out."""

    kind: ClassVar[str] = "organisation.left"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopAdded(Event):
    """A shop or account on an outside platform."""

    kind: ClassVar[str] = "organisation.shop_added"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    shop: ShopId
    platform: Code
    """The code of the platform's rule pack."""
    name: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopClosed(Event):
    """It takes no new disputes."""

    kind: ClassVar[str] = "organisation.shop_closed"
    personal: ClassVar[Personal] = Personal.NOTHING
    shop: ShopId


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberNamed(Event):
    """A member said by which name colleagues know them. Sealed to that member."""

    kind: ClassVar[str] = "organisation.member_named"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    person: PersonId
    name: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateKept(Event):
    """A beginning of a statement of its own, new or changed."""

    kind: ClassVar[str] = "organisation.template_kept"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    template: TemplateId
    kinds: tuple[Code, ...]
    """Kinds of disputes that it is for."""
    grounds: tuple[Code, ...]
    """None: for any."""
    title: Sealed
    text: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateDropped(Event):
    """It is offered no more."""

    kind: ClassVar[str] = "organisation.template_dropped"
    personal: ClassVar[Personal] = Personal.NOTHING
    template: TemplateId


OrganisationStep = (
    OrganisationFounded
    | OrganisationRenamed
    | MemberInvited
    | InvitationWithdrawn
    | MemberJoined
    | MemberRoleChanged
    | MemberLeft
    | ShopAdded
    | ShopClosed
    | MemberNamed
    | TemplateKept
    | TemplateDropped
)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works here."""

    person: PersonId
    role: MemberRole
    since: datetime
    name: Sealed | None = None
    """By which colleagues know them, if they said."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """One that can still be followed."""

    id: InvitationId
    role: MemberRole
    until: datetime


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop or account."""

    id: ShopId
    platform: Code
    name: Sealed
    open: bool = True


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """A beginning of a statement that it keeps beside the shipped ones."""

    id: TemplateId
    kinds: tuple[Code, ...]
    grounds: tuple[Code, ...]
    title: Sealed
    text: Sealed


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation as it stands."""

    id: OrganisationId
    party: PersonId
    name: Sealed
    alone: bool
    founded_at: datetime
    members: Mapping[PersonId, Member] = field(default_factory=dict)
    invitations: Mapping[InvitationId, Invitation] = field(default_factory=dict)
    shops: Mapping[ShopId, Shop] = field(default_factory=dict)
    templates: Mapping[TemplateId, OwnTemplate] = field(default_factory=dict)

    def holders(self, right: Right) -> frozenset[PersonId]:
        """Who has this right."""
        return frozenset(m.person for m in self.members.values() if right in m.role.rights)


def begun(step: OrganisationFounded) -> Organisation:
    """The organisation as it is founded."""
    founder = Member(step.founder, MemberRole.OWNER, step.at)
    return Organisation(
        id=step.organisation,
        party=step.party,
        name=step.name,
        alone=step.alone,
        founded_at=step.at,
        members={step.founder: founder},
    )


def after(now: Organisation, step: OrganisationStep) -> Organisation:
    """The organisation as it stands after one more step."""
    match step:
        case OrganisationFounded():
            raise ValueError(f"organisation {now.id} was founded twice")
        case OrganisationRenamed():
            return replace(now, name=step.name, alone=False)
        case MemberInvited():
            invited = Invitation(step.invitation, step.role, step.until)
            return replace(now, invitations={**now.invitations, step.invitation: invited})
        case InvitationWithdrawn():
            return replace(now, invitations=_without(now.invitations, step.invitation))
        case MemberJoined():
            joined = Member(step.person, step.role, step.at)
            return replace(
                now,
                members={**now.members, step.person: joined},
                invitations=_without(now.invitations, step.invitation),
            )
        case MemberRoleChanged():
            changed = replace(now.members[step.person], role=step.role)
            return replace(now, members={**now.members, step.person: changed})
        case MemberLeft():
            return replace(now, members=_without(now.members, step.person))
        case ShopAdded():
            shop = Shop(step.shop, step.platform, step.name)
            return replace(now, shops={**now.shops, step.shop: shop})
        case ShopClosed():
            closed = replace(now.shops[step.shop], open=False)
            return replace(now, shops={**now.shops, step.shop: closed})
        case MemberNamed():
            named = replace(now.members[step.person], name=step.name)
            return replace(now, members={**now.members, step.person: named})
        case TemplateKept():
            kept = OwnTemplate(step.template, step.kinds, step.grounds, step.title, step.text)
            return replace(now, templates={**now.templates, step.template: kept})
        case TemplateDropped():
            return replace(now, templates=_without(now.templates, step.template))
        case _:
            assert_never(step)


def fold(steps: Iterable[OrganisationStep]) -> Organisation:
    """How it stands after these steps; ValueError if the first doesn't found it."""
    rest = iter(steps)
    first = next(rest, None)
    if isinstance(first, OrganisationFounded):
        return reduce(after, rest, begun(first))
    raise ValueError("an organisation begins with organisation.founded")


def _without(known: Mapping[K, V], key: K) -> Mapping[K, V]:
    return {each: value for each, value in known.items() if each != key}
