"""The forms of looking at a text that waits, and of changing one's own."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongdao.bootstrap import app
from gongdao.domain.policy.model import Clause
from gongdao.domain.screening import post_rules as rules
from gongdao.domain.screening.posts import Opinion
from gongdao.web import words
from gongdao.web.held_pieces import OPINIONS
from gongdao.web.public.fields import LongText, needed

_AS_READ = _("Its author reads this.")


class VersionForm(forms.Form):
    """Which version was read: one that changed since is not acted on."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def keep_up(form: forms.Form, version: int) -> None:
    """What is sent next is about the text as the page shows it now, not as it was."""
    form.data = {**form.data, form.add_prefix("version"): str(version)}


def unsent(filled: Mapping[str, forms.Form]) -> list[tuple[str, str]]:
    """What somebody wrote that could not be kept any more: each field's name, and the words."""
    return [
        (str(form.fields[name].label), words)
        for form in filled.values()
        if form.is_bound
        for name in ("text", "findings", "reasons", "note")
        if name in form.fields and (words := form[name].value())
    ]


class ReleaseForm(VersionForm):
    """A note, if there is something to say."""

    note = LongText(
        limit=rules.NOTE_MOST,
        rows=2,
        required=False,
        label=_("Note for the record"),
        help_text=_("For colleagues; its author does not read it."),
    )


class PassOnForm(VersionForm):
    """What one would do, for whoever looks next."""

    opinion = forms.ChoiceField(
        label=_("What do you think?"),
        widget=forms.RadioSelect,
        choices=[(each.value, OPINIONS[each.value]) for each in Opinion],
        **needed(_("Choose one of the answers."), "held.unknown_opinion"),
    )
    note = LongText(
        limit=rules.NOTE_MOST, rows=2, required=False, label=_("Note for whoever looks next")
    )


class WithholdForm(VersionForm):
    """The rule, what was found, and why."""

    def __init__(self, clauses: list[Clause], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language, most = words.language(), app().screening.looks.reason_most()
        self.fields["clause"] = forms.ChoiceField(
            label=_("Which rule does it break?"),
            choices=[("", "—"), *((c.code, c.title.in_(language)) for c in clauses)],
            **needed(_("Choose the rule that it breaks."), "held.unknown_clause"),
        )
        self.fields["findings"] = LongText(
            limit=most,
            rows=3,
            label=_("What the text says"),
            help_text=_AS_READ,
            **needed(_("Say what the text says."), "reasons.too_short"),
        )
        self.fields["reasons"] = LongText(
            limit=most,
            rows=3,
            label=_("Why that breaks the rule"),
            help_text=_AS_READ,
            **needed(_("Give the reasons."), "reasons.too_short"),
        )


class EditForm(VersionForm):
    """One's own text, changed."""

    def __init__(self, most: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = LongText(
            limit=most,
            rows=6,
            label=_("Your text"),
            help_text=_(
                "It is looked at anew. If nothing stands out any more, it appears at once."
            ),
            **needed(_("Write the text that is to appear."), "held.empty"),
        )
