"""The forms of looking at a text that waits, and of changing one's own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongdao.bootstrap import app
from gongdao.domain.flows.post_letters import book_of_today
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
        policy = app().records.policy(book_of_today(app().records).pack.ref)
        language, most = words.language(), policy.limits.reason_max
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = LongText(
            limit=book_of_today(app().records).waiting.longest,
            rows=6,
            label=_("Your text"),
            help_text=_(
                "It is looked at anew. If nothing stands out any more, it appears at once."
            ),
            **needed(_("Write the text that is to appear."), "held.empty"),
        )
