"""How far reporters are believed: one's own record, and what staff do about misuse."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from gongdao.api import door
from gongdao.api.credibility_schemas import (
    CredibilityOut,
    HearObjectionIn,
    LiftIn,
    MisuseMeasureIn,
    MisuseObjectionOut,
    MisuseReasonsIn,
    ObjectionIn,
    ReporterSeenOut,
    ReportMarkIn,
    ReviveIn,
    TakenUpOut,
    TakeUpIn,
)
from gongdao.api.firms import ACCOUNT
from gongdao.api.schemas import DoneOut, IdOut
from gongdao.bootstrap import app
from gongdao.domain.flows.misusing import Weighed
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.standing.misuse import Mark, MisuseId

router = Router(tags=["standing"])
_LANGUAGE = "zh-hans"
_REPORTER = "/cases/{case}/reporters/{number}"


@router.get(
    "/standing/credibility",
    auth=ACCOUNT,
    response=CredibilityOut | None,
    operation_id="read_my_credibility",
)
def mine(request: HttpRequest) -> CredibilityOut | None:
    """One's own record as a reporter; null where the house counts none."""
    seen = app().standing.credibility.mine(door.caller(request), _LANGUAGE)
    return CredibilityOut.of(seen) if seen else None


@router.post(
    "/standing/credibility/objections",
    auth=ACCOUNT,
    response=DoneOut,
    operation_id="object_to_measure",
)
def object_to(request: HttpRequest, payload: ObjectionIn) -> HttpResponse:
    """Appeal against a warning or a measure; somebody who took no part decides."""
    who = door.caller(request)

    def do() -> DoneOut:
        app().standing.misusing.object(payload.about, payload.grounds, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    "/standing/credibility/take-up",
    auth=ACCOUNT,
    response=TakenUpOut,
    operation_id="take_up_my_reports",
)
def take_up(request: HttpRequest, payload: TakeUpIn) -> HttpResponse:
    """Have one report looked at that was set aside, or all, once the measure is over.

    The oldest hundred at once; `reports` says how many. Ask again for the rest.
    """
    who = door.caller(request)

    def do() -> TakenUpOut:
        of = app().standing
        if payload.case is None:
            return TakenUpOut(reports=of.misusing.revive_mine(who))
        of.taking_up.mine(CaseId(payload.case), who)
        return TakenUpOut(reports=1)

    return door.answered(request, do, door.DONE)


@router.get(
    f"{_REPORTER}/credibility",
    auth=door.DECIDER,
    response=ReporterSeenOut | None,
    operation_id="read_reporter_credibility",
)
def of_reporter(request: HttpRequest, case: str, number: int) -> ReporterSeenOut | None:
    """A reporter's record by their number in a case; null for whoever has no account."""
    views = app().standing.credibility
    seen = views.of_reporter(CaseId(case), number, door.caller(request), _LANGUAGE)
    return ReporterSeenOut.of(seen) if seen else None


@router.post(f"{_REPORTER}/marks", auth=door.DECIDER, response=DoneOut, operation_id="mark_report")
def mark(request: HttpRequest, case: str, number: int, payload: ReportMarkIn) -> HttpResponse:
    """Find a decided report manifestly unfounded or malicious, with reasons."""
    who = door.caller(request)

    def do() -> DoneOut:
        found = Mark(payload.mark)
        app().standing.misusing.mark(CaseId(case), number, found, payload.reasons, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    f"{_REPORTER}/marks/withdraw",
    auth=door.DECIDER,
    response=DoneOut,
    operation_id="withdraw_mark",
)
def unmark(request: HttpRequest, case: str, number: int, payload: MisuseReasonsIn) -> HttpResponse:
    """Take a mark back."""
    who = door.caller(request)

    def do() -> DoneOut:
        app().standing.misusing.unmark(CaseId(case), number, payload.reasons, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    f"{_REPORTER}/warnings", auth=door.DECIDER, response={201: IdOut}, operation_id="warn_reporter"
)
def warn(request: HttpRequest, case: str, number: int, payload: MisuseReasonsIn) -> HttpResponse:
    """Warn a reporter of a measure."""
    who, misusing = door.caller(request), app().standing.misusing
    return door.answered(
        request, lambda: IdOut(id=misusing.warn(CaseId(case), number, payload.reasons, who))
    )


@router.post(
    f"{_REPORTER}/measures", auth=door.DECIDER, response={201: IdOut}, operation_id="limit_reporter"
)
def limit(request: HttpRequest, case: str, number: int, payload: MisuseMeasureIn) -> HttpResponse:
    """Set a reporter's reports aside for a time, after a warning."""
    who, misusing = door.caller(request), app().standing.misusing
    weighed = Weighed(payload.gravity, payload.intention, payload.reasons, payload.days)
    return door.answered(
        request, lambda: IdOut(id=misusing.limit(CaseId(case), number, weighed, who))
    )


@router.post(
    f"{_REPORTER}/measures/lift", auth=door.DECIDER, response=DoneOut, operation_id="lift_measure"
)
def lift(request: HttpRequest, case: str, number: int, payload: LiftIn) -> HttpResponse:
    """End a measure, or take a warning back; what was set aside is taken up."""
    who = door.caller(request)

    def do() -> DoneOut:
        given = (payload.about, payload.reasons)
        app().standing.misusing.lift(CaseId(case), number, *given, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    "/cases/{case}/revive", auth=door.DECIDER, response=DoneOut, operation_id="revive_report"
)
def revive(request: HttpRequest, case: str, payload: ReviveIn) -> HttpResponse:
    """Take up one report that was set aside."""
    del payload
    who = door.caller(request)

    def do() -> DoneOut:
        app().standing.taking_up.grave(CaseId(case), who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    f"{_REPORTER}/revive",
    auth=door.DECIDER,
    response=TakenUpOut,
    operation_id="revive_reports_of_reporter",
)
def revive_all(request: HttpRequest, case: str, number: int, payload: ReviveIn) -> HttpResponse:
    """Take up what is set aside of a reporter's, the oldest hundred, once the measure is over."""
    del payload
    who, misusing = door.caller(request), app().standing.misusing
    return door.answered(
        request,
        lambda: TakenUpOut(reports=misusing.revive_all(CaseId(case), number, who)),
        door.DONE,
    )


@router.get(
    "/standing/objections",
    auth=door.DECIDER,
    response=list[MisuseObjectionOut],
    operation_id="list_objections",
)
def objections(request: HttpRequest) -> list[MisuseObjectionOut]:
    """The appeals against warnings and measures that wait, the oldest first."""
    found = app().standing.credibility.to_hear(door.caller(request), _LANGUAGE)
    return [MisuseObjectionOut.of(each) for each in found]


@router.post(
    "/standing/objections/{misuse_file}/{about}",
    auth=door.DECIDER,
    response=DoneOut,
    operation_id="hear_objection",
)
def hear(
    request: HttpRequest, misuse_file: str, about: str, payload: HearObjectionIn
) -> HttpResponse:
    """Decide on one of them, as somebody who took no part."""
    who, overturned = door.caller(request), payload.overturned

    def do() -> DoneOut:
        given = (MisuseId(misuse_file), about, payload.reasons)
        app().standing.misusing.hear(*given, who, overturned=overturned)
        return DoneOut()

    return door.answered(request, do, door.DONE)
