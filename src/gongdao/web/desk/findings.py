"""What a program found in an exhibit: picture, boxes, text, and what a copy hides."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.rules import DECIDERS, not_found
from gongdao.domain.evidence.findings import Look
from gongdao.domain.evidence.media import Kind
from gongdao.domain.evidence.reading import Box
from gongdao.domain.flows.look_views import LookView, Side
from gongdao.domain.flows.looking import Choice
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.kernel.ids import ExhibitId
from gongdao.site.hints import hint_of
from gongdao.web.desk import texts
from gongdao.web.public.private import private
from gongdao.web.refusals import refused_for
from gongdao.web.viewer import shown as picture
from gongdao.web.viewer import viewer

_PARTS = 4
_ALL = 100.0
_MOST_AREAS = 20


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def findings(request: HttpRequest, case_id: str, exhibit_id: str) -> HttpResponse:
    """Look at what was found; hide and frame parts of it in a copy; ask for another look."""
    caller, exhibit = caller_of(request.user), ExhibitId(exhibit_id)
    view = app().looking.open(exhibit, caller)
    if view.file.case != case_id:
        raise not_found()
    if view.file.view.kind != Kind.PICTURE:
        return texts.page(request, case_id, view)
    problem = None
    if request.method == "POST":
        problem = refused_for(lambda: _act(request, exhibit, view))
        if problem is None:
            return redirect("desk_exhibit", case_id, exhibit_id)
    page = {
        **_page(view, case_id),
        "here": "desk",
        "may_hide": caller.has(*DECIDERS),
        "problem": hint_of(problem) if problem else "",
        "areas": request.POST.get("areas", ""),
    }
    return render(request, "desk/findings_page.html", page, status=400 if problem else 200)


@private
@login_required
@require_safe
def differs(request: HttpRequest, case_id: str, exhibit_id: str, other_id: str) -> HttpResponse:
    """Two pictures that are alike, side by side, and where they differ."""
    caller = caller_of(request.user)
    found = app().looking.compare(ExhibitId(exhibit_id), ExhibitId(other_id), caller)
    if found.one.file.case != case_id:
        raise not_found()
    page = {
        "here": "desk",
        "back": reverse("desk_exhibit", args=[case_id, exhibit_id]),
        "sides": [_compared(found.one), _compared(found.other)],
        "places": len(found.one.boxes),
    }
    return render(request, "desk/differs.html", page)


def _act(request: HttpRequest, exhibit: ExhibitId, view: LookView) -> None:
    caller = caller_of(request.user)
    if "again" in request.POST:
        app().looking.again(exhibit, caller)
        messages.success(request, _("Another look was asked for. It takes a minute or two."))
        return
    if view.canvas is None:
        raise not_found()
    look = view.look or Look(*view.canvas)
    app().looking.hide(exhibit, _choice(request.POST, look), caller)
    messages.success(request, _("A redacted copy was made. Look at it before anybody sees it."))


def _choice(given: QueryDict, look: Look) -> Choice:
    lines = [line.box for line in look.lines]
    return Choice(
        accepted=tuple(sorted(_numbers(given, "hide"))),
        added=(*(_at(lines, n) for n in _numbers(given, "line")), *_areas(given, look)),
        passages=tuple(_at(lines, n) for n in sorted(_numbers(given, "frame"))),
    )


def _numbers(given: QueryDict, name: str) -> set[int]:
    asked = given.getlist(name)
    if not all(each.isascii() and each.isdecimal() for each in asked):
        raise not_found()
    return {int(each) for each in asked}


def _at(lines: list[Box], number: int) -> Box:
    if number >= len(lines):
        raise not_found()
    return lines[number]


def _areas(given: QueryDict, look: Look) -> list[Box]:
    """Areas without text, each in a row: left, top, width, height, in hundredths of the picture."""
    rows = [row.split() for row in given.get("areas", "").replace(",", " ").splitlines()]
    areas: list[Box] = []
    for row in filter(None, rows):
        try:
            left, top, wide, tall = (float(part) for part in row)
        except ValueError:
            raise _bad_area() from None
        inside = left >= 0 and top >= 0 and left + wide <= _ALL and top + tall <= _ALL
        if not (inside and wide > 0 and tall > 0) or len(areas) >= _MOST_AREAS:
            raise _bad_area()
        across, down = look.width / _ALL, look.height / _ALL
        box = Box(left * across, top * down, (left + wide) * across, (top + tall) * down)
        areas.append(box)
    return areas


def _bad_area() -> BadInput:
    return BadInput(
        "look.bad_area",
        hint_noop("Write four numbers from 0 to 100 in each row: left, top, width, height."),
    )


def _page(view: LookView, case_id: str) -> dict[str, Any]:
    shown = view.file.view
    return {
        "back": reverse("desk_exhibit", args=[case_id, shown.id]),
        "number": shown.number,
        "name": shown.name,
        "viewer": viewer(view, case_id),
        "hidings": view.hidings,
    }


def _compared(side: Side) -> dict[str, Any]:
    shown, (width, height) = side.file.view, side.size
    return {
        "number": shown.number,
        "name": shown.name,
        "url": reverse("desk_exhibit", args=[side.file.case, shown.id]),
        "case": side.file.case,
        "received_at": shown.received_at,
        "picture": picture(shown.view),
        "width": width,
        "height": height,
        "boxes": side.boxes,
    }
