"""The evidence chain of a dispute: files, what they show in order of time, and contradictions."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.events import SaidDay
from gongdao.domain.disputes.model import Dispute
from gongdao.domain.evidence.exhibits import Derivative, Exhibit
from gongdao.domain.evidence.findings import About, Look
from gongdao.domain.evidence.media import Kind
from gongdao.domain.flows.dispute_chain import CLOSED, STEPS, DisputeChain
from gongdao.domain.flows.exhibiting import Said
from gongdao.domain.flows.looking import Choice
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.domain.kernel.ids import DisputeId, ExhibitId
from gongdao.site.hints import hint_of
from gongdao.web import (
    chain_pieces,
    exhibit_pieces,
    finding_words,
    incoming,
    pieces,
    times,
    viewer,
    words,
)
from gongdao.web.merchants import chain_words, dispute_words
from gongdao.web.public.private import private

_BLANK = 3
"""So many empty rows for days a form offers."""
MOST_LINES = 200


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, dispute_id: str) -> HttpResponse:
    """The chain; files are added to it, and words beside it."""
    caller, which = caller_of(request.user), DisputeId(dispute_id)
    found = app().disputes.chaining.of(which, caller)
    errors: list[pieces.FieldError] = []
    again = ""
    if request.method == "POST":
        if "days" in request.POST:
            errors = _say_days(request, which, caller)
        elif "exhibit" in request.POST:
            explain = partial(app().disputes.chaining.explain, which)
            errors = chain_pieces.keep_by(explain, request, found.chain, caller)
        else:
            errors, again = attach(request, which, caller)
        if not errors:
            return redirect("dispute_chain", dispute_id)
    shown = _page(found) | {
        "errors": errors,
        "wrong": request.POST.get("exhibit", ""),
        **incoming.form(app().disputes.exhibits.policy(), errors, again),
    }
    return render(request, "merchants/chain.html", shown, status=400 if errors else 200)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def frame(request: HttpRequest, dispute_id: str, exhibit: str) -> HttpResponse:
    """One picture: which lines are boxed in red on a copy, and what is painted over in it."""
    caller, which = caller_of(request.user), DisputeId(dispute_id)
    stories = app().disputes.exhibits
    now = stories.get(which, ExhibitId(exhibit), caller).now
    seen = stories.look(which, now.id, caller)
    errors: list[pieces.FieldError] = []
    if request.method == "POST":
        try:
            stories.frame(which, now.id, _choice(request, seen.look), caller)
        except NotFound:
            raise
        except GongdaoError as problem:
            errors = [pieces.FieldError("lines", hint_of(problem), problem.code)]
        else:
            messages.success(request, _("The copy is made. The filing takes it in its place."))
            return redirect("dispute_exhibit", dispute_id, exhibit)
    made = now.latest(Derivative.REDACTED)
    view = now.latest(Derivative.VIEW)
    missed = words.said(finding_words.MISSED, seen.missed) if seen.missed else ""
    shown = {
        "here": "merchants",
        "dispute_id": dispute_id,
        "heading": _("Exhibit %(n)d") % {"n": now.number},
        "picture": viewer.shown(view.file) if view else "",
        "copy": exhibit_pieces.file_link(made.file, f"{now.number:02d}.png") if made else "",
        "copied_at": made.at if made else None,
        "lines": _lines(seen.look, which, caller, now),
        "personal": _personal(seen.look),
        "missed": missed,
        "may_frame": now.kind is Kind.PICTURE and view is not None,
        "errors": errors,
    }
    return render(request, "merchants/exhibit.html", shown, status=400 if errors else 200)


def attach(
    request: HttpRequest, which: DisputeId, caller: Caller
) -> tuple[list[pieces.FieldError], str]:
    """Add the files of a form to a dispute; what is wrong, and what was pasted."""
    came = incoming.taken(request)
    if came.errors or not came.tokens:
        return came.errors, came.again
    said = Said(incoming.captured(request))
    try:
        app().disputes.exhibits.attach(which, came.tokens, said, caller)
    except NotFound:
        raise
    except GongdaoError as problem:
        return [pieces.FieldError(incoming.FIELD, hint_of(problem), problem.code)], came.again
    done = ngettext(
        "%(n)d file is in the dispute's file now.",
        "%(n)d files are in the dispute's file now.",
        len(came.tokens),
    ) % {"n": len(came.tokens)}
    messages.success(request, done)
    return [], ""


def title_of(now: Dispute) -> str:
    """What a dispute is called above its pages."""
    pack = app().disputes.disputing.pack_of_the_day(now.platform, now.opened_at)
    kind = words.said(dispute_words.KINDS, now.kind.value)
    return f"{pack.title.in_(words.language())} · {kind}"


def _page(found: DisputeChain) -> dict[str, Any]:
    now = found.dispute
    plain = chain_pieces.page(found.chain)
    said = [_said_dot(each) for each in now.days]
    return plain | {
        "here": "merchants",
        "now": now,
        "title": title_of(now),
        "text": found.text,
        "contradictions": [chain_words.shown(each) for each in found.contradictions],
        "dots": sorted([*plain["dots"], *said], key=lambda dot: dot.iso),
        "days": _day_rows(now),
        "steps": [(code, words.said(chain_words.STEPS, code)) for code in STEPS],
        "may_explain": True,
    }


def _said_dot(said: SaidDay) -> chain_pieces.Dot:
    return chain_pieces.Dot(
        when=times.day(said.day),
        iso=said.day.isoformat(),
        title=words.said(chain_words.STEPS, said.step),
        exhibit=_("No exhibit shows it"),
        anchor="",
        sure=_("said by a person"),
    )


def _day_rows(now: Dispute) -> list[dict[str, str]]:
    rows = [{"step": each.step, "day": each.day.isoformat()} for each in now.days]
    return [*rows, *({"step": CLOSED, "day": ""} for _n in range(_BLANK))]


def _say_days(request: HttpRequest, which: DisputeId, caller: Caller) -> list[pieces.FieldError]:
    given = request.POST
    try:
        pairs = zip(given.getlist("step"), given.getlist("day"), strict=False)
        days = [SaidDay(step, chain_pieces.day_of(day)) for step, day in pairs if day]
        app().disputes.chaining.say_days(which, days, caller)
    except NotFound:
        raise
    except GongdaoError as problem:
        return [pieces.FieldError("days", hint_of(problem), problem.code)]
    messages.success(request, _("The days are kept."))
    return []


def _choice(request: HttpRequest, look: Look | None) -> Choice:
    if look is None:
        return Choice()
    chosen = {int(each) for each in request.POST.getlist("line") if each.isdecimal()}
    hidden = {int(each) for each in request.POST.getlist("hide") if each.isdecimal()}
    if any(n >= len(look.lines) for n in chosen) or any(n >= len(look.found) for n in hidden):
        raise Http404
    boxes = [look.lines[n].box for n in sorted(chosen)]
    return Choice(accepted=tuple(sorted(hidden)), passages=tuple(boxes))


def _lines(
    look: Look | None, which: DisputeId, caller: Caller, exhibit: Exhibit
) -> list[dict[str, object]]:
    """What was read in it; lines that a contradiction rests on are ticked."""
    if look is None:
        return []
    found = app().disputes.chaining.of(which, caller).contradictions
    quoted = {
        quote.words
        for each in found
        for quote in (each.theirs, each.record)
        if quote.exhibit == exhibit.number and quote.words
    }
    return [
        {"number": n, "text": line.text, "ticked": any(q in line.text for q in quoted)}
        for n, line in enumerate(look.lines[:MOST_LINES])
    ]


def _personal(look: Look | None) -> Iterable[dict[str, object]]:
    if look is None:
        return []
    return [
        {"number": n, "text": finding_words.written(each), "says": finding_words.sentence(each)}
        for n, each in enumerate(look.found)
        if each.about is About.PERSONAL
    ]
