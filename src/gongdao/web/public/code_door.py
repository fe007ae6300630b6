"""Coming in with a code: where it is entered, and what a wrong one is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongdao.bootstrap import app, caller_of
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.kernel.errors import BadInput, GongdaoError, NotFound, Refused, hint_noop
from gongdao.domain.policy.ways import WayKind
from gongdao.site.hints import hint_of
from gongdao.web import pieces
from gongdao.web.failures import status_of
from gongdao.web.public import mine_lists, opened
from gongdao.web.public.opened import Opened
from gongdao.web.public.private import private

CodeView = Callable[..., HttpResponseBase]
_MISSING = hint_noop("Check the code: it has 20 letters and digits, in groups of four.")


def of_code(door: str) -> Callable[[CodeView], CodeView]:
    """Open the case before the page is made; a wrong code gets the form to try again."""

    def around(view: CodeView) -> CodeView:
        @private
        @wraps(view)
        def opening(request: HttpRequest, code: str, **more: Any) -> HttpResponseBase:
            try:
                found = opened.by_code(request, code)
            except (NotFound, Refused) as problem:
                return ask(request, door, problem, code)
            return view(request, found, **more)

        return opening

    return around


@dataclass(frozen=True, slots=True)
class Doors:
    """One page behind the three ways to a case."""

    of_reporter: CodeView
    """With the code of a receipt."""
    of_respondent: CodeView
    """With the code of a notice."""
    signed_in: CodeView


def doors(view: CodeView, methods: Sequence[str] = ("GET", "HEAD", "POST")) -> Doors:
    """Open the case by whichever way somebody comes, then make the page of it."""

    @wraps(view)
    def signed_in(request: HttpRequest, case_id: str, **more: Any) -> HttpResponseBase:
        return view(request, opened.by_id(request, case_id), **more)

    only = require_http_methods(methods)
    return Doors(
        of_reporter=only(of_code("track")(view)),
        of_respondent=only(of_code("appeal")(view)),
        signed_in=private(login_required(only(signed_in))),
    )


def enter(request: HttpRequest, door: str) -> HttpResponse:
    """Take a code, however it is written, and open its case."""
    written = request.POST.get("code", request.GET.get("code"))
    if written is None:
        return ask(request, door)
    code = opened.grouped(written)
    if not code:
        return ask(request, door, BadInput("code.missing", _MISSING))
    try:
        found: Opened = opened.by_code(request, code)
    except (NotFound, Refused) as problem:
        return ask(request, door, problem, written)
    return redirect(found.url())


def ask(
    request: HttpRequest, door: str, problem: GongdaoError | None = None, written: str = ""
) -> HttpResponse:
    """The page that asks for a code, with what was wrong about the last one."""
    errors = [pieces.FieldError("code", hint_of(problem), problem.code)] if problem else []
    page: dict[str, Any] = {"here": door, "written": written, "errors": errors}
    if problem is not None and problem.code == "code.locked":
        page["locked"] = True
        page["phone"] = _phone()
    if door == "appeal" and request.user.is_authenticated:
        page["about_me"] = mine_lists.about_me(app().desk.mine(caller_of(request.user))[1])
    return render(request, f"public/{door}.html", page, status=_status(problem))


def _phone() -> str:
    """Whom one can call, where the pack says."""
    records = app().records
    ways = pack_of_the_day(records.packs, records.clock()).ways
    known = ways.ways if ways else ()
    return next((each.number for each in known if each.kind is WayKind.PHONE), "")


def _status(problem: GongdaoError | None) -> int:
    return 200 if problem is None else status_of(problem)
