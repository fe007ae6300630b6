"""The forms of ways back: a signature, and a proof."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongdao.domain.flows.earning_back import Signature
from gongdao.web.public.fields import LongText, needed
from gongdao.web.public.opened import Opened


class PledgeForm(forms.Form):
    """A name, and the strokes of a drawn signature where there is one."""

    strokes = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, most: int, *args: Any) -> None:
        super().__init__(*args)
        self.fields["name"] = forms.CharField(
            label=_("Your name"),
            help_text=_(
                "It stands below the pledge, as you type it. Only you and the staff see it."
            ),
            max_length=most,
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
            **needed(gettext("Type your name."), "pledge.no_name"),
        )

    def signature(self) -> Signature:
        """What was signed; BadInput-like refusals are the domain's."""
        try:
            drawn = json.loads(self.cleaned_data["strokes"] or "[]")
        except ValueError:
            drawn = [[]]
        fits = isinstance(drawn, list) and all(
            isinstance(s, list) and all(isinstance(p, list) for p in s) for s in drawn
        )
        return Signature(self.cleaned_data["name"], drawn if fits else [[]])


class ProofForm(forms.Form):
    """What one says of it, and which of one's exhibits show it."""

    def __init__(self, case: Opened, own: list[tuple[str, str]], *args: Any) -> None:
        super().__init__(*args)
        limits = case.policy.limits
        short = gettext("Write at least %(least)s characters.") % {"least": limits.reason_min}
        self.fields["said"] = LongText(
            limit=limits.reason_max,
            rows=6,
            label=_("What it shows"),
            help_text=_("Say what you did or what the document says, where, and when."),
            **needed(short, "text.missing"),
        )
        if own:
            self.fields["exhibits"] = forms.MultipleChoiceField(
                label=_("Your files in this case that show it"),
                required=False,
                choices=own,
                widget=forms.CheckboxSelectMultiple,
            )
