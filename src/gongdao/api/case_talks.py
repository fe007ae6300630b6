"""Talking over a case of this installation: offered by its reporter, joined by its respondent."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from gongdao.api import door
from gongdao.api.schemas import DoneOut, IdOut
from gongdao.api.settlement_schemas import ComeIn, InsideTalkOpenIn, TalksOut
from gongdao.api.talk_seats import SEAT, chair
from gongdao.bootstrap import app
from gongdao.domain.kernel.ids import CaseId

router = Router(tags=["settlements"])


@router.get(
    "/cases/{case}/settlements",
    auth=door.PARTY,
    response=TalksOut,
    operation_id="list_case_talks",
)
def listed(request: HttpRequest, case: str) -> TalksOut:
    """The reporter's own talk, or those that the respondent was offered. Staff find none."""
    found = app().disputes.talks_inside.of_case(CaseId(case), door.caller(request))
    return TalksOut(settlements=[IdOut(id=each) for each in found])


@router.post(
    "/cases/{case}/settlements",
    auth=door.PARTY,
    response={201: IdOut},
    operation_id="offer_case_talk",
)
def offered(request: HttpRequest, case: str, payload: InsideTalkOpenIn) -> HttpResponse:
    """The reporter offers to talk, under a name of their choice. The respondent is told of it."""
    who = door.caller(request)

    def do() -> IdOut:
        story = app().disputes.talks_inside
        given = payload.name, payload.subject
        return IdOut(id=story.open(CaseId(case), *given, who, sure=payload.sure))

    return door.answered(request, do)


@router.post(
    "/settlements/{settlement}/coming",
    auth=SEAT,
    response=DoneOut,
    operation_id="come_to_case_talk",
)
def come(request: HttpRequest, settlement: str, payload: ComeIn) -> HttpResponse:
    """The respondent comes in, under a name of their own. About a dispute one comes by a code."""
    del settlement
    mine = chair(request)

    def do() -> DoneOut:
        app().disputes.talks_inside.come(mine, payload.name)
        return DoneOut()

    return door.answered(request, do, door.DONE)
