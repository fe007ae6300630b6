"""What other weights would do to the open cases, before anybody saves them in a pack."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.records import HOUSE
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.domain.policy.reading import dump_weights, read_weights
from gongdao.domain.triage.model import WhatIf
from gongdao.web import words
from gongdao.web.public.fields import LongText, add_refusal, needed
from gongdao.web.public.private import private

_AT_ONCE = 20_000
"""Open cases that a page weighs twice while somebody waits; the command weighs as many as asked."""
_LONGEST = 20_000


class WeightsForm(forms.Form):
    """The triage part of a pack, as its file would say it."""

    weights = LongText(
        limit=_LONGEST,
        rows=24,
        label=_("Weights"),
        help_text=_("The part triage of cases.yaml. Change a number and see what would move."),
        **needed(_("Write down the weights."), "triage.bad_weights"),
    )


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def what_if(request: HttpRequest) -> HttpResponse:
    """Try other weights on the open cases; nothing is saved."""
    caller = caller_of(request.user)
    now = app().reweighing.in_force(caller)
    page: dict[str, Any] = {"here": "weights", "most": _AT_ONCE}
    if request.method != "POST":
        page["form"] = WeightsForm(initial={"weights": dump_weights(now)})
        return render(request, "desk/weights.html", page)
    form = WeightsForm(request.POST)
    if form.is_valid():
        try:
            found = _tried(form.cleaned_data["weights"], caller)
        except NotFound:
            raise
        except GongdaoError as problem:
            add_refusal(form, problem, "weights")
        else:
            page |= {"found": found, "rows": _rows(found)}
    status = 400 if form.errors else 200
    return render(request, "desk/weights.html", {**page, "form": form}, status=status)


def _tried(text: str, caller: Caller) -> WhatIf:
    return app().reweighing.what_if(read_weights(text, "triage"), caller, _AT_ONCE)


def _rows(found: WhatIf) -> list[dict[str, Any]]:
    r = app().records
    policy = r.policy(app().packs.in_force(HOUSE, r.clock().date()).ref)
    language = words.language()
    titles = {c.code: c.title.in_(language) for c in policy.categories}
    return [
        {
            "move": move,
            "title": titles.get(move.category, move.category),
            "kind": words.said(words.SUBJECTS, move.kind.value),
            "by": f"{move.up:+d}".replace("-", "\N{MINUS SIGN}") if move.up else "0",
        }
        for move in found.moves
    ]
