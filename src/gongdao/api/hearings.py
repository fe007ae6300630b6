"""Hearing an appeal: opinions, notes, questions back, a second opinion, a second person."""

from typing import Any, Literal, TypeVar

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.queue import ColleagueOut, NextIn, NextOut
from gongdao.api.schemas import ClockOut, DoneOut, Moment, ReasonsIn, Strict, Text
from gongdao.bootstrap import app
from gongdao.domain.access.rules import not_found
from gongdao.domain.appeals.model import Weighed
from gongdao.domain.appeals.opinions import Leaning
from gongdao.domain.flows.asking_back import QuestionView
from gongdao.domain.flows.hearing_views import HearingView, HeldView
from gongdao.domain.kernel.ids import AppealId, PersonId

router = Router(tags=["appeals"])


class OpinionIn(Strict):
    """What somebody thinks of an appeal."""

    leaning: Literal["uphold", "change", "overturn"]
    reasons: str = Text


class SecondIn(Strict):
    """Whose opinion is asked for, and about what."""

    of: str = Field(max_length=36)
    reasons: str = Text


class ConfirmIn(Strict):
    """Whether a second person stands for an outcome, and why."""

    confirmed: bool
    reasons: str = Text


class MarkIn(Strict):
    """An account of high profile, or one that is none any more."""

    account: str = Field(max_length=200)
    marked: bool
    reasons: str = Text


class HearingAskedOut(Schema):
    """A question was sent; until when the appeal's clock stands still for it."""

    until: Moment | None


class HearingQuestionOut(Schema):
    """A question to the appellant."""

    appeal: str
    text: str
    asked_at: Moment
    until: Moment | None
    answer: str | None
    answered_at: Moment | None
    lapsed: bool
    open: bool

    @classmethod
    def of(cls, view: QuestionView) -> "HearingQuestionOut":
        """From its view."""
        return cls(**{name: getattr(view, name) for name in cls.model_fields})


class OpinionOut(Schema):
    """What somebody on the staff thinks."""

    by: str | None
    name: str
    leaning: str
    reasons: str
    at: Moment
    first: bool


class HearingSaidOut(Schema):
    """A note, a wish for an opinion, or what a second person said."""

    by: str | None
    name: str
    text: str
    at: Moment
    confirmed: bool | None


class HeldMeasureOut(Schema):
    """The milder measure of an outcome that is held."""

    penalty: str
    scope: str
    duration: str | None


class HeldOut(Schema):
    """An outcome that waits for its second person."""

    by: str
    name: str
    ending: str
    measure: HeldMeasureOut | None
    reasons: str
    at: Moment
    why: list[str]

    @classmethod
    def of(cls, view: HeldView) -> "HeldOut":
        """From its view."""
        kept = view.measure
        measure = None
        if kept is not None:
            length = str(kept.duration) if kept.duration else None
            measure = HeldMeasureOut(
                penalty=kept.penalty.value, scope=kept.scope.value, duration=length
            )
        plain = {name: _listed(getattr(view, name)) for name in cls.model_fields}
        return cls(**{**plain, "measure": measure})


class ForetoldOut(Schema):
    """What the appellant was shown before sending."""

    complete: int
    missing: list[str]
    tone: list[str]
    patterns: list[str]
    basis: str
    low: int
    high: int
    cases: int

    @classmethod
    def of(cls, view: Weighed) -> "ForetoldOut":
        """As it was shown."""
        return cls(**{name: _listed(getattr(view, name)) for name in cls.model_fields})


