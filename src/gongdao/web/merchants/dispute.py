"""The page of one dispute: where it stands, the steps, what is known, what happened."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.imports import KeptOrder
from gongdao.domain.disputes.model import Dispute, DisputeStage
from gongdao.domain.flows.dispute_files import DisputeView
from gongdao.domain.flows.timeline import Entry
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.domain.kernel.ids import DisputeId
from gongdao.web import pieces, words
from gongdao.web.merchants import clocks, dispute_words, forms, shared, start_forms
from gongdao.web.pieces import TaskStatus
from gongdao.web.public.fields import add_refusal
from gongdao.web.public.private import private

_TONES = {
    "dispute.more_asked": pieces.Tone.URGENT,
}


@private
@login_required
@require_safe
def dispute(request: HttpRequest, dispute_id: str) -> HttpResponse:
    """One dispute."""
    return _page(request, DisputeId(dispute_id))


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: HttpRequest, dispute_id: str) -> HttpResponse:
    """Put right what is known of it."""
    caller, stories = caller_of(request.user), app().disputes
    known = stories.files.told(DisputeId(dispute_id), caller)
    order = request.POST.get("order", known.order)[:200]
    ours = stories.files.open(DisputeId(dispute_id), caller).now.organisation
    orders = list(stories.starting.orders(ours, replace(known, order=order), caller))
    chosen = {**forms.initial(known), "kept_order": known.kept_order}
    form = start_forms.ConfirmForm(orders, request.POST or None, initial=chosen)
    if request.method == "POST" and form.is_valid():
        told = form.told(known.of, known.platform, known.came, known.shop)
        try:
            stories.working.change(DisputeId(dispute_id), told, caller)
        except NotFound:
            raise
        except GongdaoError as problem:
            add_refusal(form, problem, forms.FIELD_OF.get(problem.code))
        else:
            messages.success(request, _("It is put right."))
            return redirect("dispute", dispute_id)
    page = {"form": form, "dispute_id": dispute_id, "here": "merchants"}
    return render(request, "merchants/facts.html", page, status=400 if form.errors else 200)


@private
@login_required
@require_POST
def act(request: HttpRequest, dispute_id: str, name: str) -> HttpResponse:
    """Give it up, take it up again, or note the time that it took."""
    caller, working = caller_of(request.user), app().disputes.working
    which = DisputeId(dispute_id)
    if name not in {"time", "drop", "reopen"}:
        raise Http404
    timed = name == "time"
    form = forms.TimeForm(request.POST) if timed else forms.NoteForm(request.POST)
    if form.is_valid():
        try:
            if timed:
                working.spend(which, form.cleaned_data["minutes"], "work", caller)
            elif name == "drop":
                working.drop(which, form.cleaned_data["words"], caller)
            else:
                working.reopen(which, form.cleaned_data["words"], caller)
        except NotFound:
            raise
        except GongdaoError as problem:
            add_refusal(form, problem, "minutes" if timed else "words")
        else:
            messages.success(request, _("Recorded."))
            return redirect("dispute", dispute_id)
    return _page(request, which, **{name: form})


def _orders(view: DisputeView, caller: Caller) -> list[KeptOrder]:
    """The orders from tables that it may be about: the one that was chosen, or all of its number.

    Somebody may have said that it is none of them.
    """
    now = view.now
    told = app().disputes.files.told(now.id, caller)
    found = app().disputes.starting.orders(now.organisation, told, caller)
    kept = now.facts.kept_order
    return [each for each in found if kept in {None, each.id}]


def heading(view: DisputeView) -> str:
    """What a dispute is called: its kind and platform."""
    kind = words.said(dispute_words.KINDS, view.now.kind.value)
    return f"{view.pack.title.in_(words.language())} · {kind}"


def _page(request: HttpRequest, which: DisputeId, **forms_: Any) -> HttpResponse:
    caller = caller_of(request.user)
    view = app().disputes.files.open(which, caller)
    orders = _orders(view, caller)
    page = {
        "view": view,
        "orders": [start_forms.order_words(each) for each in orders],
        "which_order": len(orders) > 1 and not view.now.facts.kept_order,
        "now": view.now,
        "title": heading(view),
        "answers": replace(_answers(view), clock=clocks.first(which, caller)),
        "tasks": tasks(view.now),
        "facts": _facts(view),
        "team": shared.team(view.now, caller),
        "timeline": [_entry(each) for each in view.timeline],
        "same": [(each.id, _stands(each)) for each in view.same_order],
        "drop": forms.NoteForm(),
        "reopen": forms.NoteForm(),
        "time": forms.TimeForm(),
        "here": "merchants",
        **forms_,
    }
    wrong = any(form.errors for form in forms_.values())
    return render(request, "merchants/dispute.html", page, status=400 if wrong else 200)


def tasks(now: Dispute) -> list[pieces.Task]:
    """The steps of a dispute, each with how far it is."""
    filed, judged, ended = bool(now.filings), now.judged, not now.is_open
    steps = (
        ("dispute_grounds", _("Grounds: may it be taken up?"), _done(judged)),
        ("dispute_chain", _("Evidence chain"), _done(filed)),
        (
            "dispute_filing",
            _("Statement and filing"),
            TaskStatus.BEGUN if now.statement and not filed else _done(filed),
        ),
        (
            "dispute_follow",
            _("Follow-up: windows, calls, answers"),
            _done(ended) if filed else TaskStatus.LATER,
        ),
        ("dispute_talk", _("Negotiation with the other side"), _done(ended)),
        (
            "dispute_after",
            _("Afterwards: public reply, legal file, authorities"),
            TaskStatus.TODO if ended or filed or judged else TaskStatus.LATER,
        ),
    )
    return [pieces.Task(title, status, _url(name, now.id)) for name, title, status in steps]


def _done(there: object) -> TaskStatus:
    return TaskStatus.DONE if there else TaskStatus.TODO


def _url(name: str, dispute: DisputeId) -> str:
    """The address of a step's page; empty where there is none."""
    try:
        return reverse(name, args=[dispute])
    except NoReverseMatch:
        return ""


