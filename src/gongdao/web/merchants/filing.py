"""Statement and filing of a dispute: the platform's way, the words, the packet, and the proof."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gongdao.bootstrap import app, caller_of
from gongdao.bootstrap.filing_zips import zipped
from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import not_found
from gongdao.domain.disputes.events import Instance
from gongdao.domain.disputes.model import DisputeStage
from gongdao.domain.flows.exhibiting import Said
from gongdao.domain.flows.filing_disputes import Draft, FilingView, Limits, Looked
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.domain.kernel.ids import Code, DisputeId, ExhibitId
from gongdao.domain.policy.comparing import Quote
from gongdao.domain.policy.comparing import quotes as cell
from gongdao.domain.policy.figures import Counts
from gongdao.site.hints import hint_of
from gongdao.web import exhibit_pieces, incoming, pieces, words
from gongdao.web.merchants import chain, clocks, dispute_words
from gongdao.web.public import quotes
from gongdao.web.public.private import private

_FIELD = {"statement": "text", "packet": "exhibits", "filed": "filed"}
_WAITS = (DisputeStage.FILED, DisputeStage.MORE_ASKED)
_ROWS: words.Words = {
    "entry": gettext_lazy("Where to go"),
    "reasons": gettext_lazy("Reasons that its form offers"),
    "materials": gettext_lazy("Core evidence"),
    "window": gettext_lazy("Window"),
    "handling": gettext_lazy("Handling time"),
    "second": gettext_lazy("If it is rejected"),
    "advice": gettext_lazy("What the articles advise"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the way, or of what the form takes."""

    title: str
    quotes: tuple[quotes.Said, ...]
    value: str = ""


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, dispute_id: str) -> HttpResponse:
    """Everything that is needed to file, on one page."""
    caller, which = caller_of(request.user), DisputeId(dispute_id)
    do = request.POST.get("do", "")
    errors: list[pieces.FieldError] = []
    if request.method == "POST":
        if do not in _FIELD:
            raise not_found()
        try:
            answer, errors = _done(request, which, caller, do)
        except NotFound:
            raise
        except GongdaoError as problem:
            answer, errors = None, [pieces.FieldError(_FIELD[do], hint_of(problem), problem.code)]
        if answer is not None:
            return answer
    shown = _page(request, which, caller) | {"errors": errors}
    return render(request, "merchants/filing.html", shown, status=400 if errors else 200)


def _done(
    request: HttpRequest, which: DisputeId, caller: Caller, do: str
) -> tuple[HttpResponse | None, list[pieces.FieldError]]:
    """Do what a form asks; the answer, or what is wrong with it."""
    stories, given = app().disputes, request.POST
    if do == "statement":
        template = Code(given["template"]) if given.get("template") else None
        stories.filing.keep(which, given.get("text", ""), template, caller)
        messages.success(request, _("The statement is kept."))
        return redirect(reverse("dispute_filing", args=[which]) + "#text"), []
    if do == "packet":
        chosen = [ExhibitId(each) for each in given.getlist("exhibit")]
        packet = stories.filing_packets.packet(which, chosen, caller)
        answer = HttpResponse(zipped(packet), content_type="application/zip")
        answer["Content-Disposition"] = f'attachment; filename="{packet.name}"'
        answer["X-Content-Type-Options"] = "nosniff"
        return answer, []
    proof = None
    if request.FILES.getlist("file"):
        came = incoming.taken(request)
        if came.errors:
            return None, came.errors
        proof = stories.exhibits.attach(which, came.tokens[:1], Said("screenshot"), caller)[0]
    known = {each.value for each in Instance}
    instance = given.get("instance", "")
    if instance not in known:
        raise not_found()
    stories.filing.filed(which, Instance(instance), given.get("reference", ""), proof, caller)
    messages.success(request, _("Recorded as filed. Enter the answer once it comes."))
    return redirect("dispute", which), []