class HearingOut(Schema):
    """An appeal while it is heard, as the caller may see it."""

    appeal: str
    case: str
    decision: str
    level: int
    levels: int
    round: int
    side: str
    stage: str
    channel: str
    wish: str
    filed_at: Moment
    grounds: str
    reviewer: str | None
    mine: bool
    asked_of_me: bool
    waits_for: str
    clock: ClockOut | None
    since: Moment
    new_exhibits: list[str]
    """Exhibits that came in since it was last decided."""
    named: list[str]
    opened_by: list[str]
    tone: list[str]
    foretold: ForetoldOut | None
    """Absent until the caller has written an opinion."""
    hidden: bool
    opinions: list[OpinionOut]
    opinions_written: int
    wanted: HearingSaidOut | None
    questions: list[HearingQuestionOut]
    notes: list[HearingSaidOut]
    held: HeldOut | None
    verdicts: list[HearingSaidOut]
    two_people: list[str]
    two_people_for: list[str]
    further: str
    can: list[str]

    @classmethod
    def of(cls, view: HearingView) -> "HearingOut":
        """From its view, field by field."""
        plain = {name: getattr(view, name) for name in cls.model_fields if name not in _MADE}
        return cls(
            **plain,
            clock=ClockOut.of(view.clock) if view.clock else None,
            new_exhibits=[each.id for each in view.exhibits],
            foretold=ForetoldOut.of(view.foretold) if view.foretold else None,
            opinions=[_from(OpinionOut, one) for one in view.opinions],
            wanted=_from(HearingSaidOut, view.wanted) if view.wanted else None,
            questions=[HearingQuestionOut.of(one) for one in view.questions],
            notes=[_from(HearingSaidOut, one) for one in view.notes],
            held=HeldOut.of(view.held) if view.held else None,
            verdicts=[_from(HearingSaidOut, one) for one in view.verdicts],
        )


_MADE = frozenset(
    {"clock", "new_exhibits", "foretold", "opinions", "wanted", "questions"}
    | {"notes", "held", "verdicts"}
)
"""What is not taken from the view as it is."""


T = TypeVar("T", bound=Schema)


def _from(kind: type[T], view: object) -> T:
    return kind(**{name: getattr(view, name) for name in kind.model_fields})


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


class ProfileMarkOut(Schema):
    """A marked account."""

    account: str
    reasons: str
    since: Moment


@router.post("/appeals/next", auth=door.DECIDER, response=NextOut, operation_id="next_appeal")
def next_appeal(request: HttpRequest, payload: NextIn) -> HttpResponse:  # noqa: ARG001 – it is empty
    """The case whose appeal is this reviewer's next move; null where none is."""
    who = door.caller(request)
    stories = app().around_appeals
    return door.answered(request, lambda: NextOut(case=stories.hearings.next(who)), door.DONE)


@router.get(
    "/appeals/{appeal}/hearing",
    auth=door.READER,
    response=HearingOut,
    operation_id="read_hearing",
)
def read_hearing(request: HttpRequest, appeal: str) -> HearingOut:
    """An appeal as it is heard; what was foretold is left out until one has an opinion."""
    return HearingOut.of(app().around_appeals.hearings.open(AppealId(appeal), door.caller(request)))


