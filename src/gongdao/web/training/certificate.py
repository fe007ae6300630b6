"""Certificates: one's own, its PDF, and the check that anybody can make."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gongdao.bootstrap import app, caller_of, certificates
from gongdao.domain.kernel.errors import GongdaoError, NotFound, Refused
from gongdao.site.hints import hint_of
from gongdao.web import pieces, words
from gongdao.web.failures import refused_page
from gongdao.web.public import limits
from gongdao.web.public.private import private
from gongdao.web.training.pages import frame, minutes

_LONG = len("4F7K-92MT-XC3B")


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, number: str) -> HttpResponse:
    """My certificate: its number, what it proves, and whom I show my name."""
    caller, errors = caller_of(request.user), []
    if request.method == "POST":
        try:
            app().training.certifying.name(number, request.POST.get("name", ""), caller)
        except NotFound:
            raise
        except GongdaoError as problem:
            errors = [pieces.FieldError("name", hint_of(problem), problem.code)]
        else:
            messages.success(request, _("The name stands on it."))
            return redirect("certificate", number)
    view = app().training.certifying.open(number, caller)
    of = view.certificate
    address = app().records.address
    page = {
        "view": view,
        "of": of,
        "title": view.title.in_(words.language()),
        "state": view.state.value,
        "minutes": minutes(of.seconds),
        "check_url": address + reverse("certificate_check", args=[of.number]),
        "share_url": (
            address + reverse("certificate_shared", args=[f"{of.number}-{view.share}"])
            if view.share
            else ""
        ),
        "errors": errors,
        "written": request.POST.get("name", ""),
        **frame(request),
    }
    return render(request, "training/certificate.html", page, status=400 if errors else 200)


@private
@login_required
@require_safe
def pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The same as PDF/A."""
    view = app().training.certifying.open(number, caller_of(request.user))
    try:
        content = certificates.printed(view, words.language())
    except GongdaoError as problem:
        return refused_page(request, problem)
    answer = HttpResponse(content, content_type="application/pdf")
    name = f"certificate-{view.certificate.number}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@private
@login_required
@require_safe
def record(request: HttpRequest, number: str) -> HttpResponse:
    """The record of its issue with its place in the log, for `gongdao verify`."""
    view = app().training.certifying.open(number, caller_of(request.user))
    content = certificates.record(view).write()
    answer = HttpResponse(content, content_type="application/json")
    name = f"certificate-{view.certificate.number}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@private
@require_safe
def look_up(request: HttpRequest) -> HttpResponse:
    """Type a number."""
    number = request.GET.get("number", "").replace("/", "").strip()[:40]
    if number:
        return redirect("certificate_check", number)
    return render(request, "training/check.html", {"here": "learn"})


@private
@require_safe
def check(request: HttpRequest, number: str) -> HttpResponse:
    """Whether a certificate holds: course and dates, and no name."""
    return _checked(request, number, "")


@private
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The same with the name, by the address that the holder gave."""
    return _checked(request, token[:_LONG], token[_LONG + 1 :] or "-")


def _checked(request: HttpRequest, number: str, share: str) -> HttpResponse:
    try:
        found = limits.looked_up(request, lambda: app().training.certifying.check(number, share))
    except Refused as locked:
        return refused_page(request, locked)
    except NotFound:
        page = {"here": "learn", "number": number, "unknown": True}
        return render(request, "training/check.html", page, status=404)
    page = {
        "here": "learn",
        "number": found.number,
        "found": found,
        "title": found.title.in_(words.language()),
        "state": found.state.value,
    }
    return render(request, "training/check.html", page)
