"""Firms, complaints with a tier, the duty roster, and calendar feeds."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.schemas import DoneOut, IdOut, Moment, Strict
from gongdao.bootstrap import app
from gongdao.domain.duty.model import ComplaintId, DutyId
from gongdao.domain.firms.model import Firm, FirmId
from gongdao.domain.firms.rules import Application
from gongdao.domain.flows.tiering import ComplaintView, Incoming

router = Router(tags=["firms"])

ACCOUNT = door.Door(
    "Somebody signed in, or their own key: a firm is its account's alone.",
    lambda caller: caller.person is not None and caller.only_case is None,
)
Words = Field(max_length=4000)
TOO_FEW = 20
"""Below this many, a median says nothing."""


class FirmIn(Strict):
    """What a firm applies with."""

    name: str = Field(max_length=200)
    number: str = Field(max_length=40, description="The unified social credit code.")
    representative: str = Field(max_length=200)
    signature: str = Field(max_length=200, description="The representative's name, typed.")
    agreed: bool = Field(description="To the undertaking of the pack.")
    upload: str = Field(max_length=200, description="Token of the licence, sent as a file.")
    language: str = Field("zh", max_length=10, description="Of the undertaking that was read.")


class FirmOut(Schema):
    """A firm as it stands, for itself."""

    id: str
    stage: str
    pending: bool
    until: Moment | None
    lane: bool
    missing: list[str]
    grade: str
    balance_fen: int
    contest_until: Moment | None

    @classmethod
    def of(cls, firm: Firm) -> "FirmOut":
        """As the house knows it."""
        needs = app().around_appeals.firms.needs(firm)
        return cls(
            id=firm.id,
            stage=firm.stage.value,
            pending=firm.pending is not None,
            until=firm.until,
            lane=firm.lane,
            missing=list(needs.missing),
            grade=needs.grade.code,
            balance_fen=firm.balance_fen,
            contest_until=firm.loss.contest_until if firm.loss else None,
        )


class ContestGroundsIn(Strict):
    """Why, in words."""

    grounds: str = Words


class FirmDecisionIn(Strict):
    """What a reviewer found."""

    accept: bool
    reasons: str = Words


class ComplaintIn(Strict):
    """A complaint that came in."""

    tier: str = Field(max_length=80)
    about: str = Words
    reference: str = Field("", max_length=200)
    received_at: datetime | None = Field(None, description="With an offset; by default now.")


class TickIn(Strict):
    """That something was done."""

    proof: str = Words
    upload: str = Field("", max_length=200, description="Token of a file that was sent.")


class TierDutyOut(Schema):
    """One thing to do."""

    id: str
    code: str
    due_at: Moment | None
    late: bool
    done_at: Moment | None


class ComplaintOut(Schema):
    """A complaint with what its tier asks for."""

    id: str
    number: str
    tier: str
    open: bool
    taken: bool
    received_at: Moment
    duties: list[TierDutyOut]
    papers: dict[str, bool]

    @classmethod
    def of(cls, view: ComplaintView) -> "ComplaintOut":
        """As the house knows it."""
        return cls(
            id=view.complaint.id,
            number=view.number,
            tier=view.tier.code,
            open=view.complaint.is_open,
            taken=view.complaint.taken_by is not None,
            received_at=view.complaint.received_at,
            duties=[
                TierDutyOut(
                    id=each.id,
                    code=each.rule.code,
                    due_at=each.clock.due_at if each.clock else None,
                    late=each.clock.late if each.clock else False,
                    done_at=each.done_at,
                )
                for each in view.duties
            ],
            papers={each.code: each.ready_at is not None for each in view.papers},
        )


class ComplaintsOut(Schema):
    """Complaints, the open ones first."""

    complaints: list[ComplaintOut]


class SpellOut(Schema):
    """Somebody is on duty from then until then."""

    begins: Moment
    ends: Moment
    name: str


class RosterGapOut(Schema):
    """Nobody is."""

    begins: Moment
    ends: Moment


class DutyBoardOut(Schema):
    """Who is on duty, the week ahead, and the gaps in it."""

    on_duty: str
    until: Moment | None
    next: str
    responsible: str
    week: list[SpellOut]
    gaps: list[RosterGapOut]


class CalendarIn(Strict):
    """Nothing needs to be said. Send `{}`."""


class FeedOut(Schema):
    """The address of a calendar feed, said once."""

    url: str


class LaneOut(Schema):
    """What the lane cost the others."""

    share: int
    days: int
    pulls: int
    ahead: int
    n: int
    median_minutes: float | None
    """None below twenty: too few to tell."""


@router.post("/firm", auth=ACCOUNT, response={201: IdOut}, operation_id="apply_as_firm")
def apply(request: HttpRequest, payload: FirmIn) -> HttpResponse:
    """Ask to be verified as a firm, or to renew that."""
    who = door.caller(request)
    given = Application(
        payload.name, payload.number, payload.representative, payload.signature, payload.agreed
    )

    def do() -> IdOut:
        firms = app().around_appeals.firms
        return IdOut(id=firms.apply(given, payload.upload, payload.language, who))

    return door.answered(request, do)


@router.get("/firm", auth=ACCOUNT, response=FirmOut | None, operation_id="my_firm")
def mine(request: HttpRequest) -> FirmOut | None:
    """How one's own firm stands; null without one."""
    firm = app().around_appeals.firms.mine(door.caller(request))
    return FirmOut.of(firm) if firm else None


