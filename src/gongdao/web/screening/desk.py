"""Texts that wait, at the desk: the queue, and one of them with what can be done."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import DECIDERS, not_found
from gongdao.domain.flows.post_looks import MOST_COUNTED, Withholding, opinion_of
from gongdao.domain.flows.post_views import PostView
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.screening.posts import Level, PostStage
from gongdao.web import pieces
from gongdao.web.desk import queue_pane
from gongdao.web.failures import status_of
from gongdao.web.held_pieces import OPINIONS, shown, silence
from gongdao.web.public.fields import add_refusal
from gongdao.web.public.private import private
from gongdao.web.screening.forms import PassOnForm, ReleaseForm, WithholdForm, keep_up, unsent
from gongdao.web.words import said

Forms = dict[str, forms.Form]
_FIELDS = {"held.unknown_clause": "clause", "held.unknown_opinion": "opinion"}


@private
@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a person, the soonest due first."""
    caller = caller_of(request.user)
    after = request.GET.get("after")
    found = app().screening.looks.queue(caller, after)
    here = reverse("desk_screening")
    page = {
        "posts": [shown(each) for each in found.posts],
        "waiting": found.waiting,
        "many": found.waiting >= MOST_COUNTED,
        "pager": pieces.Pager(
            here if after else "", f"{here}?after={found.more}" if found.more else ""
        ),
        "tabs": queue_pane.tabs(caller, "posts"),
        "here": "desk",
    }
    return render(request, "screening/queue.html", page)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def post(request: HttpRequest, post_id: str) -> HttpResponse:
    """One text: released, withheld with reasons, or given to another pair of eyes."""
    caller = caller_of(request.user)
    view = app().screening.looks.at_desk(post_id, caller)
    if request.method != "POST":
        return _page(request, view, caller, _forms(view))
    name = request.POST.get("do", "")
    if name not in _DOES or not caller.has(*DECIDERS):
        raise not_found()
    filled = _forms(view, name, request.POST)
    form, problem = filled[name], None
    if form.is_valid():
        try:
            _DOES[name](post_id, form.cleaned_data, caller)
        except NotFound:
            raise
        except GongdaoError as refusal:
            problem = refusal
            add_refusal(form, refusal, _field(form, refusal.code))
        else:
            messages.success(request, _("Done, and whom it concerns was told."))
            return redirect("desk_screening")
    view = app().screening.looks.at_desk(post_id, caller)
    keep_up(form, view.version)
    return _page(
        request, view, caller, _forms(view) | {name: form}, status_of(problem) if problem else 400
    )


def _page(
    request: HttpRequest, view: PostView, caller: Caller, filled: Forms, status: int = 200
) -> HttpResponse:
    why_not = _why_not(view, caller)
    page = {
        "here": "desk",
        "shown": shown(view),
        "silence": silence(view),
        "passed": [(each, said(OPINIONS, each.opinion)) for each in view.passed],
        "forms": {} if why_not else filled,
        "why_not": why_not,
        "unsent": unsent(filled) if why_not else [],
        "next_id": app().screening.looks.next(view.id, caller) or "",
        "errors": any(form.errors for form in filled.values()),
    }
    return render(request, "screening/post.html", page, status=status)


def _forms(view: PostView, name: str = "", data: Any = None) -> Forms:
    """What can be done with it now, by name; the one that was sent is filled."""
    begin = {"version": view.version}
    sent = {each: data if each == name else None for each in _DOES}
    clauses = app().screening.looks.clauses()
    every: Forms = {
        "release": ReleaseForm(sent["release"], initial=begin, prefix="release"),
        "withhold": WithholdForm(clauses, sent["withhold"], initial=begin, prefix="withhold"),
        "pass_on": PassOnForm(sent["pass_on"], initial=begin, prefix="pass_on"),
    }
    last = view.level in {Level.THIRD, Level.LEAD}
    alone = {"release", "withhold"} if last else set(_DOES)
    fitting = {"pass_on"} if view.needs_two else alone
    return {each: form for each, form in every.items() if each in fitting | {name}}


def _why_not(view: PostView, caller: Caller) -> str:
    """Why the caller can do nothing with it now; empty where they can."""
    if not view.waits:
        return _over(view)
    if view.level not in {Level.DESK, Level.THIRD, Level.LEAD}:
        return _("It does not wait for the desk at this moment.")
    if not caller.has(*DECIDERS):
        return _("You can read it. A reviewer rules.")
    if app().screening.looks.owns(view, caller):
        return _("It lies in a group of yours. A reviewer who has no part in it looks.")
    if caller.person in view.looked:
        return _("You looked at it before. Another person makes the next look.")
    if view.level is Level.LEAD and not caller.has(Role.SENIOR_REVIEWER):
        return _("Its time passed: a senior reviewer rules.")
    return ""


def _over(view: PostView) -> str:
    if view.stage in {PostStage.APPEARED, PostStage.RELEASED}:
        return _(
            "It has appeared, so it can't be withheld any more. If it breaks a rule, report it "
            "like anything else that appeared."
        )
    return _("It waits no more.")


def _field(form: forms.Form, code: str) -> str | None:
    if code in _FIELDS and _FIELDS[code] in form.fields:
        return _FIELDS[code]
    if not code.startswith("reasons.") or "reasons" not in form.fields:
        return None
    choose = max if code == "reasons.too_long" else min
    return choose(("reasons", "findings"), key=lambda name: len(form.cleaned_data.get(name, "")))


def _withhold(post_id: str, given: dict[str, Any], caller: Caller) -> None:
    why = Withholding(given["clause"], given["findings"], given["reasons"])
    app().screening.looks.withhold(post_id, why, caller, given["version"])


def _pass_on(post_id: str, given: dict[str, Any], caller: Caller) -> None:
    opinion = opinion_of(given["opinion"])
    app().screening.looks.pass_on(post_id, opinion, given["note"], caller, given["version"])


def _release(post_id: str, given: dict[str, Any], caller: Caller) -> None:
    app().screening.looks.release(post_id, given["note"], caller, given["version"])


_DOES: dict[str, Callable[[str, dict[str, Any], Caller], None]] = {
    "release": _release,
    "withhold": _withhold,
    "pass_on": _pass_on,
}
