"""Starting a dispute: what, where, from what; then what was found in it, to be confirmed.

Nothing is kept until it is confirmed: what was written travels with the page.
"""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.events import Came, DisputeKind
from gongdao.domain.flows.disputing import Told
from gongdao.domain.flows.starting import Note, Proposal
from gongdao.domain.kernel.errors import GongdaoError, NotFound, Refused
from gongdao.domain.kernel.ids import DisputeId, OrganisationId
from gongdao.domain.organisations.model import Right
from gongdao.site.hints import hint_of
from gongdao.web import incoming, words
from gongdao.web.merchants import dispute_words, forms, start_forms
from gongdao.web.public.fields import add_refusal
from gongdao.web.public.private import private


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def alone(request: HttpRequest) -> HttpResponse:
    """Begin as somebody on their own: their organisation of one is found, or made.

    Whoever comes back from signing in comes with a GET, and begins at the door.
    """
    if request.method != "POST":
        return redirect("merchants")
    try:
        ours = app().disputes.organising.own(caller_of(request.user))
    except Refused as problem:
        messages.error(request, hint_of(problem))
        return redirect("merchants")
    return redirect("dispute_start", ours)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, organisation_id: str) -> HttpResponse:
    """The next question, or what was found."""
    ours, caller = OrganisationId(organisation_id), caller_of(request.user)
    app().disputes.organising.seat(ours, caller, Right.WORK)
    asked = request.GET
    kind = start_forms.KindForm(asked if "of" in asked else None)
    if not kind.is_valid():
        return _question(request, ours, kind, "of", _("A new dispute"))
    where = start_forms.WhereForm(ours, caller, asked if "where" in asked else None)
    if not where.is_valid():
        return _question(request, ours, where, "where", _("A new dispute"), of=asked["of"])
    how = start_forms.HowForm(asked if "how" in asked else None)
    before = {"of": asked["of"], "where": asked["where"]}
    if not how.is_valid():
        return _question(request, ours, how, "how", _("A new dispute"), **before)
    platform, shop = start_forms.place(asked["where"])
    known = Told(
        of=DisputeKind(asked["of"]),
        platform=platform,
        shop=shop,
        noticed_at=app().records.clock(),
        came=Came.PASTED if asked["how"] == "paste" else Came.BY_HAND,
    )
    if asked["how"] == "picture":
        return _picture(request, ours, known, caller)
    if asked["how"] == "paste" and "confirm" not in request.POST:
        return _paste(request, ours, known, caller)
    return _confirm(request, ours, known, caller)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest, dispute_id: str) -> HttpResponse:
    """What was read in the screenshot with which a dispute was started."""
    which, caller, stories = DisputeId(dispute_id), caller_of(request.user), app().disputes
    known = stories.files.told(which, caller)
    if "move" in request.POST:
        stories.working.move(which, request.POST["move"], caller)
        return redirect("dispute_read", dispute_id)
    picture = stories.starting.picture(which, known, caller)
    proposal = picture.proposal
    begun = forms.initial(proposal.told if proposal else known)
    form = forms.FactsForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        told = form.told(known.of, known.platform, known.came, known.shop)
        try:
            stories.working.change(which, told, caller)
        except NotFound:
            raise
        except GongdaoError as problem:
            add_refusal(form, problem, forms.FIELD_OF.get(problem.code))
        else:
            messages.success(request, _("It is kept."))
            return redirect("dispute", dispute_id)
    page = {
        "form": form,
        "waiting": picture.waiting and request.method != "POST",
        "missed": picture.missed,
        "notes": _notes(proposal),
        "other": _other(proposal),
        "dispute_id": dispute_id,
        "here": "merchants",
    }
    return render(request, "merchants/read.html", page, status=400 if form.errors else 200)


