"""How both sides come to a negotiation over the API: invited, let in, doubted."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from ninja import Router

from gongdao.api import door, talk_seats
from gongdao.api.schemas import DoneOut, IdOut
from gongdao.api.settlement_schemas import (
    InvitationToTalkOut,
    TalkEnteredOut,
    TalkEnterIn,
    TalkOpenedOut,
    TalkOpenIn,
    TalksOut,
    TalkStepIn,
)
from gongdao.api.talk_seats import HOLDER, INVITER, chair
from gongdao.bootstrap import app
from gongdao.domain.kernel.ids import DisputeId, SettlementId

router = Router(tags=["settlements"])


@router.get(
    "/disputes/{dispute}/settlements",
    auth=door.SIGNED_IN,
    response=TalksOut,
    operation_id="list_settlements",
)
def listed(request: HttpRequest, dispute: str) -> TalksOut:
    """Negotiations about a dispute, the latest first."""
    found = app().disputes.talk_door.of_dispute(DisputeId(dispute), door.caller(request))
    return TalksOut(settlements=[IdOut(id=each) for each in found])


@router.post(
    "/disputes/{dispute}/settlements",
    auth=door.SIGNED_IN,
    response={201: TalkOpenedOut},
    operation_id="open_settlement",
)
def opened(request: HttpRequest, dispute: str, payload: TalkOpenIn) -> HttpResponse:
    """Invite the other side. The code is said in this answer alone."""
    who = door.caller(request)

    def do() -> TalkOpenedOut:
        made = app().disputes.talk_door.open(DisputeId(dispute), payload.subject, who)
        return _invitation(*made)

    return door.answered(request, do)


@router.get(
    "/settlements/invitation",
    auth=HOLDER,
    response=InvitationToTalkOut,
    operation_id="read_talk_invitation",
)
def invitation(request: HttpRequest) -> InvitationToTalkOut:
    """Who invites to what. Once somebody came, the code alone says nothing more."""
    code, talk_door = request.headers[talk_seats.CODE], app().disputes.talk_door
    if talk_door.came(code):
        return InvitationToTalkOut(came=True, inviter=None, subject=None, until=None)
    inviter, subject, until = talk_door.invitation(code)
    return InvitationToTalkOut(came=False, inviter=inviter, subject=subject, until=until)


@router.post(
    "/settlements/entry",
    auth=HOLDER,
    response=TalkEnteredOut,
    operation_id="enter_settlement",
)
def enter(request: HttpRequest, payload: TalkEnterIn) -> TalkEnteredOut:
    """Come in. The first who comes sets the word; every later device needs it.

    A wrong word is told to both sides. An Idempotency-Key counts for nothing here: no copy of the
    mark is kept, and no try is taken back.
    """
    code, talk_door = request.headers[talk_seats.CODE], app().disputes.talk_door
    mark = talk_door.enter(code, payload.word, payload.name)
    found = talk_door.theirs(code, mark).now.id
    return TalkEnteredOut(settlement=found, mark=mark)


@router.post(
    "/settlements/suspicion",
    auth=HOLDER,
    response=DoneOut,
    operation_id="suspect_settlement",
)
def suspect(request: HttpRequest, payload: TalkStepIn) -> HttpResponse:
    """Say that whoever came was somebody else: nothing is agreed on until that is cleared up."""
    del payload
    code = request.headers[talk_seats.CODE]
    return _done(request, lambda: app().disputes.talk_door.suspect(code))


@router.post(
    "/settlements/{settlement}/invitation",
    auth=INVITER,
    response={201: TalkOpenedOut},
    operation_id="invite_to_settlement_again",
)
def again(request: HttpRequest, settlement: str, payload: TalkStepIn) -> HttpResponse:
    """Another code, as long as nobody came; the one before opens nothing any more."""
    del payload
    mine = chair(request)

    def do() -> TalkOpenedOut:
        code = app().disputes.talk_door.invite_again(mine)
        return _invitation(SettlementId(settlement), code)

    return door.answered(request, do)


@router.post(
    "/settlements/{settlement}/suspicion/clear",
    auth=INVITER,
    response=DoneOut,
    operation_id="clear_suspicion",
)
def clear(request: HttpRequest, settlement: str, payload: TalkStepIn) -> HttpResponse:
    """Say that you made sure, on the platform, that the right person came."""
    del settlement, payload
    mine = chair(request)
    return _done(request, lambda: app().disputes.talk_door.clear(mine))


def _done(request: HttpRequest, step: Callable[[], None]) -> HttpResponse:
    def do() -> DoneOut:
        step()
        return DoneOut()

    return door.answered(request, do, door.DONE)


def _invitation(settlement: SettlementId, code: str) -> TalkOpenedOut:
    link = f"{app().records.address}/talk/{code}/"
    return TalkOpenedOut(id=settlement, code=code, link=link)
