"""What colleagues share: the roster, templates, flags on buyers, and a dispute's notes."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.model import Dispute
from gongdao.domain.flows.flagging import FlagView
from gongdao.domain.flows.house_templates import no_template
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.domain.kernel.ids import DisputeId, FlagId, OrganisationId, PersonId, TemplateId
from gongdao.domain.organisations.model import Right
from gongdao.web import words
from gongdao.web.merchants import dispute_words, team_forms, team_words
from gongdao.web.merchants.team import frame
from gongdao.web.public.fields import add_refusal
from gongdao.web.public.private import private

_BOTH = ["GET", "HEAD", "POST"]


@private
@login_required
@require_http_methods(_BOTH)
def duty(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who is on duty when; managers set it."""
    which, caller = OrganisationId(organisation), caller_of(request.user)
    teamwork, view = app().disputes.teamwork, app().disputes.overseeing.of(which, caller)
    seen = teamwork.duty(which, caller)
    able = [m for m in view.members if Right.WORK in m.role.rights]
    named = [(m.who.person, team_words.name(m.who)) for m in able]
    first = {"table": seen.table, "responsible": seen.responsible and seen.responsible.person}
    form = team_forms.RosterForm(named, request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        table, person = form.cleaned_data["table"], PersonId(form.cleaned_data["responsible"])
        try:
            teamwork.set_roster(which, table.encode(), person, caller)
        except NotFound:
            raise
        except GongdaoError as problem:
            add_refusal(form, problem, team_forms.FIELD_OF.get(problem.code))
        else:
            messages.success(request, _("The roster is set."))
            return redirect("merchants_duty", which)
    page = {
        "form": form,
        "duty": seen,
        "on_duty": team_words.name(seen.on_duty) if seen.on_duty else "",
        "rows": [(spell, team_words.name(who)) for spell, who in seen.spells],
        "nameless": [team_words.name(m.who) for m in able if not m.who.name],
        **frame(view, "merchants_duty"),
    }
    return render(request, "merchants/duty.html", page, status=400 if form.errors else 200)


@private
@login_required
@require_http_methods(_BOTH)
def templates(request: HttpRequest, organisation: str) -> HttpResponse:
    """The shipped templates, and the organisation's own."""
    return _templates(request, OrganisationId(organisation), None)


@private
@login_required
@require_http_methods(_BOTH)
def template(request: HttpRequest, organisation: str, template: str) -> HttpResponse:
    """One of its own: changed, or dropped."""
    which, caller = OrganisationId(organisation), caller_of(request.user)
    if request.method == "POST" and "drop" in request.POST:
        app().disputes.templates.drop(which, TemplateId(template), caller)
        messages.success(request, _("The template is dropped."))
        return redirect("merchants_templates", which)
    return _templates(request, which, TemplateId(template))


@private
@login_required
@require_http_methods(["GET", "HEAD"])
def flags(request: HttpRequest, organisation: str) -> HttpResponse:
    """The flags that hold now."""
    which, caller = OrganisationId(organisation), caller_of(request.user)
    view, flagging = app().disputes.overseeing.of(which, caller), app().disputes.flagging
    rule = flagging.rule()
    page = {
        "rows": [
            (_flag(each), team_words.platform(each.platform))
            for each in flagging.holding(which, caller)
        ],
        "notice": rule.notice.in_(words.language()),
        "why_not": rule.basis_note.in_(words.language()),
        **frame(view, "merchants_flags"),
    }
    return render(request, "merchants/flags.html", page)


@private
@login_required
@require_POST
def end_flag(request: HttpRequest, organisation: str) -> HttpResponse:
    """Take a flag off before its end."""
    which, flag_id = OrganisationId(organisation), FlagId(request.POST.get("flag", ""))
    app().disputes.flagging.end(which, flag_id, "", caller_of(request.user))
    messages.success(request, _("The flag is taken off."))
    return redirect("merchants_flags", which)


@private
@login_required
@require_http_methods(_BOTH)
def flag(request: HttpRequest, dispute_id: str) -> HttpResponse:
    """Flag the other side of a dispute."""
    which, caller, flagging = (
        DisputeId(dispute_id),
        caller_of(request.user),
        app().disputes.flagging,
    )
    held, _by = app().disputes.disputing.held(which, caller, Right.WORK)
    rule = flagging.rule()
    form = team_forms.FlagForm(rule, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            flagging.flag(held.now.organisation, form.said(which), caller)
        except NotFound:
            raise
        except GongdaoError as problem:
            field = team_forms.FIELD_OF.get(problem.code)
            add_refusal(form, problem, field if field in form.fields else None)
        else:
            messages.success(request, _("The buyer is flagged."))
            return redirect("dispute", which)
    page = {
        "form": form,
        "notice": rule.notice.in_(words.language()),
        "longest": rule.longest.flat().days,
        "dispute_id": which,
        "here": "merchants",
    }
    return render(request, "merchants/flag.html", page, status=400 if form.errors else 200)


@private
@login_required
@require_POST
def assign(request: HttpRequest, dispute_id: str) -> HttpResponse:
    """Give a dispute to a colleague."""
    chosen = request.POST.get("person", "")
    person = PersonId(chosen) if chosen else None
    app().disputes.teamwork.assign(DisputeId(dispute_id), person, caller_of(request.user))
    messages.success(request, _("Recorded."))
    return redirect("dispute", dispute_id)


@private
@login_required
@require_POST
def comment(request: HttpRequest, dispute_id: str) -> HttpResponse:
    """Note something that only colleagues read."""
    written = request.POST.get("text", "").replace("\r\n", "\n")
    app().disputes.teamwork.comment(DisputeId(dispute_id), written, caller_of(request.user))
    messages.success(request, _("Recorded."))
    return redirect("dispute", dispute_id)


def team(now: Dispute, caller: Caller) -> dict[str, Any]:
    """What `merchants/_team.html` shows of a dispute: who works on it, flags, notes."""
    stories, dispute = app().disputes, now.id
    seen = stories.teamwork.of(dispute, caller)
    named = [(str(each.person), team_words.name(each)) for each in seen.can_take]
    chosen = {"person": seen.assignee.person if seen.assignee else ""}
    return {
        "dispute": dispute,
        "may_work": seen.may_work,
        "may_flag": seen.may_work and now.from_a_buyer,
        "assignee": team_words.name(seen.assignee) if seen.assignee else "",
        "notes": [(note.at, team_words.name(note.by), note.text) for note in seen.notes],
        "flags": [_flag(each) for each in stories.flagging.on_dispute(dispute, caller)],
        "assign": team_forms.AssignForm(named, initial=chosen),
        "comment": team_forms.CommentForm(),
    }


def _templates(
    request: HttpRequest, which: OrganisationId, template: TemplateId | None
) -> HttpResponse:
    caller, story = caller_of(request.user), app().disputes.templates
    own = story.own(which, caller)
    chosen = next((each for each in own if each.id == template), None)
    if template is not None and chosen is None:
        raise no_template()
    first = {"title": chosen.title, "text": chosen.text, "kinds": chosen.kinds} if chosen else {}
    form = team_forms.TemplateForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            story.keep(which, form.draft(), caller, template)
        except NotFound:
            raise
        except GongdaoError as problem:
            add_refusal(form, problem, team_forms.FIELD_OF.get(problem.code))
        else:
            messages.success(request, _("The template is kept."))
            return redirect("merchants_templates", which)
    language, policy = words.language(), story.policy()
    view = app().disputes.overseeing.of(which, caller)
    page = {
        "form": form,
        "chosen": chosen,
        "own": [(each, _kinds(each.kinds)) for each in own],
        "shipped": [
            (
                each.title.in_(language),
                policy.filled(each.text.in_(language), language, {}),
                _kinds(each.kinds),
            )
            for each in policy.templates
        ]
        if policy
        else [],
        **frame(view, "merchants_templates"),
    }
    return render(request, "merchants/templates.html", page, status=400 if form.errors else 200)


def _flag(view: FlagView) -> dict[str, Any]:
    language = words.language()
    return {
        "id": view.id,
        "buyer": view.buyer,
        "note": view.note,
        "until": view.until,
        "dispute": view.dispute,
        "title": view.title.in_(language),
        "care": view.care.in_(language),
    }


def _kinds(kinds: tuple[str, ...]) -> str:
    return " · ".join(words.said(dispute_words.KINDS, each) for each in kinds)
