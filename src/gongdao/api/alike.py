"""Cases that may be about the same matter."""

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from gongdao.api import door
from gongdao.api.schemas import DoneOut, Moment, Strict
from gongdao.bootstrap import app
from gongdao.domain.flows.alike import Why
from gongdao.domain.kernel.ids import CaseId

router = Router(tags=["cases"])


class AlikeOut(Schema):
    """A case that may be about the same matter."""

    case: str
    stage: str
    subject_kind: str
    subject_ref: str
    category: str
    opened_at: Moment
    why: list[Why]
    wording: int = Field(description="How alike their statements are, from 0 to 100.")
    same: bool = Field(description="Whether staff found it to be the same matter.")


class ComparedIn(Strict):
    """Which case it was held against, and what was found."""

    other: str = Field(max_length=80)
    same: bool


@router.get(
    "/cases/{case}/alike", auth=door.READER, response=list[AlikeOut], operation_id="list_alike"
)
def list_alike(request: HttpRequest, case: str) -> list[AlikeOut]:
    """Open cases of the same account or group, and those found to be the same matter."""
    return [
        AlikeOut(
            case=each.case,
            stage=each.stage,
            subject_kind=each.subject_kind,
            subject_ref=each.subject_ref,
            category=each.category,
            opened_at=each.opened_at,
            why=list(each.why),
            wording=each.wording,
            same=each.same,
        )
        for each in app().alike.of(CaseId(case), door.caller(request))
    ]


@router.post(
    "/cases/{case}/alike", auth=door.DECIDER, response=DoneOut, operation_id="compare_case"
)
def compare(request: HttpRequest, case: str, payload: ComparedIn) -> HttpResponse:
    """Say whether two open cases are about the same matter. Nothing is joined by it."""
    who = door.caller(request)

    def do() -> DoneOut:
        app().alike.compare(CaseId(case), CaseId(payload.other), same=payload.same, caller=who)
        return DoneOut()

    return door.answered(request, do, door.DONE)
