"""My credibility as a reporter: what counts, what it changes, when it heals, how to appeal."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import not_found
from gongdao.domain.flows.credibility_views import Credibility, InCategory, MarkView
from gongdao.domain.kernel.errors import GongdaoError, NotFound, Refused
from gongdao.domain.kernel.ids import CaseId
from gongdao.site.hints import hint_of
from gongdao.web import words
from gongdao.web.public import mine
from gongdao.web.public.fields import add_refusal
from gongdao.web.public.private import private
from gongdao.web.standing import misuse_forms


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def credibility(request: HttpRequest) -> HttpResponse:
    """One's own record. Nobody else sees it but staff, by a number in a case."""
    caller = caller_of(request.user)
    seen = app().standing.credibility.mine(caller, words.language())
    policy = app().standing.believing.policy()
    if seen is None or policy is None:
        raise not_found()
    if request.method == "POST" and "take_up" in request.POST:
        return _taken_up(request, caller)
    form = misuse_forms.WordsForm(policy.misuse, _why(), prefix="object")
    about = request.POST.get("about", "")
    if request.method == "POST":
        form = misuse_forms.WordsForm(policy.misuse, _why(), request.POST, prefix="object")
        if form.is_valid():
            try:
                app().standing.misusing.object(about, form.cleaned_data["words"], caller)
            except NotFound:
                raise
            except GongdaoError as problem:
                add_refusal(form, problem, "words")
            else:
                messages.success(request, _("Your appeal is here. Somebody else hears it."))
                return redirect("my_credibility")
    page = {
        **shown(seen),
        "own": True,
        "form": form,
        "about": about,
        **mine.frame(request, "credibility"),
    }
    return render(request, "standing/credibility.html", page, status=400 if form.errors else 200)


def _taken_up(request: HttpRequest, caller: Caller) -> HttpResponse:
    """One report that was set aside is looked at now, or all."""
    of, one = app().standing, request.POST["take_up"]
    try:
        if one:
            of.taking_up.mine(CaseId(one), caller)
        else:
            of.misusing.revive_mine(caller)
    except Refused as problem:
        messages.info(request, hint_of(problem))
    else:
        messages.success(request, _("It waits for the acceptance check now, like any new report."))
    return redirect("my_credibility")


def shown(seen: Credibility) -> dict[str, Any]:
    """A record in the reader's words."""
    counts = seen.counts
    half_life = words.span(seen.policy.half_life)
    return {
        "seen": seen,
        "half_life": half_life,
        "rows": [(title, counts[code]) for code, title in titles().items()],
        "decided": sum(counts.values()),
        "orders": [_order(each) for each in seen.categories],
        "marks": [mark(each) for each in seen.marks],
        "measures": [(each, _kind(each.kind)) for each in seen.measures],
        "asides": [
            {
                "case": each.case,
                "subject": each.subject,
                "title": each.category.in_(words.language()),
                "at": each.opened_at,
            }
            for each in seen.asides
        ],
        "more_aside": seen.aside - len(seen.asides),
    }


def titles() -> dict[str, str]:
    """What became of reports."""
    return {
        "upheld": _("Upheld: a rule was broken"),
        "not_upheld": _("Not upheld: counts nothing, for or against"),
        "overturned": _("Decided, and overturned later: counts nothing"),
        "manifestly_unfounded": _("Found manifestly unfounded by a reviewer"),
        "malicious": _("Found malicious by a reviewer"),
    }


def mark(each: MarkView) -> dict[str, Any]:
    """A mark in words."""
    return {
        "case": each.case,
        "subject": each.subject,
        "title": misuse_forms.MARKS[each.mark],
        "at": each.at,
        "reasons": each.reasons,
        "holds": each.holds,
    }


def _order(each: InCategory) -> dict[str, Any]:
    hours = abs(each.minutes) / 60
    return {
        "title": each.title.in_(words.language()),
        "earlier": each.minutes > 0,
        "hours": f"{hours:.1f}".rstrip("0").rstrip("."),
        "neutral_at": each.neutral_at,
    }


def _kind(kind: str) -> str:
    return _("Reports set aside") if kind == "measure" else _("Warning")


def _why() -> str:
    return _("Why it is wrong, in your words")
