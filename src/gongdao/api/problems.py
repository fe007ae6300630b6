"""What went wrong, as RFC 9457 problem details: the same codes and hints as on the pages."""

import json
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from gongdao.api import bodies
from gongdao.api.door import BadKey, Forged
from gongdao.bootstrap.taking_in import is_outage, no_database
from gongdao.domain.kernel.errors import (
    BadInput,
    GongdaoError,
    MovedOn,
    NotFound,
    PackInvalid,
    PeerFailed,
    Refused,
    hint_noop,
)
from gongdao.site.hints import hint_of

LOG = logging.getLogger("gongdao.api")
MEDIA_TYPE = "application/problem+json"
URN = "urn:gongdao:"

_STATUS: tuple[tuple[type[GongdaoError], int], ...] = (
    (BadKey, 401),
    (Forged, 403),
    (NotFound, 404),
    (MovedOn, 409),
    (Refused, 409),
    (BadInput, 400),
    (PackInvalid, 500),
    (PeerFailed, 503),
)
_CODES = {
    "rate.too_many": 429,
    "proof.required": 429,
    "mail.too_many": 429,
    "unmask.too_many": 429,
    "held.day_is_full": 429,
    "body.too_large": 413,
    "body.invalid": 422,
    "body.too_many_fields": 422,
    "text.broken": 422,
    "idempotency.reused": 422,
    "route.wrong_method": 405,
    "server.broken": 500,
    "body.too_slow": 408,
    "file.too_large": 413,
    "upload.busy": 423,
    "upload.too_many_open": 429,
    "lint.too_long": 422,
    "lint.empty": 422,
}
HOW_TO_PROVE = (
    "Find a nonce of 1 to 40 letters and digits such that SHA-256(challenge + nonce), both as "
    "ASCII, begins with `difficulty` zero bits. Send the request again before `expires`, with the "
    "header `Gongdao-Proof: <challenge>.<nonce>`. A challenge lets one report through."
)
_LATER = {
    "intake.busy", "intake.not_kept", "server.no_database", "upload.crowded", "file.not_kept",
    "file.not_opened",
    "file.scanner_silent",
}  # fmt: skip
"""Nothing was kept, and nothing is wrong with what was sent."""
_FIELDS = (
    "report.", "reasons.", "decision.unknown_", "appeal.no_grounds", "appeal.grounds_",
    "mail.empty", "mail.too_long", "file.", "exhibit.", "unmask.reason_", "unmask.unknown_",
    "journal.empty", "journal.unknown_", "journal.text_", "journal.too_many_", "journal.ahead",
    "rights_notice.incomplete", "rights_notice.unknown_", "rights_notice.bad_",
    "rights_notice.length", "rights_notice.too_many", "rights_notice.no_document",
    "journal.long_ago", "journal.no_reason", "journal.reason_", "journal.lines_",
)  # fmt: skip
"""Refusals about what a field says: 422, since sending the same again cannot help."""
_LONGEST_NAME = 100
_MOST_WRONG = 100
"""So many wrong fields are told at once: whoever sends more has something else to mend first."""


def status_of(problem: GongdaoError) -> int:
    """The HTTP status of an error raised on purpose."""
    if problem.code in _CODES:
        return _CODES[problem.code]
    if isinstance(problem, Refused) and problem.code.startswith(_FIELDS):
        return 422
    return next((status for kind, status in _STATUS if isinstance(problem, kind)), 500)


def document(problem: GongdaoError, **more: Any) -> dict[str, Any]:
    """The problem as RFC 9457 has it. `detail` says the hint to clients that know that alone."""
    status, hint = status_of(problem), hint_of(problem)
    return {
        "type": f"{URN}{problem.code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": hint,
        "code": problem.code,
        "hint": hint,
        **more,
    }


