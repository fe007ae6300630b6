"""Looking at who a reporter is: what it means is said first, and every look can be read later."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.domain.flows.records import HOUSE
from gongdao.domain.flows.unmask import Terms, UnmaskingLine
from gongdao.domain.kernel.errors import Refused
from gongdao.domain.kernel.ids import CaseId, UnmaskingId
from gongdao.domain.policy.contact import UnmaskingPolicy
from gongdao.web import pieces, words
from gongdao.web.desk import queue_pane
from gongdao.web.public.fields import LongText, add_refusal, needed
from gongdao.web.public.private import private

_AT_ONCE = 50
_FIELD_OF = {"unmask.unknown_ground": "ground", "unmask.too_many": None}


class LookForm(forms.Form):
    """Whose identity, on which ground, and why."""

    def __init__(self, terms: Terms, *args: Any, reporter: int = 1) -> None:
        super().__init__(*args)
        language, policy = words.language(), terms.policy
        self.fields["reporter"] = forms.IntegerField(
            label=_("Which reporter"),
            min_value=1,
            max_value=terms.reporters,
            initial=reporter,
            widget=forms.HiddenInput() if terms.reporters == 1 else forms.NumberInput(),
        )
        self.fields["ground"] = forms.ChoiceField(
            label=_("Kind of reason"),
            help_text=_("The reporter is told this kind, and nothing of what you write below."),
            choices=[(g.code, g.title.in_(language)) for g in policy.grounds],
            widget=forms.RadioSelect,
        )
        self.fields["reason"] = LongText(
            limit=policy.reason_max,
            label=_("The reason, in your words"),
            help_text=_("At least %(least)d characters. Auditors read it.")
            % {"least": policy.reason_min},
            **needed(_("Write down the reason."), "unmask.reason_too_short"),
        )
        self.hints = {g.code: g.hint.in_(language) for g in policy.grounds}


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, case_id: str) -> HttpResponse:
    """Say why; then the identity is shown, on this answer alone."""
    caller, case = caller_of(request.user), CaseId(case_id)
    unmask = app().unmask
    terms = unmask.terms(case, caller)
    page: dict[str, Any] = {
        "here": "desk",
        "back": reverse("desk_mailbox", args=[case]),
        "terms": terms,
    }
    if request.method != "POST":
        page["form"] = LookForm(terms, reporter=_asked(request, terms))
        return render(request, "desk/identity.html", page)
    form = LookForm(terms, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            shown = unmask.show(case, given["reporter"], given["ground"], given["reason"], caller)
        except Refused as problem:
            add_refusal(form, problem, _FIELD_OF.get(problem.code, "reason"))
        else:
            page |= {"shown": shown, "number": given["reporter"], "left": terms.left_today - 1}
            page["nothing"] = not any((shown.account, shown.contact, shown.name))
            return render(request, "desk/identity_shown.html", page)
    return render(request, "desk/identity.html", {**page, "form": form}, status=400)


@private
@login_required
@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    """Every look at a reporter's identity, newest first: for auditors."""
    caller = caller_of(request.user)
    before = request.GET.get("before", "")
    lines = app().unmask.listed(caller, _AT_ONCE, UnmaskingId(before) if before else None)
    titles = _titles()
    address = reverse("desk_looks")
    older = f"{address}?before={lines[-1].id}" if len(lines) == _AT_ONCE else ""
    page = {
        "here": "desk",
        "tabs": queue_pane.tabs(caller, "looks"),
        "lines": [_line(line, titles) for line in lines],
        "pager": pieces.Pager(address if before else "", older),
    }
    return render(request, "desk/looks.html", page)


def _line(line: UnmaskingLine, titles: dict[str, str]) -> dict[str, Any]:
    return {
        "at": line.at,
        "by": line.by,
        "role": words.said(words.ROLES, line.role),
        "case": line.case,
        "url": reverse("desk_case", args=[line.case]),
        "reporter": line.reporter,
        "ground": titles.get(line.ground, line.ground),
        "reason": line.reason,
    }


def _titles() -> dict[str, str]:
    """What the grounds are called in the rules of today."""
    records = app().records
    pack = records.packs.in_force(HOUSE, timezone.localdate(records.clock()))
    policy: UnmaskingPolicy = records.contact(pack.ref).unmasking
    return {ground.code: ground.title.in_(words.language()) for ground in policy.grounds}


def _asked(request: HttpRequest, terms: Terms) -> int:
    asked = request.GET.get("reporter", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() else 1
    return number if 1 <= number <= terms.reporters else 1
