"""The forms of interim measures: what is to hold, for how long and why."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongdao.domain.flows.interim_shown import InterimView
from gongdao.domain.kernel.spans import Span, Unit
from gongdao.domain.policy.interim import InterimKind
from gongdao.domain.policy.model import CasePolicy, InterimRule
from gongdao.web import words
from gongdao.web.desk.forms import NOT_WHO, text

_LONGEST = 999


class Hold(forms.Form):
    """A measure that holds until the case is decided."""

    def __init__(self, policy: CasePolicy, rules: Sequence[InterimRule], *args: Any) -> None:
        super().__init__(*args)
        language = words.language()
        self.fields["interim"] = forms.ChoiceField(
            label=_("What holds until then"),
            choices=[
                (r.measure.value, f"{r.title.in_(language)} (≤ {words.span(r.longest)})")
                for r in rules
            ],
        )
        self.fields["hours"] = forms.IntegerField(
            label=_("For how many hours"),
            min_value=1,
            max_value=_LONGEST,
            initial=24,
            help_text=_("It ends by itself then, and at once when the case ends."),
        )
        self.fields["reasons"] = text(_("Why it cannot wait for the decision"), policy, NOT_WHO)

    def measure(self) -> InterimKind:
        """What was chosen."""
        return InterimKind(self.cleaned_data["interim"])

    def span(self) -> Span:
        """For how long."""
        return Span(self.cleaned_data["hours"], Unit.HOURS)


class Lift(forms.Form):
    """Which measure is lifted, and why."""

    def __init__(self, policy: CasePolicy, holding: Sequence[InterimView], *args: Any) -> None:
        super().__init__(*args)
        zh = words.language() == "zh"
        self.fields["interim"] = forms.ChoiceField(
            label=_("What holds no more"),
            choices=[(one.id, one.title_zh if zh else one.title_en) for one in holding],
        )
        self.fields["reasons"] = text(_("Why it is lifted"), policy, NOT_WHO)
