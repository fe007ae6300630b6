"""Freezing an account from any browser, without signing in; and the way back to it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongdao.bootstrap import app
from gongdao.bootstrap.known_devices import allow_return
from gongdao.domain.kernel.errors import GongdaoError, NotFound, Refused, hint_noop
from gongdao.domain.protection.events import Proof
from gongdao.site.hints import hint_of
from gongdao.web.failures import status_of
from gongdao.web.public import limits
from gongdao.web.public.private import private

_METHODS = ["GET", "HEAD", "POST"]
PROOFS = {"backup": Proof.BACKUP, "address": Proof.ADDRESS}


@private
@require_http_methods(_METHODS)
def freeze(request: HttpRequest) -> HttpResponse:
    """Enter the freeze code."""
    if request.method != "POST":
        return render(request, "protection/freeze.html", {"here": "mine"})
    code = request.POST.get("code", "")
    problem = _tried(request, lambda: app().protection.freezing.freeze(code))
    if problem is not None:
        return _again(request, "protection/freeze.html", problem, {"written": code[:40]})
    return _frozen(request)


@private
@require_http_methods(_METHODS)
def not_me(request: HttpRequest, link: str) -> HttpResponse:
    """The link in a notice: opening it freezes nothing, since programs open links too."""
    freezing = app().protection.freezing
    act = freezing.freeze if request.method == "POST" else freezing.look
    problem = _tried(request, lambda: act(link))
    if problem is not None:
        return _again(request, "protection/link_over.html", problem, {})
    if request.method == "POST":
        return _frozen(request)
    return render(request, "protection/not_me.html", {"here": "mine"})


@private
@require_http_methods(_METHODS)
def back(request: HttpRequest) -> HttpResponse:
    """Begin to come back: with a recovery code, or a code sent to a contact."""
    if request.method != "POST":
        return render(request, "protection/back.html", {"here": "mine"})
    address, how = request.POST.get("address", "").strip(), request.POST.get("how", "")
    shown = {"address": address[:200], "how": how}
    if how == "recovery_code":
        return _by_recovery_code(request, address, shown)
    if how not in PROOFS or not address:
        problem = Refused(
            "protection.say_how",
            hint_noop("Write the account's address, and choose how you prove that it is yours."),
        )
        return _again(request, "protection/back.html", problem, shown)

    def ask() -> None:
        allow_return(address, str(request.META.get("REMOTE_ADDR", "")))
        app().protection.freezing.ask(address, PROOFS[how])

    refused = _tried(request, ask)
    if refused is not None:
        return _again(request, "protection/back.html", refused, shown)
    messages.info(
        request, _("If such an account is frozen and has this contact, a code is on its way there.")
    )
    return redirect("freeze_back_code")


@private
@require_http_methods(_METHODS)
def enter_code(request: HttpRequest) -> HttpResponse:
    """The code that was sent to a contact."""
    if request.method != "POST":
        return render(request, "protection/back_code.html", {"here": "mine"})
    code = request.POST.get("code", "")
    begun: list[Any] = []
    problem = _tried(request, lambda: begun.append(app().protection.freezing.begin(code)))
    if problem is not None:
        return _again(request, "protection/back_code.html", problem, {"written": code[:40]})
    return render(request, "protection/begun.html", {"begun": begun[0], "here": "mine"})


@private
@require_http_methods(_METHODS)
def finish(request: HttpRequest) -> HttpResponse:
    """After the wait: a new password."""
    if request.method != "POST":
        return render(request, "protection/finish.html", {"here": "mine"})
    code, password = request.POST.get("code", ""), request.POST.get("password", "")

    def act() -> None:
        if password != request.POST.get("again", ""):
            raise Refused(
                "protection.not_the_same",
                hint_noop("The two passwords differ. Write the new one twice."),
            )
        app().protection.freezing.finish(code, password)

    problem = _tried(request, act)
    if problem is not None:
        return _again(request, "protection/finish.html", problem, {"written": code[:40]})
    messages.success(request, _("The account is yours again. Sign in with the new password."))
    return redirect("account_login")


def _frozen(request: HttpRequest) -> HttpResponse:
    """It is frozen. Where its owner was signed in on this very browser, they are no longer."""
    if request.user.is_authenticated:
        request.user.refresh_from_db(fields=["frozen_at"])
        if request.user.frozen_at is not None:
            logout(request)
    return render(request, "protection/frozen.html", {"here": "mine"})


def _by_recovery_code(request: HttpRequest, address: str, shown: dict[str, Any]) -> HttpResponse:
    begun: list[Any] = []

    def act() -> None:
        given = request.POST.get("recovery_code", "")
        begun.append(app().protection.freezing.begin_by_recovery_code(address, given))

    problem = _tried(request, act)
    if problem is not None:
        return _again(request, "protection/back.html", problem, shown)
    return render(request, "protection/begun.html", {"begun": begun[0], "here": "mine"})


def _tried(request: HttpRequest, act: Callable[[], object]) -> GongdaoError | None:
    """Do something by a secret; what was refused for, where it was. Guessing is slowed down."""
    try:
        limits.look_at_lock(request)
        act()
    except NotFound as problem:
        try:
            limits.spend_code(request)
        except Refused as locked:
            return locked
        return problem
    except GongdaoError as problem:
        return problem
    return None


def _again(
    request: HttpRequest, template: str, problem: GongdaoError, shown: dict[str, Any]
) -> HttpResponse:
    said = {"problem": hint_of(problem), "problem_code": problem.code, "here": "mine"}
    return render(request, template, {**said, **shown}, status=status_of(problem))