def answer(problem: GongdaoError, **more: Any) -> HttpResponse:
    """The problem as an answer."""
    status = status_of(problem)
    if problem.code == "proof.required":
        more |= _challenge(problem)
    text = json.dumps(document(problem, **more), ensure_ascii=False)
    response = HttpResponse(text, status=status, content_type=MEDIA_TYPE)
    if status == HTTPStatus.TOO_MANY_REQUESTS or problem.code in _LATER:
        response["Retry-After"] = str(problem.facts.get("seconds", 60))
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    return response


def _challenge(problem: GongdaoError) -> dict[str, Any]:
    """What a program needs to solve the challenge of a problem."""
    until = problem.facts["expires"]
    return {
        "challenge": problem.facts["challenge"],
        "difficulty": problem.facts["difficulty"],
        "expires": until.isoformat() if isinstance(until, datetime) else until,
        "how": HOW_TO_PROVE,
    }


def register(api: NinjaAPI) -> None:
    """Let every error of this API end as problem details."""

    @api.exception_handler(GongdaoError)
    def refused(request: HttpRequest, problem: GongdaoError) -> HttpResponse:
        if status_of(problem) >= HTTPStatus.INTERNAL_SERVER_ERROR:
            LOG.error("api.failed %s %s %s", request.method, _route(request), problem)
        return answer(problem)

    @api.exception_handler(ValidationError)
    def invalid(_request: HttpRequest, problem: ValidationError) -> HttpResponse:
        return answer(_invalid(problem.errors), errors=_fields(problem.errors))

    @api.exception_handler(RequestDataTooBig)
    def too_large(_request: HttpRequest, _problem: RequestDataTooBig) -> HttpResponse:
        return answer(bodies.too_large())

    @api.exception_handler(HttpError)
    def other(_request: HttpRequest, problem: HttpError) -> HttpResponse:
        cause = problem.__cause__  # what the parser said, before the framework wrapped it
        if isinstance(cause, GongdaoError):
            return answer(cause)
        return broken(_request, problem)

    @api.exception_handler(Exception)
    def broken(request: HttpRequest, problem: Exception) -> HttpResponse:
        if is_outage(problem):
            LOG.error("api.no_database %s %s", request.method, _route(request))
            return answer(no_database())
        LOG.error("api.broken %s %s", request.method, _route(request), exc_info=problem)
        return answer(no_answer())


def no_answer() -> GongdaoError:
    """Our own mistake."""
    return GongdaoError(
        "server.broken",
        hint_noop("Something broke on our side. Try again later with the same Idempotency-Key."),
    )


def nothing_here() -> NotFound:
    """There is no such address."""
    return NotFound(
        "route.unknown", hint_noop("There is nothing under this address. See openapi.json.")
    )


def wrong_method(allowed: str) -> Refused:
    """There is such an address, but not for this."""
    return Refused(
        "route.wrong_method", hint_noop("This address takes: {allowed}."), allowed=allowed
    )


def _route(request: HttpRequest) -> str:
    """The route and not the address: addresses hold codes."""
    match = request.resolver_match
    return match.route if match else "?"


def _invalid(errors: Sequence[Mapping[str, Any]]) -> BadInput:
    if not errors:
        return BadInput("body.invalid", hint_noop("Look at the body: it is not what is asked for."))
    first, field = errors[0], _field(errors[0])
    if first["type"] == "missing":
        return BadInput("body.invalid", hint_noop("Add the field {field}."), field=field)
    if first["type"] == "extra_forbidden":
        hint = hint_noop("Take the field {field} out: there is none of that name.")
        return BadInput("body.invalid", hint, field=field)
    hint = hint_noop("Look at the field {field}: {what}.")
    return BadInput("body.invalid", hint, field=field, what=str(first["msg"]))


def _fields(errors: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Which fields are wrong and how, the first of them; what was sent is not said back."""
    return [{"field": _field(each), "what": str(each["msg"])} for each in errors[:_MOST_WRONG]]


def _field(error: Mapping[str, Any]) -> str:
    """The path of a field: from the body's top, or the name of a parameter."""
    place, *path = (str(part) for part in error["loc"])
    inside = path[1:] if place == "body" else path
    return ".".join(inside)[:_LONGEST_NAME] or place
