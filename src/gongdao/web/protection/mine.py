"""The safety of one's own account: devices and sessions, the freeze code, a second address."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from gongdao.bootstrap import api_keys, app, caller_of
from gongdao.domain.access.rules import not_found
from gongdao.domain.flows.protection_letters import policy_of
from gongdao.domain.flows.protection_views import AccountView, TrailLine
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.site.hints import hint_of
from gongdao.web import words
from gongdao.web.public import limits
from gongdao.web.public import mine as mine_pages
from gongdao.web.public.private import private
from gongdao.web.times import moment

TRAIL: words.Words = {
    "begun": gettext_lazy("The protection of the account began"),
    "signed_in_anew": gettext_lazy("Signed in on a new device"),
    "address_changed": gettext_lazy("The address was changed"),
    "sign_in_changed": gettext_lazy("How the account is signed in to was changed"),
    "sessions_ended": gettext_lazy("Signed out elsewhere"),
    "freeze_code_made": gettext_lazy("A freeze code was made"),
    "backup_named": gettext_lazy("A backup address was named"),
    "backup_confirmed": gettext_lazy("The backup address was confirmed"),
    "backup_removed": gettext_lazy("The backup address was taken away"),
    "frozen": gettext_lazy("The account was frozen"),
    "return_asked": gettext_lazy("A code for the way back was asked for"),
    "return_begun": gettext_lazy("A way back was begun"),
    "thawed": gettext_lazy("The account was opened again"),
}
DETAILS: words.Words = {
    "code": gettext_lazy("with the freeze code"),
    "link": gettext_lazy("with the link in a notice"),
    "recovery_code": gettext_lazy("with a recovery code"),
    "backup": gettext_lazy("over the backup address"),
    "address": gettext_lazy("over the account's own address"),
    "password": gettext_lazy("the password"),
    "factor_added": gettext_lazy("a passkey or an app was added"),
    "factor_removed": gettext_lazy("a passkey or an app was taken away"),
    "recovery_codes": gettext_lazy("the recovery codes"),
}


@private
@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Everything on one page."""
    return _page(request)


@private
@login_required
@require_POST
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def make_code(request: HttpRequest) -> HttpResponse:
    """A new freeze code, shown on this answer alone."""
    code = app().protection.mine.make_code(caller_of(request.user))
    return _page(request, {"code": code})


@private
@login_required
@require_POST
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def backup(request: HttpRequest) -> HttpResponse:
    """Name, confirm or take away the second address."""
    mine, caller = app().protection.mine, caller_of(request.user)
    done, given = request.POST.get("do", ""), request.POST.get("given", "")
    if done not in {"name", "confirm", "remove"}:
        raise not_found()
    limits.spend_save(request)
    try:
        if done == "name":
            mine.name_backup(caller, given)
            done_so = _("A code is on its way to that address. Enter it here.")
        elif done == "confirm":
            mine.confirm_backup(caller, given)
            done_so = _("The backup address is confirmed for a year.")
        else:
            mine.remove_backup(caller)
            done_so = _("The backup address is taken away.")
    except NotFound:
        raise
    except GongdaoError as problem:
        shown = {"problem": hint_of(problem), "problem_code": problem.code, "given": given}
        return _page(request, shown, status=409)
    messages.success(request, done_so)
    return redirect("mine_protection")


@private
@login_required
@require_POST
def end_session(request: HttpRequest, session: str) -> HttpResponse:
    """Sign out somewhere else."""
    app().protection.mine.end_session(caller_of(request.user), session)
    messages.success(request, _("That browser is signed out."))
    return redirect("mine_protection")


@private
@login_required
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    key = request.session.session_key or ""
    number = app().protection.mine.end_others(caller_of(request.user), key)
    ended = ngettext(
        "%(number)s browser is signed out.", "%(number)s browsers are signed out.", number
    )
    messages.success(request, ended % {"number": number})
    return redirect("mine_protection")


def _page(
    request: HttpRequest, more: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    caller, policy = caller_of(request.user), policy_of(app().records)
    view = app().protection.mine.of(caller, request.session.session_key or "")
    held = Authenticator.objects.filter(user_id=request.user.pk)
    kinds = list(held.values_list("type", flat=True))
    shown = {
        "view": view,
        "devices": _devices(view),
        "trail": [said(each) for each in view.trail],
        "passkeys": kinds.count("webauthn"),
        "app": "totp" in kinds,
        "recovery": "recovery_codes" in kinds,
        "keys": api_keys().of(caller.person) if caller.person else [],
        "days": policy.freezing.settled.flat().days,
        **mine_pages.frame(request, "mine_settings"),
        **(more or {}),
    }
    return render(request, "protection/mine.html", shown, status=status)


def _devices(view: AccountView) -> list[dict[str, Any]]:
    """One line a device: what it says it is, when it was used, and what runs on it elsewhere."""
    known = [
        (each.id, each.label, each.here, each.first_seen, each.last_seen, each.sessions)
        for each in view.devices
    ]
    off = [("", one.label, one.here, one.began_at, one.last_seen, (one,)) for one in view.elsewhere]
    found = []
    for device, label, here, first, last, running in (*known, *off):
        since, later = moment(first), moment(max(last, *(one.last_seen for one in running), first))
        found.append(
            {
                "id": device,
                "label": label,
                "here": here,
                "since": since,
                "later": later if later != since else "",
                "running": [one for one in running if not one.here],
            }
        )
    return found


def said(line: TrailLine) -> dict[str, Any]:
    """One thing that happened, in words."""
    detail = words.said(DETAILS, line.detail) if line.detail in DETAILS else line.detail
    return {"at": line.at, "what": words.said(TRAIL, line.kind), "detail": detail}
