"""How my account stands: explained, drawn, and appealed against; and hearing that at the desk."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.firm_papers import short
from gongdao.domain.flows.grade_views import ItemView
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.domain.standing.accounts import StandingId
from gongdao.web import words
from gongdao.web.desk import queue_pane
from gongdao.web.public import code_door, mine
from gongdao.web.public.fields import add_refusal
from gongdao.web.public.opened import Opened
from gongdao.web.public.private import private
from gongdao.web.standing import forms, shown


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """How my account stands, and the appeal against that."""
    frame = mine.frame(request, "standing")
    return _own(request, caller_of(request.user), shown.of_mine, reverse("standing"), frame)


@require_http_methods(["GET", "HEAD", "POST"])
@code_door.of_code("appeal")
def by_code(request: HttpRequest, found: Opened) -> HttpResponse:
    """The same for whoever has no account: by the code of a notice."""
    if found.is_reporter:
        return redirect(found.url())
    here = reverse("appeal_standing", args=[found.code])
    frame = {"here": "appeal", "back": found.url()}
    return _own(request, found.caller, lambda item: _by_its_code(found, item), here, frame)


@private
@login_required
@require_safe
def desk_list(request: HttpRequest) -> HttpResponse:
    """Appeals against grades that wait for somebody."""
    caller = caller_of(request.user)
    waiting = app().standing.grades.waiting(caller)
    lines = [
        {
            "id": each.id,
            "number": short(each.id),
            "at": each.contest.at if each.contest else each.fall.at,
            "hear_by": each.contest.hear_by if each.contest else None,
        }
        for each in waiting
    ]
    page = {"lines": lines, "tabs": queue_pane.tabs(caller, "grades"), "here": "desk"}
    return render(request, "standing/desk_grades.html", page)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def desk_one(request: HttpRequest, standing_id: str) -> HttpResponse:
    """One of them: what counts, what was written, and how it ends."""
    caller, stories = caller_of(request.user), app().standing
    name = StandingId(standing_id)
    view = stories.explaining.to_hear(name, caller, words.language())
    page = shown.grade(view, shown.at_the_desk)
    form = forms.HearForm(page, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            stories.grades.hear(name, form.ruling(), form.cleaned_data["words"], caller)
        except NotFound:
            raise
        except GongdaoError as problem:
            add_refusal(form, problem, forms.FIELD_OF.get(problem.code))
        else:
            messages.success(request, _("Recorded."))
            return redirect("desk_grade", standing_id)
    given: dict[str, Any] = {
        "shown": page,
        "view": view,
        "form": form,
        "number": short(standing_id),
        "waits": view.appeal.hear_by is not None,
        "may_hear": stories.explaining.may_hear(name, caller),
        "here": "desk",
    }
    status = 400 if form.errors else 200
    return render(request, "standing/desk_grade.html", given, status=status)


def _own(
    request: HttpRequest,
    caller: Caller,
    opens: Callable[[ItemView], str],
    here: str,
    frame: dict[str, Any],
) -> HttpResponse:
    stories = app().standing
    stories.explaining.own(caller, words.language())
    form = forms.GroundsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            stories.grades.contest(form.cleaned_data["words"], caller)
        except NotFound:
            raise
        except GongdaoError as problem:
            add_refusal(form, problem, forms.FIELD_OF.get(problem.code))
        else:
            messages.success(request, _("Your appeal is here. Somebody who took no part hears it."))
            return redirect(here)
    view = stories.explaining.own(caller, words.language())
    page = {"shown": shown.grade(view, opens), "view": view, "form": form, "send_to": here, **frame}
    status = 400 if form.errors else 200
    return render(request, "standing/mine.html", page, status=status)


def _by_its_code(found: Opened, item: ItemView) -> str:
    return found.url() if item.case == found.view.id else ""
