"""How far reporters are believed: one's own record, and what staff do about misuse."""

from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.firms import ACCOUNT
from gongdao.api.schemas import DoneOut, IdOut, Moment, Strict
from gongdao.bootstrap import app
from gongdao.domain.flows.credibility_views import (
    Credibility,
    Heard,
    MarkView,
    MeasureView,
    OfReporter,
)
from gongdao.domain.flows.misusing import Weighed
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.standing.misuse import Mark, MisuseId

router = Router(tags=["standing"])
Words = Field(max_length=8000)
_LANGUAGE = "zh-hans"
_REPORTER = "/cases/{case}/reporters/{number}"


class ReportMarkOut(Schema):
    """A reviewer's mark on a report."""

    mark: str
    at: Moment
    reasons: str
    holds: bool = Field(description="False once its decision fell: it counts no more.")

    @classmethod
    def of(cls, view: MarkView) -> "ReportMarkOut":
        """From its view."""
        return cls(mark=view.mark, at=view.at, reasons=view.reasons, holds=view.holds)


class MisuseMeasureOut(Schema):
    """A warning or a measure, and the appeal against it."""

    id: str
    kind: str
    at: Moment
    until: Moment
    stands: bool
    reasons: str
    statement: str
    appeal_closes: Moment
    may_object: bool
    objected_at: Moment | None
    overturned: bool | None
    answer: str

    @classmethod
    def of(cls, view: MeasureView) -> "MisuseMeasureOut":
        """From its view."""
        return cls(
            id=view.id,
            kind=view.kind,
            at=view.at,
            until=view.until,
            stands=view.stands,
            reasons=view.reasons,
            statement=view.statement,
            appeal_closes=view.appeal_closes,
            may_object=view.may_object,
            objected_at=view.objected_at,
            overturned=view.overturned,
            answer=view.answer,
        )


class BelievedOut(Schema):
    """What a record does to the order in one category."""

    category: str
    figure: float
    minutes_earlier: int = Field(description="Below zero: later than a neutral reporter's.")
    neutral_at: Moment | None


class CredibilityOut(Schema):
    """A reporter's record: it changes the order in which reports are looked at, and no more."""

    neutral: bool
    mean: float
    rests_on: float
    counts: dict[str, int]
    categories: list[BelievedOut]
    marks: list[ReportMarkOut]
    measures: list[MisuseMeasureOut]
    set_aside: int

    @classmethod
    def of(cls, seen: Credibility) -> "CredibilityOut":
        """From its view."""
        return cls(
            neutral=seen.neutral,
            mean=seen.mean,
            rests_on=seen.rests_on,
            counts=seen.counts,
            categories=[
                BelievedOut(
                    category=each.title.zh,
                    figure=each.figure,
                    minutes_earlier=each.minutes,
                    neutral_at=each.neutral_at,
                )
                for each in seen.categories
            ],
            marks=[ReportMarkOut.of(each) for each in seen.marks],
            measures=[MisuseMeasureOut.of(each) for each in seen.measures],
            set_aside=seen.aside,
        )


class ReporterSeenOut(Schema):
    """A reporter as staff see them: a number of a case."""

    credibility: CredibilityOut
    found: str | None
    warning_proposed: bool
    warned: bool
    limited: bool
    longest_days: int
    set_aside: list[str]

    @classmethod
    def of(cls, seen: OfReporter) -> "ReporterSeenOut":
        """From its view."""
        return cls(
            credibility=CredibilityOut.of(seen.seen),
            found=seen.found.value if seen.found else None,
            warning_proposed=seen.proposed,
            warned=seen.warned,
            limited=seen.limited,
            longest_days=seen.longest_days,
            set_aside=[each.case for each in seen.asides],
        )


class MisuseObjectionOut(Schema):
    """An appeal that waits for somebody who took no part."""

    file: str
    about: MisuseMeasureOut
    grounds: str
    marks: list[ReportMarkOut]

    @classmethod
    def of(cls, heard: Heard) -> "MisuseObjectionOut":
        """From its view."""
        return cls(
            file=heard.file,
            about=MisuseMeasureOut.of(heard.about),
            grounds=heard.about.grounds,
            marks=[ReportMarkOut.of(each) for each in heard.marks],
        )


class ObjectionIn(Strict):
    """Against what, and why."""

    about: str = Field(max_length=40, description="The id of the warning or measure.")
    grounds: str = Words


class ReportMarkIn(Strict):
    """What a reviewer found, with reasons that the reporter reads."""

    mark: Literal["manifestly_unfounded", "malicious"]
    reasons: str = Words


class MisuseReasonsIn(Strict):
    """Reasons that the reporter reads."""

    reasons: str = Words


class MisuseMeasureIn(Strict):
    """Two of the four factors in words – the other two are counted – and for how many days."""

    gravity: str = Words
    intention: str = Words
    reasons: str = Words
    days: int = Field(ge=1, le=365)


class LiftIn(Strict):
    """What is taken back, and why."""

    about: str = Field(max_length=40)
    reasons: str = Words


class HearObjectionIn(Strict):
    """How an appeal ends."""

    overturned: bool
    reasons: str = Words


class ReviveIn(Strict):
    """Nothing needs to be said. Send `{}`."""


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
        app().standing.misusing.revive(CaseId(case), who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


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
