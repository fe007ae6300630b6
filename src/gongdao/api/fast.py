"""The intake's own route: `POST /api/v1/reports` and its batch, without the framework's cost.

It answers what it can answer at once: a report that is well formed, by the operator's app or by
nobody in particular. Whatever else comes (a sign-in, a case code, a mistake) goes on to the common
route with its body, which answers as it always did; so there is one place that says what is wrong.
"""

import asyncio
import gc
import hashlib
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeGuard, TypeVar, cast

import msgspec

from gongdao.api import bodies, fast_answers
from gongdao.api.bounds import announced
from gongdao.api.fast_reading import REPORT, ReportIn, lines_of, read_line
from gongdao.bootstrap.taking_in import Intake, intake, is_outage
from gongdao.bootstrap.warming import Warming
from gongdao.domain.flows.receiving import Arrival
from gongdao.domain.kernel.errors import GongdaoError
from gongdao.domain.kernel.events import Role

if TYPE_CHECKING:
    from gongdao.bootstrap.taking_in import Answer, Once

LOG = logging.getLogger("gongdao.intake")

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Route = Callable[[Scope, Mapping[bytes, bytes], bytes, Send], Awaitable[None]]
Entry = tuple[Arrival, "Once | None"]
T = TypeVar("T")

SINGLE, BATCH = "/api/v1/reports", "/api/v1/reports/batch"
LARGEST_BATCH = 4 * 1024 * 1024
BODY_SECONDS = 30.0
"""So long a client may take to send its body."""
KEY_SECONDS = 5.0
"""So long a key is trusted without looking again: once revoked it opens nothing after that."""
QUIET_SECONDS = 10.0
"""So long the same outage is not logged again."""
_ELSEWHERE = {b"cookie", b"x-case-code"}
"""Who sends one of these is somebody in particular: the common route knows whom."""


class Elsewhere(Exception):
    """The common route answers this."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: the operator's app, or nobody in particular."""

    scope: str
    """In whose name an Idempotency-Key counts."""
    is_app: bool


NOBODY = Sender("anybody", is_app=False)