@router.post("/firm/contest", auth=ACCOUNT, response=DoneOut, operation_id="contest_loss")
def contest(request: HttpRequest, payload: ContestGroundsIn) -> HttpResponse:
    """Object to the loss of the verification."""
    who = door.caller(request)

    def do() -> DoneOut:
        app().around_appeals.firms.contest(payload.grounds, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    "/firm/complaints", auth=ACCOUNT, response={201: IdOut}, operation_id="enter_complaint"
)
def enter(request: HttpRequest, payload: ComplaintIn) -> HttpResponse:
    """Enter a complaint that reached one's own firm; its clocks run from when it was received."""
    who = door.caller(request)
    given = Incoming(payload.tier, payload.about, payload.reference, payload.received_at)

    def do() -> IdOut:
        return IdOut(id=app().around_appeals.tiers.enter(given, who))

    return door.answered(request, do)


@router.get("/firm/complaints", auth=ACCOUNT, response=ComplaintsOut, operation_id="my_complaints")
def complaints(
    request: HttpRequest, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> ComplaintsOut:
    """The complaints of one's own firm."""
    found = app().around_appeals.tiers.of(door.caller(request), limit=limit)
    return ComplaintsOut(complaints=[ComplaintOut.of(each) for each in found])


@router.post(
    "/firm/complaints/{complaint}/duties/{duty}",
    auth=ACCOUNT,
    response=DoneOut,
    operation_id="tick_off_duty",
)
def done(request: HttpRequest, complaint: str, duty: str, payload: TickIn) -> HttpResponse:
    """Tick a thing off, with its proof."""
    who = door.caller(request)
    given = (ComplaintId(complaint), DutyId(duty), payload.proof, payload.upload)

    def do() -> DoneOut:
        app().around_appeals.tiers.done(*given, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    "/firms/{firm}/decision", auth=door.DECIDER, response=DoneOut, operation_id="decide_on_firm"
)
def decide(request: HttpRequest, firm: str, payload: FirmDecisionIn) -> HttpResponse:
    """Accept an application, or refuse it, with reasons that the firm reads."""
    who, accept = door.caller(request), payload.accept

    def do() -> DoneOut:
        app().around_appeals.firms.decide(FirmId(firm), payload.reasons, who, accept=accept)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.get("/duty", auth=door.READER, response=DutyBoardOut, operation_id="duty_board")
def board(request: HttpRequest) -> DutyBoardOut:
    """Who is on duty now and in the next seven days, and where nobody is."""
    view = app().around_appeals.rosters.board(door.caller(request))
    return DutyBoardOut(
        on_duty=view.on_duty,
        until=view.until,
        next=view.next_one,
        responsible=view.responsible,
        week=[
            SpellOut(begins=spell.begins, ends=spell.ends, name=name)
            for _, spells in view.days
            for spell, name in spells
        ],
        gaps=[RosterGapOut(begins=gap.begins, ends=gap.ends) for gap in view.gaps],
    )


@router.post("/calendar", auth=ACCOUNT, response={201: FeedOut}, operation_id="make_calendar")
def make_feed(request: HttpRequest, payload: CalendarIn) -> HttpResponse:
    """Make the address of one's calendar feed; an earlier one opens nothing any more."""
    del payload
    who = door.caller(request)
    return door.answered(request, lambda: FeedOut(url=app().around_appeals.dating.make(who)))


@router.post("/calendar/revoke", auth=ACCOUNT, response=DoneOut, operation_id="revoke_calendar")
def revoke_feed(request: HttpRequest, payload: CalendarIn) -> HttpResponse:
    """Revoke it."""
    del payload
    who = door.caller(request)

    def do() -> DoneOut:
        app().around_appeals.dating.revoke(who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.get("/lane", auth=door.ANYBODY, response=LaneOut, operation_id="lane_cost")
def lane(request: HttpRequest) -> LaneOut:
    """What the priority lane of verified firms cost the others."""
    del request
    view = app().around_appeals.lane.view()
    n = len(view.cost.extra)
    return LaneOut(
        share=view.share,
        days=view.days,
        pulls=view.cost.pulls,
        ahead=view.cost.ahead,
        n=n,
        median_minutes=view.cost.median if n >= TOO_FEW else None,
    )
