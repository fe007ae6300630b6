"""What may be written into a mailbox, and how much of it."""

from datetime import datetime, timedelta

from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import Actor
from gongdao.domain.kernel.ids import CaseId, PersonId, Sealed
from gongdao.domain.mailbox.model import Mailbox, MailRead, MailSent, Side
from gongdao.domain.policy.contact import MailboxPolicy

DAY = timedelta(hours=24)


def most_a_day(policy: MailboxPolicy, side: Side) -> int:
    """How many messages one side may send within 24 hours."""
    return policy.reporter_per_day if side is Side.REPORTER else policy.staff_per_day


def left_today(policy: MailboxPolicy, box: Mailbox | None, side: Side, now: datetime) -> int:
    """How many messages one side may still send now."""
    sent = box.sent_since(side, now - DAY) if box else 0
    return max(0, most_a_day(policy, side) - sent)


def check_message(
    policy: MailboxPolicy, box: Mailbox | None, side: Side, text: str, now: datetime
) -> str:
    """The words of a message that may be sent, trimmed; Refused says what has to be mended."""
    trimmed = text.strip()
    if not trimmed:
        raise Refused("mail.empty", hint_noop("Write your message first."))
    if len(trimmed) > policy.text_max:
        raise Refused(
            "mail.too_long",
            hint_noop("Shorten the message to {most} characters; it has {length} now."),
            most=policy.text_max,
            length=len(trimmed),
        )
    if left_today(policy, box, side, now) == 0:
        raise Refused(
            "mail.too_many",
            hint_noop("{most} messages in 24 hours are the limit. Write again tomorrow."),
            most=most_a_day(policy, side),
        )
    return trimmed


def send(
    case: CaseId, reporter: PersonId, side: Side, text: Sealed, by: Actor, now: datetime
) -> MailSent:
    """Put a message into the mailbox."""
    return MailSent(at=now, by=by, case=case, reporter=reporter, side=side, text=text)


def read(box: Mailbox, side: Side, by: Actor, now: datetime) -> list[MailRead]:
    """Keep that one side has read what came; nothing where nothing was new."""
    return [MailRead(at=now, by=by, side=side)] if box.unread(side) else []
