"""An appeal over the phone, at the desk: the caller's code, what they say, read back, confirmed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import must_be, not_found
from gongdao.domain.appeals.dictation import PARTS
from gongdao.domain.flows.phoning import TAKERS, DictationView
from gongdao.domain.kernel.errors import BadInput, GongdaoError, NotFound, Refused, hint_noop
from gongdao.domain.kernel.ids import DictationId
from gongdao.site.hints import hint_of
from gongdao.web import words
from gongdao.web.desk import queue_pane
from gongdao.web.failures import status_of
from gongdao.web.public import limits, opened
from gongdao.web.public.private import private

STAGES: words.Words = {
    "writing": gettext_lazy("being taken down"),
    "read_back": gettext_lazy("read back, waits to be confirmed"),
    "confirmed": gettext_lazy("confirmed: it is an appeal"),
    "over": gettext_lazy("its time is over"),
    "locked": gettext_lazy("locked after wrong codes"),
}
TITLES: words.Words = {
    "facts": gettext_lazy("What happened"),
    "acknowledge": gettext_lazy("What they acknowledge"),
    "change": gettext_lazy("What they will change"),
}
_MISSING = hint_noop("Check the code: it has 20 letters and digits, in groups of four.")


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def calls(request: HttpRequest) -> HttpResponse:
    """Where a call begins, and what waits to be confirmed."""
    who = caller_of(request.user)
    must_be(who, *TAKERS)
    problem: GongdaoError | None = None
    if request.method == "POST":
        code = opened.grouped(request.POST.get("code", ""))
        try:
            if code:
                return redirect("desk_call", app().around_appeals.phoning.take(code, who))
            problem = BadInput("code.missing", _MISSING)
        except NotFound as unknown:
            problem = _counted(request, unknown)
        except Refused as refused:
            problem = refused
    waiting = app().around_appeals.phoning.waiting(who)
    page = {
        "here": "desk",
        "tabs": queue_pane.tabs(who, "calls"),
        "waiting": [{"view": v, "stage": words.said(STAGES, v.stage)} for v in waiting],
        "written": request.POST.get("code", ""),
        **_told(problem),
    }
    return render(request, "desk/calls.html", page, status=status_of(problem) if problem else 200)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, dictation: str) -> HttpResponse:
    """One call: write, read back, confirm."""
    who, name = caller_of(request.user), DictationId(dictation)
    phoning = app().around_appeals.phoning
    problem: GongdaoError | None = None
    if request.method == "POST":
        try:
            said = _done(request, name, who)
        except NotFound:
            raise
        except GongdaoError as refused:
            problem = refused
        else:
            messages.success(request, said)
            return redirect("desk_call", name)
    view = phoning.at_desk(name, who)
    page = {
        "here": "desk",
        "call": view,
        "stage": words.said(STAGES, view.stage),
        "parts": _parts(request, view, kept=problem is not None),
        **_told(problem),
    }
    return render(request, "desk/call.html", page, status=status_of(problem) if problem else 200)


def _done(request: HttpRequest, name: DictationId, who: Caller) -> str:
    phoning, given = app().around_appeals.phoning, request.POST

    def write() -> str:
        phoning.write(name, [given.get(part, "").replace("\r\n", "\n") for part in PARTS], who)
        return _("It is kept. Now read every part back.")

    def read_back() -> str:
        phoning.read_back(name, given.getlist("right"), who)
        return _("It is read back. Give the caller the confirmation code.")

    def called() -> str:
        phoning.confirm_called(name, given.get("confirmation", ""), who)
        return _("It is confirmed, and an appeal as of the first call.")

    def spoken() -> str:
        phoning.confirm_spoken(name, who)
        return _("It is confirmed, and an appeal as of the first call.")

    doing: dict[str, Callable[[], str]] = {
        "write": write,
        "read_back": read_back,
        "called": called,
        "spoken": spoken,
    }
    if given.get("do") not in doing:
        raise not_found()
    return doing[given["do"]]()


def _parts(request: HttpRequest, view: DictationView, *, kept: bool) -> list[dict[str, Any]]:
    """The three parts; where a step was refused, with what was just written."""
    return [
        {
            "name": name,
            "title": words.said(TITLES, name),
            "text": request.POST.get(name, text) if kept else text,
            "saved": text,
        }
        for name, text in zip(PARTS, view.parts, strict=True)
    ]


def _counted(request: HttpRequest, unknown: NotFound) -> GongdaoError:
    """Guessing is slowed down at the desk, too."""
    try:
        limits.spend_code(request)
    except Refused as too_many:
        return too_many
    return unknown


def _told(problem: GongdaoError | None) -> dict[str, str]:
    return {
        "problem": hint_of(problem) if problem else "",
        "problem_code": problem.code if problem else "",
    }
