"""Who is calling, who may, and how a thing is done once. Deny, then allow.

Every route names its door. Whom a door does not let in finds nothing there (404), before a word
of what they sent is read. What is behind a door asks `domain/access` again, for the very record.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import cast

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Schema
from ninja.utils import check_csrf

from gongdao.api import bodies
from gongdao.bootstrap import allow_code, api_keys, app, caller_of, look_at_proof, once
from gongdao.domain.access.model import NOBODY, Caller
from gongdao.domain.access.rules import DECIDERS, READERS, UNMASKERS, not_found
from gongdao.domain.flows.retiring import RETIRERS
from gongdao.domain.kernel.errors import GongdaoError, NotFound, hint_noop
from gongdao.domain.kernel.events import Role

CREATED = 201
DONE = 200
PROOF = "Gongdao-Proof"
"""The header with a proof of work."""
_SAFE = {"GET", "HEAD", "OPTIONS"}


class BadKey(GongdaoError):
    """A key was given and opens nothing."""


class Forged(GongdaoError):
    """A signed-in browser sent a request without its token."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """The caller, and in whose name an Idempotency-Key counts."""

    caller: Caller
    scope: str
    keyed: bool = False
    """Whether an API key was given."""

    @property
    def key(self) -> str:
        """The id of the key that was given; empty for any other."""
        return self.scope.removeprefix("key ") if self.scope.startswith("key ") else ""


@dataclass(frozen=True, slots=True)
class Door:
    """Says who may call a route. Named as its `auth`."""

    who: str
    """In words, for the description of the API."""
    lets_in: Callable[[Caller], bool]
    reads: Callable[[HttpRequest], object] = bodies.read
    """Refuses a body that the route could not read."""
    headers: tuple[tuple[str, str], ...] = ()
    """Those that only this door reads, and what each holds."""

    def __call__(self, request: HttpRequest) -> Visitor:
        """The caller; NotFound for whoever has no business here."""
        visitor = _visitor(request)
        if not self.lets_in(visitor.caller):
            raise not_found()
        if request.method not in _SAFE:
            if PROOF in request.headers and not visitor.keyed:
                look_at_proof(address(request), request.headers[PROOF])
            self.reads(request)
        return visitor


ANYBODY = Door("Anybody.", lambda _: True)
PARTY = Door(
    "Somebody with a part in the case (by its code in `X-Case-Code`, or signed in), or staff.",
    lambda caller: caller.person is not None,
)
READER = Door(
    "Staff, and the auditor.",
    lambda caller: caller.person is not None and caller.has(*READERS, Role.AUDITOR),
)
DECIDER = Door(
    "Reviewers who have no part in the case.",
    lambda caller: caller.person is not None and caller.has(*DECIDERS),
)
UNMASKER = Door(
    "Senior reviewers and the operator, who have no part in the case.",
    lambda caller: caller.person is not None and caller.has(*UNMASKERS),
)
RETIRER = Door(
    "Senior reviewers and the operator.",
    lambda caller: caller.person is not None and caller.has(*RETIRERS),
)
AUDITOR = Door(
    "The auditor.", lambda caller: caller.person is not None and caller.has(Role.AUDITOR)
)
APP_OR_READER = Door(
    "The operator's app, staff and the auditor.",
    lambda caller: caller.has(Role.APP, *READERS, Role.AUDITOR),
)
INBOX = Door(
    "Whoever has an inbox, and the operator's app for its accounts.",
    lambda caller: caller.person is not None or caller.has(Role.APP),
)
APP = Door(
    "The operator's app, and the operator.",
    lambda caller: caller.has(Role.APP, Role.OPERATOR),
)
APP_ALONE = Door(
    "The operator's app.", lambda caller: caller.person is None and caller.has(Role.APP)
)
APP_LINES = replace(APP_ALONE, reads=bodies.read_lines)
"""The same, for many lines."""
ENFORCER = Door(
    "The operator's app, the operator and the auditor.",
    lambda caller: caller.has(Role.APP, Role.OPERATOR, Role.AUDITOR),
)


SIGNED_IN = Door(
    "Somebody signed in as themselves; no code of a case will do.",
    lambda caller: caller.person is not None and caller.only_case is None,
)
TAKER = Door(
    "The operator and reviewers, who take appeals down over the phone.",
    lambda caller: caller.person is not None and caller.has(*DECIDERS, Role.OPERATOR),
)
OPERATOR = Door("The operator.", lambda caller: caller.has(Role.OPERATOR))
SUPERVISOR = Door(
    "The operator and the auditor.", lambda caller: caller.has(Role.OPERATOR, Role.AUDITOR)
)


def visitor(request: HttpRequest) -> Visitor:
    """Whom the route's door let in."""
    return cast("Visitor", request.auth)  # type: ignore[attr-defined]  # the framework sets it


def caller(request: HttpRequest) -> Caller:
    """The same, for the stories."""
    return visitor(request).caller


def holder(request: HttpRequest, code: str) -> Caller:
    """The holder of a code of a case; for a wrong one NotFound, and guessing is slowed down."""
    try:
        case, person = app().records.codes.opens(code)
    except NotFound:
        allow_code(address(request))
        raise
    return Caller(person, only_case=case)


def address(request: HttpRequest) -> str:
    """The network address that a request comes from."""
    return str(request.META.get("REMOTE_ADDR", ""))


def answered(request: HttpRequest, do: Callable[[], Schema], status: int = CREATED) -> HttpResponse:
    """Do a thing and answer; under an Idempotency-Key it is done once."""

    def body() -> tuple[int, str]:
        return status, do().model_dump_json()

    key = request.headers.get("Idempotency-Key")
    if key is None:
        status, text = body()
    else:
        sent = f"{request.method} {request.get_full_path()}\n{request.body.decode()}"
        status, text = once(visitor(request).scope, key, sent, body)
    return HttpResponse(text, status=status, content_type="application/json; charset=utf-8")


def _visitor(request: HttpRequest) -> Visitor:
    """A code says most exactly who is calling, then a key, then a sign-in; else it is nobody.

    A key or a code that is given must be right; what is not given opens nothing.
    """
    given = request.headers.get("Authorization")
    key = _by_key(given) if given is not None else None
    code = request.headers.get("X-Case-Code")
    if code is not None:
        who = holder(request, code)
        return Visitor(who, f"code {who.only_case} {who.person}", key is not None)
    return key or _signed_in(request)


def _by_key(given: str) -> Visitor:
    scheme, _, secret = given.partition(" ")
    found = api_keys().holder(secret.strip()) if scheme.lower() == "bearer" else None
    if found is None:
        raise BadKey(
            "auth.bad_key", hint_noop("Send a key that is valid: Authorization: Bearer gd_…")
        )
    return Visitor(found.caller, f"key {found.key}", keyed=True)


def _signed_in(request: HttpRequest) -> Visitor:
    found = caller_of(request.user)
    if found.person is None:
        return Visitor(NOBODY, "anybody")
    if request.method not in _SAFE and check_csrf(request):
        raise Forged(
            "auth.no_csrf_token", hint_noop("Send the X-CSRFToken header with this request.")
        )
    production = settings.GONGDAO_MODE == "production"
    if production and found.roles and not is_mfa_enabled(request.user):
        found = replace(found, roles=frozenset())  # nobody decides with a password alone
    return Visitor(found, f"person {found.person}")
