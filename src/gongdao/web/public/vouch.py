"""A friend's page: what is asked of them, and their word, given signed in as themselves."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.domain.kernel.errors import BadInput, GongdaoError, NotFound, Refused, hint_noop
from gongdao.site.hints import hint_of
from gongdao.web import pieces
from gongdao.web.failures import status_of
from gongdao.web.public import limits, opened
from gongdao.web.public.private import private

_MISSING = hint_noop("Check the code: it has 20 letters and digits, in groups of four.")


@private
@require_http_methods(["GET", "HEAD", "POST"])
def entrance(request: HttpRequest) -> HttpResponse:
    """Where the code of an invitation is entered."""
    if request.method != "POST":
        return _ask(request)
    code = opened.grouped(request.POST.get("code", ""))
    if not code:
        return _ask(request, BadInput("code.missing", _MISSING))
    return redirect("vouch_code", code)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, code: str) -> HttpResponse:
    """What an invitation asks; and the friend's answer to it."""
    verifying, who = app().around_appeals.verifying, caller_of(request.user)
    try:
        asked = limits.looked_up(request, lambda: verifying.asked(code))
    except (NotFound, Refused) as problem:
        return _ask(request, problem, code)
    problem_: GongdaoError | None = None
    if request.method == "POST" and who.person is not None:
        if "sure" not in request.POST:
            problem_ = BadInput(
                "verification.not_sure", hint_noop("Tick that you are sure, or close this page.")
            )
        else:
            try:
                verifying.vouch(code, who)
            except Refused as refused:
                problem_ = refused
            else:
                return redirect("vouch_thanks")
    page: dict[str, Any] = {
        "asked": asked,
        "code": opened.grouped(code),
        "problem": hint_of(problem_) if problem_ else "",
        "problem_code": problem_.code if problem_ else "",
    }
    status = status_of(problem_) if problem_ else 200
    return render(request, "public/vouch.html", page, status=status)


@private
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """The same words for every answer, whether it counts or not."""
    return render(request, "public/vouch_thanks.html")


def _ask(
    request: HttpRequest, problem: GongdaoError | None = None, written: str = ""
) -> HttpResponse:
    errors = [pieces.FieldError("code", hint_of(problem), problem.code)] if problem else []
    page = {"errors": errors, "written": written}
    status = status_of(problem) if problem else 200
    return render(request, "public/vouch_code.html", page, status=status)
