"""Keeping what was written on a screen; and what the second of two windows is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from gongdao.bootstrap import app
from gongdao.domain.appeals.differences import Stretch, compared
from gongdao.domain.appeals.drafts import PARTS
from gongdao.domain.flows.guiding import Guide
from gongdao.domain.kernel.errors import GongdaoError, MovedOn
from gongdao.site.hints import hint_of
from gongdao.web import words
from gongdao.web.pieces import FieldError
from gongdao.web.public import limits
from gongdao.web.public.appealing import forms, screens
from gongdao.web.public.appealing.forms import GuideForm
from gongdao.web.public.appealing.visit import Visit


@dataclass(frozen=True, slots=True)
class Twice:
    """One text of which there are two versions."""

    name: str
    label: str
    mine: str
    other: str
    mine_marked: tuple[Stretch, ...]
    other_marked: tuple[Stretch, ...]
    free: bool
    """Whether it was written, and not chosen: then it can be merged by hand."""


def shown(visit: Visit, form: GuideForm, name: str, page: dict[str, Any]) -> HttpResponse:
    """Show a screen's form, or keep what was written in it and go on."""
    if not visit.writing:
        return visit.page(name, {**page, "form": form})
    texts = form.texts()
    try:
        limits.spend_save(visit.request)
        guide = _save(visit, texts)
    except MovedOn as problem:
        return _two(visit, form, texts, problem)
    except GongdaoError as problem:
        return _refused(visit, form, name, page, problem)
    if "autosave" in visit.request.POST:
        return visit.with_guide(guide).page("saved", {})
    there = visit.with_guide(guide)
    return redirect(
        there.screens.url()
        if visit.request.POST.get("go") == "list"
        else there.screens.after(visit.screen)
    )


def _save(visit: Visit, texts: Mapping[str, str]) -> Guide:
    kept = dict(texts)
    if visit.screen == screens.STATEMENT:
        by_part = {part: texts[field] for part, field in PARTS.items()}
        kept = visit.guide.by_hand(by_part, words.language())
    return save(visit, kept)


def save(visit: Visit, texts: Mapping[str, str]) -> Guide:
    """Keep some texts, as the window that shows this version of the draft."""
    guiding = app().around_appeals.guiding
    decision = visit.guide.decision.id
    return guiding.save(decision, texts, visit.seen, visit.window, visit.case.caller)


def _refused(
    visit: Visit, form: GuideForm, name: str, page: dict[str, Any], problem: GongdaoError
) -> HttpResponse:
    """The form with all that was written, as far as a page can show it, and what is wrong."""
    said = hint_of(problem)
    if "autosave" in visit.request.POST:
        return visit.page("saved", {"refused": said, "code": problem.code})
    field = next((n for n in form.fields if len(form.texts()[n]) > _most(visit, n)), "")
    errors = [FieldError(f"id_{field}" if field else "", said, problem.code)]
    again = forms.again(form)
    cut = any(len(text) > forms.KEPT_IN_FORM for text in form.texts().values())
    more = {"form": again, "errors": errors, "cut": forms.KEPT_IN_FORM if cut else 0}
    return visit.page(name, {**page, **more, "seen": visit.seen}, 400)


def _most(visit: Visit, name: str) -> int:
    return visit.guide.fields.get(name, forms.KEPT_IN_FORM)


def _two(visit: Visit, form: GuideForm, texts: dict[str, str], problem: MovedOn) -> HttpResponse:
    """Both versions side by side. Nothing is kept yet, and nothing is lost."""
    guide = app().around_appeals.guiding.open(visit.guide.decision.id, visit.case.caller)
    now = visit.with_guide(guide)
    if "autosave" in visit.request.POST:
        return now.page("saved", {"refused": hint_of(problem), "code": problem.code, "moved": True})
    there = {name: guide.draft.text(name) for name in texts}
    if visit.screen == screens.STATEMENT:
        parts = guide.parts(words.language())
        there = {PARTS[part]: text for part, text in parts.items()}
    twice = [
        _twice(form, name, mine, there[name]) for name, mine in texts.items() if mine != there[name]
    ]
    page: dict[str, Any] = {"twice": twice, "said": hint_of(problem), "code": problem.code}
    page["may_merge"] = any(each.free for each in twice)
    page["same"] = [(name, mine) for name, mine in texts.items() if mine == there[name]]
    return now.page("moved", page, 409)


def _twice(form: GuideForm, name: str, mine: str, other: str) -> Twice:
    bound = form[name]
    titles = dict(getattr(bound.field, "choices", ()))
    cut = forms.KEPT_IN_FORM
    left = str(titles.get(mine, mine))[:cut]
    right = str(titles.get(other, other))[:cut]
    marked = compared(left, right)
    return Twice(name, str(bound.label), mine[:cut], other, *marked, free=not titles)
