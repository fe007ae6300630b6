"""Notices as they were sent, for the person whom they were sent to."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.html import linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gongdao.bootstrap import app
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.inbox import Inbox, NoticeView
from gongdao.domain.kernel.ids import CaseId
from gongdao.web import pieces, times, words

_TONES = (
    ("overturned", pieces.Tone.RESTORED),
    ("decision_to_respondent", pieces.Tone.DECISION),
    ("appeal_changed", pieces.Tone.DECISION),
    ("answer_", pieces.Tone.URGENT),
)


@dataclass(frozen=True, slots=True)
class Message:
    """One notice, whole."""

    subject: str
    body: SafeString
    at: datetime
    sent: str
    tone: pieces.Tone


def inbox() -> Inbox:
    """The notices behind their door."""
    return Inbox(app().records)


def of_case(caller: Caller, case: CaseId) -> list[Message]:
    """Everything that this person was told about a case, newest first."""
    return [message(notice) for notice in inbox().of(caller, words.language(), case=case)]


def message(notice: NoticeView) -> Message:
    """A notice, whole, with its links."""
    return Message(
        subject=notice.subject,
        body=mark_safe(linebreaks(urlize(notice.body, autoescape=True))),  # noqa: S308  escaped
        at=notice.issued_at,
        sent=sent(notice),
        tone=tone(notice),
    )


def sent(notice: NoticeView) -> str:
    """How else it was sent and when, or that it could not be."""
    if notice.emailed_at is not None:
        return _("Sent by e-mail on %(when)s") % {"when": times.moment(notice.emailed_at)}
    return words.said(words.DELIVERIES, notice.email) if notice.email != "none" else ""


def tone(notice: NoticeView) -> pieces.Tone:
    """The colour of a notice."""
    return next((t for start, t in _TONES if start in notice.template), pieces.Tone.PLAIN)
