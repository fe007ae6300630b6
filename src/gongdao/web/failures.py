"""
Pages for what went wrong: each shows a stable code and says what to do next.

`refused_page` turns any GongdaoError into its page; the handlers of urls.py serve Django's own.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

from gongdao.domain.kernel.errors import (
    BadInput,
    GongdaoError,
    MovedOn,
    NotFound,
    PeerFailed,
    Refused,
)
from gongdao.site.hints import hint_of

_STATUS: tuple[tuple[type[GongdaoError], int], ...] = (
    (NotFound, 404),
    (MovedOn, 409),
    (Refused, 409),
    (BadInput, 400),
    (PeerFailed, 503),
)
_TOO_MANY = {
    "rate.too_many",
    "mail.too_many",
    "unmask.too_many",
    "upload.too_many_open",
    "code.locked",
}


def status_of(problem: GongdaoError) -> int:
    """The HTTP status for an error raised on purpose; 500 for one of no known kind."""
    if problem.code in _TOO_MANY:
        return 429
    return next((status for kind, status in _STATUS if isinstance(problem, kind)), 500)


def refused_page(request: HttpRequest, problem: GongdaoError) -> HttpResponse:
    """The page for an error raised on purpose: its code, its hint, and the way back."""
    if isinstance(problem, NotFound):
        return not_found(request, problem)
    status = status_of(problem)
    words = {"code": problem.code, "hint": hint_of(problem), "status": status}
    return render(request, "web/refused.html", words, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404. Never says whether the thing exists: what may not be seen is not found."""
    code = exception.code if isinstance(exception, NotFound) else "page.not_found"
    words = {"code": code}
    return render(request, "404.html", words, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """403: signed in, but not allowed."""
    return render(request, "403.html", {"code": "page.forbidden"}, status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403 for a form whose token has run out; name it in `CSRF_FAILURE_VIEW`."""
    return render(request, "403_csrf.html", {"code": "page.form_expired"}, status=403)


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """500. Its page stands on its own, without a request: that may be what just failed."""
    return HttpResponse(get_template("500.html").render({"code": "page.broken"}), status=500)
