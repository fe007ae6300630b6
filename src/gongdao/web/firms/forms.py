"""The forms of firms, complaints and the roster."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongdao.bootstrap import app
from gongdao.domain.firms.rules import Application
from gongdao.domain.flows.firm_papers import pack_with_firms
from gongdao.domain.flows.tiering import Incoming
from gongdao.web import words
from gongdao.web.public.fields import LongText, needed
from gongdao.web.public.report_forms import choose

FIELD_OF = {
    "firm.bad_number": "number",
    "firm.name_missing": "name",
    "firm.not_signed": "signature",
    "firm.not_agreed": "agreed",
    "firm.bad_minutes": "minutes",
    "firm.bad_amount": "yuan",
    "firm.below_zero": "yuan",
    "firm.contest_too_late": "words",
    "firm.no_words": "words",
    "firm.too_long": "words",
    "duty.ahead": "received",
    "duty.unknown_tier": "tier",
    "roster.bad_line": "table",
    "roster.unknown_person": "table",
    "roster.too_many": "table",
    "roster.too_large": "table",
    "roster.no_responsible": "responsible",
}
"""At which field a refusal of the domain is shown."""
_LONG = 4000


class ApplyForm(forms.Form):
    """What a firm applies with; the licence comes as a file beside it."""

    name = forms.CharField(
        label=_("Name of the firm"), **needed(_("Write the name."), "firm.name_missing")
    )
    number = forms.CharField(
        label=_("Unified social credit code"),
        help_text=_("18 characters, as on the licence. The last one is checked."),
        **needed(_("Write the code."), "firm.bad_number"),
    )
    representative = forms.CharField(
        label=_("Legal representative"), **needed(_("Write the name."), "firm.name_missing")
    )
    agreed = forms.BooleanField(label=_("We agree to the undertaking."), required=False)
    signature = forms.CharField(
        label=_("Signature"),
        help_text=_("Type the name of the legal representative."),
        **needed(_("Sign by typing the name."), "firm.not_signed"),
    )

    def application(self) -> Application:
        """What was written, for the story."""
        given = self.cleaned_data
        return Application(
            given["name"],
            given["number"],
            given["representative"],
            given["signature"],
            given["agreed"],
        )


class WordsForm(forms.Form):
    """A few words: reasons, grounds, a note."""

    def __init__(self, label: Any, *args: Any, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"] = LongText(
            limit=_LONG,
            rows=rows,
            label=label,
            **needed(_("Say it in a few words."), "firm.no_words"),
        )


class RecordForm(WordsForm):
    """Training, an exam or a line of the ledger, with its proof."""

    what = forms.ChoiceField(
        label=_("What is recorded"),
        choices=[
            ("hours", _("Training")),
            ("passed", _("Exam passed")),
            ("failed", _("Exam not passed")),
            ("deposit", _("Line of the ledger")),
        ],
    )
    minutes = forms.IntegerField(label=_("Minutes of training"), required=False)
    yuan = forms.DecimalField(
        label=_("Amount in yuan"),
        help_text=_("Below zero for what is given back. No money is moved here."),
        decimal_places=2,
        max_digits=12,
        required=False,
    )
    field_order = ("what", "minutes", "yuan", "words")


class ComplaintForm(forms.Form):
    """A complaint that came in."""

    tier = forms.ChoiceField(label=_("Where does it come from?"), widget=forms.RadioSelect)
    received = forms.CharField(
        label=_("When was it received?"),
        help_text=_("Year-month-day hour:minute. Its clocks run from then."),
    )
    reference = forms.CharField(label=_("Its number there"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        now = timezone.localtime(app().records.clock())
        kwargs["initial"] = {"received": f"{now:%Y-%m-%d %H:%M}"}
        super().__init__(*args, **kwargs)
        tiers, language = pack_with_firms(app().records)[1].tiers, words.language()
        titles = [
            (t.code, f"{t.title.in_(language)} · {t.comes_from.in_(language)}") for t in tiers
        ]
        choose(self, "tier", titles)
        self.fields["words"] = LongText(
            limit=_LONG,
            rows=4,
            label=_("What is it about?"),
            **needed(_("Say it in a few words."), "firm.no_words"),
        )

    def clean_received(self) -> datetime:
        """The moment, on the Chinese clock."""
        written = str(self.cleaned_data["received"]).strip().replace("T", " ")
        try:
            found = datetime.strptime(written, "%Y-%m-%d %H:%M")  # noqa: DTZ007 – the next line
        except ValueError:
            message = _("Write it as 2026-03-02 09:30.")
            raise forms.ValidationError(message, code="duty.bad_moment") from None
        return timezone.make_aware(found, timezone.get_default_timezone())

    def incoming(self) -> Incoming:
        """What was written, for the story."""
        given = self.cleaned_data
        return Incoming(given["tier"], given["words"], given["reference"], given["received"])


class RosterForm(forms.Form):
    """The roster as a table, and who is responsible."""

    responsible = forms.ChoiceField(label=_("Responsible person, where nobody answers"))

    def __init__(self, people: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "responsible", [(name, name) for name in people])
        self.fields["table"] = LongText(
            limit=65_536,
            rows=12,
            label=_("Roster"),
            help_text=_(
                "A line a slot: day, from, to, person. A day is Mon to Sun, or a date, which is an "
                "exception; without a person nobody is on duty."
            ),
            **needed(_("Write at least one line."), "roster.bad_line"),
        )
