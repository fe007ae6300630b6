"""The pages that need no service: the front page, a door that is not open yet, the appearance."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from gongdao.bootstrap.offline import checking_page
from gongdao.web.context import THEME_COOKIE, THEMES
from gongdao.web.doors import door as door_named

A_YEAR = 365 * 24 * 3600


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Two big choices, then tracking by code and the remaining doors."""
    return render(request, "web/front.html", {"here": "front"})


@require_safe
def not_yet(request: HttpRequest, door: str) -> HttpResponse:
    """Say honestly that this part is not built; 501, so that no program takes it for an answer."""
    return render(request, "web/not_yet.html", {"here": door, "door": door_named(door)}, status=501)


@require_safe
def check_packet(request: HttpRequest) -> HttpResponse:
    """The page that lies in every packet and checks one: all of it happens in the browser."""
    del request
    page = checking_page()
    answer = HttpResponse(page.content)
    answer["Content-Security-Policy"] = f"{page.policy}; frame-ancestors 'none'"
    return answer


@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Keep the choice of light or dark in a cookie for a year; empty goes with the device."""
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    answer = HttpResponseRedirect(back if safe else "/")
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        answer.set_cookie(
            THEME_COOKIE,
            theme,
            max_age=A_YEAR,
            samesite="Lax",
            secure=request.is_secure(),
            httponly=True,
        )
    else:
        answer.delete_cookie(THEME_COOKIE, samesite="Lax")
    return answer
