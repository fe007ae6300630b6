"""Organisations: who belongs to one, and its shops on outside platforms."""

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.schemas import DoneOut, IdOut, Moment, Strict
from gongdao.bootstrap import app
from gongdao.domain.flows.overseeing import OrganisationView
from gongdao.domain.kernel.ids import InvitationId, OrganisationId, PersonId, ShopId
from gongdao.domain.organisations.model import MemberRole

router = Router(tags=["organisations"])


class OrganisationIn(Strict):
    """A new one."""

    name: str = Field(max_length=200)


class MemberInvitationIn(Strict):
    """What whoever joins is to be."""

    role: MemberRole


class MemberInvitationOut(Schema):
    """A new invitation. The code is said once; a digest of it alone is kept."""

    id: str
    code: str
    role: str
    until: Moment


class JoinIn(Strict):
    """A code, and the name that colleagues will see."""

    code: str = Field(max_length=100)
    name: str = Field(max_length=200)


class MemberIn(Strict):
    """What a member is to be; null takes them out."""

    role: MemberRole | None


class MemberOut(Schema):
    """A member."""

    person: str
    name: str
    role: str
    since: Moment
    me: bool


class ShopIn(Strict):
    """A shop or account on an outside platform."""

    platform: str = Field(max_length=80)
    name: str = Field(max_length=200)


class ShopOut(Schema):
    """A shop or account."""

    id: str
    platform: str
    name: str
    open: bool


class OrganisationOut(Schema):
    """An organisation, for one of its members."""

    id: str
    name: str
    alone: bool
    role: str
    members: list[MemberOut]
    shops: list[ShopOut]

    @classmethod
    def of(cls, view: OrganisationView) -> "OrganisationOut":
        """As the member sees it."""
        return cls(
            id=view.id,
            name=view.name,
            alone=view.alone,
            role=view.role.value,
            members=[
                MemberOut(
                    person=each.who.person,
                    name=each.who.name,
                    role=each.role.value,
                    since=each.since,
                    me=each.me,
                )
                for each in view.members
            ],
            shops=[
                ShopOut(id=s.id, platform=s.platform, name=s.name, open=s.open) for s in view.shops
            ],
        )


class OrganisationsOut(Schema):
    """The caller's own, oldest first."""

    organisations: list[OrganisationOut]


class EndIn(Strict):
    """Why, if it is said."""

    why: str = Field("", max_length=5000)


@router.get(
    "/organisations",
    auth=door.SIGNED_IN,
    response=OrganisationsOut,
    operation_id="my_organisations",
)
def mine(request: HttpRequest) -> OrganisationsOut:
    """The organisations that one belongs to."""
    found = app().disputes.overseeing.mine(door.caller(request))
    return OrganisationsOut(organisations=[OrganisationOut.of(each) for each in found])


@router.post(
    "/organisations",
    auth=door.SIGNED_IN,
    response={201: IdOut},
    operation_id="found_organisation",
)
def found(request: HttpRequest, payload: OrganisationIn) -> HttpResponse:
    """Set one up; whoever does is its first owner."""
    who = door.caller(request)
    return door.answered(
        request, lambda: IdOut(id=app().disputes.organising.found(payload.name, who))
    )


@router.post(
    "/organisations/join",
    auth=door.SIGNED_IN,
    response={201: IdOut},
    operation_id="join_organisation",
)
def join(request: HttpRequest, payload: JoinIn) -> HttpResponse:
    """Follow an invitation."""
    who = door.caller(request)

    def do() -> IdOut:
        return IdOut(id=app().disputes.joining.join(payload.code, payload.name, who))

    return door.answered(request, do)


@router.get(
    "/organisations/{organisation}",
    auth=door.SIGNED_IN,
    response=OrganisationOut,
    operation_id="read_organisation",
)
def one(request: HttpRequest, organisation: str) -> OrganisationOut:
    """One of one's own."""
    view = app().disputes.overseeing.of(OrganisationId(organisation), door.caller(request))
    return OrganisationOut.of(view)


@router.post(
    "/organisations/{organisation}/invitations",
    auth=door.SIGNED_IN,
    response={201: MemberInvitationOut},
    operation_id="invite_member",
)
def invite(request: HttpRequest, organisation: str, payload: MemberInvitationIn) -> HttpResponse:
    """Make a code by which one person can join."""
    which, who = OrganisationId(organisation), door.caller(request)

    def do() -> MemberInvitationOut:
        made = app().disputes.joining.invite(which, payload.role, who)
        role = made.role.value
        return MemberInvitationOut(id=made.id, code=made.code, role=role, until=made.until)

    return door.answered(request, do)


@router.post(
    "/organisations/{organisation}/invitations/{invitation}/withdraw",
    auth=door.SIGNED_IN,
    response=DoneOut,
    operation_id="withdraw_member_invitation",
)
def withdraw(
    request: HttpRequest, organisation: str, invitation: str, payload: EndIn
) -> HttpResponse:
    """Take an invitation back."""
    del payload
    given = (OrganisationId(organisation), InvitationId(invitation), door.caller(request))

    def do() -> DoneOut:
        app().disputes.joining.withdraw(*given)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    "/organisations/{organisation}/members/{person}",
    auth=door.SIGNED_IN,
    response=DoneOut,
    operation_id="change_member",
)
def change(request: HttpRequest, organisation: str, person: str, payload: MemberIn) -> HttpResponse:
    """Make a member something else, or take them out; naming oneself without a role: leave."""
    which, whom, who = OrganisationId(organisation), PersonId(person), door.caller(request)

    def do() -> DoneOut:
        joining = app().disputes.joining
        if payload.role is not None:
            joining.change_role(which, whom, payload.role, who)
        elif whom == who.person:
            joining.leave(which, who)
        else:
            joining.remove(which, whom, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    "/organisations/{organisation}/shops",
    auth=door.SIGNED_IN,
    response={201: IdOut},
    operation_id="add_shop",
)
def add_shop(request: HttpRequest, organisation: str, payload: ShopIn) -> HttpResponse:
    """Add a shop or account."""
    which, who = OrganisationId(organisation), door.caller(request)

    def do() -> IdOut:
        organising = app().disputes.organising
        return IdOut(id=organising.add_shop(which, payload.platform, payload.name, who))

    return door.answered(request, do)


@router.post(
    "/organisations/{organisation}/shops/{shop}/close",
    auth=door.SIGNED_IN,
    response=DoneOut,
    operation_id="close_shop",
)
def close_shop(request: HttpRequest, organisation: str, shop: str, payload: EndIn) -> HttpResponse:
    """Take no new disputes for a shop."""
    del payload
    given = (OrganisationId(organisation), ShopId(shop), door.caller(request))

    def do() -> DoneOut:
        app().disputes.organising.close_shop(*given)
        return DoneOut()

    return door.answered(request, do, door.DONE)
