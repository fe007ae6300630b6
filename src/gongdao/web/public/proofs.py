"""Showing that one is who one says: the page of whoever appeals."""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import not_found
from gongdao.domain.kernel.errors import GongdaoError, Refused
from gongdao.domain.kernel.ids import InvitationId
from gongdao.domain.verification.model import SignIn
from gongdao.site.hints import hint_of
from gongdao.web import words
from gongdao.web.public import code_door
from gongdao.web.public.devices import mark_of
from gongdao.web.public.opened import Opened

KINDS: words.Words = {
    "device": _("A device that the account knows"),
    "sign_in": _("How you are signed in"),
    "vouches": _("Friends who vouch"),
    "face": _("A live face"),
}
SIGN_INS: words.Words = {
    "password": _("with a password"),
    "second_factor": _("with a password and a second factor"),
    "passkey": _("with a passkey"),
}
STATES: words.Words = {
    "open": _("waits for an answer"),
    "answered": _("answered"),
    "withdrawn": _("taken back"),
    "over": _("its time is over"),
}
_CHECK = "face_check"
"""Where a session keeps a check that has begun: the case and the service's name of it."""
FACES: words.Words = {
    "same": _("the same person"),
    "other": _("another person"),
    "unclear": _("could not be told"),
}


def sign_in_of(request: HttpRequest) -> SignIn:
    """The strongest part of how somebody signed in, as the session kept it."""
    found = SignIn.PASSWORD
    for record in get_authentication_records(request):
        if record.get("method") == "mfa":
            if record.get("type") == "webauthn":
                return SignIn.PASSKEY
            found = SignIn.SECOND_FACTOR
    return found


def _page(request: HttpRequest, case: Opened) -> HttpResponse:
    if case.is_reporter:
        raise not_found()
    problem: Refused | None = None
    if request.method == "POST":
        try:
            said = _done(request, case)
        except Refused as refused:
            problem = refused
        else:
            messages.success(request, said)
            return redirect(case.url("proofs"))
    face_at = _came_back(request, case)
    view = app().around_appeals.verifying.of(case.view.id, case.caller)
    page = {
        "here": "appeal",
        "case": case,
        "proofs": view,
        "lines": weight_lines(view.at_most.lines),
        "invitations": [_invitation(each) for each in view.invitations],
        "devices": [_device(each) for each in view.devices],
        "faces": [words.said(FACES, each.result.value) for each in view.faces],
        "signed_in_here": _signed_in_here(request, case),
        "name": request.POST.get("name", ""),
        "policy": view.policy.vouching,
        "face_at": face_at,
        "days": view.policy.vouching.valid_for.flat().days,
        "account_days": view.policy.vouching.account_age.flat().days,
        "problem": hint_of(problem) if problem else "",
        "code": problem.code if problem else "",
    }
    return render(request, "public/proofs.html", page, status=409 if problem else 200)


def _done(request: HttpRequest, case: Opened) -> str:
    """What was asked for, and what to say of it."""
    done = request.POST.get("do", "")
    doing: dict[str, Callable[[], str]] = {
        "invite": lambda: _invite(request, case),
        "withdraw": lambda: _withdraw(request, case),
        "device": lambda: _show_device(request, case),
        "face": lambda: _face(request, case),
    }
    if done not in doing:
        raise not_found()
    return doing[done]()


def _invite(request: HttpRequest, case: Opened) -> str:
    name = request.POST.get("name", "")
    app().around_appeals.verifying.invite(case.view.id, name, case.caller)
    return gettext("The invitation is made. Send its link to your friend yourself.")


def _withdraw(request: HttpRequest, case: Opened) -> str:
    invitation = InvitationId(request.POST.get("invitation", ""))
    app().around_appeals.verifying.withdraw(case.view.id, invitation, case.caller)
    return gettext("The invitation is taken back.")


def _show_device(request: HttpRequest, case: Opened) -> str:
    who = _signed_in_here(request, case) or case.caller
    app().around_appeals.verifying.show_device(
        case.view.id, who, sign_in_of(request), mark_of(request)
    )
    return gettext("It is kept how you are signed in, and since when this device is known.")


def _face(request: HttpRequest, case: Opened) -> str:
    """Begin a check; which one it is stays in this session, and the page names where to go."""
    back = app().records.address + case.url("proofs")
    check = app().around_appeals.verifying.begin_face(case.view.id, case.caller, back)
    request.session[_CHECK] = [case.view.id, check.id, check.address]
    return gettext("The check has begun. Go to the service by the link, and come back here.")


def _came_back(request: HttpRequest, case: Opened) -> str:
    """Keep what the service found, once it is over; until then, where it is."""
    of, check, address = request.session.get(_CHECK) or ("", "", "")
    if of != case.view.id:
        return ""
    try:
        over = app().around_appeals.verifying.end_face(case.view.id, check, case.caller)
    except GongdaoError:
        over = True
    if over:
        del request.session[_CHECK]
    return "" if over else str(address)


def _signed_in_here(request: HttpRequest, case: Opened) -> Caller | None:
    """The sign-in of this browser, where it is the account concerned, also beside a code."""
    who = caller_of(request.user)
    return who if who.person is not None and who.person == case.caller.person else None


def weight_lines(lines: Any) -> list[dict[str, Any]]:
    """What each proof weighs, in words."""
    return [
        {"title": words.said(KINDS, line.kind.value), "weight": line.weight, "most": line.most}
        for line in lines
    ]


def _invitation(each: Any) -> dict[str, Any]:
    link = app().records.address + reverse("vouch_code", args=[each.code]) if each.code else ""
    return {"view": each, "state": words.said(STATES, each.state), "link": link}


def _device(each: Any) -> dict[str, Any]:
    return {"view": each, "sign_in": words.said(SIGN_INS, each.sign_in.value)}


page = code_door.doors(_page)