def _answers(view: DisputeView) -> pieces.Answers:
    now = view.now
    step = {
        DisputeStage.PREPARING: "dispute_filing" if now.judged else "dispute_grounds",
        DisputeStage.FILED: "dispute_follow",
        DisputeStage.MORE_ASKED: "dispute_follow",
        DisputeStage.REJECTED: "dispute_follow",
        DisputeStage.ENDED: "dispute_after",
    }[now.stage]
    labels = {
        "dispute_grounds": _("Look at the grounds"),
        "dispute_filing": _("Prepare the filing"),
        "dispute_follow": _("Enter what happened"),
        "dispute_after": _("What can be done afterwards"),
    }
    url = _url(step, now.id)
    actions = (pieces.Action(labels[step], url),) if url and view.may_work else ()
    stands = _stands(now)
    return pieces.Answers(
        stands=stands,
        next=words.said(dispute_words.NEXT, now.stage.value),
        actions=actions,
        nothing=_("Read it here. Whoever works on it goes on."),
    )


def _stands(now: Dispute) -> str:
    said = words.said(dispute_words.STAGES, now.stage.value)
    return f"{said} · {words.said(dispute_words.ENDINGS, now.ending.value)}" if now.ending else said


def _entry(entry: Entry) -> pieces.TimelineEntry:
    tone = _TONES.get(entry.kind, pieces.Tone.PLAIN)
    if entry.detail in {"upheld", "partly", "settled", "withdrawn"}:
        tone = pieces.Tone.RESTORED
    return pieces.TimelineEntry(
        at=entry.at,
        role=words.said(words.ROLES, entry.role),
        words=dispute_words.event(entry.kind, entry.detail),
        detail=entry.text or "",
        leaf=entry.leaf,
        tone=tone,
    )


def _facts(view: DisputeView) -> list[tuple[str, str]]:
    facts, said = view.now.facts, view.said
    fen = facts.amount_fen
    pairs = (
        (_("Shop or account"), view.shop),
        (_("Order number"), said.order),
        (_("The platform's number of it"), said.reference),
        (_("What the platform calls whoever wrote it"), said.other_side),
        (_("The day that the platform shows beside it"), str(facts.shown_on or "")),
        (_("Amount in yuan"), f"{fen / 100:.2f}" if fen is not None else ""),
        (_("Stars"), str(facts.stars) if facts.stars is not None else ""),
        (_("Its address"), said.url),
        (_("Minutes of work so far"), str(view.now.minutes or "")),
    )
    return [pair for pair in pairs if pair[1]]