def _page(request: HttpRequest, which: DisputeId, caller: Caller) -> dict[str, Any]:
    filing, language = app().disputes.filing, words.language()
    view = filing.open(which, caller, language)
    asked = request.GET.get("template", "")
    draft: Draft | None = None
    if asked in {each.code for each in view.templates}:
        draft = filing.draft(which, Code(asked), caller, language)
    text = request.POST.get("text") or (draft.text if draft else view.statement)
    looked = view.looked
    if draft is not None or request.POST.get("text"):
        looked = filing.look(which, text, caller, language) if text.strip() else None
    called = quotes.titles(view.pack)
    return {
        "here": "merchants",
        "now": view.dispute,
        "title": chain.title_of(view.dispute),
        "answers": replace(_answers(view), clock=clocks.first(which, caller)),
        "rows": _rows(view, called),
        "channels": [
            (each.title.in_(language), quotes.quoted((_said(each.path, each),), called))
            for each in view.way.channels
            if each.path
        ],
        "limits": _limits(view.limits, called),
        "templates": [(each.code, each.title.in_(language)) for each in view.templates],
        "draft": draft,
        "text": text,
        "looked": looked,
        "findings": _findings(looked, text),
        "most": view.limits.characters,
        "exhibits": exhibit_pieces.listed(view.exhibits),
        "choices": list(zip(view.exhibits, exhibit_pieces.listed(view.exhibits), strict=True)),
        "instances": [(i.value, words.said(dispute_words.INSTANCES, i.value)) for i in Instance],
        "likely": _likely(view).value,
        "waits": view.dispute.stage in _WAITS,
    }


def _said(text: Any, rule: Any) -> Quote:
    return Quote(text, rule.source, rule.as_of, rule.basis, note=rule.note)


def _rows(view: FilingView, called: Any) -> list[Row]:
    way = view.way
    cells = {
        "entry": way.entry,
        "reasons": way.reasons,
        "materials": way.materials,
        "window": way.window,
        "handling": way.handling,
        "second": way.second,
        "advice": way.advice,
    }
    return [
        Row(words.said(_ROWS, name), quotes.quoted(found, called))
        for name, found in cells.items()
        if found or name in {"entry", "window", "handling"}
    ]


def _limits(limits: Limits, called: Any) -> list[Row]:
    form = limits.form

    def row(title: str, figures: Counts | None) -> Row:
        return Row(title, quotes.quoted(cell(figures), called))

    formats = ", ".join(each.upper() for each in limits.formats)
    pdf = {True: _("yes"), False: _("no"), None: ""}[limits.pdf]
    return [
        row(_("Characters of the statement"), form.statement_max if form else None),
        row(_("Pictures"), form.pictures_max if form else None),
        row(_("Size of each picture"), form.picture_bytes_max if form else None),
        Row(_("Formats"), (), formats),
        Row(_("Takes a PDF"), (), pdf),
    ]


def _findings(looked: Looked | None, text: str) -> list[dict[str, str]]:
    if looked is None:
        return []
    return [
        {"passage": text[f.start : f.end], "reason": f.reason, "suggestion": f.suggestion}
        for f in looked.report.findings
    ]


def _likely(view: FilingView) -> Instance:
    """The next in line: the platform first, then once more."""
    return Instance.SECOND if view.dispute.filings else Instance.PLATFORM


def _answers(view: FilingView) -> pieces.Answers:
    now = view.dispute
    if now.stage in _WAITS:
        return pieces.Answers(
            stands=words.said(dispute_words.STAGES, now.stage.value),
            next=words.said(dispute_words.NEXT, now.stage.value),
            actions=(pieces.Action(_("Back to the dispute"), reverse("dispute", args=[now.id])),),
        )
    return pieces.Answers(
        stands=words.said(dispute_words.STAGES, now.stage.value),
        next=_(
            "You file it on the platform yourself, by the way below. Nothing is sent from here."
        ),
        actions=(
            pieces.Action(_("Write the statement"), "#text"),
            pieces.Action(_("Make the packet"), "#packet"),
            pieces.Action(_("Say that it was filed"), "#filed"),
        ),
    )
