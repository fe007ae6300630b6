"""The receipt: shown once after sending, kept by whoever sent it, and downloadable as a text."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongdao.bootstrap import app, receipt_document
from gongdao.bootstrap.public_log import log, with_inclusion
from gongdao.domain.flows import reporting
from gongdao.web import pieces, times, words
from gongdao.web.public import opened, sealed, stands
from gongdao.web.public.private import private
from gongdao.web.public.report_draft import Draft

_KEPT = "receipt"


def keep(request: HttpRequest, filed: reporting.Receipt, draft: Draft) -> None:
    """Keep what the receipt page shows, until the session ends."""
    shown = {
        "token": draft.token,
        "code": filed.code,
        "leaf": filed.leaf,
        "signed": receipt_document(filed.signed),
        "kind": draft.kind,
        "ref": draft.ref,
    }
    sealed.put(request, _KEPT, shown)


def token(request: HttpRequest) -> str:
    """The name of the report that this session sent last; empty if there is none."""
    return str(sealed.get(request, _KEPT).get("token", ""))


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent, and how its case stands."""

    receipt: pieces.Receipt
    answers: pieces.Answers


@private
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The receipt; back to the beginning where there is none."""
    sent = _sent(request)
    if sent is None:
        return redirect("report")
    shown: dict[str, Any] = {"here": "report", "receipt": sent.receipt, "answers": sent.answers}
    return render(request, "public/receipt.html", shown)


@private
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The same as a plain text, to be kept on one's own machine."""
    sent = _sent(request)
    if sent is None:
        return redirect("report")
    answer = HttpResponse(_text(sent), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="gongdao-receipt.txt"'
    return answer


@private
@require_safe
def signed(request: HttpRequest) -> HttpResponse:
    """The signed receipt, for `gongdao verify`."""
    kept = sealed.get(request, _KEPT)
    if not kept:
        return redirect("report")
    written = with_inclusion(kept["signed"], kept["leaf"])
    answer = HttpResponse(written, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="gongdao-receipt.json"'
    return answer


def _sent(request: HttpRequest) -> Sent | None:
    kept = sealed.get(request, _KEPT)
    if not kept:
        return None
    case = opened.by_code(request, kept["code"])
    receipt = pieces.Receipt(
        code=kept["code"],
        received=case.view.opened_at,
        what=f"{words.said(words.SUBJECTS, kept['kind'])} · {kept['ref']}",
        leaf=kept["leaf"],
        track_url=app().records.address + reverse("track_case", args=[kept["code"]]),
        download_url=reverse("report_receipt"),
        signed_url=reverse("report_receipt_signed"),
        place=_place(kept["leaf"]),
        log_url=reverse("log"),
    )
    follow = pieces.Action(_("See where it stands"), case.url())
    answers = stands.answers(case, _now())
    return Sent(receipt, replace(answers, actions=(follow, *answers.actions)))


def _place(leaf: str) -> str:
    """Where the report stands in the public log; its entries are counted from 1 for people."""
    place = log().place(bytes.fromhex(leaf))
    if place is None:
        return _("It gets its place within seconds.")
    return _("It is in it, as number %(number)s.") % {"number": place + 1}


def _now() -> datetime:
    return app().records.clock()


def _text(sent: Sent) -> str:
    """The receipt in plain words. It is complete by itself: no page is needed to read it."""
    receipt, answers = sent.receipt, sent.answers
    lines = [
        _("Receipt for a report"),
        "",
        _line(_("Code"), receipt.code),
        _line(_("Received"), times.moment(receipt.received)),
        _line(_("About"), receipt.what),
        _line(_("Record"), receipt.leaf),
        _line(_("Public log"), receipt.place),
        _line(_("Follow it at"), receipt.track_url),
        "",
        _line(_("Where it stands"), answers.stands),
        _line(_("What happens next"), answers.next),
    ]
    if answers.clock is not None:
        lines.append(_line(answers.clock.what, times.moment(answers.clock.due)))
    lines += [
        "",
        _("Keep the code to yourself: whoever has it can read your report and withdraw it."),
        _(
            "The record is the SHA-256 hash of your report, and stands in our public log. It "
            "changes if a single letter of the report does, and it does not say who you are."
        ),
        "",
    ]
    return "\n".join(lines)


def _line(name: str, value: str) -> str:
    return _("%(name)s: %(value)s") % {"name": name, "value": value}
