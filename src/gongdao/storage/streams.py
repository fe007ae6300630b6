"""One implementation of every event stream: append, fold, and keep the row in step."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from django.db import IntegrityError, connection
from django.db.models import Manager

from gongdao.domain.kernel.errors import MovedOn, NotFound, hint_noop
from gongdao.domain.kernel.events import Event, Held, Recorded
from gongdao.storage import codec
from gongdao.storage.work import at_work

S = TypeVar("S")
E = TypeVar("E", bound=Event)
T = TypeVar("T")

_INSERT = """
    insert into event (stream, version, kind, at, actor_role, actor, body, leaf)
    values (%s, %s, %s, %s, %s, %s, %s, %s)
"""
_SELECT = "select stream, version, kind, body, leaf from event where stream = any(%s)"

History = list[Recorded[Any]]


@dataclass(slots=True)
class _Known:
    """What was read within `read_once`."""

    histories: dict[UUID, History] = field(default_factory=dict)
    answers: dict[object, Any] = field(default_factory=dict)


_KNOWN: ContextVar[_Known | None] = ContextVar("gongdao_known", default=None)


class PgStreams(Generic[S, E]):
    """Streams of one kind. Subclasses say how they begin, how to fold and which row to keep."""

    begins: str
    """The kind of the first event: a stream that begins otherwise is not one of these."""
    fold: Callable[[Iterable[Any]], S]

    def project(self, stream: str, standing: S, version: int) -> None:
        """Keep the row in step with the standing, in the same transaction."""
        raise NotImplementedError

    def get(self, stream: str) -> Held[S]:
        found = self.several([stream])
        if not found:
            raise absent()
        return found[0]

    def several(self, streams: Sequence[str]) -> list[Held[S]]:
        """The standings of several things, in the order asked for; absent ones are left out."""
        by_stream: dict[str, list[Recorded[Any]]] = {}
        for stream, recorded in read_events(streams):
            by_stream.setdefault(stream, []).append(recorded)
        return [
            Held(type(self).fold(r.event for r in by_stream[key]), by_stream[key][-1].version)
            for key in map(str, streams)
            if key in by_stream and by_stream[key][0].event.kind == type(self).begins
        ]

    def history(self, stream: str) -> Sequence[Recorded[E]]:
        return [recorded for _, recorded in read_events([stream])]

    def add(self, stream: str, steps: Sequence[E], *, after: int) -> Held[S]:
        if not steps:
            return self.get(stream)
        append(stream, steps, after)
        held = self.get(stream)
        self.project(stream, held.now, held.version)
        return held


@contextmanager
def read_once() -> Iterator[None]:
    """Within it nothing is read twice: for a page that only looks, at one moment."""
    before = _KNOWN.set(_Known())
    try:
        yield
    finally:
        _KNOWN.reset(before)


def asked_once(what: object, ask: Callable[[], T]) -> T:
    """What `ask` finds; within `read_once` it is asked no second time for the same."""
    known = _KNOWN.get()
    if known is None or at_work():
        return ask()
    if what not in known.answers:
        known.answers[what] = ask()
    return cast("T", known.answers[what])


def read_events(streams: Sequence[str]) -> Iterator[tuple[str, Recorded[Any]]]:
    """Everything that happened to some things, each oldest first."""
    wanted = [as_uuid(stream) for stream in streams]
    known = _KNOWN.get()
    if known is None or at_work():
        found = _read(wanted)
    else:
        held = known.histories
        held.update(_read([stream for stream in wanted if stream not in held]))
        found = {stream: held[stream] for stream in wanted}
    for stream in sorted(found):
        for recorded in found[stream]:
            yield str(stream), recorded


def _read(wanted: Sequence[UUID]) -> dict[UUID, History]:
    found: dict[UUID, History] = {stream: [] for stream in wanted}
    if not wanted:
        return found
    with connection.cursor() as cursor:
        cursor.execute(_SELECT + " order by stream, version", [list(wanted)])
        rows = cursor.fetchall()
    for stream, version, kind, body, leaf in rows:
        event = codec.decode_event(kind, body)
        found[stream].append(Recorded(event, version, bytes(leaf).hex()))
    return found


def append(stream: str, steps: Sequence[Event], after: int) -> None:
    """Write events behind version `after`; MovedOn if the stream has grown since."""
    rows = []
    for version, step in enumerate(steps, start=after + 1):
        body = codec.encode(step)
        leaf = codec.leaf_hash(codec.event_entry(stream, version, step.kind, body))
        person = UUID(step.by.person) if step.by.person else None
        rows.append(
            (UUID(stream), version, step.kind, step.at, step.by.role.value, person, body, leaf)
        )
    try:
        with connection.cursor() as cursor:
            cursor.executemany(_INSERT, rows)
    except IntegrityError as problem:
        if "event_stream_version" not in str(problem):
            raise
        raise moved_on() from problem


def keep_row(rows: Manager[Any], stream: str, row: Mapping[str, object]) -> None:
    """Write a stream's row, new or not.

    Nothing can come in between: whoever writes a stream has just appended to it, and of two that do
    one is refused. So this needs neither the lock nor the savepoints of `update_or_create`.
    """
    key = UUID(stream)
    if not rows.filter(pk=key).update(**row):
        rows.create(pk=key, **row)


def moved_on() -> MovedOn:
    """What the second of two racing writers is told."""
    return MovedOn(
        "stream.moved_on",
        hint_noop("Somebody else was faster. Read it again, then decide what to do."),
    )


def as_uuid(text: str) -> UUID:
    """An id from outside as a UUID; what is no UUID is simply not found."""
    try:
        return UUID(text)
    except ValueError:
        raise absent() from None


def absent() -> NotFound:
    """What there is not."""
    return NotFound(
        "not_found", hint_noop("Check the code or the link; nothing is found under it for you.")
    )


def optional(text: str | None) -> UUID | None:
    """The same for an id that may be absent."""
    return as_uuid(text) if text else None
