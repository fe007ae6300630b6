"""What was read in an exhibit that is no picture: its text, a chat as one reads it, a recording."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.rules import DECIDERS, not_found
from gongdao.domain.evidence.broken_numbers import OFFERED
from gongdao.domain.evidence.chats import Message
from gongdao.domain.evidence.conversations import Conversation, conversation_of
from gongdao.domain.evidence.file_text import Sound
from gongdao.domain.evidence.findings import About, Found, Look
from gongdao.domain.evidence.hidden_text import TextChoice
from gongdao.domain.evidence.noticing_text import clock_of
from gongdao.domain.flows.hiding_text import Before
from gongdao.domain.flows.look_views import LookView
from gongdao.domain.kernel.ids import ExhibitId
from gongdao.site.hints import hint_of
from gongdao.web import finding_words, words
from gongdao.web.refusals import refused_for

MOST_MESSAGES = 300
"""Messages of a chat on one page; the rest is read in its text."""
MOST_CHOICES = 500
"""Lines that can be ticked; any passage can be written into the field beside them."""
_SIDES = 6
"""Speakers that have a mark of their own."""
_STEP, _TALL = 4, 100
PLACES: words.Words = {
    "page": gettext_lazy("Page %(n)s"),
    "sheet": gettext_lazy("Sheet %(n)s"),
    "slide": gettext_lazy("Slide %(n)s"),
    "slide_notes": gettext_lazy("Notes to slide %(n)s"),
    "edges": gettext_lazy("Heads and feet of pages"),
    "notes": gettext_lazy("Notes"),
    "comments": gettext_lazy("Comments"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text."""

    number: int
    text: str
    place: str
    """Its page or sheet in words, at the first line of it alone."""
    chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One finding as the page says it."""

    number: int
    title: str
    said: str
    written: str
    sure: str
    place: str
    line: int
    """The line in which it stands first; -1 for none."""
    times: int
    personal: bool
    accepted: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a chat."""

    number: int
    speaker: str
    side: int
    at: str
    text: str
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat as one reads it."""

    messages: tuple[Said, ...]
    count: int
    speakers: tuple[str, ...]
    doubts: tuple[tuple[str, int, int], ...]
    """Each in words, how often, and the first message that it is about."""


@dataclass(frozen=True, slots=True)
class Waveform:
    """A recording, drawn by us."""

    format: str
    length: str
    path: str
    """Of an SVG that is 100 high; empty where nothing could be decoded."""
    width: int


def beside(look: Look | None) -> dict[str, Any]:
    """What the exhibit's own page shows of a chat or a recording."""
    if look is None or look.width:
        return {"chat": None, "waveform": None}
    found = conversation_of(look.text) if look.lines else None
    return {
        "chat": _chat(found) if found else None,
        "waveform": _waveform(look.sound) if look.sound else None,
    }


def page(request: HttpRequest, case_id: str, view: LookView) -> HttpResponse:
    """The text with what was found, a redacted copy of it, another look."""
    caller, exhibit = caller_of(request.user), ExhibitId(view.file.view.id)
    problem = None
    if request.method == "POST":
        problem = refused_for(lambda: _act(request, exhibit, view))
        if problem is None:
            return redirect("desk_exhibit", case_id, exhibit)
    before = app().looking.texts.before(exhibit, caller)
    shown = {
        **_page(view, before, case_id),
        **beside(view.look),
        "here": "desk",
        "may_hide": caller.has(*DECIDERS),
        "problem": hint_of(problem) if problem else "",
        "passages": request.POST.get("passages", "\n".join(before.passages)),
    }
    return render(request, "desk/text_page.html", shown, status=400 if problem else 200)


def _act(request: HttpRequest, exhibit: ExhibitId, view: LookView) -> None:
    caller = caller_of(request.user)
    if "again" in request.POST:
        app().looking.again(exhibit, caller)
        messages.success(request, _("Another look was asked for. It takes a minute or two."))
        return
    if view.look is None:
        raise not_found()
    app().looking.texts.hide(exhibit, _choice(request.POST), caller)
    messages.success(request, _("A redacted copy was made. Look at it before anybody sees it."))


