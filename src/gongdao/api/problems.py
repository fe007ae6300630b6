"""What went wrong, as RFC 9457 problem details: the same codes and hints as on the pages."""

import json
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from gongdao.api.door import BadKey, Forged
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
    "body.too_large": 413,
    "body.invalid": 422,
    "idempotency.reused": 422,
}
_FIELDS = ("report.", "reasons.", "decision.unknown_", "appeal.no_grounds", "appeal.grounds_")
"""Refusals about what a field says: 422, since sending the same again cannot help."""
_A_MINUTE = "60"


class JsonParser(Parser):
    """Bodies are JSON in UTF-8, and say so in their own words when they are not."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body; BadInput if it cannot be read as JSON."""
        try:
            text = request.body.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise BadInput("body.not_utf8", hint_noop("Send the body as UTF-8.")) from None
        if "\x00" in text or "\\u0000" in text:
            raise BadInput("body.not_text", hint_noop("Take the zero bytes out of the text."))
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as problem:
            where = getattr(problem, "lineno", 1)
            raise BadInput(
                "body.not_json",
                hint_noop("The body is not JSON: look at line {line}."),
                line=where,
            ) from None


def status_of(problem: GongdaoError) -> int:
    """The HTTP status of an error raised on purpose."""
    if problem.code in _CODES:
        return _CODES[problem.code]
    if isinstance(problem, Refused) and problem.code.startswith(_FIELDS):
        return 422
    return next((status for kind, status in _STATUS if isinstance(problem, kind)), 500)


def answer(problem: GongdaoError, **more: Any) -> HttpResponse:
    """The problem as its document."""
    status = status_of(problem)
    body = {
        "type": f"urn:gongdao:{problem.code}",
        "title": problem.code,
        "status": status,
        "code": problem.code,
        "hint": hint_of(problem),
        **more,
    }
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False), status=status, content_type="application/problem+json"
    )
    if problem.code == "rate.too_many":
        response["Retry-After"] = _A_MINUTE
    return response


def register(api: NinjaAPI) -> None:
    """Let every error of this API end as problem details."""

    @api.exception_handler(GongdaoError)
    def refused(_request: HttpRequest, problem: GongdaoError) -> HttpResponse:
        return answer(problem)

    @api.exception_handler(ValidationError)
    def invalid(_request: HttpRequest, problem: ValidationError) -> HttpResponse:
        return answer(_invalid(problem.errors), errors=_fields(problem.errors))

    @api.exception_handler(RequestDataTooBig)
    def too_large(_request: HttpRequest, _problem: RequestDataTooBig) -> HttpResponse:
        return answer(BadInput("body.too_large", hint_noop("Send at most 2 MB.")))

    @api.exception_handler(HttpError)
    def other(_request: HttpRequest, problem: HttpError) -> HttpResponse:
        return answer(BadInput("body.invalid", hint_noop("{what}"), what=str(problem)))


def _invalid(errors: Sequence[Any]) -> BadInput:
    first = _fields(errors)[0]
    return BadInput(
        "body.invalid",
        hint_noop("Look at the field {field}: {what}."),
        field=first["field"],
        what=first["what"],
    )


def _fields(errors: Sequence[Any]) -> list[dict[str, str]]:
    """Which field is wrong and how; what was sent is not said back."""
    found = [
        {
            "field": ".".join(str(part) for part in error["loc"] if part not in _INSIDE),
            "what": str(error["msg"]),
        }
        for error in errors
    ]
    return found or [{"field": "body", "what": "invalid"}]


_INSIDE = {"body", "payload", "query", "path"}