def _question(
    request: HttpRequest, ours: OrganisationId, form: Any, name: str, title: str, **before: str
) -> HttpResponse:
    page = {
        "form": form,
        "asked": form[name],
        "before": before,
        "title": title,
        "back": f"?{urlencode(dict(list(before.items())[:-1]))}" if before else "",
        "ours": ours,
        "table": name == "how",
        "here": "merchants",
    }
    return render(request, "merchants/start.html", page, status=400 if form.errors else 200)


def _paste(request: HttpRequest, ours: OrganisationId, known: Told, caller: Caller) -> HttpResponse:
    form = start_forms.PasteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["pasted"]
        if len(text) <= form.fields["pasted"].limit:  # type: ignore[attr-defined]  # a LongText
            proposal = app().disputes.starting.recognise(text, known)
            return _shown(request, ours, _unbound(ours, proposal.told, caller), proposal)
        form.add_error("pasted", _("The text is too long. Paste the part that counts."))
    page = {"form": form, "here": "merchants"}
    return render(request, "merchants/paste.html", page, status=400 if form.errors else 200)


def _unbound(ours: OrganisationId, told: Told, caller: Caller) -> start_forms.ConfirmForm:
    orders = list(app().disputes.starting.orders(ours, told, caller))
    return start_forms.ConfirmForm(orders, initial=forms.initial(told))


def _confirm(
    request: HttpRequest, ours: OrganisationId, known: Told, caller: Caller
) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, ours, _unbound(ours, known, caller))
    starting = app().disputes.starting
    numbered = replace(known, order=request.POST.get("order", "")[:200])
    orders = list(starting.orders(ours, numbered, caller))
    form = start_forms.ConfirmForm(orders, request.POST)
    same: list[DisputeId] = []
    if form.is_valid():
        told = form.told(known.of, known.platform, known.came, known.shop)
        try:
            new = starting.open(ours, told, caller, again=form.cleaned_data["again"])
        except NotFound:
            raise
        except GongdaoError as problem:
            add_refusal(form, problem, forms.FIELD_OF.get(problem.code))
            if problem.code == "dispute.order_there":
                same = starting.same_order(ours, told, caller)
            if problem.code == "dispute.there_already":
                there = starting.same_source(ours, told, caller)
                same = [there] if there else []
        else:
            messages.success(request, _("The dispute is here. Nothing was sent anywhere."))
            return redirect("dispute", new)
    return _shown(request, ours, form, same=same)


def _picture(
    request: HttpRequest, ours: OrganisationId, known: Told, caller: Caller
) -> HttpResponse:
    came = incoming.taken(request) if request.method == "POST" else incoming.Incoming([], [])
    if came.tokens and not came.errors:
        new = app().disputes.starting.from_picture(
            ours, known.of, known.platform, came.tokens, caller, known.shop
        )
        return redirect("dispute_read", new)
    page = {**incoming.form(app().uploading.policy(), came.errors), "here": "merchants"}
    return render(request, "merchants/picture.html", page, status=400 if came.errors else 200)


def _shown(
    request: HttpRequest,
    ours: OrganisationId,
    form: start_forms.ConfirmForm,
    proposal: Proposal | None = None,
    same: list[DisputeId] | None = None,
) -> HttpResponse:
    page = {
        "form": form,
        "notes": _notes(proposal),
        "other": _other(proposal),
        "found": proposal is not None,
        "same": same or [],
        "ask_again": bool(same) or "again" in form.errors,
        "ours": ours,
        "here": "merchants",
    }
    return render(request, "merchants/confirm.html", page, status=400 if form.errors else 200)


def _notes(proposal: Proposal | None) -> list[str]:
    notes = proposal.notes if proposal else ()
    shown = [note for note in notes if note is not Note.OTHER_PLATFORM]
    return [words.said(dispute_words.NOTES, note.value) for note in shown]


def _other(proposal: Proposal | None) -> dict[str, str] | None:
    """The platform that it looks like, where another one was chosen."""
    if proposal is None or Note.OTHER_PLATFORM not in proposal.notes or not proposal.platform:
        return None
    title = app().records.packs.versions(proposal.platform)[0].title.in_(words.language())
    return {"code": proposal.platform, "title": title}
