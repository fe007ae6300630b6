"""The forms of credibility: a reporter's appeal, and what reviewers write about misuse."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongdao.domain.flows.misusing import Weighed
from gongdao.domain.policy.standing import MisusePolicy
from gongdao.domain.standing.misuse import Mark
from gongdao.web.public.fields import LongText, needed

_MISSING = _("Say it in a few words.")
MARKS = {
    Mark.MANIFESTLY_UNFOUNDED.value: _("Manifestly unfounded"),
    Mark.MALICIOUS.value: _("Malicious"),
}
FIELD_OF = {"misuse.bad_length": "days", "misuse.no_words": None, "misuse.too_long": None}
"""At which field a refusal of the domain is shown."""


def _text(policy: MisusePolicy, label: Any, hint: Any = "") -> LongText:
    return LongText(
        limit=policy.text_max,
        rows=3,
        label=label,
        help_text=hint,
        **needed(_MISSING, "misuse.no_words"),
    )


class WordsForm(forms.Form):
    """One text: why."""

    def __init__(self, policy: MisusePolicy, label: Any, data: Any = None, *, prefix: str) -> None:
        super().__init__(data, prefix=prefix)
        hint = _("The reporter reads this, in your words and without your name.")
        self.fields["words"] = _text(policy, label, "" if prefix == "object" else hint)


class MarkForm(forms.Form):
    """What a reviewer found beyond its not being upheld, and why."""

    mark = forms.ChoiceField(
        label=_("What did you find?"), widget=forms.RadioSelect, choices=list(MARKS.items())
    )

    def __init__(self, policy: MisusePolicy, data: Any = None) -> None:
        super().__init__(data, prefix="mark")
        hint = _("The reporter reads this. To be wrong is no misuse: say what anybody could see.")
        self.fields["words"] = _text(policy, _("Why"), hint)


class MeasureForm(forms.Form):
    """Two of the four factors in words, the reasons, and for how many days."""

    def __init__(self, policy: MisusePolicy, longest: int, data: Any = None) -> None:
        super().__init__(data, prefix="limit")
        self.fields["gravity"] = _text(
            policy, _("Gravity"), _("What the reports did to people, and what they cost.")
        )
        self.fields["intention"] = _text(
            policy, _("Intention"), _("What shows that they knew, or did not.")
        )
        self.fields["words"] = _text(
            policy, _("Reasons"), _("Why this is needed, and why nothing milder is enough.")
        )
        self.fields["days"] = forms.IntegerField(
            label=_("For how many days"), min_value=1, max_value=longest
        )

    def weighed(self) -> Weighed:
        """What was written, for the story."""
        given = self.cleaned_data
        return Weighed(given["gravity"], given["intention"], given["words"], given["days"])
