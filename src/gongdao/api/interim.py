"""Interim measures: what holds while a case is looked into."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from gongdao.api import door
from gongdao.api.schemas import DoneOut, IdOut, ReasonsIn, Strict, Text
from gongdao.bootstrap import app
from gongdao.domain.interim.model import InterimId
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.kernel.spans import Span
from gongdao.domain.policy.interim import InterimKind

router = Router(tags=["cases"])


class InterimIn(Strict):
    """What is to hold, for how long (48h, 3d) and why."""

    measure: InterimKind
    duration: Annotated[str, Field(pattern=r"^[1-9][0-9]{0,3}(h|d)$")]
    reasons: str = Text


@router.post(
    "/cases/{case}/interim-measures",
    auth=door.DECIDER,
    response={201: IdOut},
    operation_id="impose_interim_measure",
)
def impose(request: HttpRequest, case: str, payload: InterimIn) -> HttpResponse:
    """Let a measure hold until the case is decided, or for so long; the person is told why."""
    who, span = door.caller(request), Span.parse(payload.duration)

    def do() -> IdOut:
        given = (CaseId(case), payload.measure, span, payload.reasons, who)
        return IdOut(id=app().holding.impose(*given))

    return door.answered(request, do)


@router.post(
    "/interim-measures/{interim}/lift",
    auth=door.DECIDER,
    response=DoneOut,
    operation_id="lift_interim_measure",
)
def lift(request: HttpRequest, interim: str, payload: ReasonsIn) -> HttpResponse:
    """Let it hold no more."""
    who = door.caller(request)

    def do() -> DoneOut:
        app().holding.lift(InterimId(interim), payload.reasons, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)
