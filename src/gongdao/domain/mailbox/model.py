"""A mailbox of one reporter in one case: what was sent, by which side, and what was read."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, assert_never

from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import CaseId, MailboxId, PersonId, Sealed


class Side(StrEnum):
    """Who writes or reads; never who it is."""

    REPORTER = "reporter"
    STAFF = "staff"

    @property
    def other(self) -> "Side":
        """The one at the other end."""
        return Side.STAFF if self is Side.REPORTER else Side.REPORTER


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSent(Event):
    """One side wrote to the other; the words are sealed."""

    kind: ClassVar[str] = "mail.sent"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    case: CaseId
    reporter: PersonId
    side: Side
    text: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRead(Event):
    """One side has read everything that had come until then."""

    kind: ClassVar[str] = "mail.read"
    personal: ClassVar[Personal] = Personal.NOTHING
    side: Side


MailStep = MailSent | MailRead


@dataclass(frozen=True, slots=True)
class Message:
    """One message."""

    side: Side
    sent_at: datetime
    text: Sealed
    read_at: datetime | None = None
    """When the other side read it."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mailbox as it stands."""

    id: MailboxId
    case: CaseId
    reporter: PersonId
    messages: tuple[Message, ...] = ()

    def unread(self, side: Side) -> int:
        """How many messages this side has not read yet."""
        return sum(m.side is side.other and m.read_at is None for m in self.messages)

    def sent_since(self, side: Side, moment: datetime) -> int:
        """How many messages this side sent after a moment."""
        return sum(m.side is side and m.sent_at > moment for m in self.messages)


def mailbox_id(case: CaseId, reporter: PersonId) -> MailboxId:
    """The one mailbox of a reporter in a case: of two who open it at once, one is told so."""
    made = hashlib.sha256(f"mailbox\n{case}\n{reporter}".encode()).hexdigest()
    ends = (8, 12, 16, 20, 32)
    parts = [made[start:end] for start, end in zip((0, *ends), ends, strict=False)]
    return MailboxId("-".join(parts))


def after(box: Mailbox, step: MailStep) -> Mailbox:
    """The mailbox after one more step."""
    match step:
        case MailSent():
            new = Message(step.side, step.at, step.text)
            return replace(box, messages=(*box.messages, new))
        case MailRead():
            return replace(box, messages=tuple(_read(m, step) for m in box.messages))
        case _:
            assert_never(step)


def _read(message: Message, step: MailRead) -> Message:
    new = message.side is step.side.other and message.read_at is None
    return replace(message, read_at=step.at) if new else message


def fold(steps: Iterable[MailStep]) -> Mailbox:
    """The standing after a whole stream; ValueError if it does not begin with a message."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, MailSent):
        raise ValueError("a mailbox begins with mail.sent")
    empty = Mailbox(mailbox_id(first.case, first.reporter), first.case, first.reporter)
    box = after(empty, first)
    for step in rest:
        box = after(box, step)
    return box