def _choice(given: QueryDict) -> TextChoice:
    passages = (row.strip() for row in given.get("passages", "").splitlines())
    return TextChoice(
        accepted=_numbers(given, "hide"),
        lines=_numbers(given, "line"),
        passages=tuple(dict.fromkeys(filter(None, passages))),
    )


def _numbers(given: QueryDict, name: str) -> tuple[int, ...]:
    asked = given.getlist(name)
    if not all(each.isascii() and each.isdecimal() for each in asked):
        raise not_found()
    return tuple(sorted({int(each) for each in asked}))


def _page(view: LookView, before: Before, case_id: str) -> dict[str, Any]:
    shown, look = view.file.view, view.look
    rows = [_row(n, each, before) for n, each in enumerate(look.found)] if look else []
    return {
        "back": reverse("desk_exhibit", args=[case_id, shown.id]),
        "number": shown.number,
        "name": shown.name,
        "look": look,
        "lines": _lines(look, before) if look else [],
        "most_choices": MOST_CHOICES,
        "missed": words.said(finding_words.MISSED, view.missed) if view.missed else "",
        "program": view.program,
        "looked_at": view.looked_at,
        "found": [row for row in rows if not row.personal],
        "personal": [row for row in rows if row.personal],
        "copies": before.copies,
    }


def _lines(look: Look, before: Before) -> list[Line]:
    lines, place = [], ""
    for number, line in enumerate(look.lines):
        new = line.place if line.place != place else ""
        place = line.place
        chosen = before.same_look and number in before.lines
        lines.append(Line(number, line.text, place_words(new), chosen))
    return lines


def _row(number: int, found: Found, before: Before) -> Row:
    personal = found.about is About.PERSONAL
    chosen = personal and found.confidence > OFFERED
    if before.copies and before.same_look:
        chosen = number in before.accepted
    return Row(
        number=number,
        title=words.said(finding_words.ABOUT, found.about.value),
        said=finding_words.sentence(found),
        written=finding_words.written(found),
        sure=finding_words.sure(found.confidence),
        place=place_words(found.place),
        line=found.spans[0].line if found.spans else -1,
        times=len(found.spans),
        personal=personal,
        accepted=chosen,
    )


def place_words(place: str) -> str:
    """A page, sheet or slide in words; empty where a file has no such places."""
    name, _colon, number = place.partition(":")
    said = words.said(PLACES, name)
    return said % {"n": number} if "%(n)s" in said else said


def _chat(found: Conversation) -> Chat:
    doubted: dict[int, list[str]] = {}
    for each in found.doubts:
        for number in each.messages:
            doubted.setdefault(number, []).append(each.doubt.value)
    sides = {name: n % _SIDES for n, name in enumerate(found.speakers)}
    return Chat(
        messages=tuple(
            _said(n, each, sides, doubted.get(n, []))
            for n, each in enumerate(found.messages[:MOST_MESSAGES])
        ),
        count=len(found.messages),
        speakers=found.speakers,
        doubts=tuple(
            (_doubt(each.doubt.value), len(each.messages), each.messages[0])
            for each in found.doubts
        ),
    )


def _said(number: int, each: Message, sides: dict[str, int], doubts: list[str]) -> Said:
    at = " ".join(
        part
        for part in (
            f"{each.day:%Y-%m-%d}" if each.day else "",
            f"{each.clock:%H:%M}" if each.clock else "",
        )
        if part
    )
    said = tuple(words.said(MARKS, doubt) for doubt in doubts if doubt in MARKS)
    return Said(number, each.speaker, sides.get(each.speaker, 0), at, each.text, said)


MARKS: words.Words = {
    "backwards": gettext_lazy("earlier than the message before it"),
    "head_like": gettext_lazy("another message may begin in it"),
}
"""Said beside the message itself; what it lacks is seen there anyway."""


def _doubt(code: str) -> str:
    return finding_words.sentence(Found(About.CHAT, code))


def _waveform(sound: Sound) -> Waveform:
    middle = _TALL // 2
    bars = [
        f"M{n * _STEP + _STEP // 2} {middle - max(1, peak // 2)}V{middle + max(1, peak // 2)}"
        for n, peak in enumerate(sound.peaks)
    ]
    length = clock_of(sound.seconds) if sound.seconds is not None else ""
    return Waveform(sound.format, length, "".join(bars), _STEP * len(bars))
