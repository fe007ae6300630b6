"""All ways to appeal on one page: form, speed and scope, and which of them work here."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongdao.bootstrap import app
from gongdao.bootstrap.papers import ways
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.policy.ways import Way
from gongdao.web import words


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Open to anybody."""
    language = words.language()
    records = app().records
    policy = pack_of_the_day(records.packs, records.clock()).cases
    routes = policy.appeals.routes if policy else ()
    shown = {
        "here": "appeal",
        "ways": [_shown(way, language, works=works) for way, works in ways()],
        "routes": [(r.title.in_(language), r.detail.in_(language)) for r in routes],
    }
    return render(request, "public/ways.html", shown)


def _shown(way: Way, language: str, *, works: bool) -> dict[str, Any]:
    return {
        "title": way.title.in_(language),
        "form": way.form.in_(language),
        "speed": way.speed.in_(language),
        "scope": way.scope.in_(language),
        "number": way.number,
        "source": way.source,
        "works": works,
        "kind": way.kind.value,
    }
