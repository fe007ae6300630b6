"""What comes in: JSON in UTF-8, not too much of it, and text that can be kept."""

import re
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser
from pydantic_core import from_json

from gongdao.domain.kernel.errors import BadInput, hint_noop

LARGEST = 256 * 1024
"""Bytes of a body: far more than the longest report, written in escapes, takes."""

LARGEST_TEXTS = 3 * 1024 * 1024
"""Bytes of a body of texts to be screened: the longest text there may be takes nearly as much."""

LARGEST_LINES = 2 * 1024 * 1024
"""Bytes of a body of many lines on the common route; the intake's own takes twice as much."""

MOST_FIELDS = 1000
"""More names than any body has: each unknown one would be looked at, and answered."""

_TEXTS = "/api/v1/screening"


class JsonParser(Parser):
    """Reads bodies for the framework."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body, which the door has found to be readable."""
        return read(request)


def read(request: HttpRequest) -> Any:
    """The body of a request; BadInput says what keeps it from being read."""
    most = LARGEST_TEXTS if request.path == _TEXTS else LARGEST
    if _announced(request) > most or len(request.body) > most:
        raise too_large(most)
    try:
        text = request.body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput("body.not_utf8", hint_noop("Send the body as UTF-8.")) from None
    if "\x00" in text or "\\u0000" in text:
        raise BadInput("body.not_text", hint_noop("Take the zero bytes out of the text."))
    try:
        found = from_json(text, allow_inf_nan=False)
    except ValueError as problem:
        line = re.search(r"line (\d+)", str(problem))
        raise BadInput(
            "body.not_json",
            hint_noop("The body is not JSON: look at line {line}."),
            line=int(line[1]) if line else 1,
        ) from None
    if isinstance(found, dict) and len(found) > MOST_FIELDS:
        raise BadInput(
            "body.too_many_fields",
            hint_noop("Send at most {most} fields: no body has more."),
            most=MOST_FIELDS,
        )
    return found


def read_lines(request: HttpRequest) -> bytes:
    """A body of many lines, each of which is read on its own."""
    if _announced(request) > LARGEST_LINES or len(request.body) > LARGEST_LINES:
        raise too_large(LARGEST_LINES)
    return request.body


def too_large(most: int = LARGEST) -> BadInput:
    """What somebody is told who sends too much."""
    return BadInput("body.too_large", hint_noop("Send at most {most} KB."), most=f"{most // 1024}")


def _announced(request: HttpRequest) -> int:
    length = request.headers.get("Content-Length", "")
    return int(length) if length.isascii() and length.isdigit() else 0
