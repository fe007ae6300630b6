"""A mailbox as the pages show it, from either end. Neither end is ever named."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from gongdao.domain.flows.mailing import MailboxView, MessageView
from gongdao.domain.mailbox.model import Side
from gongdao.web.public.fields import LongText, needed

_SIDES = {Side.REPORTER: _("Reporter"), Side.STAFF: _("A reviewer")}


@dataclass(frozen=True, slots=True)
class Shown:
    """One message, ready to be read."""

    who: str
    at: datetime
    text: str
    mine: bool
    """Whether it was written at the end that looks."""
    new: bool
    read_at: datetime | None


class MessageForm(forms.Form):
    """One message. How long it may be is the pack's."""

    def __init__(self, most: int, *args: Any, hint: object = "", auto_id: str = "id_%s") -> None:
        super().__init__(*args)
        self.auto_id = auto_id
        self.fields["text"] = LongText(
            limit=most,
            rows=5,
            label=_("Your message"),
            help_text=hint,
            **needed(_("Write your message first."), "mail.empty"),
        )


def thread(box: MailboxView, looks: Side) -> list[Shown]:
    """The messages, oldest first."""
    return [_message(message, looks) for message in box.messages]


def left_words(box: MailboxView) -> str:
    """How many more may be sent now."""
    if box.left_today == 0:
        return gettext("You have sent as many messages as 24 hours allow. Write again tomorrow.")
    return ngettext(
        "You can send %(n)d more message within 24 hours.",
        "You can send %(n)d more messages within 24 hours.",
        box.left_today,
    ) % {"n": box.left_today}


def _message(message: MessageView, looks: Side) -> Shown:
    side = Side(message.side)
    return Shown(
        who=gettext("You") if side is looks is Side.REPORTER else str(_SIDES[side]),
        at=message.sent_at,
        text=message.text,
        mine=side is looks,
        new=message.new,
        read_at=message.read_at,
    )
