"""Notices about rights, counter-notices, and their public register."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from gongdao.api import door
from gongdao.api.rights_schemas import (
    CounterNoticeIn,
    JudgeIn,
    MatterOut,
    RegisterLineOut,
    RightsNoticeIn,
    RightsReceiptOut,
    RightsStepIn,
)
from gongdao.api.schemas import DoneOut
from gongdao.bootstrap import allow_code, allow_report, app
from gongdao.domain.access.model import NOBODY, Caller
from gongdao.domain.counter_notices.events import RightsNoticeId
from gongdao.domain.flows.rights_register import PAGE, RightsRegister
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role

router = Router(tags=["rights"])


@router.post(
    "/rights-notices",
    auth=door.ANYBODY,
    response={201: RightsReceiptOut},
    operation_id="give_rights_notice",
)
def give(request: HttpRequest, payload: RightsNoticeIn) -> HttpResponse:
    """Give a notice. One without evidence or identity is refused: nothing of it is kept.

    Files are sent to `/evidence/uploads` before, and named here by their tokens. Without a key,
    many from one network are answered 429 `proof.required`, as reports are.
    """
    visitor = door.visitor(request)
    if not visitor.keyed:
        allow_report(door.address(request), request.headers.get(door.PROOF))
    caller = NOBODY if visitor.caller.has(Role.APP) else visitor.caller

    def do() -> RightsReceiptOut:
        paper = payload.given_notice()
        receipt = app().around_appeals.takedown.give(paper, caller)
        return RightsReceiptOut(number=receipt.number, code=receipt.code, leaf=receipt.leaf)

    return door.answered(request, do)


@router.get(
    "/rights-notices/{code}",
    auth=door.ANYBODY,
    response=MatterOut,
    operation_id="read_rights_notice",
)
def read(request: HttpRequest, code: str) -> MatterOut:
    """The matter for whoever holds a code of it. Reading makes what was passed on arrive."""
    notice, who = _holder(request, code)
    return MatterOut.of(app().around_appeals.rights_views.open(notice, who))


@router.post(
    "/rights-notices/{code}/counter-notice",
    auth=door.ANYBODY,
    response={201: DoneOut},
    operation_id="give_counter_notice",
)
def counter(request: HttpRequest, code: str, payload: CounterNoticeIn) -> HttpResponse:
    """Say that nothing is infringed, by the code of the letter; it is passed on at once."""
    notice, who = _holder(request, code)

    def do() -> DoneOut:
        app().around_appeals.takedown.counter(notice, payload.given(), who)
        return DoneOut()

    return door.answered(request, do)


@router.post(
    "/rights-notices/{code}/steps",
    auth=door.ANYBODY,
    response=DoneOut,
    operation_id="act_on_rights_notice",
)
def act(request: HttpRequest, code: str, payload: RightsStepIn) -> HttpResponse:
    """Whoever gave the notice adds to it, takes it back, shows a suit, asks for a pause."""
    notice, who = _holder(request, code)
    takedown, text, files = app().around_appeals.takedown, payload.text, payload.uploads

    def do() -> DoneOut:
        match payload.step:
            case "supplement":
                takedown.supplement(notice, text, files, who)
            case "withdraw":
                takedown.withdraw(notice, who)
            case "prove":
                takedown.show_proof(notice, payload.proceeding, text, files, who)
            case "pause":
                takedown.pause(notice, text, files, who)
            case "resume":
                takedown.resume(notice, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    "/rights-notices/{rights_notice}/judgements",
    auth=door.DECIDER,
    response=DoneOut,
    operation_id="judge_rights_notice",
)
def judge(request: HttpRequest, rights_notice: str, payload: JudgeIn) -> HttpResponse:
    """What a reviewer without a part in it does; the notice by its id."""
    who, notice = door.caller(request), RightsNoticeId(rights_notice)

    def do() -> DoneOut:
        _judge(notice, payload, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.get(
    "/rights-register",
    auth=door.ANYBODY,
    response=list[RegisterLineOut],
    operation_id="list_rights_register",
)
def register(
    request: HttpRequest,
    before: Annotated[str | None, Query(max_length=20)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = PAGE,
) -> list[RegisterLineOut]:
    """Notices, counter-notices and outcomes, newest first; give the last number as `before`."""
    del request
    found = RightsRegister(app().records).page(before, limit)
    return [RegisterLineOut.of(line) for line in found]


def _judge(notice: RightsNoticeId, said: JudgeIn, who: Caller) -> None:
    desk, reasons = app().around_appeals.rights_desk, said.reasons
    match said.step:
        case "accept":
            desk.accept(notice, said.measure, reasons, who, said.account, said.withheld)
        case "ask_more":
            desk.ask_more(notice, said.missing, reasons, who)
        case "reject":
            desk.reject(notice, reasons, who)
        case "doubt":
            desk.doubt(notice, reasons, who)
        case "resume":
            desk.resume(notice, who)
        case "restore":
            desk.restore(notice, reasons, who)
        case "mark":
            desk.mark(notice, said.paper, said.mark, reasons, who)
        case "handed_over":
            desk.handed_over(notice, who)


def _holder(request: HttpRequest, code: str) -> tuple[RightsNoticeId, Caller]:
    """The holder of a code; for a wrong one NotFound, and guessing is slowed down."""
    try:
        return app().around_appeals.takedown.holder(code)
    except NotFound:
        allow_code(door.address(request))
        raise
