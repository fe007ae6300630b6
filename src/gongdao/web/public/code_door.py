"""Coming in with a code: where it is entered, and what a wrong one is told."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gongdao.bootstrap import app, caller_of
from gongdao.domain.kernel.errors import NotFound
from gongdao.web import pieces
from gongdao.web.failures import hint_of
from gongdao.web.public import mine_lists, opened
from gongdao.web.public.opened import Opened
from gongdao.web.public.private import private

CodeView = Callable[..., HttpResponse]


def of_code(door: str) -> Callable[[CodeView], CodeView]:
    """Open the case before the page is made; a wrong code gets the form to try again."""

    def around(view: CodeView) -> CodeView:
        @private
        @wraps(view)
        def opening(request: HttpRequest, code: str, **more: Any) -> HttpResponse:
            try:
                found = opened.by_code(request, code)
            except NotFound as problem:
                return ask(request, door, _wrong(problem), code, status=404)
            return view(request, found, **more)

        return opening

    return around


def enter(request: HttpRequest, door: str) -> HttpResponse:
    """Take a code, however it is written, and open its case."""
    written = request.POST.get("code", request.GET.get("code"))
    if written is None:
        return ask(request, door)
    code = opened.grouped(written)
    if not code:
        empty = pieces.FieldError("code", _("Write the code that we gave you."), "code.missing")
        return ask(request, door, empty, status=400)
    try:
        found: Opened = opened.by_code(request, code)
    except NotFound as problem:
        return ask(request, door, _wrong(problem), written, status=404)
    return redirect(found.url())


def ask(
    request: HttpRequest,
    door: str,
    error: pieces.FieldError | None = None,
    written: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page that asks for a code."""
    page: dict[str, Any] = {
        "here": door,
        "written": written,
        "error": error,
        "errors": [error] if error else [],
    }
    if door == "appeal" and request.user.is_authenticated:
        page["about_me"] = mine_lists.about_me(app().desk.mine(caller_of(request.user))[1])
    return render(request, f"public/{door}.html", page, status=status)


def _wrong(problem: NotFound) -> pieces.FieldError:
    return pieces.FieldError("code", hint_of(problem), problem.code)
