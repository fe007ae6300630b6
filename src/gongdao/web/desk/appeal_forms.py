"""The forms with which an appeal is heard."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.policy.model import CasePolicy
from gongdao.web.desk.forms import text

LEANINGS = (
    ("uphold", _("To uphold")),
    ("change", _("To change: a milder measure")),
    ("overturn", _("To overturn")),
)
_STANDS = (
    ("yes", _("I stand for it: it takes effect now, as it is written")),
    ("no", _("I do not: its reviewer looks at it again")),
)


class Opinion(forms.Form):
    """What somebody thinks, before they see what was foretold."""

    def __init__(self, policy: CasePolicy, *args: Any, can_change: bool = True) -> None:
        super().__init__(*args)
        leanings = LEANINGS if can_change else (LEANINGS[0], LEANINGS[2])
        self.fields["leaning"] = forms.ChoiceField(
            label=_("What you lean to"), choices=leanings, widget=forms.RadioSelect
        )
        self.fields["reasons"] = text(
            _("Why"), policy, _("For staff alone. The appellant reads the outcome's reasons.")
        )


class AskColleague(forms.Form):
    """Whose opinion is asked for, and about what."""

    def __init__(self, policy: CasePolicy, found: list[tuple[PersonId, str]], *args: Any) -> None:
        super().__init__(*args)
        self.fields["of"] = forms.ChoiceField(
            label=_("Colleague who took no part"),
            choices=found,
            help_text=_("Whoever gives an opinion has taken part and hears no later level."),
        )
        self.fields["reasons"] = text(
            _("What you ask"), policy, _("Say what to look at, not what you think yourself.")
        )


class Confirm(forms.Form):
    """Whether a second person stands for an outcome."""

    def __init__(self, policy: CasePolicy, *args: Any) -> None:
        super().__init__(*args)
        self.fields["stands"] = forms.ChoiceField(
            label=_("The outcome as it is written"), choices=_STANDS, widget=forms.RadioSelect
        )
        self.fields["reasons"] = text(
            _("Why"), policy, _("For staff alone. The letter goes out as its reviewer wrote it.")
        )
