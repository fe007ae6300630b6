"""A reporter as the desk sees them: a number of a case, never a name; marks, warnings, measures."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import not_found
from gongdao.domain.flows.credibility_views import OfReporter
from gongdao.domain.kernel.errors import GongdaoError, NotFound, Refused
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.policy.standing import MisusePolicy
from gongdao.domain.standing.misuse import Mark, MisuseId
from gongdao.site.hints import hint_of
from gongdao.web import words
from gongdao.web.desk import queue_pane
from gongdao.web.public.fields import add_refusal
from gongdao.web.public.private import private
from gongdao.web.standing import credibility, misuse_forms

Forms = dict[str, forms.Form]


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reporter(request: HttpRequest, case_id: str, number: int) -> HttpResponse:
    """What one reporter's record says, and what can be done about misuse."""
    caller, case = caller_of(request.user), CaseId(case_id)
    seen = app().standing.credibility.of_reporter(case, number, caller, words.language())
    policy = app().standing.believing.policy()
    page: dict[str, Any] = {"here": "desk", "case": case, "number": number, "of": seen}
    if seen is None or policy is None:
        return render(request, "standing/reporter.html", page)
    asked = request.POST.get("step", "")
    given = _forms(policy.misuse, seen, request, asked)
    if request.method == "POST":
        step = _steps(case, number, request.POST.get("about", ""), caller).get(asked)
        if step is None:
            raise not_found()
        form = given[asked]
        if form.is_valid() and _done(form, step):
            messages.success(request, _("Noted. The reporter is told."))
            return redirect("desk_reporter", case_id, number)
    bad = any(form.errors for form in given.values())
    page |= {
        **credibility.shown(seen.seen),
        "forms": given,
        "mark": credibility.mark(seen.mark) if seen.mark else None,
        "can_mark": seen.found is not None and seen.found.value in _MARKABLE,
    }
    return render(request, "standing/reporter.html", page, status=400 if bad else 200)


@private
@login_required
@require_POST
def revive(request: HttpRequest, case_id: str, number: int) -> HttpResponse:
    """Take up one report that was set aside; without its number all, once the measure is over."""
    aside, caller = request.POST.get("aside", ""), caller_of(request.user)
    try:
        if aside:
            app().standing.taking_up.grave(CaseId(aside), caller)
        else:
            app().standing.misusing.revive_all(CaseId(case_id), number, caller)
    except Refused as problem:
        messages.info(request, hint_of(problem))
    else:
        messages.success(request, _("It is worked on from now on, and its reporter is told."))
    return redirect("desk_reporter", case_id, number)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def objections(request: HttpRequest) -> HttpResponse:
    """The appeals against warnings and measures, and the form to decide on each."""
    caller, policy = caller_of(request.user), app().standing.believing.policy()
    if policy is None:
        raise not_found()
    waiting = app().standing.credibility.to_hear(caller, words.language())
    lines, bad = [], False
    for heard in waiting:
        mine = request.method == "POST" and request.POST.get("about") == heard.about.id
        label, posted = _("Reasons, as the reporter will read them"), request.POST if mine else None
        form = misuse_forms.WordsForm(policy.misuse, label, posted, prefix=heard.about.id)
        decide = _hearing(request, heard.file, heard.about.id, caller)
        if mine and form.is_valid() and _done(form, decide):
            messages.success(request, _("Decided. The reporter is told."))
            return redirect("desk_objections")
        bad = bad or bool(form.errors)
        marks = [credibility.mark(each) for each in heard.marks]
        lines.append({"heard": heard, "form": form, "marks": marks})
    page = {"here": "desk", "lines": lines, "tabs": queue_pane.tabs(caller, "objections")}
    return render(request, "standing/objections.html", page, status=400 if bad else 200)


def _hearing(
    request: HttpRequest, file: str, about: str, caller: Caller
) -> Callable[[forms.Form], object]:
    overturned = request.POST.get("outcome") == "overturn"
    return lambda form: app().standing.misusing.hear(
        MisuseId(file), about, form.cleaned_data["words"], caller, overturned=overturned
    )


_MARKABLE = {"not_upheld", "manifestly_unfounded", "malicious"}


def _forms(policy: MisusePolicy, seen: OfReporter, request: HttpRequest, asked: str) -> Forms:
    def posted(step: str) -> Any:
        return request.POST if asked == step else None

    why = _("Why")
    return {
        "mark": misuse_forms.MarkForm(policy, posted("mark")),
        "limit": misuse_forms.MeasureForm(policy, seen.longest_days, posted("limit")),
        **{
            step: misuse_forms.WordsForm(policy, why, posted(step), prefix=step)
            for step in ("unmark", "warn", "lift")
        },
    }


def _steps(
    case: CaseId, number: int, about: str, caller: Caller
) -> dict[str, Callable[[Any], object]]:
    """What each form does."""
    of = app().standing.misusing

    def text(form: forms.Form) -> str:
        return str(form.cleaned_data["words"])

    return {
        "mark": lambda form: of.mark(
            case, number, Mark(form.cleaned_data["mark"]), text(form), caller
        ),
        "unmark": lambda form: of.unmark(case, number, text(form), caller),
        "warn": lambda form: of.warn(case, number, text(form), caller),
        "limit": lambda form: of.limit(case, number, form.weighed(), caller),
        "lift": lambda form: of.lift(case, number, about, text(form), caller),
    }


def _done(form: forms.Form, step: Callable[[Any], object]) -> bool:
    """Whether it was done; otherwise the form says why not."""
    try:
        step(form)
    except NotFound:
        raise
    except GongdaoError as problem:
        add_refusal(form, problem, misuse_forms.FIELD_OF.get(problem.code))
        return False
    return True
