"""The forms of a journal."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongdao.domain.evidence.journal_rules import Note
from gongdao.domain.policy.journal import JournalPolicy
from gongdao.web import journal_pieces
from gongdao.web.public.fields import LongText, needed
from gongdao.web.public.report_forms import choose

FIELD_OF = {
    "journal.unknown_kind": "sort",
    "journal.bad_moment": "day",
    "journal.ahead": "day",
    "journal.long_ago": "day",
    "journal.empty": "text",
    "journal.text_too_long": "text",
    "journal.no_reason": "reason",
    "journal.reason_too_long": "reason",
}
"""At which field a refusal of the domain is shown."""


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"


class TimeOfDayInput(forms.DateInput):
    """The browser's own clock."""

    input_type = "time"


class EntryForm(forms.Form):
    """A new entry: as few fields as can be, the camera first."""

    sort = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    day = forms.CharField(
        label=_("On which day did it happen?"),
        widget=DayInput,
        required=False,
    )
    time = forms.CharField(
        label=_("At what time?"),
        help_text=_("Leave it empty if you know the day alone."),
        widget=TimeOfDayInput,
        required=False,
    )

    def __init__(self, policy: JournalPolicy, *args: Any, **kwargs: Any) -> None:
        here = timezone.localtime(journal_pieces.now())
        kwargs["initial"] = {
            "sort": policy.kinds[0].code,
            "day": f"{here:%Y-%m-%d}",
            "time": f"{here:%H:%M}",
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, **kwargs)
        choose(self, "sort", list(journal_pieces.kinds(policy)))
        self.hints = journal_pieces.kind_hints(policy)
        self.fields["text"] = LongText(
            limit=policy.limits.text_max,
            rows=4,
            label=_("What happened?"),
            help_text=_("A sentence is enough. With a photo or a file you may leave it out."),
            required=False,
        )

    def note(self) -> Note:
        """What was said, for the story."""
        given = self.cleaned_data
        return Note(given["sort"], f"{given['day']} {given['time']}".strip(), given["text"])


class StrikeForm(forms.Form):
    """Why an entry does not hold."""

    def __init__(self, policy: JournalPolicy, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = LongText(
            limit=policy.limits.reason_max,
            rows=2,
            label=_("Why does it not hold?"),
            help_text=_("The entry stays and is shown as struck out, with your reason."),
            **needed(_("Say in a few words why it does not hold."), "journal.no_reason"),
        )


class FilterForm(forms.Form):
    """Which entries are shown."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    month = forms.ChoiceField(label=_("Month"), required=False)

    def __init__(self, policy: JournalPolicy, months: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "kind", [("", _("All kinds")), *journal_pieces.kinds(policy)])
        choose(self, "month", [("", _("All months")), *journal_pieces.months(months)])


class TableForm(forms.Form):
    """A table to be read in."""

    sort = forms.ChoiceField(
        label=_("Kind of the lines that name none"),
        help_text=_("Lines with a column “kind” or 类别 keep their own."),
    )

    def __init__(self, policy: JournalPolicy, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "sort", list(journal_pieces.kinds(policy)))


class CaseForm(forms.Form):
    """Into which case an entry is brought."""

    case = forms.ChoiceField(
        label=_("Into which case?"), **needed(_("Choose a case."), "journal.no_case")
    )

    def __init__(self, cases: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "case", list(cases))
