"""Who is calling, and how a thing is done once."""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from ninja.utils import check_csrf

from gongdao.bootstrap import api_keys, app, caller_of, once
from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import not_found
from gongdao.domain.kernel.errors import GongdaoError, hint_noop

_SAFE = {"GET", "HEAD", "OPTIONS"}
CREATED = 201
DONE = 200


class BadKey(GongdaoError):
    """A key was given and opens nothing."""


class Forged(GongdaoError):
    """A signed-in browser sent a request without its token."""


def caller(request: HttpRequest) -> Caller:
    """The caller: a key, the holder of a case's code, a signed-in person, or nobody.

    A key that is given must be right; what is not given opens nothing.
    """
    given = request.headers.get("Authorization", "")
    if given:
        scheme, _, secret = given.partition(" ")
        found = api_keys().caller(secret.strip()) if scheme.lower() == "bearer" else None
        if found is None:
            raise BadKey(
                "auth.bad_key", hint_noop("Send a key that is valid: Authorization: Bearer gd_…")
            )
        return found
    code = request.headers.get("X-Case-Code", "")
    if code:
        return holder(code)
    return _signed_in(request)


def holder(code: str) -> Caller:
    """The holder of a receipt code or an appeal code."""
    case, person = app().records.codes.opens(code)
    return Caller(person, only_case=case)


def staff(request: HttpRequest) -> Caller:
    """A caller with any role; for others there is nothing here."""
    found = caller(request)
    if not found.roles:
        raise not_found()
    return found


def answered(
    request: HttpRequest, who: Caller, do: Callable[[], Schema], status: int = CREATED
) -> HttpResponse:
    """Do a thing and answer; under an Idempotency-Key it is done once."""
    key = request.headers.get("Idempotency-Key", "")

    def body() -> tuple[int, str]:
        return status, do().model_dump_json()

    if key:
        scope = hashlib.sha256(f"{request.path}\n{_named(request, who)}".encode()).hexdigest()
        digest = hashlib.sha256(request.body).hexdigest()
        status, text = once(scope, key, digest, body)
    else:
        status, text = body()
    return HttpResponse(text, status=status, content_type="application/json")


def _named(request: HttpRequest, who: Caller) -> str:
    """Whose keys these are: a person's, an app's, or those of one network address."""
    if who.person is not None:
        return f"person {who.person}"
    given = request.headers.get("Authorization", "")
    return f"key {given}" if given else f"address {request.META.get('REMOTE_ADDR', '')}"


def _signed_in(request: HttpRequest) -> Caller:
    found = caller_of(request.user)
    if found.person is not None and request.method not in _SAFE and check_csrf(request):
        raise Forged(
            "auth.no_csrf_token", hint_noop("Send the X-CSRFToken header with this request.")
        )
    return found