@router.post(
    "/appeals/{appeal}/opinion", auth=door.DECIDER, response=DoneOut, operation_id="write_opinion"
)
def write_opinion(request: HttpRequest, appeal: str, payload: OpinionIn) -> HttpResponse:
    """Write the first opinion on an appeal, or the second one that its reviewer asked for."""
    who, leaning = door.caller(request), Leaning(payload.leaning)

    def do() -> DoneOut:
        hearings = app().around_appeals.hearings
        hearings.write_opinion(AppealId(appeal), leaning, payload.reasons, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    "/appeals/{appeal}/notes", auth=door.DECIDER, response=DoneOut, operation_id="note_appeal"
)
def note_appeal(request: HttpRequest, appeal: str, payload: ReasonsIn) -> HttpResponse:
    """Write something down for staff alone."""
    who = door.caller(request)

    def do() -> DoneOut:
        app().around_appeals.hearings.note(AppealId(appeal), payload.reasons, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.get(
    "/appeals/{appeal}/questions",
    auth=door.PARTY,
    response=list[HearingQuestionOut],
    operation_id="list_appeal_questions",
)
def list_questions(request: HttpRequest, appeal: str) -> list[HearingQuestionOut]:
    """What the appellant was asked and answered: for them and for staff."""
    who = door.caller(request)
    found = app().records.appeals.get(appeal).now
    view = app().files.open(found.case, who)
    if appeal not in {each.id for each in view.appeals}:
        raise not_found()
    return [HearingQuestionOut.of(one) for one in app().around_appeals.asking.of(found)]


@router.post(
    "/appeals/{appeal}/questions",
    auth=door.DECIDER,
    response={201: HearingAskedOut},
    operation_id="ask_appellant",
)
def ask_appellant(request: HttpRequest, appeal: str, payload: ReasonsIn) -> HttpResponse:
    """Ask the appellant something back; the appeal's clock stands still, up to the pack's limit."""
    who = door.caller(request)

    def do() -> HearingAskedOut:
        until = app().around_appeals.asking.ask(AppealId(appeal), payload.reasons, who)
        return HearingAskedOut(until=until)

    return door.answered(request, do)


@router.post(
    "/appeals/{appeal}/answers",
    auth=door.PARTY,
    response=DoneOut,
    operation_id="answer_appeal_question",
)
def answer_question(request: HttpRequest, appeal: str, payload: ReasonsIn) -> HttpResponse:
    """Answer the open question, by the code of the notice (`X-Case-Code`) or signed in."""
    who = door.caller(request)

    def do() -> DoneOut:
        app().around_appeals.asking.answer(AppealId(appeal), payload.reasons, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.get(
    "/appeals/{appeal}/colleagues",
    auth=door.DECIDER,
    response=list[ColleagueOut],
    operation_id="list_appeal_colleagues",
)
def list_colleagues(request: HttpRequest, appeal: str) -> list[ColleagueOut]:
    """Who took no part in the case and may be asked for an opinion."""
    hearings = app().around_appeals.hearings
    found = hearings.colleagues(AppealId(appeal), door.caller(request))
    return [ColleagueOut(person=person, name=name) for person, name in found]


@router.post(
    "/appeals/{appeal}/second-opinion",
    auth=door.DECIDER,
    response=DoneOut,
    operation_id="ask_second_opinion",
)
def ask_second(request: HttpRequest, appeal: str, payload: SecondIn) -> HttpResponse:
    """Ask a colleague who took no part for their opinion."""
    who = door.caller(request)

    def do() -> DoneOut:
        hearings = app().around_appeals.hearings
        hearings.ask_second(AppealId(appeal), PersonId(payload.of), payload.reasons, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    "/appeals/{appeal}/confirmation",
    auth=door.DECIDER,
    response=DoneOut,
    operation_id="confirm_outcome",
)
def confirm_outcome(request: HttpRequest, appeal: str, payload: ConfirmIn) -> HttpResponse:
    """Stand for a held outcome as its second person, or refuse to; nobody confirms their own."""
    who = door.caller(request)

    def do() -> DoneOut:
        say = app().reviewing.confirm if payload.confirmed else app().reviewing.refuse
        say(AppealId(appeal), payload.reasons, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.get(
    "/profiles", auth=door.SUPERVISOR, response=list[ProfileMarkOut], operation_id="list_profiles"
)
def list_profiles(request: HttpRequest) -> list[ProfileMarkOut]:
    """The accounts that the operator marked as of high profile."""
    found = app().around_appeals.high_profile.marks(door.caller(request))
    return [_from(ProfileMarkOut, one) for one in found]


@router.post("/profiles", auth=door.OPERATOR, response=DoneOut, operation_id="mark_profile")
def mark_profile(request: HttpRequest, payload: MarkIn) -> HttpResponse:
    """Mark an account as of high profile, or take the mark away."""
    who = door.caller(request)

    def do() -> DoneOut:
        story = app().around_appeals.high_profile
        (story.mark if payload.marked else story.clear)(payload.account, payload.reasons, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)
