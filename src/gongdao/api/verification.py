"""Showing who one is: proofs of whoever appeals, and friends who vouch."""

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.schemas import DoneOut, Moment, Strict
from gongdao.bootstrap import allow_code, app
from gongdao.domain.flows.verified import InvitationView, ProofsView, ReviewedProofs
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.ids import CaseId, InvitationId
from gongdao.domain.verification.model import Device
from gongdao.domain.verification.rules import Weight

router = Router(tags=["verification"])


class ProofLineOut(Schema):
    """What one kind of proof weighs."""

    kind: str = Field(description="`device`, `sign_in`, `vouches` or `face`.")
    weight: int
    most: int


class WeightOut(Schema):
    """What all proofs weigh together, out of a hundred that they never reach."""

    total: int
    lines: list[ProofLineOut]

    @classmethod
    def of(cls, weight: Weight) -> "WeightOut":
        """In plain figures."""
        lines = [
            ProofLineOut(kind=each.kind.value, weight=each.weight, most=each.most)
            for each in weight.lines
        ]
        return cls(total=weight.total, lines=lines)


class DeviceOut(Schema):
    """How somebody was signed in, and since when that device signs in to the account."""

    at: Moment
    sign_in: str
    since: Moment | None
    known: bool

    @classmethod
    def of(cls, device: Device) -> "DeviceOut":
        """As it was kept."""
        sign_in = device.sign_in.value
        return cls(at=device.at, sign_in=sign_in, since=device.since, known=device.known)


class InvitationIn(Strict):
    """The name that a friend is shown."""

    name: str = Field(max_length=200)


class InvitationOut(Schema):
    """One invitation, for whoever made it."""

    id: str
    name: str
    code: str = Field(description="Empty once nobody can use it any more.")
    state: str
    until: Moment

    @classmethod
    def of(cls, view: InvitationView) -> "InvitationOut":
        """As whoever made it sees it."""
        return cls(id=view.id, name=view.name, code=view.code, state=view.state, until=view.until)


class ProofsOut(Schema):
    """What somebody gathered, as they see it: never which friend's answer counts."""

    open: bool
    wanted: int
    answered: int
    face: bool = Field(description="Whether a service for live faces is joined.")
    at_most: WeightOut
    invitations: list[InvitationOut]
    devices: list[DeviceOut]

    @classmethod
    def of(cls, view: ProofsView) -> "ProofsOut":
        """From their own chair."""
        return cls(
            open=view.open,
            wanted=view.wanted,
            answered=view.answered,
            face=view.face,
            at_most=WeightOut.of(view.at_most),
            invitations=[InvitationOut.of(each) for each in view.invitations],
            devices=[DeviceOut.of(each) for each in view.devices],
        )


class FriendOut(Schema):
    """One friend's answer; who it is only where it counts."""

    at: Moment
    who: str
    known_since: Moment | None
    aside: str


class RingOut(Schema):
    """Something that was noticed about the friends: a reason to look closer, no more."""

    sign: str
    friends: list[str]
    people: int
    cases: int


class ProofStepIn(Strict):
    """Nothing needs to be said. Send `{}`."""


class ReviewedOut(Schema):
    """What somebody gathered, as staff see it."""

    account: str
    weight: WeightOut
    wanted: int
    invited: int
    friends: list[FriendOut]
    rings: list[RingOut]
    devices: list[DeviceOut]

    @classmethod
    def of(cls, found: ReviewedProofs) -> "ReviewedOut":
        """For the desk."""
        return cls(
            account=found.account,
            weight=WeightOut.of(found.weight),
            wanted=found.wanted,
            invited=found.invited,
            friends=[
                FriendOut(at=f.at, who=f.who, known_since=f.known_since, aside=f.aside)
                for f in found.friends
            ],
            rings=[
                RingOut(sign=r.sign, friends=list(r.friends), people=r.people, cases=r.cases)
                for r in found.rings
            ],
            devices=[DeviceOut.of(each) for each in found.devices],
        )


class AskedOut(Schema):
    """What a friend is told."""

    name: str
    until: Moment


@router.get(
    "/cases/{case}/proofs", auth=door.PARTY, response=ProofsOut, operation_id="read_my_proofs"
)
def read_mine(request: HttpRequest, case: str) -> ProofsOut:
    """What one gathered to show who one is; for the person concerned alone."""
    found = app().around_appeals.verifying.of(CaseId(case), door.caller(request))
    return ProofsOut.of(found)


@router.get(
    "/cases/{case}/proofs/review",
    auth=door.READER,
    response=list[ReviewedOut],
    operation_id="review_proofs",
)
def review(request: HttpRequest, case: str) -> list[ReviewedOut]:
    """What was gathered in a case, for staff and the auditor."""
    found = app().around_appeals.verifying.for_review(CaseId(case), door.caller(request))
    return [ReviewedOut.of(each) for each in found]


@router.post(
    "/cases/{case}/proofs/invitations",
    auth=door.PARTY,
    response={201: InvitationOut},
    operation_id="invite_friend",
)
def invite(request: HttpRequest, case: str, payload: InvitationIn) -> HttpResponse:
    """Make an invitation; its code goes to the friend by whatever way."""
    who = door.caller(request)

    def do() -> InvitationOut:
        story = app().around_appeals.verifying
        return InvitationOut.of(story.invite(CaseId(case), payload.name, who))

    return door.answered(request, do)


@router.post(
    "/cases/{case}/proofs/invitations/{invitation}/withdraw",
    auth=door.PARTY,
    response=DoneOut,
    operation_id="withdraw_invitation",
)
def withdraw(
    request: HttpRequest, case: str, invitation: str, payload: ProofStepIn
) -> HttpResponse:
    """Take an invitation back."""
    del payload
    who = door.caller(request)

    def do() -> DoneOut:
        story = app().around_appeals.verifying
        story.withdraw(CaseId(case), InvitationId(invitation), who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.get(
    "/vouching/{code}", auth=door.ANYBODY, response=AskedOut, operation_id="read_invitation"
)
def read_invitation(request: HttpRequest, code: str) -> AskedOut:
    """What an invitation asks: a name, and nothing of what it is for."""
    try:
        asked = app().around_appeals.verifying.asked(code)
    except NotFound:
        allow_code(door.address(request))
        raise
    return AskedOut(name=asked.name, until=asked.until)


@router.post(
    "/vouching/{code}",
    auth=door.SIGNED_IN,
    response={201: DoneOut},
    operation_id="vouch_for_friend",
)
def vouch(request: HttpRequest, code: str, payload: ProofStepIn) -> HttpResponse:
    """Confirm it as oneself. Every answer that is taken is answered alike, counted or not."""
    del payload
    who = door.caller(request)

    def do() -> DoneOut:
        try:
            app().around_appeals.verifying.vouch(code, who)
        except NotFound:
            allow_code(door.address(request))
            raise
        return DoneOut()

    return door.answered(request, do)
