"""Negotiations about a dispute, or about a case here, until both sides keep their word."""

import json
from collections.abc import Callable
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import Query, Router

from gongdao.api import door
from gongdao.api.lint import FindingOut, LintOut
from gongdao.api.schemas import DoneOut
from gongdao.api.settlement_schemas import (
    ExhibitKeptOut,
    NumberOut,
    OfferIn,
    ProofOfItemIn,
    ReportOfMessageOut,
    SettlementOut,
    SignIn,
    TalkCloseIn,
    TalkMessageIn,
    TalkStepIn,
    WhyIn,
)
from gongdao.api.talk_seats import INVITER, SEAT, chair
from gongdao.bootstrap import app
from gongdao.bootstrap import settlements as printing
from gongdao.domain.flows.negotiating import Negotiating
from gongdao.domain.flows.talk_views import exported
from gongdao.domain.kernel.ids import Code, ExhibitId, SettlementId
from gongdao.domain.linting.model import Language
from gongdao.domain.linting.rules import language_of

router = Router(tags=["settlements"])


@router.get(
    "/settlements/{settlement}",
    auth=SEAT,
    response=SettlementOut,
    operation_id="read_settlement",
)
def one(request: HttpRequest, settlement: str) -> SettlementOut:
    """All that was said, offered, agreed on and done, as your side sees it."""
    del settlement
    return SettlementOut.of(app().disputes.negotiating.view(chair(request)))


@router.get(
    "/settlements/{settlement}/export",
    auth=SEAT,
    response=None,
    operation_id="export_settlement",
)
def export(request: HttpRequest, settlement: str) -> HttpResponse:
    """Everything to take away as JSON: byte by byte the same for both sides."""
    del settlement
    view = app().disputes.negotiating.view(chair(request))
    text = json.dumps(exported(view), ensure_ascii=False, sort_keys=True, indent=1)
    return HttpResponse(text, content_type="application/json; charset=utf-8")


@router.get(
    "/settlements/{settlement}/export.pdf",
    auth=SEAT,
    response=None,
    operation_id="print_settlement",
)
def export_pdf(
    request: HttpRequest,
    settlement: str,
    language: Annotated[Literal["zh-hans", "en"], Query()] = "zh-hans",
) -> HttpResponse:
    """The same as PDF/A."""
    mine = chair(request)
    view = app().disputes.negotiating.view(mine)
    content = printing.printed(view, language, str(mine.party))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = (
        f'attachment; filename="settlement-{SettlementId(settlement)}.pdf"'
    )
    return answer


@router.post(
    "/settlements/{settlement}/messages/look",
    auth=SEAT,
    response=LintOut,
    operation_id="look_at_settlement_message",
)
def look(request: HttpRequest, settlement: str, payload: TalkMessageIn) -> HttpResponse:
    """What could be friendlier in a message. Nothing of it is kept."""
    del settlement
    mine, language = chair(request), _language()

    def do() -> LintOut:
        found = app().disputes.negotiating.look(mine, payload.text, language)
        shown = [FindingOut.of(each, payload.text.strip()) for each in found]
        return LintOut(language=language_of(payload.text).value, findings=shown)

    return door.answered(request, do, door.DONE)


@router.post(
    "/settlements/{settlement}/messages",
    auth=SEAT,
    response={201: NumberOut},
    operation_id="say_in_settlement",
)
def say(request: HttpRequest, settlement: str, payload: TalkMessageIn) -> HttpResponse:
    """Write to the other side.

    Threats and what nobody may ask for are not sent by the inviter; about a case here by neither.
    """
    del settlement
    mine = chair(request, sure=payload.sure)
    template = Code(payload.template) if payload.template else None

    def do() -> NumberOut:
        story = app().disputes.negotiating
        return NumberOut(number=story.say(mine, payload.text, _spoken(), template))

    return door.answered(request, do)


@router.post(
    "/settlements/{settlement}/messages/{number}/report",
    auth=SEAT,
    response={201: ReportOfMessageOut},
    operation_id="report_settlement_message",
)
def report(request: HttpRequest, settlement: str, number: int, payload: WhyIn) -> HttpResponse:
    """Report a message of the other side to this installation; it is not told who reported."""
    del settlement
    mine = chair(request)

    def do() -> ReportOfMessageOut:
        story = app().disputes.negotiating
        receipt = story.report(mine, number, payload.why, _spoken())
        return ReportOfMessageOut(case=receipt.case, receipt=receipt.code)

    return door.answered(request, do)


@router.post(
    "/settlements/{settlement}/messages/{number}/keep",
    auth=INVITER,
    response={201: ExhibitKeptOut},
    operation_id="keep_settlement_message",
)
def keep(request: HttpRequest, settlement: str, number: int, payload: TalkStepIn) -> HttpResponse:
    """Keep a message of the other side among the dispute's evidence."""
    del settlement, payload
    mine = chair(request)
    return door.answered(
        request, lambda: ExhibitKeptOut(exhibit=app().disputes.negotiating.keep(mine, number))
    )


