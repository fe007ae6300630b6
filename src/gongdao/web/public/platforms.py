"""What is known of an outside platform: everything that its pack says, each with its source."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from gongdao.bootstrap import app
from gongdao.domain.flows.records import HOUSE
from gongdao.domain.policy.comparing import ABOUT_WORDS, About, compare
from gongdao.domain.policy.pack import RulePack
from gongdao.web import words
from gongdao.web.public.compare import USUAL
from gongdao.web.public.quotes import Said, quoted, titles
from gongdao.web.public.rules import platforms, today


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that the pack says something about."""

    title: str
    quotes: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One topic."""

    code: str
    title: str
    lines: tuple[Line, ...]


@require_safe
def platform(request: HttpRequest, platform: str) -> HttpResponse:
    """One platform's page; NotFound for one that no pack describes."""
    if platform == HOUSE:
        return redirect("rules")
    pack, language = app().packs.in_force(platform, today()), words.language()
    page = {
        "here": "rules",
        "pack": pack,
        "title": pack.title.in_(language),
        "summary": pack.summary.in_(language) if pack.summary else "",
        "chapters": chapters(pack),
        "sources": [
            {
                "code": source.cited.source,
                "title": source.title.in_(language),
                "note": source.note.in_(language) if source.note else "",
                "as_of": source.cited.as_of,
                "claimed": source.cited.basis == "claimed",
            }
            for source in pack.sources
        ],
        "platforms": platforms(),
        "beside": [each for each in USUAL if each != platform],
    }
    return render(request, "public/platform.html", page)


def chapters(pack: RulePack) -> list[Chapter]:
    """Everything that the pack says, by topic; topics on which it is silent are left out."""
    found, called = [], titles(pack)
    for about in About:
        rows = compare([pack], about, today()).rows
        lines = tuple(
            Line(row.label.in_(words.language()), quoted(row.cells[0], called)) for row in rows
        )
        if lines:
            found.append(Chapter(about.value, ABOUT_WORDS[about].in_(words.language()), lines))
    return found
