"""How often somebody may try from one network address: sending reports, guessing codes."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.http import HttpRequest
from django.middleware.csrf import get_token

from gongdao.bootstrap import allow_code, allow_report
from gongdao.bootstrap.drafting import allow_save, count_wrong_code, locked_until
from gongdao.bootstrap.wording import allow_look
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import NotFound, Refused, hint_noop

T = TypeVar("T")

NEEDS_PROOF = "proof.required"
"""The code of the one that a proof of work answers."""


def spend_report(request: HttpRequest) -> None:
    """Count one report; Refused where it needs a proof of work, which the form may hold."""
    allow_report(_address(request), request.POST.get("proof") or None)


def look_at_lock(request: HttpRequest) -> None:
    """Refused while this browser takes no code, because too many were wrong."""
    until = locked_until(_address(request), _browser(request))
    if until is not None:
        raise _locked(until)


def spend_code(request: HttpRequest) -> None:
    """Count one wrong code of this browser and its network; Refused once there were too many."""
    until = count_wrong_code(_address(request), _browser(request))
    if until is not None:
        raise _locked(until)
    allow_code(_address(request))


def looked_up(request: HttpRequest, find: Callable[[], T]) -> T:
    """What a secret code leads to; NotFound counts as a wrong code.

    Refused while this browser is locked, whatever the code: whoever guesses on would still see
    which one is right.
    """
    look_at_lock(request)
    try:
        return find()
    except NotFound:
        spend_code(request)
        raise


def spend_look(request: HttpRequest) -> None:
    """Count one look at a draft; Refused once there were too many."""
    allow_look(_address(request))


def spend_save(request: HttpRequest) -> None:
    """Count one save of a draft; Refused once there were too many."""
    allow_save(_address(request))


def _locked(until: datetime) -> Refused:
    return Refused(
        "code.locked",
        hint_noop("Too many wrong codes. This browser takes none until {until}."),
        until=until.astimezone(CHINA),
    )


def _browser(request: HttpRequest) -> str:
    """The token that our forms have given this browser, or will give it with this answer."""
    get_token(request)
    return str(request.META.get("CSRF_COOKIE", ""))


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
