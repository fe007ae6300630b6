"""The page on which two sides negotiate: for a dispute's members, and by code for the other."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.domain.disputes.model import Dispute
from gongdao.domain.flows.talk_views import first_contact
from gongdao.domain.kernel.errors import GongdaoError, NotFound, Refused
from gongdao.domain.kernel.ids import DisputeId
from gongdao.domain.organisations.model import Right
from gongdao.domain.policy.figures import used, wording
from gongdao.domain.policy.platform import Purpose
from gongdao.web import pieces, words
from gongdao.web.failures import refused_page
from gongdao.web.merchants import talk_page, talk_words
from gongdao.web.public import limits, quotes
from gongdao.web.public.opened import grouped
from gongdao.web.public.private import private

COOKIE = "gongdao_talk"
_COOKIE_DAYS = 180


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def of_dispute(request: HttpRequest, dispute_id: str) -> HttpResponse:
    """The organisation's side: the latest negotiation about a dispute, or opening one."""
    stories, caller = app().disputes, caller_of(request.user)
    which = DisputeId(dispute_id)
    dispute = stories.disputing.held(which, caller, Right.READ)[0].now
    found = stories.talk_door.of_dispute(which, caller)
    problem: GongdaoError | None = None
    if request.method == "POST" and request.POST.get("do") == "open":
        try:
            new, code = stories.talk_door.open(which, request.POST.get("subject", ""), caller)
        except NotFound:
            raise
        except GongdaoError as refused:
            problem = refused
        else:
            chair = stories.talk_door.ours(new, caller)
            return talk_page.page(request, chair, _platform(dispute), code=code)
    if not found or problem is not None:
        return _opening(request, dispute, problem)
    right = Right.WORK if request.method == "POST" else Right.READ
    chair = stories.talk_door.ours(found[0], caller, right)
    return talk_page.acted(request, chair, _platform(dispute))


@private
@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """The other side, without an account: known by the code and by what this device keeps."""
    try:
        limits.look_at_lock(request)
        chair = app().disputes.talk_door.theirs(code, request.COOKIES.get(COOKIE, ""))
    except NotFound:
        return _entrance(request, code)
    except Refused as locked:
        return refused_page(request, locked)
    return talk_page.acted(request, chair, {}, code)


@private
@login_required
@require_safe
def file_of_dispute(request: HttpRequest, dispute_id: str, form: str) -> HttpResponse:
    """Everything, for the organisation to take away."""
    caller, door = caller_of(request.user), app().disputes.talk_door
    found = door.of_dispute(DisputeId(dispute_id), caller)
    if not found:
        raise Http404
    return talk_page.file(request, door.ours(found[0], caller, Right.READ), form)


@private
@require_safe
def file_by_code(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The same, for the other side."""
    try:
        limits.look_at_lock(request)
        chair = app().disputes.talk_door.theirs(code, request.COOKIES.get(COOKIE, ""))
    except NotFound:
        return _entrance(request, code)
    except Refused as locked:
        return refused_page(request, locked)
    return talk_page.file(request, chair, form)


def _entrance(request: HttpRequest, code: str) -> HttpResponse:
    """Where the word is set by the first who comes, and asked of everybody after."""
    door = app().disputes.talk_door
    try:
        came = door.came(code)
    except NotFound as wrong:
        try:
            limits.spend_code(request)
        except Refused as too_many:
            return refused_page(request, too_many)
        return refused_page(request, wrong)
    problem: GongdaoError | None = None
    if request.method == "POST":
        try:
            if request.POST.get("do") == "suspect":
                door.suspect(code)
                messages.success(request, _("Both sides are told. Nothing can be agreed on now."))
                return redirect("talk", grouped(code))
            device = door.enter(code, request.POST.get("word", ""), request.POST.get("name", ""))
        except NotFound:
            raise
        except GongdaoError as refused:
            problem = refused
        else:
            answer = redirect("talk", grouped(code))
            place = f"/talk/{grouped(code)}/"
            answer.set_cookie(
                COOKIE, device, max_age=timedelta(days=_COOKIE_DAYS), path=place,
                secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
            )  # fmt: skip
            return answer
    page: dict[str, Any] = {"came": came, "name": request.POST.get("name", ""), "here": "talk"}
    if not came:
        page["inviter"], page["subject"], page["until"] = door.invitation(code)
    return talk_page.rendered(request, "merchants/talk_entrance.html", page, problem)


def _opening(request: HttpRequest, dispute: Dispute, problem: GongdaoError | None) -> HttpResponse:
    page = {
        "here": "merchants",
        "subject": request.POST.get("subject", ""),
        **_platform(dispute),
    }
    return talk_page.rendered(request, "merchants/talk_open.html", page, problem)


def _platform(dispute: Dispute) -> dict[str, Any]:
    """What the platform's pack says of the first contact and of withdrawing."""
    records, language = app().records, words.language()
    pack = records.pack(dispute.pack)
    facts = pack.withdrawal
    figure = used(facts.first_contact) if facts.first_contact else None
    until = first_contact(figure, dispute.facts.noticed_at)
    clock = None
    if figure and until and records.clock() < until:
        clock = pieces.Clock(
            what=_("The first contact, at best"),
            due=until,
            now=records.clock(),
            rule=_("%(length)s after it was noticed, as the source claims")
            % {"length": wording(figure).in_(language)},
            source=f"{quotes.named(figure.source, records.packs)}, {figure.as_of}",
        )
    return {
        "dispute": dispute,
        "back": reverse("dispute", args=[dispute.id]),
        "back_words": _("The dispute"),
        "clock": clock,
        "by": wording(used(facts.by)).in_(language) if facts.by else "",
        "paths": [
            (each.title.in_(language), each.path.in_(language) if each.path else "")
            for each in pack.channels
            if Purpose.WITHDRAWAL in each.purposes
        ],
        "conditions": [
            (each.title.in_(language), each.withdrawal.in_(language))
            for each in pack.complaints
            if each.withdrawal
        ],
        "withdrawers": [
            (each.value, words.said(talk_words.WITHDRAWERS, each.value))
            for each in sorted(app().disputes.negotiating.may_withdraw(dispute))
        ],
    }
