"""The screens that ask: the list of tasks, which decision, how it was, questions, wish, files."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gongdao.bootstrap import app
from gongdao.domain.appeals.drafts import CONFIRMED, EDITED, PARTS
from gongdao.web import case_pieces, exhibit_pieces, incoming, material_pieces, words
from gongdao.web.public import evidence
from gongdao.web.public.appealing import forms, keeping, screens
from gongdao.web.public.appealing.screens import Screens
from gongdao.web.public.appealing.visit import Visit


def tasks(visit: Visit) -> HttpResponse:
    """What there is to do, and how far it is."""
    page = {"tasks": visit.screens.tasks(), "go_on": visit.screens.url(_go_on(visit.screens))}
    return visit.page("tasks", page)


def _go_on(found: Screens) -> str:
    """Where to go on: the first thing without an answer."""
    draft = found.guide.draft
    if not draft.text(CONFIRMED):
        return screens.DECISION
    for screen in found.order:
        question = found.question(screen)
        name = screens.field_of(question) if question else screen
        asks = question is not None or screen in {screens.HOW, screens.WANTED}
        if asks and not draft.text(name):
            return screen
    return screens.STATEMENT


def which(visit: Visit) -> HttpResponse:
    """The decision with its letter; earlier ones of the case below it."""
    if visit.writing:
        keeping.save(visit, {CONFIRMED: "yes"})
        return redirect(visit.screens.after(screens.DECISION))
    decision = visit.guide.decision.id
    found = [(each, case_pieces.letter(each)) for each in visit.case.view.decisions]
    page = {
        "letter": next((letter for each, letter in found if each.id == decision), None),
        "letter_outcome": visit.case.letter_outcome,
        "others": [
            (each, visit.screens.other(each.id)) for each, _ in found if each.id != decision
        ],
        "elsewhere": reverse("appeal") if visit.case.code else reverse("mine"),
    }
    return visit.page("decision", page)


def how(visit: Visit) -> HttpResponse:
    """Which template fits."""
    form = forms.situation(visit.guide, visit.request.POST if visit.writing else None)
    return keeping.shown(visit, form, "situation", {})


def wanted(visit: Visit) -> HttpResponse:
    """What is asked for."""
    form = forms.wish(visit.guide, visit.request.POST if visit.writing else None)
    return keeping.shown(visit, form, "wish", {"hints": forms.wish_hints(visit.guide)})


def question(visit: Visit) -> HttpResponse:
    """One question of the pack."""
    found = visit.screens.question(visit.screen)
    if found is None:
        raise Http404
    language = words.language()
    page = {
        "ask": found.ask.in_(language),
        "hint": found.hint.in_(language),
        "example": found.example.in_(language),
        "feeds": screens.PART_TITLES[found.feeds],
        "needed": found.needed,
        "when": found.code,
    }
    form = forms.answer(visit.guide, found, visit.request.POST if visit.writing else None)
    return keeping.shown(visit, form, "question", page)


def materials(visit: Visit) -> HttpResponse:
    """What is in the case file, and adding to it."""
    case, errors, again = visit.case, [], ""
    decision = visit.guide.decision.id
    if material_pieces.asked(visit.request):
        errors = material_pieces.take(visit.request, decision, case.view.id, case.caller)
        if not errors:
            there = visit.request.POST[material_pieces.FIELD]
            return redirect(f"{visit.screens.url(screens.MATERIALS)}#material-{there}")
    elif visit.writing:
        came = incoming.taken(visit.request)
        again = came.again
        errors = came.errors + evidence.attach(visit.request, case, came.tokens)
        if not errors:
            return redirect(visit.screens.url(screens.MATERIALS))
    found = app().exhibiting.of_case(case.view.id, case.caller)
    page = {
        "exhibits": exhibit_pieces.listed(found),
        "materials": material_pieces.page(decision, case.view.id, case.caller),
        **incoming.form(app().records.exhibit_policy(case.pack), errors, again),
    }
    return visit.page("materials", page, 400 if errors else 200)


def statement(visit: Visit) -> HttpResponse:
    """The three parts, put together from the answers until they are changed by hand."""
    if visit.writing and "anew" in visit.request.POST:
        keeping.save(visit, {EDITED: "", **dict.fromkeys(PARTS.values(), "")})
        return redirect(visit.screens.url(screens.STATEMENT))
    form = forms.statement(visit.guide, visit.request.POST if visit.writing else None)
    composed = visit.guide.composed(words.language())
    page = {"composed": [(screens.PART_TITLES[part], pieces) for part, pieces in composed.items()]}
    return keeping.shown(visit, form, "statement", page)
