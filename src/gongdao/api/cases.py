"""Cases at the desk: the queue, and every step between receipt and decision."""

from collections.abc import Callable
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from gongdao.api import door
from gongdao.api.schemas import (
    CaseOut,
    DecisionIn,
    DecisionOut,
    DoneOut,
    IdOut,
    LineOut,
    PageOut,
    ReasonsIn,
)
from gongdao.bootstrap import app, read_once
from gongdao.domain.access.model import Caller
from gongdao.domain.decisions.model import Outcome
from gongdao.domain.decisions.rules import Ruling
from gongdao.domain.flows.lists import QueueName
from gongdao.domain.kernel.ids import CaseId, DecisionId

router = Router(tags=["cases"])


@router.get("/cases", auth=door.READER, response=PageOut, operation_id="list_cases")
def list_cases(
    request: HttpRequest,
    queue: QueueName = QueueName.RECEIVED,
    category: Annotated[str | None, Query(pattern=r"^[a-z0-9_.]{1,80}$")] = None,
    cursor: str | None = None,
    limit: int = 50,
) -> PageOut:
    """A queue of the desk, for staff and the auditor; the first due comes first."""
    page = app().desk.queue(
        door.caller(request), queue, category=category, cursor=cursor, limit=limit
    )
    return PageOut(lines=[LineOut.of(line) for line in page.lines], cursor=page.cursor)


@router.get("/cases/{case}", auth=door.PARTY, response=CaseOut, operation_id="read_case")
def read_case(request: HttpRequest, case: str) -> CaseOut:
    """A case from the caller's chair: reporter, respondent, staff or auditor."""
    with read_once():
        return CaseOut.of(app().files.open(CaseId(case), door.caller(request)))


@router.post(
    "/cases/{case}/acceptance", auth=door.DECIDER, response=DoneOut, operation_id="accept_case"
)
def accept(request: HttpRequest, case: str, payload: ReasonsIn) -> HttpResponse:
    """Take a report up. To decline it, decide `not_accepted`."""
    return _step(request, case, app().investigating.accept, payload)


@router.post(
    "/cases/{case}/answer-request",
    auth=door.DECIDER,
    response=DoneOut,
    operation_id="request_answer",
)
def request_answer(request: HttpRequest, case: str, payload: ReasonsIn) -> HttpResponse:
    """Ask the respondent for their side; their clock begins to run."""
    return _step(request, case, app().investigating.request_answer, payload)


@router.post("/cases/{case}/answer", auth=door.PARTY, response=DoneOut, operation_id="answer_case")
def answer(request: HttpRequest, case: str, payload: ReasonsIn) -> HttpResponse:
    """The respondent's side, by the code of their notice or signed in."""
    return _step(request, case, app().investigating.answer, payload)


@router.post(
    "/cases/{case}/rectification", auth=door.PARTY, response=DoneOut, operation_id="rectify_case"
)
def rectify(request: HttpRequest, case: str, payload: ReasonsIn) -> HttpResponse:
    """The respondent says how they put right what the decision named."""
    return _step(request, case, app().investigating.rectify, payload)


@router.post("/cases/{case}/notes", auth=door.DECIDER, response=DoneOut, operation_id="add_note")
def note(request: HttpRequest, case: str, payload: ReasonsIn) -> HttpResponse:
    """Write something down in the investigation, for staff alone."""
    return _step(request, case, app().investigating.note, payload)


@router.post("/cases/{case}/pauses", auth=door.DECIDER, response=DoneOut, operation_id="pause_case")
def pause(request: HttpRequest, case: str, payload: ReasonsIn) -> HttpResponse:
    """Hold the decision's clock for a reason that the pack names, such as `notarisation`."""
    return _step(request, case, app().investigating.pause, payload)


@router.post(
    "/cases/{case}/resumptions", auth=door.DECIDER, response=DoneOut, operation_id="resume_case"
)
def resume(request: HttpRequest, case: str, payload: ReasonsIn) -> HttpResponse:
    """Let the decision's clock run on."""
    return _step(request, case, app().investigating.resume, payload)


@router.post(
    "/cases/{case}/decisions", auth=door.DECIDER, response={201: IdOut}, operation_id="decide_case"
)
def decide(request: HttpRequest, case: str, payload: DecisionIn) -> HttpResponse:
    """Decide a case, or decline a report. Without a measure the ladder's own is taken."""
    who = door.caller(request)
    ruling = Ruling(
        outcome=Outcome(payload.outcome),
        findings=payload.findings,
        reasons=payload.reasons,
        clause=payload.clause,
        legal_basis=payload.legal_basis,
        measure=payload.measure.measure() if payload.measure else None,
        departure=payload.departure,
        ground=payload.ground,
    )

    def do() -> IdOut:
        return IdOut(id=app().deciding.decide(CaseId(case), ruling, who))

    return door.answered(request, do)


@router.get(
    "/decisions/{decision}", auth=door.PARTY, response=DecisionOut, operation_id="read_decision"
)
def read_decision(request: HttpRequest, decision: str) -> DecisionOut:
    """A decision from the caller's chair, with its statement of reasons where it is theirs."""
    case, view = app().files.decision_for(DecisionId(decision), door.caller(request))
    return DecisionOut.of(view, case.id)


def _step(
    request: HttpRequest,
    case: str,
    step: Callable[[CaseId, str, Caller], None],
    payload: ReasonsIn,
) -> HttpResponse:
    who = door.caller(request)

    def do() -> DoneOut:
        step(CaseId(case), payload.reasons, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)
