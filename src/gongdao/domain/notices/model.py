"""What people were told: stored as sent, with proof of when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, assert_never

from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import CaseId, NoticeId, PersonId, Sealed


class Reader(StrEnum):
    """As whom somebody is told, which decides what may stand in it."""

    REPORTER = "reporter"
    RESPONDENT = "respondent"
    STAFF = "staff"
    FIRM = "firm"
    """A verified firm, or an account that asks to be one: of no case."""
    MEMBER = "member"
    """Somebody who works on the disputes of an organisation."""
    LEARNER = "learner"
    """Somebody who has to pass a course, or holds a certificate."""
    AUTHOR = "author"
    """Whose text waits before it appears."""
    HOLDER = "holder"
    """Somebody whose account it is: of no case."""


class Channel(StrEnum):
    """How a notice travels."""

    INBOX = "inbox"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Letter:
    """One language's text, encrypted outside the events."""

    subject: Sealed
    body: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeIssued(Event):
    """It was written and lies in the person's inbox from this moment."""

    kind: ClassVar[str] = "notice.issued"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    notice: NoticeId
    to: PersonId
    reader: Reader
    template: str
    case: CaseId
    language: str
    zh: Letter
    en: Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDelivered(Event):
    """A channel took it."""

    kind: ClassVar[str] = "notice.delivered"
    personal: ClassVar[Personal] = Personal.NOTHING
    channel: Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFailed(Event):
    """A channel did not take it; the desk shows it."""

    kind: ClassVar[str] = "notice.failed"
    personal: ClassVar[Personal] = Personal.NOTHING
    channel: Channel
    error: str
    """A stable code such as `mail.refused`."""
    final: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRead(Event):
    """The person opened it."""

    kind: ClassVar[str] = "notice.read"
    personal: ClassVar[Personal] = Personal.NOTHING


NoticeStep = NoticeIssued | NoticeDelivered | NoticeFailed | NoticeRead


class Delivery(StrEnum):
    """Where the e-mail of a notice stands."""

    NONE = "none"
    """No address is known: the inbox alone."""
    DELIVERED = "delivered"
    RETRYING = "retrying"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as it stands."""

    id: NoticeId
    to: PersonId
    reader: Reader
    template: str
    case: CaseId
    language: str
    zh: Letter
    en: Letter
    issued_at: datetime
    email: Delivery = Delivery.NONE
    emailed_at: datetime | None = None
    attempts: int = 0
    read_at: datetime | None = None

    def letter(self, language: str) -> Letter:
        """The text in a language."""
        return self.zh if language.startswith("zh") else self.en


def issued(step: NoticeIssued) -> Notice:
    """The notice as it is issued."""
    return Notice(
        id=step.notice,
        to=step.to,
        reader=step.reader,
        template=step.template,
        case=step.case,
        language=step.language,
        zh=step.zh,
        en=step.en,
        issued_at=step.at,
    )


def after(notice: Notice, step: NoticeStep) -> Notice:
    """The notice as it stands after one more step."""
    match step:
        case NoticeIssued():
            raise ValueError(f"notice {notice.id} was issued twice")
        case NoticeDelivered():
            if step.channel is not Channel.EMAIL:
                return notice
            return replace(notice, email=Delivery.DELIVERED, emailed_at=step.at)
        case NoticeFailed():
            state = Delivery.FAILED if step.final else Delivery.RETRYING
            return replace(notice, email=state, attempts=notice.attempts + 1)
        case NoticeRead():
            return replace(notice, read_at=notice.read_at or step.at)
        case _:
            assert_never(step)


def fold(steps: Iterable[NoticeStep]) -> Notice:
    """The standing after a whole stream; ValueError if it does not begin with its issue."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, NoticeIssued):
        raise ValueError("a notice begins with notice.issued")
    notice = issued(first)
    for step in rest:
        notice = after(notice, step)
    return notice
