"""Appeals, and how their reviewers end them."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from gongdao.api import door
from gongdao.api.schemas import AppealIn, AppealOut, EndedOut, IdOut, OutcomeIn
from gongdao.bootstrap import app, forecasts
from gongdao.domain.access.rules import not_found
from gongdao.domain.appeals.model import Channel, Filing
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.kernel.ids import AppealId, DecisionId, ExhibitId

router = Router(tags=["appeals"])


@router.post("/appeals", auth=door.PARTY, response={201: IdOut}, operation_id="file_appeal")
def file_appeal(request: HttpRequest, payload: AppealIn) -> HttpResponse:
    """Appeal against a decision, by the code of its notice (`X-Case-Code`) or signed in."""
    who = door.caller(request)

    def do() -> IdOut:
        decision, filing = DecisionId(payload.decision), Filing()
        if payload.filing is not None:
            brings = [ExhibitId(each) for each in payload.filing.brings]
            channel = Channel(payload.filing.channel)
            guiding = app().around_appeals.guiding
            filing = guiding.filing(decision, channel, payload.filing.wish, brings, who)
        weighed = forecasts.weighed(decision, payload.grounds, who)
        made = app().appealing.file(decision, payload.grounds, who, filing, weighed)
        return IdOut(id=made)

    return door.answered(request, do)


@router.get("/appeals/{appeal}", auth=door.PARTY, response=AppealOut, operation_id="read_appeal")
def read_appeal(request: HttpRequest, appeal: str) -> AppealOut:
    """An appeal from the caller's chair; each side sees its own."""
    who = door.caller(request)
    found = app().records.appeals.get(appeal).now
    view = app().files.open(found.case, who)
    mine = next((a for a in view.appeals if a.id == appeal), None)
    if mine is None:
        raise not_found()
    return AppealOut.of(mine, view.id)


@router.post(
    "/appeals/{appeal}/outcome", auth=door.DECIDER, response=EndedOut, operation_id="end_appeal"
)
def end_appeal(request: HttpRequest, appeal: str, payload: OutcomeIn) -> HttpResponse:
    """End an appeal; only the reviewer to whom the system gave it can.

    Where two people answer for it, it is held until a second one confirms it.
    """
    who = door.caller(request)
    wanted = AppealId(appeal)

    def do() -> EndedOut:
        if payload.ending == "uphold":
            done = app().reviewing.uphold(wanted, payload.reasons, who)
        elif payload.ending == "overturn":
            done = app().reviewing.overturn(wanted, payload.reasons, who)
        elif payload.measure is None:
            raise BadInput("appeal.no_measure", hint_noop("Pick the measure that takes its place."))
        else:
            done = app().reviewing.change(wanted, payload.measure.measure(), payload.reasons, who)
        return EndedOut(done=done, held=not done)

    return door.answered(request, do, door.DONE)
