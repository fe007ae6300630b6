"""The forms of the desk. Their limits are the pack's, said before somebody writes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongdao.domain.decisions.model import Measure
from gongdao.domain.kernel.spans import Span
from gongdao.domain.policy.model import CasePolicy, Clause, Penalty, Scope
from gongdao.web import words

OUTCOMES = (
    ("violation", _("A rule was broken")),
    ("no_violation", _("No rule was broken")),
)
ENDINGS = (
    ("uphold", _("Uphold: the decision stands")),
    ("change", _("Change: a milder measure takes its place")),
    ("overturn", _("Overturn: the decision was wrong; everything is restored")),
)


def text(
    label: Any, policy: CasePolicy, hint: Any = "", *, required: bool = True
) -> forms.CharField:
    """A text area with the pack's limits."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=policy.limits.reason_max,
    )


class Reasons(forms.Form):
    """One text: why, or what."""

    def __init__(self, label: Any, policy: CasePolicy, *args: Any, hint: Any = "") -> None:
        super().__init__(*args)
        self.fields["reasons"] = text(label, policy, hint)


class Decline(forms.Form):
    """Why a report is not taken up."""

    def __init__(self, policy: CasePolicy, *args: Any) -> None:
        super().__init__(*args)
        language = words.language()
        self.fields["ground"] = forms.ChoiceField(
            label=_("Why it is not taken up"),
            choices=[(g.code, g.title.in_(language)) for g in policy.decline],
        )
        self.fields["findings"] = text(_("What you looked at"), policy)
        self.fields["reasons"] = text(_("Reasons, as the reporter will read them"), policy)


class MeasureFields(forms.Form):
    """Another measure than the ladder's, or than the one under appeal."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["penalty"] = forms.ChoiceField(
            label=_("Measure"),
            required=False,
            choices=[
                ("", _("As the ladder says")),
                *((p.value, words.PENALTIES[p]) for p in Penalty),
            ],
        )
        self.fields["scope"] = forms.ChoiceField(
            label=_("What it reaches"),
            required=False,
            choices=[("", "–"), *((s.value, words.SCOPES[s]) for s in Scope)],
        )
        self.fields["duration"] = forms.RegexField(
            r"^\d{1,5}(h|d|wd)$",
            label=_("For how long"),
            required=False,
            help_text=_("48h, 7d or 7wd (working days); empty where it has no end"),
            error_messages={"invalid": _("Write 48h, 7d or 7wd.")},
        )

    def measure(self) -> Measure | None:
        """The measure that was chosen, if one was."""
        penalty = self.cleaned_data.get("penalty")
        if not penalty:
            return None
        duration = self.cleaned_data.get("duration")
        return Measure(
            Penalty(penalty),
            Scope(self.cleaned_data.get("scope") or Scope.ACCOUNT),
            Span.parse(duration) if duration else None,
        )


class Decide(MeasureFields):
    """Findings, clause, reasons, measure."""

    def __init__(self, policy: CasePolicy, clauses: list[Clause], *args: Any) -> None:
        super().__init__(*args)
        language = words.language()
        measure = dict(self.fields)
        self.fields.clear()
        self.fields["clause"] = forms.ChoiceField(
            label=_("Rule"), choices=[(c.code, c.title.in_(language)) for c in clauses]
        )
        self.fields["outcome"] = forms.ChoiceField(
            label=_("Outcome"), choices=OUTCOMES, widget=forms.RadioSelect
        )
        hint = _("The person concerned reads this. Do not name who reported.")
        self.fields["findings"] = text(_("What was found"), policy, hint)
        self.fields["reasons"] = text(_("Why the rule applies, or does not"), policy)
        self.fields.update(measure)
        self.fields["departure"] = text(
            _("Why another measure than the ladder's"), policy, required=False
        )


class Hear(MeasureFields):
    """How an appeal ends."""

    def __init__(self, policy: CasePolicy, *args: Any, can_change: bool = True) -> None:
        super().__init__(*args)
        measure = dict(self.fields) if can_change else {}
        self.fields.clear()
        endings = ENDINGS if can_change else (ENDINGS[0], ENDINGS[2])
        self.fields["ending"] = forms.ChoiceField(
            label=_("Outcome of the appeal"), choices=endings, widget=forms.RadioSelect
        )
        self.fields["reasons"] = text(_("Reasons, as the appellant will read them"), policy)
        self.fields.update(measure)


class Pause(forms.Form):
    """Why the decision's clock stands still, or runs on."""

    def __init__(self, policy: CasePolicy, *args: Any) -> None:
        super().__init__(*args)
        language = words.language()
        self.fields["reason"] = forms.ChoiceField(
            label=_("What the clock waits for"),
            choices=[(p.code, p.title.in_(language)) for p in policy.procedure.pauses],
        )
        self.fields["run_on"] = forms.BooleanField(
            label=_("The wait is over; let the clock run on"), required=False
        )
