"""What the forms of a negotiation ask for, done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal, InvalidOperation

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongdao.bootstrap import app
from gongdao.domain.flows.negotiating import Offered
from gongdao.domain.flows.talk_door import Chair
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.linting.model import Finding, Language
from gongdao.domain.settlement.events import OfferKind, Side, Withdrawer
from gongdao.domain.settlement.rules import is_held_back
from gongdao.web import words

_ROWS = range(1, 4)
_MOST_DAYS = 1000
_MOST_DIGITS = 40
"""Of an amount, before it is read as a number."""


@dataclass(frozen=True, slots=True)
class Done:
    """What is said afterwards."""

    words: str = ""
    code: str = ""
    """A new invitation code, shown once."""
    findings: tuple[Finding, ...] = ()
    """What could be friendlier; nothing was sent yet."""


def act(request: HttpRequest, chair: Chair) -> Done:
    """Do one step; refused as the story refuses it."""
    step = _STEPS.get(request.POST.get("do", ""))
    if step is None:
        raise BadInput("settlement.bad_step", hint_noop("Use one of the buttons of the page."))
    return step(request, replace(chair, sure="sure" in request.POST))


def said_items(request: HttpRequest) -> list[dict[str, str]]:
    """The rows of an offer as they were sent, to be shown again."""
    return [
        {name: request.POST.get(f"{name}_{n}", "") for name in ("kind", "by", "text", "yuan")}
        | {"n": str(n)}
        for n in _ROWS
    ]


def _say(request: HttpRequest, chair: Chair) -> Done:
    story, text = app().disputes.negotiating, request.POST.get("text", "")
    app().disputes.talks_inside.check(chair, text)
    if "as_it_is" not in request.POST:
        chinese = words.language().startswith("zh")
        found = story.look(chair, text, Language.CHINESE if chinese else Language.ENGLISH)
        grave = any(f.kind in story.policy(chair.now).stopped for f in found)
        if found and not (grave and is_held_back(chair.now, chair.side)):
            return Done(findings=tuple(found))
    story.say(chair, text, words.language())
    return Done(_("It is sent."))


def _offer(request: HttpRequest, chair: Chair) -> Done:
    story, given = app().disputes.negotiating, request.POST
    rows = [row for row in said_items(request) if row["text"].strip()]
    items = [
        Offered(_kind(row["kind"]), _side(row["by"]), row["text"], _fen(row["yuan"]))
        for row in rows
    ]
    until = app().records.clock() + timedelta(days=min(_number(given, "days"), _MOST_DAYS))
    answers = _number(given, "answers") if given.get("answers") else None
    story.offer(chair, items, until, given.get("signed", ""), words.language(), answers)
    return Done(_("Your offer is there. The other side can sign it until it ends."))


def _accept(request: HttpRequest, chair: Chair) -> Done:
    number, signed = _number(request.POST, "offer"), request.POST.get("signed", "")
    app().disputes.negotiating.accept(chair, number, signed, words.language())
    return Done(_("It is agreed. The written settlement is below."))


def _decline(request: HttpRequest, chair: Chair) -> Done:
    app().disputes.negotiating.decline(chair, _number(request.POST, "offer"))
    return Done(_("The other side is told that you declined."))


def _take_back(request: HttpRequest, chair: Chair) -> Done:
    app().disputes.negotiating.take_back(chair, _number(request.POST, "offer"))
    return Done(_("Your offer is taken back."))


def _stop(request: HttpRequest, chair: Chair) -> Done:
    del request
    app().disputes.negotiating.stop(chair)
    return Done(_("Nobody can write here any more."))


def _perform(request: HttpRequest, chair: Chair) -> Done:
    given = request.POST
    app().disputes.negotiating.perform(chair, _number(given, "item"), given.get("proof", ""))
    return Done(_("Noted. The other side confirms it."))


def _confirm(request: HttpRequest, chair: Chair) -> Done:
    app().disputes.negotiating.confirm(chair, _number(request.POST, "item"))
    return Done(_("Confirmed."))


def _contest(request: HttpRequest, chair: Chair) -> Done:
    given = request.POST
    app().disputes.negotiating.contest(chair, _number(given, "item"), given.get("why", ""))
    return Done(_("The other side is told."))


def _keep(request: HttpRequest, chair: Chair) -> Done:
    app().disputes.negotiating.keep(chair, _number(request.POST, "message"))
    return Done(_("It is among the evidence of the dispute."))


def _report(request: HttpRequest, chair: Chair) -> Done:
    given = request.POST
    why = given.get("why", "").strip() or _("This message harasses or threatens me.")
    receipt = app().disputes.negotiating.report(
        chair, _number(given, "message"), why, "zh-hans" if words.language()[:2] == "zh" else "en"
    )
    return Done(_("Reported. Keep this code to follow it: %(code)s") % {"code": receipt.code})


def _clear(request: HttpRequest, chair: Chair) -> Done:
    del request
    app().disputes.talk_door.clear(chair)
    return Done(_("Noted. Offers can be signed again."))


def _again(request: HttpRequest, chair: Chair) -> Done:
    del request
    return Done(code=app().disputes.talk_door.invite_again(chair))


def _come(request: HttpRequest, chair: Chair) -> Done:
    app().disputes.talks_inside.come(chair, request.POST.get("name", ""))
    return Done(_("You are here. Read, write, offer, or stop."))


def _close(request: HttpRequest, chair: Chair) -> Done:
    who, known = request.POST.get("withdrawn_by", ""), set(Withdrawer)
    by = Withdrawer(who) if who in known else None
    app().disputes.negotiating.close(chair, by, request.POST.get("note", ""))
    if chair.inside:
        return Done(_("The talk has ended."))
    return Done(_("It has ended, and so has the dispute."))


_STEPS: Mapping[str, Callable[[HttpRequest, Chair], Done]] = {
    "say": _say,
    "offer": _offer,
    "accept": _accept,
    "decline": _decline,
    "take_back": _take_back,
    "stop": _stop,
    "perform": _perform,
    "confirm": _confirm,
    "contest": _contest,
    "keep": _keep,
    "report": _report,
    "clear": _clear,
    "again": _again,
    "come": _come,
    "close": _close,
}


def _number(given: Mapping[str, str], name: str) -> int:
    written = given.get(name, "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0  # noqa: PLR2004 – more digits are no number of ours


def _kind(written: str) -> OfferKind:
    return OfferKind(written) if written in set(OfferKind) else OfferKind.REPLY


def _side(written: str) -> Side:
    return Side(written) if written in set(Side) else Side.INVITER


def _fen(written: str) -> int | None:
    if not written.strip():
        return None
    try:
        amount = Decimal(written.strip()[:_MOST_DIGITS])
    except InvalidOperation:
        amount = Decimal("NaN")
    # A short exponent can write a number of a million digits.
    if not amount.is_finite() or amount.adjusted() > _MOST_DIGITS:
        raise BadInput(
            "settlement.yuan", hint_noop("Write the amount in yuan, such as 15 or 15.50.")
        )
    return int(amount * 100)
