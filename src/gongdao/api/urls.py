"""The addresses of the API."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from gongdao.api import (
    afterwards,
    alike,
    appeals,
    batch,
    bodies,
    buyer_flags,
    case_talks,
    cases,
    credibility,
    dispute_evidence,
    disputes,
    drafts,
    eligibility,
    evidence,
    exhibit_records,
    findings,
    firms,
    following,
    forecast,
    grades,
    groups,
    guidance,
    hearings,
    held_posts,
    interim,
    journal,
    lint,
    log,
    materials,
    messages,
    organisations,
    packets,
    packs,
    papers,
    people,
    problems,
    protection,
    queue,
    reports,
    rights,
    screening,
    screening_numbers,
    settlements,
    talk_entry,
    texts,
    training,
    uploads,
    verification,
    ways_back,
    webhooks,
)
from gongdao.api.openapi import Api, Renderer

View = Callable[..., HttpResponse]

api = Api(
    title="Gongdao 公道",
    version="1",
    description="Reports, decisions and appeals. Errors are RFC 9457 problem details with a code.",
    docs_url=None,
    parser=bodies.JsonParser(),
    renderer=Renderer(),
    urls_namespace="api",
)
for part in (
    reports,
    batch,
    cases,
    alike,
    queue,
    credibility,
    guidance,
    interim,
    log,
    messages,
    hearings,
    appeals,
    materials,
    ways_back,
    drafts,
    eligibility,
    lint,
    screening,
    screening_numbers,
    held_posts,
    forecast,
    people,
    webhooks,
    groups,
    evidence,
    exhibit_records,
    findings,
    texts,
    packets,
    journal,
    firms,
    grades,
    following,
    rights,
    packs,
    verification,
    papers,
    dispute_evidence,
    afterwards,
    organisations,
    buyer_flags,
    disputes,
    talk_entry,
    case_talks,
    settlements,
    training,
    protection,
):
    api.add_router("", part.router)
problems.register(api)


def plain(view: View) -> View:
    """The view with what the framework leaves out: no copy is kept of what it answers."""

    @csrf_exempt  # the door checks it, where a browser is signed in
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if isinstance(response, HttpResponseNotAllowed):
            allowed = response.headers["Allow"]
            response = problems.answer(problems.wrong_method(allowed))
            response.headers["Allow"] = allowed
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


def nothing_here(request: HttpRequest) -> HttpResponse:
    """404 as problem details, for a program that has the wrong address."""
    del request
    return problems.answer(problems.nothing_here())


routes = api.urls
for each in routes[0]:
    if each.callback is not None:
        each.callback = plain(each.callback)

urlpatterns = [
    re_path("^$", plain(nothing_here)),
    path("evidence/uploads", plain(uploads.begun), name="uploads"),
    path("evidence/uploads/<str:token>", plain(uploads.one)),
    path("", routes),
    re_path("^.*$", plain(nothing_here)),
]
