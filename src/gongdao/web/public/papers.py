"""Papers for authorities: chosen on a page, printed on request."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from gongdao.bootstrap import app
from gongdao.bootstrap import papers as printing
from gongdao.domain.kernel.errors import GongdaoError
from gongdao.web import words
from gongdao.web.failures import refused_page
from gongdao.web.public import code_door, opened
from gongdao.web.public.opened import Opened
from gongdao.web.public.private import private

_LANGUAGES = {"zh": "zh-hans", "en": "en"}


@require_http_methods(["GET", "HEAD", "POST"])
@code_door.of_code("track")
def of_reporter(request: HttpRequest, found: Opened) -> HttpResponse:
    """With the code of a receipt."""
    return _page(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
@code_door.of_code("appeal")
def of_respondent(request: HttpRequest, found: Opened) -> HttpResponse:
    """With the code of a notice."""
    return _page(request, found)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def of_case(request: HttpRequest, case_id: str) -> HttpResponse:
    """Signed in."""
    return _page(request, opened.by_id(request, case_id))


def _page(request: HttpRequest, case: Opened) -> HttpResponse:
    if request.method == "POST":
        return _printed(request, case)
    language = words.language()
    routes = {route.code: route.title.in_(language) for route in case.policy.appeals.routes}
    offered = app().around_appeals.papers.offered(case.view, language)
    page = {
        "here": "track" if case.is_reporter else "appeal",
        "case": case,
        "papers": [(paper, routes.get(paper.route, paper.route)) for paper in offered],
    }
    return render(request, "public/papers.html", page)


def _printed(request: HttpRequest, case: Opened) -> HttpResponse:
    language = _LANGUAGES.get(request.POST.get("language", ""), "zh-hans")
    try:
        printing.allow(str(case.caller.person))
        paper, content = printing.printed(
            case.view.id, request.POST.get("paper", ""), language, case.caller
        )
    except GongdaoError as problem:
        return refused_page(request, problem)
    answer = HttpResponse(content, content_type="application/pdf")
    name = f"gongdao-{paper.code}-{language[:2]}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
