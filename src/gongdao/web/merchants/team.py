"""The door of merchants, and the pages of an organisation: people, shops, and who did what."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.domain.flows.overseeing import MOST, OrganisationView
from gongdao.domain.kernel.errors import BadInput, GongdaoError, NotFound, hint_noop
from gongdao.domain.kernel.ids import InvitationId, OrganisationId, PersonId, ShopId
from gongdao.domain.organisations.model import MemberRole, Right
from gongdao.web import pieces, words
from gongdao.web.merchants import team_forms, team_words
from gongdao.web.public.fields import add_refusal
from gongdao.web.public.private import private


@private
@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """What this is for, and the visitor's own organisations."""
    return _door(request, team_forms.NameForm())


@private
@login_required
@require_POST
def found(request: HttpRequest) -> HttpResponse:
    """Set an organisation up."""
    form, caller = team_forms.NameForm(request.POST), caller_of(request.user)
    if form.is_valid():
        try:
            new = app().disputes.organising.found(form.cleaned_data["name"], caller)
        except NotFound:
            raise
        except GongdaoError as problem:
            add_refusal(form, problem, "name")
        else:
            messages.success(request, _("The organisation is set up."))
            return redirect("merchants_team", new)
    return _door(request, form)


@private
@login_required
@require_safe
def people(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who works here, and who may come."""
    return _people(request, OrganisationId(organisation))


@private
@login_required
@require_POST
def invite(request: HttpRequest, organisation: str) -> HttpResponse:
    """Make an invitation, and show its code this once."""
    form, which = team_forms.RoleForm(request.POST), OrganisationId(organisation)
    if form.is_valid():
        try:
            made = app().disputes.joining.invite(which, form.chosen(), caller_of(request.user))
        except NotFound:
            raise
        except GongdaoError as problem:
            add_refusal(form, problem, "role")
        else:
            link = request.build_absolute_uri(reverse("merchants_join_code", args=[made.code]))
            return _people(request, which, made=made, link=link)
    return _people(request, which, invite=form)


@private
@login_required
@require_POST
def change(request: HttpRequest, organisation: str, name: str) -> HttpResponse:
    """Everything else that changes who belongs to it, or what it is called."""
    which, caller = OrganisationId(organisation), caller_of(request.user)
    joining, person = app().disputes.joining, PersonId(request.POST.get("person", ""))
    called = request.POST.get("name", "")
    acts: dict[str, Callable[[], object]] = {
        "withdraw": lambda: joining.withdraw(which, _invitation(request), caller),
        "role": lambda: joining.change_role(which, person, _role(request), caller),
        "remove": lambda: joining.remove(which, person, caller),
        "leave": lambda: joining.leave(which, caller),
        "name": lambda: joining.call_me(which, called, caller),
        "rename": lambda: app().disputes.organising.rename(which, called, caller),
    }
    if name not in acts:
        raise Http404
    return _done(request, acts[name], "merchants" if name == "leave" else "merchants_team", which)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def shops(request: HttpRequest, organisation: str) -> HttpResponse:
    """Shops and accounts on outside platforms."""
    which, caller = OrganisationId(organisation), caller_of(request.user)
    form = team_forms.ShopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            app().disputes.organising.add_shop(which, given["platform"], given["name"], caller)
        except NotFound:
            raise
        except GongdaoError as problem:
            add_refusal(form, problem, team_forms.FIELD_OF.get(problem.code))
        else:
            messages.success(request, _("The shop is here."))
            return redirect("merchants_shops", which)
    view = app().disputes.overseeing.of(which, caller)
    rows = [(shop, team_words.platform(shop.platform)) for shop in view.shops]
    page = {"form": form, "rows": rows, **frame(view, "merchants_shops")}
    return render(request, "merchants/shops.html", page, status=400 if form.errors else 200)


@private
@login_required
@require_POST
def close_shop(request: HttpRequest, organisation: str) -> HttpResponse:
    """Take no new disputes for a shop."""
    which, caller = OrganisationId(organisation), caller_of(request.user)
    shop, organising = ShopId(request.POST.get("shop", "")), app().disputes.organising
    act = lambda: organising.close_shop(which, shop, caller)  # noqa: E731 – shorter than a def
    return _done(request, act, "merchants_shops", which)


@private
@login_required
@require_safe
def audit(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who did what, and when: for owners and managers."""
    which, caller = OrganisationId(organisation), caller_of(request.user)
    lines = app().disputes.overseeing.audit(which, caller, _before(request))
    rows = [
        {
            "at": line.at,
            "who": team_words.name(line.who) if line.who else words.said(words.ROLES, line.role),
            "what": team_words.event(line.what),
            "dispute": line.dispute,
        }
        for line in lines
    ]
    older = lines[-1].at.isoformat() if len(lines) == MOST else ""
    view = app().disputes.overseeing.of(which, caller)
    page = {"rows": rows, "older": older, **frame(view, "merchants_audit")}
    return render(request, "merchants/audit.html", page)


def frame(view: OrganisationView, current: str) -> dict[str, Any]:
    """The tabs of an organisation, and what its pages share."""
    known = [
        ("merchant_board", _("Disputes"), Right.READ),
        ("merchants_team", _("People"), Right.READ),
        ("merchants_shops", _("Shops"), Right.READ),
        ("merchants_duty", _("Duty"), Right.READ),
        ("merchants_templates", _("Templates"), Right.READ),
        ("merchants_flags", _("Buyer flags"), Right.READ),
        ("dispute_numbers", _("Numbers"), Right.READ),
        ("merchants_training", _("Training"), Right.MANAGE),
        ("merchants_audit", _("Who did what"), Right.MANAGE),
    ]
    tabs = [
        pieces.Tab(title, reverse(name, args=[view.id]), current=name == current)
        for name, title, right in known
        if right in view.rights
    ]
    return {
        "view": view,
        "tabs": tabs,
        "here": "merchants",
        "may_manage": Right.MANAGE in view.rights,
        "may_own": Right.OWN in view.rights,
        "may_work": Right.WORK in view.rights,
    }


def _door(request: HttpRequest, form: django_forms.Form) -> HttpResponse:
    caller = caller_of(request.user)
    mine = [
        {
            "view": each,
            "role": words.said(team_words.ROLES, each.role.value),
        }
        for each in app().disputes.overseeing.mine(caller)
    ]
    page = {
        "mine": mine,
        "form": form,
        "here": "merchants",
        "steps": [
            (_("Paste it"), _("A review, a complaint or a notice, as text or as a screenshot.")),
            (_("See whether it may be taken up"), _("With the passages that speak for it.")),
            (_("File it on the platform"), _("With the evidence in order, and a statement.")),
            (_("Miss nothing"), _("Every window, request and answer in one place.")),
        ],
    }
    return render(request, "merchants/door.html", page, status=400 if form.errors else 200)


def _people(
    request: HttpRequest, which: OrganisationId, invite: Any = None, **more: Any
) -> HttpResponse:
    view = app().disputes.overseeing.of(which, caller_of(request.user))
    rows = [
        {
            "who": team_words.name(each.who),
            "person": each.who.person,
            "role": words.said(team_words.ROLES, each.role.value),
            "code": each.role.value,
            "since": each.since,
            "me": each.me,
        }
        for each in view.members
    ]
    page = {
        "rows": rows,
        "roles": [(r.value, words.said(team_words.ROLES, r.value)) for r in MemberRole],
        "may": [
            (words.said(team_words.ROLES, role.value), words.said(team_words.MAY, role.value))
            for role in MemberRole
        ],
        "may_hints": {code: str(said) for code, said in team_words.MAY.items()},
        "waiting": [
            (each.id, words.said(team_words.ROLES, each.role.value), each.until)
            for each in view.invitations
        ],
        "invite": invite or team_forms.RoleForm(initial={"role": "agent"}),
        "rename": team_forms.NameForm(initial={"name": "" if view.alone else view.name}),
        "own_name": team_forms.OwnNameForm(),
        **more,
        **frame(view, "merchants_team"),
    }
    wrong = invite is not None and invite.errors
    return render(request, "merchants/team.html", page, status=400 if wrong else 200)


def _done(
    request: HttpRequest, act: Callable[[], object], to: str, which: OrganisationId
) -> HttpResponse:
    """Do it and go back; a refusal is the same page everywhere."""
    act()
    messages.success(request, _("Recorded."))
    return redirect(to) if to == "merchants" else redirect(to, which)


def _role(request: HttpRequest) -> MemberRole:
    try:
        return MemberRole(request.POST.get("role", ""))
    except ValueError:
        raise BadInput("organisation.no_role", hint_noop("Choose a role.")) from None


def _invitation(request: HttpRequest) -> InvitationId:
    return InvitationId(request.POST.get("invitation", ""))


def _before(request: HttpRequest) -> datetime | None:
    try:
        return datetime.fromisoformat(request.GET.get("before", ""))
    except ValueError:
        return None
