"""The screens that end an appeal: wording, check and send, sent."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gongdao.bootstrap import app
from gongdao.domain.appeals.drafts import EDITED, PARTS
from gongdao.domain.appeals.statement import Whole, gaps_left
from gongdao.domain.flows.forecasting import Draft, Explained
from gongdao.domain.kernel.errors import MovedOn, Refused
from gongdao.domain.linting.mending import mended
from gongdao.domain.policy.questions import Part
from gongdao.site.hints import hint_of
from gongdao.web import forecast_pieces, words
from gongdao.web.pieces import FieldError, MeterItem
from gongdao.web.public import saying, stands, wording
from gongdao.web.public.appealing import keeping, screens
from gongdao.web.public.appealing.visit import Visit
from gongdao.web.public.opened import Opened


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands: in which part, and there from where to where."""

    part: Part
    start: int
    end: int


def look(visit: Visit) -> HttpResponse:
    """The statement with its marks; one press takes a better wording."""
    whole = visit.guide.whole(words.language())
    marked = wording.marked(visit.request, visit.case, whole.text)
    problem = ""
    if visit.writing:
        try:
            if _accepted(visit, whole, marked):
                return redirect(visit.screens.url(screens.WORDING) + "#wording")
        except MovedOn as moved:
            problem = hint_of(moved)
    page = {"marked": marked, "accepting": True, "problem": problem, "empty": not whole.text}
    return visit.page("wording", page, 409 if problem else 200)


def _accepted(visit: Visit, whole: Whole, marked: wording.Marked) -> bool:
    """Put the better wording in, if the passage still stands where it was marked."""
    wanted = visit.request.POST.get("accept", "")
    note = next((n for n in marked.notes if str(n.number) == wanted), None)
    place = _place(whole, note.start, note.end) if note and note.better is not None else None
    if note is None or place is None or note.passage != visit.request.POST.get(f"was-{wanted}"):
        return False
    parts = visit.guide.parts(words.language())
    text = mended(parts[place.part].strip(), place.start, place.end, note.better or "")
    changed = {**parts, place.part: text}
    texts = {EDITED: "yes", **{PARTS[part]: said for part, said in changed.items()}}
    keeping.save(visit, texts)
    return True


def _place(whole: Whole, start: int, end: int) -> Place | None:
    """The part in which a passage lies; None where it goes across a heading."""
    begun = sorted(((begin, part) for part, begin in whole.begins.items()), reverse=True)
    for begin, part in begun:
        if begin <= start:
            return Place(part, start - begin, end - begin)
    return None


def check(visit: Visit) -> HttpResponse:
    """Read it again, see what is missing, and send it all the same if one wants."""
    if not visit.writing:
        return _check_page(visit)
    decision, language = visit.guide.decision.id, words.language()
    try:
        app().around_appeals.guiding.send(
            decision, language, visit.case.caller, forecast(visit).weighed
        )
    except Refused as problem:
        if problem.code == "appeal.already_filed":
            return redirect(visit.screens.url(screens.SENT))
        return _check_page(visit, problem)
    return redirect(visit.screens.url(screens.SENT))


def forecast(visit: Visit) -> Explained:
    """What is said of the appeal before it is sent, with its reasons."""
    decision, caller = visit.guide.decision.id, visit.case.caller
    around, text = app().around_appeals, visit.guide.whole(words.language()).text
    brought = around.materials.of(decision, caller)
    kinds = wording.kinds(visit.case, text)
    about = Draft(brought.share, tuple(brought.missing), kinds, text)
    return around.forecasting.explained(decision, caller, about)


def materials(visit: Visit) -> tuple[int, list[MeterItem]]:
    """How much of the required material passed, and each of it by what mending it gains."""
    stories, language = app().around_appeals.materials, words.language()
    decision, caller = visit.guide.decision.id, visit.case.caller
    found = stories.of(decision, caller)
    named = {each.material.code: each.material for each in stories.standard(decision, caller)}
    gains = {gap.material: gap.gain for gap in found.gaps}
    there = visit.screens.url(screens.MATERIALS)
    items = sorted(
        (each for each in found.items if each.required),
        key=lambda each: -gains.get(each.material, 0),
    )
    return found.share, [
        MeterItem(
            title=named[each.material].title.in_(language),
            there=each.material not in gains,
            adds=_adds(named[each.material].why.in_(language), gains.get(each.material, 0)),
            url=f"{there}#material-{each.material}" if each.material in gains else "",
        )
        for each in items
    ]


def _adds(why: str, gain: int) -> str:
    if not gain:
        return why
    return _("%(why)s It would add %(gain)d points.") % {"why": why, "gain": gain}


def _meter(visit: Visit) -> list[MeterItem]:
    """What was asked of the statement, what is there of it, and where to add the rest."""
    guide, url, language = visit.guide, visit.screens.url, words.language()
    answers = guide.draft.answers()
    items = [
        MeterItem(
            title=question.ask.in_(language),
            there=question.code in answers,
            adds=question.hint.in_(language),
            url="" if question.code in answers else url(screens.ask(question)),
        )
        for question in guide.asked
        if question.needed
    ]
    gaps = gaps_left(guide.whole(language).text)
    adds = _("Still open: %(gaps)s") % {"gaps": " ".join(gaps)} if gaps else ""
    items.append(
        MeterItem(
            title=_("Every bracket is filled in"),
            there=not gaps,
            adds=adds or _("Nothing is left open."),
            url=url(screens.STATEMENT) if gaps else "",
        )
    )
    return items


def _check_page(visit: Visit, problem: Refused | None = None) -> HttpResponse:
    whole = visit.guide.whole(words.language())
    marked = wording.marked(visit.request, visit.case, whole.text) if whole.text else None
    errors = [FieldError("statement", hint_of(problem), problem.code)] if problem else []
    meter, (share, brings) = _meter(visit), materials(visit)
    page = {
        "forecast": forecast_pieces.shown(forecast(visit)),
        "share": share,
        "brings": brings,
        "text": whole.text,
        "wish": screens.wish_title(visit.guide),
        "files": sorted(visit.guide.exhibits),
        "meter": meter,
        "marks": len(marked.notes) if marked else 0,
        "lacking": any(not item.there for item in [*meter, *brings]),
        "errors": errors,
        "consequences": saying.STEPS["appeal"].consequences,
    }
    return visit.page("check", page, 400 if problem else 200)


def sent(request: HttpRequest, case: Opened, screen: str) -> HttpResponse:
    """Nothing can be appealed against now; where one just was, what happens next."""
    appeal = stands.open_appeal(case.view)
    if screen == screens.SENT and appeal is not None:
        answers = stands.answers(case, app().records.clock())
        page = {"here": "appeal", "case": case, "appeal": appeal, "answers": answers}
        page["case_evidence"] = case.url("evidence")
        return render(request, "public/appealing/sent.html", page)
    messages.info(request, _("This is not open now. The page says where it stands."))
    return redirect(case.url())