@router.post(
    "/settlements/{settlement}/offers",
    auth=SEAT,
    response={201: NumberOut},
    operation_id="offer_in_settlement",
)
def offer(request: HttpRequest, settlement: str, payload: OfferIn) -> HttpResponse:
    """Offer something, or something else. Never for silence, a review or a withdrawal."""
    del settlement
    mine = chair(request, sure=payload.sure)

    def do() -> NumberOut:
        items = [each.item() for each in payload.items]
        story = app().disputes.negotiating
        given = payload.until, payload.signed, _spoken(), payload.answers
        return NumberOut(number=story.offer(mine, items, *given))

    return door.answered(request, do)


@router.post(
    "/settlements/{settlement}/offers/{number}/accept",
    auth=SEAT,
    response=DoneOut,
    operation_id="accept_offer",
)
def accept(request: HttpRequest, settlement: str, number: int, payload: SignIn) -> HttpResponse:
    """Sign the other side's offer: it is agreed."""
    del settlement
    mine = chair(request, sure=payload.sure)
    return _done(request, lambda story: story.accept(mine, number, payload.signed, _spoken()))


@router.post(
    "/settlements/{settlement}/offers/{number}/decline",
    auth=SEAT,
    response=DoneOut,
    operation_id="decline_offer",
)
def decline(
    request: HttpRequest, settlement: str, number: int, payload: TalkStepIn
) -> HttpResponse:
    """Say no to the other side's offer."""
    del settlement, payload
    mine = chair(request)
    return _done(request, lambda story: story.decline(mine, number))


@router.post(
    "/settlements/{settlement}/offers/{number}/take-back",
    auth=SEAT,
    response=DoneOut,
    operation_id="take_back_offer",
)
def take_back(
    request: HttpRequest, settlement: str, number: int, payload: TalkStepIn
) -> HttpResponse:
    """Offer it no more."""
    del settlement, payload
    mine = chair(request)
    return _done(request, lambda story: story.take_back(mine, number))


@router.post(
    "/settlements/{settlement}/stop",
    auth=SEAT,
    response=DoneOut,
    operation_id="stop_settlement",
)
def stop(request: HttpRequest, settlement: str, payload: TalkStepIn) -> HttpResponse:
    """Hear no more: nobody writes or offers after it. It stays so."""
    del settlement, payload
    mine = chair(request)
    return _done(request, lambda story: story.stop(mine))


@router.post(
    "/settlements/{settlement}/items/{number}/perform",
    auth=SEAT,
    response=DoneOut,
    operation_id="perform_item",
)
def perform(
    request: HttpRequest, settlement: str, number: int, payload: ProofOfItemIn
) -> HttpResponse:
    """Say that you did your part, and what shows it."""
    del settlement
    mine = chair(request, sure=payload.sure)
    exhibit = ExhibitId(payload.exhibit) if payload.exhibit else None
    return _done(request, lambda story: story.perform(mine, number, payload.proof, exhibit))


@router.post(
    "/settlements/{settlement}/items/{number}/confirm",
    auth=SEAT,
    response=DoneOut,
    operation_id="confirm_item",
)
def confirm(
    request: HttpRequest, settlement: str, number: int, payload: TalkStepIn
) -> HttpResponse:
    """Say that you have what the other side owed."""
    del settlement, payload
    mine = chair(request)
    return _done(request, lambda story: story.confirm(mine, number))


@router.post(
    "/settlements/{settlement}/items/{number}/contest",
    auth=SEAT,
    response=DoneOut,
    operation_id="contest_item",
)
def contest(request: HttpRequest, settlement: str, number: int, payload: WhyIn) -> HttpResponse:
    """Say that you have it not."""
    del settlement
    mine = chair(request, sure=payload.sure)
    return _done(request, lambda story: story.contest(mine, number, payload.why))


@router.post(
    "/settlements/{settlement}/close",
    auth=INVITER,
    response=DoneOut,
    operation_id="close_settlement",
)
def close(request: HttpRequest, settlement: str, payload: TalkCloseIn) -> HttpResponse:
    """End it once all was done, and the dispute with it: settled, or withdrawn on the platform.

    A case of this installation goes on: its reporter alone withdraws the report.
    """
    del settlement
    mine = chair(request)
    return _done(request, lambda story: story.close(mine, payload.withdrawn_by, payload.note))


def _done(request: HttpRequest, step: Callable[[Negotiating], None]) -> HttpResponse:
    def do() -> DoneOut:
        step(app().disputes.negotiating)
        return DoneOut()

    return door.answered(request, do, door.DONE)


def _language() -> Language:
    return Language.CHINESE if _spoken() == "zh-hans" else Language.ENGLISH


def _spoken() -> str:
    return "zh-hans" if (get_language() or "zh").startswith("zh") else "en"
