"""Taking what comes next, and how far something has spread."""

from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.schemas import DoneOut, Moment, Strict
from gongdao.bootstrap import app
from gongdao.domain.flows.pulling import Standing
from gongdao.domain.kernel.ids import CaseId, PersonId
from gongdao.domain.triage.model import Spread
from gongdao.domain.triage.rules import LARGEST

router = Router(tags=["queue"])

Number = Field(None, ge=0, le=LARGEST)


class NextIn(Strict):
    """Nothing needs to be said: the house knows what comes next. Send `{}`."""


class NextOut(Schema):
    """The case that comes next; null where nothing waits for this reviewer."""

    case: str | None


class FactorOut(Schema):
    """One part of a priority."""

    kind: str
    code: str
    value: float
    points: int
    most: int | None


class PriorityOut(Schema):
    """Where an open case stands in its queue; a closed one stands in none."""

    open: bool
    points: int | None = None
    factors: tuple[FactorOut, ...] = ()
    ready: bool = False
    senior: bool = False
    holder: str | None = None
    until: Moment | None = None

    @classmethod
    def of(cls, standing: Standing | None) -> "PriorityOut":
        """As the queue knows it."""
        if standing is None:
            return cls(open=False)
        return cls(
            open=True,
            points=standing.points,
            factors=tuple(
                FactorOut(
                    kind=f.kind.value, code=f.code, value=f.value, points=f.points, most=f.most
                )
                for f in standing.factors
            ),
            ready=standing.ready,
            senior=standing.senior,
            holder=standing.holder,
            until=standing.until,
        )


class ColleagueOut(Schema):
    """Somebody to whom a case can be handed over."""

    person: str
    name: str


class ClaimIn(Strict):
    """What a reviewer does with a case that they hold, or want to."""

    action: Literal["take", "keep", "release", "conflict", "hand_over", "escalate"]
    to: str = Field("", max_length=36, description="For `hand_over`: whom.")
    reasons: str = Field("", max_length=20_000, description="For `hand_over` and `escalate`.")


class SpreadIn(Strict):
    """How far it has gone. What is not known is left out."""

    views: int | None = Number
    shares: int | None = Number
    members: int | None = Number


@router.post("/queue/next", auth=door.DECIDER, response=NextOut, operation_id="next_case")
def next_case(request: HttpRequest, payload: NextIn) -> HttpResponse:  # noqa: ARG001 – it is empty
    """Claim the case that comes next for this reviewer; it is kept for them for a while."""
    who = door.caller(request)
    return door.answered(request, lambda: NextOut(case=app().pulling.next(who)), door.DONE)


@router.get(
    "/cases/{case}/priority", auth=door.READER, response=PriorityOut, operation_id="read_priority"
)
def read_priority(request: HttpRequest, case: str) -> PriorityOut:
    """The priority of a case with every part of it, and who holds it."""
    return PriorityOut.of(app().pulling.standing(CaseId(case), door.caller(request)))


@router.get(
    "/cases/{case}/colleagues",
    auth=door.DECIDER,
    response=list[ColleagueOut],
    operation_id="list_colleagues",
)
def list_colleagues(request: HttpRequest, case: str) -> list[ColleagueOut]:
    """To whom a case can be handed over."""
    found = app().pulling.colleagues(CaseId(case), door.caller(request))
    return [ColleagueOut(person=person, name=name) for person, name in found]


@router.post("/cases/{case}/claim", auth=door.DECIDER, response=DoneOut, operation_id="claim_case")
def claim(request: HttpRequest, case: str, payload: ClaimIn) -> HttpResponse:
    """Take a case, keep it with a sign of life, give it back, or give it on."""
    who, pulling, which = door.caller(request), app().pulling, CaseId(case)

    def do() -> DoneOut:
        match payload.action:
            case "take":
                pulling.take(which, who)
            case "keep":
                pulling.keep(which, who)
            case "release":
                pulling.release(which, who)
            case "conflict":
                pulling.release(which, who, conflict=True)
            case "hand_over":
                pulling.hand_over(which, PersonId(payload.to), payload.reasons, who)
            case "escalate":
                pulling.escalate(which, payload.reasons, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post("/cases/{case}/spread", auth=door.APP, response=DoneOut, operation_id="tell_spread")
def tell_spread(request: HttpRequest, case: str, payload: SpreadIn) -> HttpResponse:
    """The operator's app tells how far the subject of a case has gone; the case moves at once."""
    r = app().records
    told = Spread(r.clock(), payload.views, payload.shares, payload.members)
    who = door.caller(request)

    def do() -> DoneOut:
        app().reweighing.spread(CaseId(case), told, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)
