"""Appeals over the phone, papers for authorities, and the ways to appeal."""

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.schemas import DoneOut, IdOut, Moment, Strict
from gongdao.bootstrap import allow_code, app
from gongdao.bootstrap import papers as printing
from gongdao.domain.flows.papers import Offered
from gongdao.domain.flows.phoning import DictationView
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, DictationId
from gongdao.domain.policy.ways import Way

router = Router(tags=["appeals"])
_WORDS = Field(max_length=20_000)


class CallIn(Strict):
    """The code that a caller names."""

    code: str = Field(max_length=60)


class PartsIn(Strict):
    """What a caller said."""

    facts: str = _WORDS
    acknowledge: str = _WORDS
    change: str = _WORDS


class ReadBackIn(Strict):
    """Which parts were read back and found right."""

    right: list[Literal["facts", "acknowledge", "change"]] = Field(max_length=3)


class PrintIn(Strict):
    """Nothing needs to be said. Send `{}`."""


class ConfirmationIn(Strict):
    """The confirmation code; empty where it was spoken in the same call."""

    code: str = Field("", max_length=20)
    spoken: bool = False


class CallOut(Schema):
    """An appeal that was taken down."""

    id: str
    case: str
    stage: str
    called_at: Moment
    until: Moment
    facts: str
    acknowledge: str
    change: str
    ways: list[str]
    appeal: str | None
    code: str = Field(description="For whoever took the call, once everything was read back.")

    @classmethod
    def of(cls, view: DictationView) -> "CallOut":
        """As whoever takes calls sees it."""
        facts, acknowledge, change = view.parts
        return cls(
            id=view.id,
            case=view.case,
            stage=view.stage,
            called_at=view.called_at,
            until=view.until,
            facts=facts,
            acknowledge=acknowledge,
            change=change,
            ways=list(view.ways),
            appeal=view.appeal,
            code=view.code,
        )


class PaperOut(Schema):
    """A paper that can be printed today."""

    code: str
    route: str
    title: str
    source: str

    @classmethod
    def of(cls, offered: Offered) -> "PaperOut":
        """As it is offered."""
        return cls(
            code=offered.code, route=offered.route, title=offered.title, source=offered.source
        )


class WayOut(Schema):
    """A way to appeal."""

    kind: str
    title: str
    form: str
    speed: str
    scope: str
    source: str
    works: bool = Field(description="Whether it works in this installation.")

    @classmethod
    def of(cls, way: Way, language: str, *, works: bool) -> "WayOut":
        """In one language."""
        return cls(
            kind=way.kind.value,
            title=way.title.in_(language),
            form=way.form.in_(language),
            speed=way.speed.in_(language),
            scope=way.scope.in_(language),
            source=way.source,
            works=works,
        )


Language = Annotated[Literal["zh-hans", "en"], Query()]


@router.post("/calls", auth=door.TAKER, response={201: IdOut}, operation_id="take_call")
def take(request: HttpRequest, payload: CallIn) -> HttpResponse:
    """Begin an appeal over the phone, by the code that the caller names."""
    who = door.caller(request)

    def do() -> IdOut:
        try:
            return IdOut(id=app().around_appeals.phoning.take(payload.code, who))
        except NotFound:
            allow_code(door.address(request))
            raise

    return door.answered(request, do)


@router.get("/calls/{call}", auth=door.TAKER, response=CallOut, operation_id="read_call")
def read(request: HttpRequest, call: str) -> CallOut:
    """What was taken down so far."""
    return CallOut.of(app().around_appeals.phoning.at_desk(DictationId(call), door.caller(request)))


@router.post("/calls/{call}/parts", auth=door.TAKER, response=DoneOut, operation_id="write_call")
def write(request: HttpRequest, call: str, payload: PartsIn) -> HttpResponse:
    """Keep what the caller said."""
    who, parts = door.caller(request), (payload.facts, payload.acknowledge, payload.change)

    def do() -> DoneOut:
        app().around_appeals.phoning.write(DictationId(call), parts, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    "/calls/{call}/read-back", auth=door.TAKER, response=DoneOut, operation_id="read_call_back"
)
def read_back(request: HttpRequest, call: str, payload: ReadBackIn) -> HttpResponse:
    """Keep that every part was read back."""
    who = door.caller(request)

    def do() -> DoneOut:
        app().around_appeals.phoning.read_back(DictationId(call), payload.right, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    "/calls/{call}/confirmation",
    auth=door.PARTY,
    response={201: IdOut},
    operation_id="confirm_call",
)
def confirm(request: HttpRequest, call: str, payload: ConfirmationIn) -> HttpResponse:
    """Its maker confirms it by the code, or staff record how they did; then it is an appeal."""
    who, name = door.caller(request), DictationId(call)

    def do() -> IdOut:
        phoning = app().around_appeals.phoning
        if not who.has(Role.OPERATOR, Role.REVIEWER, Role.SENIOR_REVIEWER):
            return IdOut(id=phoning.confirm(name, payload.code, who))
        if payload.spoken:
            return IdOut(id=phoning.confirm_spoken(name, who))
        return IdOut(id=phoning.confirm_called(name, payload.code, who))

    return door.answered(request, do)


@router.get(
    "/cases/{case}/papers", auth=door.PARTY, response=list[PaperOut], operation_id="list_papers"
)
def list_papers(request: HttpRequest, case: str, language: Language = "zh-hans") -> list[PaperOut]:
    """The papers for authorities that the caller can have today."""
    view = app().files.open(CaseId(case), door.caller(request))
    return [PaperOut.of(each) for each in app().around_appeals.papers.offered(view, language)]


@router.post(
    "/cases/{case}/papers/{paper}", auth=door.PARTY, response=None, operation_id="print_paper"
)
def print_paper(
    request: HttpRequest, case: str, paper: str, payload: PrintIn, language: Language = "zh-hans"
) -> HttpResponse:
    """One of them as PDF/A; English is a reading copy."""
    del payload
    who = door.caller(request)
    printing.allow(str(who.person))
    made, content = printing.printed(CaseId(case), paper, language, who)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="gongdao-{made.code}.pdf"'
    return answer


@router.get("/ways", auth=door.ANYBODY, response=list[WayOut], operation_id="list_ways")
def list_ways(request: HttpRequest, language: Language = "zh-hans") -> list[WayOut]:  # noqa: ARG001
    """The ways to appeal, and which of them work here."""
    return [WayOut.of(way, language, works=works) for way, works in printing.ways()]
