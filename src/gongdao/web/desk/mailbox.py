"""The reviewers' end of the mailbox: what reporters wrote, and the answers to it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import DECIDERS, UNMASKERS, not_found, seat
from gongdao.domain.flows.mailing import MailboxView
from gongdao.domain.flows.records import parties_of
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.errors import Refused
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.mailbox.model import Side
from gongdao.web import pieces
from gongdao.web.desk import queue_pane
from gongdao.web.public.fields import add_refusal
from gongdao.web.public.mail_pieces import MessageForm, Shown, left_words, thread
from gongdao.web.public.private import private

_HINT = gettext_lazy("The reporter reads this. Do not ask who they are, and do not sign it.")


@dataclass(frozen=True, slots=True)
class Box:
    """One reporter's mailbox on the page."""

    number: int
    title: str
    thread: list[Shown]
    form: MessageForm
    left: str
    may_write: bool


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mailbox(request: HttpRequest, case_id: str) -> HttpResponse:
    """The mailboxes of one case; what is new in them counts as read once a reviewer saw it."""
    caller = caller_of(request.user)
    case = _case(case_id, caller)
    if request.method != "POST":
        return _page(request, case, caller)
    number = _number(request, case)
    policy = app().records.contact(case.pack).mailbox
    form = MessageForm(policy.text_max, request.POST, hint=_HINT, auto_id=f"box{number}_%s")
    if form.is_valid():
        try:
            app().mailing.write(case.id, form.cleaned_data["text"], caller, number)
        except Refused as problem:
            add_refusal(form, problem, "text")
        else:
            messages.success(request, _("Your message is sent."))
            return HttpResponseRedirect(f"{request.path}#reporter-{number}")
    return _page(request, case, caller, (number, form))


@private
@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Where reporters wait to be read, the longest waiting first."""
    caller = caller_of(request.user)
    found = app().mailing.waiting(caller)
    items = [
        pieces.NoticeItem(
            subject=_("A reporter wrote"),
            words=ngettext(
                "%(n)d message that nobody has read.",
                "%(n)d messages that nobody has read.",
                each.unread,
            )
            % {"n": each.unread},
            at=each.since,
            url=reverse("desk_mailbox", args=[each.case]),
            unread=True,
            sent="",
            tone=pieces.Tone.PLAIN,
        )
        for each in found
    ]
    page = {"items": items, "tabs": queue_pane.tabs(caller, "mailboxes"), "here": "desk"}
    return render(request, "desk/mailboxes.html", page)


def _case(case_id: str, caller: Caller) -> Case:
    """A case for somebody at the desk; NotFound for whoever has a part in it."""
    case = app().records.cases.get(CaseId(case_id)).now
    if seat(caller, parties_of(case)) not in {Seat.STAFF, Seat.AUDITOR}:
        raise not_found()
    return case


def _number(request: HttpRequest, case: Case) -> int:
    """The reporter that is written to; NotFound if the case has none of that number."""
    asked = request.POST.get("reporter", "1")
    if not asked.isascii() or not asked.isdecimal() or not 1 <= int(asked) <= len(case.reporters):
        raise not_found()
    return int(asked)


def _page(
    request: HttpRequest,
    case: Case,
    caller: Caller,
    filled: tuple[int, MessageForm] | None = None,
) -> HttpResponse:
    found = app().mailing.open(case.id, caller)
    several = len(case.reporters) > 1
    page: dict[str, Any] = {
        "here": "desk",
        "case_url": reverse("desk_case", args=[case.id]),
        "subject": app().records.opened(case.subject.ref),
        "several": several,
        "reporters": len(case.reporters),
        "boxes": [_box(view, several=several, filled=filled) for view in found],
        "begun": _begun(case, found, filled),
        "may_write": caller.has(*DECIDERS),
        "identity_url": _identity_url(case, caller),
        "form": filled[1] if filled else None,
    }
    return render(request, "desk/mailbox.html", page, status=400 if filled else 200)


def _box(view: MailboxView, *, several: bool, filled: tuple[int, MessageForm] | None) -> Box:
    number = view.reporter
    mine = filled is not None and filled[0] == number
    form = filled[1] if filled and mine else _empty(view.text_max, number)
    title = _("Reporter %(n)d") % {"n": number} if several else _("The reporter")
    may_write = view.left_today > 0 or mine
    return Box(number, title, thread(view, Side.STAFF), form, left_words(view), may_write)


def _begun(
    case: Case, found: list[MailboxView], filled: tuple[int, MessageForm] | None
) -> dict[str, Any] | None:
    """The form that begins a mailbox; None where the only reporter has one."""
    known = {view.reporter for view in found}
    most = app().records.contact(case.pack).mailbox.text_max
    if len(case.reporters) == 1 and known:
        return None
    if filled and filled[0] not in known:
        return {"number": filled[0], "form": filled[1]}
    free = (n for n in range(1, len(case.reporters) + 1) if n not in known)
    return {"number": next(free, 1), "form": _empty(most, 0)}


def _empty(most: int, number: int) -> MessageForm:
    return MessageForm(most, hint=_HINT, auto_id=f"box{number}_%s")


def _identity_url(case: Case, caller: Caller) -> str:
    return reverse("desk_identity", args=[case.id]) if caller.has(*UNMASKERS) else ""
