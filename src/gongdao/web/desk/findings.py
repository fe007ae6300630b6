"""What a program found in an exhibit: picture, boxes, text, and what a copy hides."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongdao.bootstrap import app, caller_of
from gongdao.bootstrap.vaulting import link
from gongdao.domain.access.rules import DECIDERS, not_found
from gongdao.domain.evidence.broken_numbers import OFFERED
from gongdao.domain.evidence.findings import About, Found, Look
from gongdao.domain.evidence.reading import Box
from gongdao.domain.flows.looking import Choice, LookView
from gongdao.domain.kernel.errors import BadInput, GongdaoError, NotFound, hint_noop
from gongdao.domain.kernel.ids import ExhibitId
from gongdao.site.hints import hint_of
from gongdao.web import words
from gongdao.web.desk import finding_words
from gongdao.web.public.private import private

_PARTS = 4
_ALL = 100.0
_MOST_AREAS = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One finding as the page says it."""

    number: int
    title: str
    said: str
    written: str
    sure: str
    boxes: tuple[Box, ...]
    url: str
    """Another exhibit, where one is meant."""
    personal: bool
    accepted: bool


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def findings(request: HttpRequest, case_id: str, exhibit_id: str) -> HttpResponse:
    """Look at what was found; hide and frame parts of it in a copy; ask for another look."""
    caller, exhibit = caller_of(request.user), ExhibitId(exhibit_id)
    view = app().looking.open(exhibit, caller)
    if view.file.case != case_id:
        raise not_found()
    problem: GongdaoError | None = None
    if request.method == "POST":
        try:
            _act(request, exhibit, view)
        except NotFound:
            raise
        except GongdaoError as refused:
            problem = refused
        else:
            return redirect("desk_exhibit", case_id, exhibit_id)
    page = {
        **_page(view, case_id),
        "here": "desk",
        "may_hide": caller.has(*DECIDERS),
        "problem": hint_of(problem) if problem else "",
        "areas": request.POST.get("areas", ""),
    }
    return render(request, "desk/findings_page.html", page, status=400 if problem else 200)


def _act(request: HttpRequest, exhibit: ExhibitId, view: LookView) -> None:
    caller = caller_of(request.user)
    if "again" in request.POST:
        app().looking.again(exhibit, caller)
        messages.success(request, _("Another look was asked for. It takes a minute or two."))
        return
    if view.look is None:
        raise not_found()
    app().looking.hide(exhibit, _choice(request.POST, view.look), caller)
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
    shown, look = view.file.view, view.look
    picture = link(shown.view.sha256, shown.view.media, inline=True) if shown.view else ""
    lines = [_line(n, each, view) for n, each in enumerate(look.found)] if look else []
    return {
        "back": reverse("desk_exhibit", args=[case_id, shown.id]),
        "number": shown.number,
        "name": shown.name,
        "picture": reverse("file", args=[picture]) if picture else "",
        "look": look,
        "missed": words.said(finding_words.MISSED, view.missed) if view.missed else "",
        "program": view.program,
        "looked_at": view.looked_at,
        "found": [line for line in lines if not line.personal],
        "personal": [line for line in lines if line.personal],
        "hidings": view.hidings,
    }


def _line(number: int, found: Found, view: LookView) -> Line:
    personal = found.about is About.PERSONAL
    chosen = personal and found.confidence > OFFERED
    return Line(
        number=number,
        title=words.said(finding_words.ABOUT, found.about.value),
        said=finding_words.sentence(found),
        written=found.written,
        sure=finding_words.sure(found.confidence),
        boxes=found.boxes,
        url=_other(found.exhibit),
        personal=personal,
        accepted=number in view.accepted if view.hidings else chosen,
    )


def _other(exhibit: str) -> str:
    """The page of another exhibit; its door is asked when it is opened."""
    if not exhibit:
        return ""
    case = app().records.exhibits.get(exhibit).now.case
    return reverse("desk_exhibit", args=[case, exhibit])
