"""What the fast route answers, written straight to the client."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from django.utils import translation
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from gongdao.api import problems
from gongdao.domain.intake.receipt import SignedReceipt
from gongdao.domain.kernel.errors import BadInput, GongdaoError, PeerFailed, hint_noop

if TYPE_CHECKING:
    from gongdao.bootstrap.taking_in import Answer

Send = Callable[[Mapping[str, Any]], Awaitable[None]]
Headers = Mapping[bytes, bytes]

_ALWAYS = [
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
]
_JSON, _LINES = b"application/json; charset=utf-8", b"application/x-ndjson; charset=utf-8"


def receipt_body(receipt: SignedReceipt) -> bytes:
    """The body of the answer to a report. Its case is not known yet: it is put in line next."""
    return msgspec.json.encode(
        {
            "receipt": receipt.receipt,
            "report": receipt.report,
            "case": None,
            "leaf": receipt.leaf,
            "signed": receipt,
        }
    )


async def one(send: Send, answer: "Answer", headers: Headers) -> None:
    """The answer to one report."""
    del headers
    await _send(send, answer.status, _JSON, answer.body)


async def lines(send: Send, said: "Sequence[Answer | GongdaoError]", headers: Headers) -> None:
    """The answers to a batch: a line each, in the order of the reports."""
    with translation.override(_language(headers)):
        written = [
            json.dumps({"line": n, **problems.document(each)}, ensure_ascii=False).encode()
            if isinstance(each, GongdaoError)
            else b'{"line":%d,"status":%d,%b' % (n, each.status, each.body[1:])
            for n, each in enumerate(said, 1)
        ]
    await _send(send, 200, _LINES, b"\n".join(written) + b"\n")


async def problem(send: Send, wrong: GongdaoError, headers: Headers) -> None:
    """What went wrong, as problem details in the client's language."""
    with translation.override(_language(headers)):
        response = problems.answer(wrong)
    more = [(b"retry-after", response["Retry-After"].encode())] if "Retry-After" in response else []
    kind = str(response["Content-Type"]).encode()
    await _send(send, response.status_code, kind, response.content, more)


def not_kept() -> PeerFailed:
    """What everybody of a batch is told that could not be kept."""
    return PeerFailed(
        "intake.not_kept",
        hint_noop("It could not be kept. Send it again, with the same Idempotency-Key."),
        seconds=5,
    )


def too_large(largest: int) -> BadInput:
    """What somebody is told who sends too much."""
    return BadInput(
        "body.too_large", hint_noop("Send at most {most} KB."), most=f"{largest // 1024}"
    )


def too_slow() -> BadInput:
    """What somebody is told who sends for too long."""
    return BadInput("body.too_slow", hint_noop("The body took too long. Send it again."))


async def _send(
    send: Send, status: int, kind: bytes, body: bytes, more: Sequence[tuple[bytes, bytes]] = ()
) -> None:
    length = str(len(body)).encode()
    headers = [(b"content-type", kind), (b"content-length", length), *_ALWAYS, *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _language(headers: Headers) -> str:
    """The first language that the client takes and we have."""
    for tag, _ in parse_accept_lang_header(headers.get(b"accept-language", b"").decode("latin-1")):
        try:
            return get_supported_language_variant(tag)
        except LookupError:
            continue
    return "zh-hans"