@dataclass(slots=True)
class FastIntake:
    """The route before the common application. One per process and event loop."""

    common: Application
    _intake: Intake | None = None
    _keys: dict[bytes, tuple[float, Sender]] = field(default_factory=dict)
    _quiet: dict[str, float] = field(default_factory=dict)
    _asked: "dict[bytes, asyncio.Task[Sender | None]]" = field(default_factory=dict)
    _warming: Warming = field(default_factory=Warming)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the common application answer."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] != "http" or scope["method"] != "POST":
            await self.common(scope, receive, send)
        elif scope["path"] == SINGLE:
            await self._answer(scope, receive, send, self._single, bodies.LARGEST)
        elif scope["path"] == BATCH:
            await self._answer(scope, receive, send, self._batch, LARGEST_BATCH)
        else:
            await self.common(scope, receive, send)

    async def _answer(
        self, scope: Scope, receive: Receive, send: Send, route: Route, largest: int
    ) -> None:
        headers = dict(scope["headers"])
        if not _ELSEWHERE.isdisjoint(headers) or announced(headers) > largest:
            await self.common(scope, receive, send)
            return
        body = b""
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _body(receive, largest)
            await route(scope, headers, body, send)
        except Elsewhere:
            await self.common(scope, _replayed(body, receive), send)
        except TimeoutError:
            await fast_answers.problem(send, fast_answers.too_slow(), headers)
        except GongdaoError as problem:
            await fast_answers.problem(send, problem, headers)
        except ConnectionResetError:
            return  # whoever sent it is gone
        except Exception as unexpected:  # noqa: BLE001 – whatever it is, nothing was kept
            await fast_answers.problem(send, self._unkept(unexpected), headers)

    async def _single(
        self, scope: Scope, headers: Mapping[bytes, bytes], body: bytes, send: Send
    ) -> None:
        sender = await self._sender(headers)
        proof = _proof(headers)
        if proof is not None and not sender.is_app:
            await self._ready().look_at_proof(_address(scope), proof)
        try:
            report = REPORT.decode(body)
        except (msgspec.MsgspecError, UnicodeDecodeError) as wrong:
            raise Elsewhere from wrong
        arrival = self._check(report, sender)
        once = self._once(scope, headers, body, sender)
        if not sender.is_app:
            await self._ready().allow(_address(scope), proof)
        answer = await self._ready().put([(arrival, once)])[0]
        await fast_answers.one(send, answer, headers)

    async def _batch(
        self, scope: Scope, headers: Mapping[bytes, bytes], body: bytes, send: Send
    ) -> None:
        sender = await self._sender(headers)
        if not sender.is_app:
            raise Elsewhere
        read = [self._line(line, scope, sender) for line in lines_of(body)]
        good = [one for one in read if not isinstance(one, GongdaoError)]
        answers = iter(await self._put(good))
        said = [one if isinstance(one, GongdaoError) else next(answers) for one in read]
        await fast_answers.lines(send, said, headers)

    def _line(self, line: bytes, scope: Scope, sender: Sender) -> "Entry | GongdaoError":
        try:
            report = read_line(line)
            arrival = self._ready().check(report.submission(), report.on_behalf_of)
            key = report.idempotency_key
            sent = f"POST {scope['path']}\n{line.decode()}"
            return arrival, self._ready().once(sender.scope, key, sent) if key else None
        except GongdaoError as problem:
            return problem

    def _check(self, report: ReportIn, sender: Sender) -> "Arrival":
        """An arrival; what is refused is refused by the common route, in the sender's language."""
        account = report.on_behalf_of
        if account is not None and not sender.is_app:
            raise Elsewhere
        if report.group is not None and not sender.is_app:
            raise Elsewhere
        try:
            return self._ready().check(report.submission(), account)
        except GongdaoError as refused:
            raise Elsewhere from refused

    async def _put(self, entries: "Sequence[Entry]") -> "list[Answer | GongdaoError]":
        """Wait until each is kept, or is not; they may be kept in more than one transaction."""
        said = await asyncio.gather(*self._ready().put(entries), return_exceptions=True)
        kept = [self._unkept(each) if _is_unexpected(each) else each for each in said]
        return cast("list[Answer | GongdaoError]", kept)

    def _unkept(self, problem: BaseException) -> GongdaoError:
        """What is answered. Why is logged now and then: it fails for thousands at once."""
        name, now = type(problem).__name__, monotonic()
        if now >= self._quiet.get(name, 0.0):
            self._quiet[name] = now + QUIET_SECONDS
            LOG.error("intake.not_kept %s", name, exc_info=None if is_outage(problem) else problem)
        return fast_answers.not_kept()

    async def _sender(self, headers: Mapping[bytes, bytes]) -> Sender:
        """Who sends; Elsewhere for a wrong key, and for one that speaks for a person."""
        given = headers.get(b"authorization")
        if given is None:
            return NOBODY
        name = hashlib.sha256(given).digest()
        until, sender = self._keys.get(name, (0.0, NOBODY))
        if monotonic() < until:
            return sender
        asked = self._asked.get(name)
        if asked is None:
            asked = asyncio.get_running_loop().create_task(self._look_up(name, given))
            self._asked[name] = asked
            asked.add_done_callback(partial(self._answered, name))
        found = await asyncio.shield(asked)
        if found is None:
            raise Elsewhere
        return found

    async def _look_up(self, name: bytes, given: bytes) -> Sender | None:
        """Look once for all requests that come with one key meanwhile."""
        scheme, _, secret = given.decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        found = await self._ready().holder(secret.strip())
        if found is None or found.caller.person is not None or not found.caller.has(Role.APP):
            self._keys.pop(name, None)
            return None
        sender = Sender(f"key {found.key}", is_app=True)
        self._keys = {n: kept for n, kept in self._keys.items() if kept[0] > monotonic()}
        self._keys[name] = (monotonic() + KEY_SECONDS, sender)
        return sender

    def _answered(self, name: bytes, asked: "asyncio.Task[Sender | None]") -> None:
        del self._asked[name]
        if not asked.cancelled():
            asked.exception()  # whoever waits for it hears it; if nobody does, nobody must

    def _once(
        self, scope: Scope, headers: Mapping[bytes, bytes], body: bytes, sender: Sender
    ) -> "Once | None":
        key = headers.get(b"idempotency-key")
        if key is None:
            return None
        path, query = scope["path"], scope["query_string"].decode("latin-1")
        sent = f"POST {path}{'?' if query else ''}{query}\n{body.decode()}"
        return self._ready().once(sender.scope, key.decode("latin-1"), sent)

    def _ready(self) -> Intake:
        if self._intake is None:
            self._intake = intake(fast_answers.receipt_body)
        return self._intake

    async def _live(self, receive: Receive, send: Send) -> None:
        while (await receive())["type"] == "lifespan.startup":
            # What is loaded by now stays; looking through it again and again costs a fifth of
            # the intake's rate.
            gc.collect()
            gc.freeze()
            gc.set_threshold(20_000, 20, 50)
            self._warming.begin()
            await send({"type": "lifespan.startup.complete"})
        self._warming.end()
        await self.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def close(self) -> None:
        """Keep what waits, then close what is open."""
        if self._intake is not None:
            await self._intake.close()
            self._intake = None


def _is_unexpected(said: object) -> TypeGuard[BaseException]:
    return isinstance(said, BaseException) and not isinstance(said, GongdaoError)


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


def _proof(headers: Mapping[bytes, bytes]) -> str | None:
    given = headers.get(b"gongdao-proof")
    return None if given is None else given.decode("latin-1")


async def _body(receive: Receive, largest: int) -> bytes:
    parts, length = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionResetError
        parts.append(message.get("body", b""))
        length += len(parts[-1])
        if length > largest:
            raise fast_answers.too_large(largest)
        if not message.get("more_body"):
            return b"".join(parts)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """What the common application reads: the body once more, then whatever comes."""
    first = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return first.pop() if first else await receive()

    return again
