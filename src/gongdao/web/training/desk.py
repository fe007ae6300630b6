"""Training at the desk: teams in numbers, one's own team's open duties, and who asks for help."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.domain.flows.training_desk import CourseView, TeamView
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.training.model import LearnerId
from gongdao.domain.training.rules import COARSE_LEAST, COARSE_MOST
from gongdao.site.hints import hint_of
from gongdao.web import pieces, words
from gongdao.web.desk import queue_pane
from gongdao.web.public.private import private


@private
@login_required
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The page."""
    return _board(request, [])


@private
@login_required
@require_POST
def allow(request: HttpRequest) -> HttpResponse:
    """Let somebody try again."""
    sent = request.POST

    def do() -> None:
        given = (LearnerId(sent.get("learner", "")), sent.get("course", ""), sent.get("said", ""))
        app().training.desk.allow(*given, caller_of(request.user))

    return _done(request, do, _("They can try again."))


@private
@login_required
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Withdraw a certificate."""
    sent = request.POST

    def do() -> None:
        given = (sent.get("number", ""), sent.get("reasons", ""))
        app().training.certifying.withdraw(*given, caller_of(request.user))

    return _done(request, do, _("It is withdrawn, and its holder is told why."))


def _done(request: HttpRequest, do: Any, said: str) -> HttpResponse:
    try:
        do()
    except NotFound:
        raise
    except GongdaoError as problem:
        return _board(request, [pieces.FieldError("training", hint_of(problem), problem.code)])
    messages.success(request, said)
    return redirect("desk_training")


def _board(request: HttpRequest, errors: list[pieces.FieldError]) -> HttpResponse:
    caller, language = caller_of(request.user), words.language()
    view = app().training.desk.board(caller)
    year, _q, quarter = view.quarter.partition("q")
    teams = [_team(each, language) for each in view.teams]
    rates = rates_of(view.courses, language)
    page = {
        "year": year,
        "quarter": quarter,
        "few": view.few,
        "teams": teams,
        "any_share": any(team["share"] is not None for team in teams),
        "rates": rates,
        "any_few": rates["few"] or any(team["share"] is None for team in teams),
        "counted": view.counted,
        "asking": [
            {
                "learner": each.learner,
                "course": each.course,
                "title": each.title.in_(language),
                "said": each.said,
                "failed": each.failed,
            }
            for each in view.asking
        ],
        "may_withdraw": caller.has(Role.SENIOR_REVIEWER, Role.OPERATOR),
        "errors": errors,
        "tabs": queue_pane.tabs(caller, "training"),
        "here": "desk",
    }
    return render(request, "training/desk.html", page, status=400 if errors else 200)


def rates_of(views: Sequence[CourseView], language: str, *, coarse: bool = False) -> dict[str, Any]:
    """Courses with how people did in their exams, as a table shows them."""
    courses = [
        {
            "title": each.title.in_(language),
            "n": each.n,
            "share": _percent(each.share, coarse=coarse),
            "at_first": _percent(each.at_first, coarse=coarse),
        }
        for each in views
    ]
    told = [each["share"] is not None for each in courses]
    return {"courses": courses, "any": any(told), "few": not all(told)}


def _percent(share: int | None, *, coarse: bool) -> str | None:
    if share is None:
        return None
    if coarse and share >= COARSE_MOST:
        return _("at least {n} %").format(n=COARSE_MOST)
    if coarse and share <= COARSE_LEAST:
        return _("at most {n} %").format(n=COARSE_LEAST)
    return f"{share} %"


def _team(view: TeamView, language: str) -> dict[str, Any]:
    return {
        "title": view.title.in_(language),
        "course": view.course.in_(language),
        "bound": view.bound,
        "counted": view.counted,
        "share": view.share,
        "leads": view.leads,
        "open": [
            {"name": each.name, "due_at": each.duty.due_at, "late": each.duty.missed}
            for each in view.open
        ],
    }
