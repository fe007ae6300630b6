"""The forms of following up a dispute, and of robots."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongdao.domain.disputes.events import Outcome
from gongdao.domain.disputes.robots import RobotKind
from gongdao.domain.flows.following import MOST_WORDS
from gongdao.web.public.fields import LongText, needed

FIELD_OF = {
    "dispute.words": "words",
    "text.broken": "words",
    "dispute.until_passed": "until",
    "dispute.until_far": "until",
    "dispute.in_the_future": "when",
    "dispute.long_ago": "when",
    "dispute.minutes": "minutes",
    "dispute.reason": "reason",
    "dispute.exhibit": "exhibits",
    "dispute.nothing_new": "exhibits",
    "robot.bad_address": "url",
    "robot.no_secret": "secret",
    "robot.bad_secret": "secret",
}
"""At which field a refusal of the domain is shown."""
_FORM = "%Y-%m-%d %H:%M"


class Moment(forms.CharField):
    """A moment on the Chinese clock."""

    def clean(self, value: Any) -> datetime | None:
        """The moment; None where nothing is written."""
        written = str(super().clean(value) or "").strip().replace("T", " ")
        if not written:
            return None
        try:
            found = datetime.strptime(written, _FORM)  # noqa: DTZ007 – it gets the zone below
        except ValueError:
            message = _("Write it as 2026-03-02 09:30.")
            raise forms.ValidationError(message, code="dispute.bad_moment") from None
        return timezone.make_aware(found, timezone.get_default_timezone())


class AskedForm(forms.Form):
    """More material was asked for."""

    words = LongText(limit=MOST_WORDS, rows=3, label=_("What did they ask for?"))
    until = Moment(
        label=_("Until when?"), help_text=_("As 2026-03-02 09:30, if they said so."), required=False
    )


class SentForm(forms.Form):
    """It was sent."""

    words = LongText(limit=MOST_WORDS, rows=2, label=_("What was sent?"), required=False)


class CallForm(forms.Form):
    """A call."""

    whom = forms.CharField(label=_("With whom?"), max_length=200)
    when = Moment(label=_("When?"), help_text=_("As 2026-03-02 09:30; empty: now."), required=False)
    minutes = forms.IntegerField(label=_("Minutes"), initial=5)
    words = LongText(limit=MOST_WORDS, rows=3, label=_("What was said?"))


class AnswerForm(forms.Form):
    """What they decided."""

    outcome = forms.ChoiceField(
        label=_("What did they decide?"),
        choices=[
            (Outcome.UPHELD.value, _("Decided for us")),
            (Outcome.PARTLY.value, _("Decided for us in part")),
            (Outcome.REJECTED.value, _("Rejected")),
        ],
        widget=forms.RadioSelect,
        **needed(_("Choose what they decided."), "dispute.outcome"),
    )
    words = LongText(
        limit=MOST_WORDS,
        rows=4,
        label=_("Their words"),
        help_text=_("Copy them whole: the reason is read from them."),
        required=False,
    )


class FurtherForm(forms.Form):
    """It was taken further."""

    to = forms.ChoiceField(label=_("Where?"), widget=forms.RadioSelect)
    exhibits = forms.MultipleChoiceField(
        label=_("Evidence that they have not seen"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reference = forms.CharField(label=_("Its number there"), required=False, max_length=200)

    def __init__(
        self, ways: Sequence[tuple[str, str]], kept: Sequence[tuple[str, str]], data: Any = None
    ) -> None:
        super().__init__(data)
        for name, each in (("to", ways), ("exhibits", kept)):
            cast("forms.ChoiceField", self.fields[name]).choices = each


class EndForm(forms.Form):
    """It is left as it is."""

    how = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[
            ("rejected", _("Rejected, not taken further")),
            ("lapsed", _("A window passed")),
        ],
        widget=forms.RadioSelect,
        **needed(_("Choose how it ended."), "dispute.ending"),
    )
    words = LongText(limit=MOST_WORDS, rows=2, label=_("A note"), required=False)


class RobotForm(forms.Form):
    """A robot of a group chat."""

    kind = forms.ChoiceField(
        label=_("Which chat?"),
        choices=[(RobotKind.WECOM.value, _("WeCom")), (RobotKind.DINGTALK.value, _("DingTalk"))],
        widget=forms.RadioSelect,
        **needed(_("Choose the chat."), "robot.kind"),
    )
    url = forms.CharField(
        label=_("The robot's address"), help_text=_("It is never shown again."), max_length=500
    )
    secret = forms.CharField(
        label=_("Its secret"),
        help_text=_("DingTalk alone: choose “signature”; it begins with SEC."),
        required=False,
        max_length=200,
        widget=forms.PasswordInput,
    )
