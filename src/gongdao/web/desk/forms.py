"""The forms of the desk. Their limits are the pack's, said before somebody writes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongdao.domain.decisions.model import Measure
from gongdao.domain.kernel.spans import Span, Unit
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
UNITS = (
    (Unit.DAYS.value, _("days")),
    (Unit.WORKING_DAYS.value, _("working days")),
    (Unit.HOURS.value, _("hours")),
)
_LONGEST = 9999
NOT_WHO = _("The person concerned reads this. Do not name who reported.")


def text(
    label: Any, policy: CasePolicy, hint: Any = "", *, required: bool = True, initial: Any = None
) -> forms.CharField:
    """A text area with the pack's limits."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        initial=initial,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=policy.limits.reason_max,
    )


class Reasons(forms.Form):
    """One text: why, or what."""

    def __init__(
        self, label: Any, policy: CasePolicy, *args: Any, hint: Any = "", initial: Any = None
    ) -> None:
        super().__init__(*args)
        self.fields["reasons"] = text(label, policy, hint, initial=initial)


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

    MEASURE = ("penalty", "scope", "amount", "unit")

    def __init__(self, none: Any, *args: Any) -> None:
        super().__init__(*args)
        penalties = [(p.value, words.PENALTIES[p]) for p in Penalty]
        self.fields["penalty"] = forms.ChoiceField(
            label=_("Measure"), required=False, choices=[("", none), *penalties]
        )
        self.fields["scope"] = forms.ChoiceField(
            label=_("What it reaches"),
            required=False,
            choices=[(s.value, words.SCOPES[s]) for s in Scope],
        )
        self.fields["amount"] = forms.IntegerField(
            label=_("For how long"),
            required=False,
            min_value=1,
            max_value=_LONGEST,
            help_text=_("Empty where it has no end."),
        )
        self.fields["unit"] = forms.ChoiceField(
            label=_("Counted in"), required=False, choices=UNITS
        )

    def measure(self) -> Measure | None:
        """The measure that was chosen, if one was."""
        given = self.cleaned_data
        if not given.get("penalty"):
            return None
        amount = given.get("amount")
        length = Span(amount, Unit(given.get("unit") or Unit.DAYS)) if amount else None
        return Measure(Penalty(given["penalty"]), Scope(given.get("scope") or "account"), length)

    def measure_fields(self) -> list[forms.BoundField]:
        """The fields of the measure, to be folded together."""
        return [self[name] for name in (*self.MEASURE, "departure") if name in self.fields]

    def measure_touched(self) -> bool:
        """Whether somebody wrote in them, so that they must not be folded away."""
        names = ("penalty", "amount", "departure")
        written = self.data if self.is_bound else self.initial
        return any(written.get(name) or name in self.errors for name in names)


class Decide(MeasureFields):
    """Outcome, clause, findings, reasons, and the measure if it is not the ladder's."""

    def __init__(self, policy: CasePolicy, clauses: list[Clause], first: str, *args: Any) -> None:
        super().__init__(_("As the ladder says"), *args)
        language = words.language()
        measure = dict(self.fields)
        self.fields.clear()
        self.fields["outcome"] = forms.ChoiceField(
            label=_("Outcome"), choices=OUTCOMES, widget=forms.RadioSelect
        )
        self.fields["clause"] = forms.ChoiceField(
            label=_("Rule"),
            initial=first,
            choices=[(c.code, c.title.in_(language)) for c in clauses],
        )
        self.fields["findings"] = text(_("What was found"), policy, NOT_WHO)
        self.fields["reasons"] = text(_("Why the rule applies, or does not"), policy)
        self.fields.update(measure)
        self.fields["departure"] = text(
            _("Why another measure than the ladder's"), policy, required=False
        )

    def clean(self) -> dict[str, Any]:
        """What the folded part says does not count where no rule was broken."""
        given = super().clean() or self.cleaned_data
        if given.get("outcome") == "no_violation":
            given |= {"penalty": "", "departure": ""}
        return given


class Hear(MeasureFields):
    """How an appeal ends."""

    def __init__(self, policy: CasePolicy, *args: Any, can_change: bool = True) -> None:
        super().__init__(_("Choose one"), *args)
        measure = dict(self.fields) if can_change else {}
        self.fields.clear()
        endings = ENDINGS if can_change else (ENDINGS[0], ENDINGS[2])
        self.fields["ending"] = forms.ChoiceField(
            label=_("Outcome of the appeal"), choices=endings, widget=forms.RadioSelect
        )
        self.fields["reasons"] = text(_("Reasons, as the appellant will read them"), policy)
        self.fields.update(measure)

    def clean(self) -> dict[str, Any]:
        """A change needs a measure."""
        given = super().clean() or self.cleaned_data
        if given.get("ending") == "change" and not given.get("penalty"):
            words_of_it = _("Pick the measure that takes its place.")
            self.add_error("penalty", forms.ValidationError(words_of_it, code="appeal.no_measure"))
        return given


class Pause(forms.Form):
    """Why the decision's clock stands still, or runs on."""

    def __init__(self, policy: CasePolicy, label: Any, *args: Any) -> None:
        super().__init__(*args)
        language = words.language()
        self.fields["reason"] = forms.ChoiceField(
            label=label,
            choices=[(p.code, p.title.in_(language)) for p in policy.procedure.pauses],
        )
