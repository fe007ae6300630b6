"""The forms of organisations: their names, members, shops, roster, templates and flags."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongdao.domain.flows.flagging import Flagged
from gongdao.domain.flows.house_templates import Draft
from gongdao.domain.kernel.ids import Code, DisputeId, PersonId
from gongdao.domain.organisations.model import MemberRole
from gongdao.domain.policy.organisations import FlagRule
from gongdao.web import words
from gongdao.web.merchants import dispute_words, team_words
from gongdao.web.public.fields import LongText, needed
from gongdao.web.public.report_forms import choose

FIELD_OF = {
    "organisation.name": "name",
    "organisation.own_name": "name",
    "organisation.name_taken": "name",
    "organisation.shop_elsewhere": "platform",
    "organisation.alone": "role",
    "organisation.too_many_open": "role",
    "organisation.only_owners": "role",
    "roster.bad_line": "table",
    "roster.unknown_person": "table",
    "roster.too_many": "table",
    "roster.too_large": "table",
    "roster.no_responsible": "responsible",
    "template.title": "title",
    "template.text": "text",
    "template.kinds": "kinds",
    "flag.reason": "reason",
    "flag.note": "note",
    "flag.too_long": "days",
    "flag.not_confirmed": "confirmed",
    "flag.no_buyer": "buyer",
    "flag.no_evidence": "dispute",
    "flag.honest_review": "dispute",
    "dispute.comment": "text",
    "dispute.assignee": "person",
}
"""At which field a refusal of the domain is shown."""


class NameForm(forms.Form):
    """A name of an organisation."""

    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=60,
        **needed(_("Write the name."), "organisation.name"),
    )


class OwnNameForm(forms.Form):
    """By which name colleagues know somebody."""

    name = forms.CharField(
        label=_("How colleagues know you"),
        help_text=_("Members of this organisation see it, and nobody else."),
        max_length=40,
        **needed(_("Write the name."), "organisation.own_name"),
    )


class RoleForm(forms.Form):
    """What somebody is to be."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = [(role.value, words.said(team_words.ROLES, role.value)) for role in MemberRole]
        choose(self, "role", said)

    def chosen(self) -> MemberRole:
        """As the domain knows it."""
        return MemberRole(self.cleaned_data["role"])


class ShopForm(forms.Form):
    """A shop or account on an outside platform."""

    platform = forms.ChoiceField(label=_("Platform"))
    name = forms.CharField(
        label=_("Name of the shop or account"),
        max_length=60,
        **needed(_("Write the name."), "organisation.name"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "platform", team_words.platforms())


class RosterForm(forms.Form):
    """A week that repeats, days that differ, and who answers where nobody is on duty."""

    table = LongText(
        limit=20_000,
        rows=8,
        label=_("Roster"),
        help_text=_("One line a slot: day, from, to, person. A date is an exception."),
        required=False,
    )
    responsible = forms.ChoiceField(label=_("Responsible where nobody is on duty"))

    def __init__(self, people: list[tuple[PersonId, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "responsible", [(str(person), name) for person, name in people])


class TemplateForm(forms.Form):
    """A template of an organisation's own."""

    title = forms.CharField(
        label=_("Title"), max_length=60, **needed(_("Write a title."), "template.title")
    )
    text = LongText(
        limit=2000,
        rows=8,
        label=_("Text"),
        help_text=_(
            "{order}, {shop}, {platform}, {reference}, {other_side}, {noticed} and {shown_on} are "
            "filled in. Put into brackets what is to be filled in by hand."
        ),
        **needed(_("Write the text."), "template.text"),
    )
    kinds = forms.MultipleChoiceField(
        label=_("For which disputes?"),
        widget=forms.CheckboxSelectMultiple,
        **needed(_("Choose at least one."), "template.kinds"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "kinds", [(code, said) for code, said in dispute_words.KINDS.items()])

    def draft(self) -> Draft:
        """As the story takes it."""
        given = self.cleaned_data
        return Draft(title=given["title"], text=given["text"], kinds=tuple(given["kinds"]))


class FlagForm(forms.Form):
    """A flag on the other side of a dispute."""

    reason = forms.ChoiceField(
        label=_("Why?"), widget=forms.RadioSelect, **needed(_("Choose a reason."), "flag.reason")
    )
    note = LongText(limit=500, rows=3, label=_("What happened, shortly"), required=False)
    days = forms.IntegerField(label=_("For how many days?"))
    confirmed = forms.BooleanField(
        label=_("This is no answer to an honest review."), required=False
    )

    def __init__(self, rule: FlagRule, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"days": rule.lasts.flat().days})
        super().__init__(*args, **kwargs)
        language = words.language()
        choose(self, "reason", [(each.code, each.title.in_(language)) for each in rule.reasons])

    def said(self, dispute: DisputeId) -> Flagged:
        """As the story takes it."""
        given = self.cleaned_data
        return Flagged(
            reason=Code(given["reason"]),
            confirmed=given["confirmed"],
            dispute=dispute,
            note=given["note"],
            days=given["days"],
        )


class CommentForm(forms.Form):
    """A note that only colleagues read."""

    text = LongText(
        limit=2000,
        rows=3,
        label=_("Note for colleagues"),
        **needed(_("Write a note."), "dispute.comment"),
    )


class AssignForm(forms.Form):
    """Who works on it."""

    person = forms.ChoiceField(label=_("Who works on it"), required=False)

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "person", [("", _("Nobody yet")), *people])
