"""What the page of a negotiation shows, on whichever side, by whichever door."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gongdao.bootstrap import app
from gongdao.bootstrap import settlements as printing
from gongdao.domain.flows.talk_door import Chair
from gongdao.domain.flows.talk_views import TalkView, exported
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.domain.settlement.events import OfferKind, Side
from gongdao.site.hints import hint_of
from gongdao.web import pieces, words
from gongdao.web.failures import refused_page, status_of
from gongdao.web.merchants import talk_steps, talk_words

WARNED = {"settlement.personal_data", "settlement.quotes_report"}
"""What one may tell all the same, once one says so."""


def acted(
    request: HttpRequest, chair: Chair, around: Mapping[str, Any], code: str = ""
) -> HttpResponse:
    """Do what was asked, and come back to the page; what was refused is said on it."""
    if request.method != "POST":
        return page(request, chair, around, by=code)
    try:
        said = talk_steps.act(request, chair)
    except NotFound as problem:
        if problem.code == "not_found":
            raise
        return page(request, chair, around, problem, by=code)
    except GongdaoError as problem:
        return page(request, chair, around, problem, by=code)
    if said.code:
        return page(request, chair, around, code=said.code)
    if said.findings:
        return page(request, chair, around, by=code, findings=said.findings)
    messages.success(request, said.words)
    return redirect(request.path)


def page(
    request: HttpRequest, chair: Chair, around: Mapping[str, Any],
    problem: GongdaoError | None = None, **more: Any,
) -> HttpResponse:  # fmt: skip
    """The page of one side."""
    story = app().disputes.negotiating
    view, policy = story.view(chair), story.policy(chair.now)
    language = words.language()
    mine = chair.side is Side.INVITER
    chosen = request.GET.get("words", "")
    first = policy.first_words if mine and not chair.inside else ()
    begun = next((w.text.in_(language) for w in first if w.code == chosen), "")
    shown: dict[str, Any] = {
        "view": view,
        "mine": chair.side.value,
        "inviter": mine,
        "stage": words.said(talk_words.STAGES, view.stage.value),
        "inside": chair.inside,
        "ask_sure": problem is not None and problem.code in WARNED,
        "answers": _answers(
            view, talk_words.inside(view.stage, chair.side) if chair.inside else None
        ),
        "kinds": [(k.value, words.said(talk_words.KINDS, k.value)) for k in OfferKind],
        "most": policy.limits.most,
        "templates": [(w.code, w.title.in_(language)) for w in first],
        "text": request.POST.get("text", begun),
        "signed": request.POST.get("signed", view.names.get(chair.side, "")),
        "topics": {r.code: policy.topics[r.topic].in_(language) for r in policy.terms},
        "items": talk_steps.said_items(request),
        "link": f"{app().records.address}/talk/{more['code']}/" if more.get("code") else "",
        "here": "merchants" if mine else "talk",
        **around,
        **more,
    }
    return rendered(request, "merchants/talk.html", shown, problem)


def rendered(
    request: HttpRequest, template: str, page: dict[str, Any], problem: GongdaoError | None
) -> HttpResponse:
    """A page with what did not work, if something didn't."""
    page["problem"] = hint_of(problem) if problem else ""
    page["problem_code"] = problem.code if problem else ""
    return render(request, template, page, status=status_of(problem) if problem else 200)


def file(request: HttpRequest, chair: Chair, form: str) -> HttpResponse:
    """Everything, for one side to take away."""
    view = app().disputes.negotiating.view(chair)
    if form == "json":
        content = json.dumps(exported(view), ensure_ascii=False, sort_keys=True, indent=1).encode()
    else:
        try:
            content = printing.printed(view, words.language(), str(chair.party))
        except GongdaoError as problem:
            return refused_page(request, problem)
    kind = "application/json" if form == "json" else "application/pdf"
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="settlement-{view.id}.{form}"'
    return answer


def _answers(view: TalkView, inside: tuple[str, str] | None) -> pieces.Answers:
    standing = [each for each in view.offers if each.stands]
    clock = _offer_clock(min(each.until for each in standing)) if standing else None
    endings = talk_words.ENDINGS_INSIDE if inside else talk_words.ENDINGS
    ended = words.said(endings, view.ending.value) if view.ending else ""
    stage, comes = inside or talk_words.outside(view.stage)
    return pieces.Answers(
        stands=ended or stage,
        next=comes,
        clock=clock,
        nothing=talk_words.to_do(view.stage, view.side),
    )


def _offer_clock(due: datetime) -> pieces.Clock:
    return pieces.Clock(
        what=_("The offer ends"),
        due=due,
        now=app().records.clock(),
        rule=_("As whoever made it wrote"),
        source=_("This page"),
    )
