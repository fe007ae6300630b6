"""Papers for authorities: chosen on a page, printed on request."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongdao.bootstrap import app
from gongdao.bootstrap import papers as printing
from gongdao.domain.kernel.errors import GongdaoError
from gongdao.web import words
from gongdao.web.failures import refused_page
from gongdao.web.public import code_door
from gongdao.web.public.opened import Opened

_LANGUAGES = {"zh": "zh-hans", "en": "en"}


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


listed = code_door.doors(_page)
