"""The two forms of a report. What the domain would refuse is said here, beside the field."""

from typing import Any, Protocol, cast

from django import forms
from django.core.validators import EmailValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongdao.domain.intake import rules
from gongdao.domain.kernel.errors import Refused
from gongdao.domain.policy.model import CasePolicy, SubjectKind
from gongdao.web import words
from gongdao.web.public.fields import LongText, add_refusal, needed

KIND_HINTS: dict[str, str | Promise] = {
    "account": _("Its profile, or everything that it does."),
    "content": _("An article, a picture, a video, or a comment under it."),
    "message": _("Something that was sent to you or in a group."),
    "group": _("What the group is for, or how it is led."),
    "payment": _("A transfer, a red packet, a payment code."),
    "order": _("Goods or a service that you bought or sold."),
    "review": _("A rating or a text about goods, a shop or a service."),
}
FIELD_OF = {
    "report.no_subject": "ref",
    "report.about_oneself": "account",
    "report.no_snapshot": "snapshot",
    "report.snapshot_too_long": "snapshot",
    "report.unknown_category": "category",
    "report.category_does_not_fit": "category",
    "report.statement_too_short": "statement",
    "report.statement_too_long": "statement",
    "report.unknown_remedy": "remedy",
    "report.contact_too_long": "contact",
}
"""At which field a refusal of the domain is shown."""


class Choosing(Protocol):
    """A field with choices, as Django's stubs do not say it."""

    choices: list[tuple[str, Any]]


def choose(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    """Give a field its choices."""
    cast("Choosing", form.fields[name]).choices = choices


class WhereForm(forms.Form):
    """Step 1: what it is, and where."""

    kind = forms.ChoiceField(
        label=_("What kind of thing is it?"),
        widget=forms.RadioSelect,
        **needed(_("Choose what it is about."), "report.no_kind"),
    )
    ref = forms.CharField(
        label=_("Link, number or name of it"),
        help_text=_("With it we find exactly this one. If you come from the app it is filled in."),
        max_length=500,
        **needed(
            _("Say what it is about: a link, a number, an account or a group name."),
            "report.no_subject",
        ),
    )
    account = forms.CharField(
        label=_("Account of the person concerned"),
        help_text=_("If you know it. Without it we may not be able to ask them for their side."),
        max_length=100,
        required=False,
    )

    def __init__(self, policy: CasePolicy, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policy = policy
        choose(self, "kind", [(kind.value, words.SUBJECTS[kind.value]) for kind in SubjectKind])
        self.fields["snapshot"] = LongText(
            limit=policy.limits.snapshot_max,
            label=_("What was said or shown there"),
            help_text=_(
                "Copy the words as you saw them, or describe the picture. We keep it as it is "
                "now, so that a later change hides nothing."
            ),
            **needed(
                _("Add what was said or shown, as text: without it nobody can check it later."),
                "report.no_snapshot",
            ),
        )

    def clean(self) -> dict[str, Any]:
        """Hold it against the rules, with an otherwise faultless report around it."""
        given = super().clean() or {}
        if not self.errors:
            kind = SubjectKind(given["kind"])
            fitting = next(c.code for c in self.policy.categories if kind in c.subjects)
            statement = "—" * self.policy.limits.statement_min
            _hold(self, fitting, kind, statement, given["snapshot"], None)
        return given


class WhatForm(forms.Form):
    """Step 2: what happened."""

    category = forms.ChoiceField(
        label=_("What comes closest?"),
        widget=forms.RadioSelect,
        **needed(_("Choose what comes closest. We sort it if it does not fit."), "report.no_kind"),
    )

    def __init__(
        self, policy: CasePolicy, kind: SubjectKind, *args: Any, signed_in: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.policy, self.kind = policy, kind
        language = words.language()
        fitting = [c for c in policy.categories if kind in c.subjects]
        choose(self, "category", [(c.code, c.title.in_(language)) for c in fitting])
        self.hints = {c.code: c.hint.in_(language) for c in fitting}
        self.fields["statement"] = _statement(policy)
        self.fields["remedy"] = forms.ChoiceField(
            label=_("What would you like to happen?"), required=False
        )
        wishes = [(r.code, r.title.in_(language)) for r in policy.remedies]
        choose(self, "remedy", [("", _("I leave that to you")), *wishes])
        if not signed_in:
            self.fields["contact"] = _contact(policy)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of our answers"), choices=[("zh-hans", "中文"), ("en", "English")]
        )

    def clean(self) -> dict[str, Any]:
        """Hold it against the rules, with an otherwise faultless report around it."""
        given = super().clean() or {}
        if not self.errors:
            remedy = given["remedy"] or None
            _hold(self, given["category"], self.kind, given["statement"], "—", remedy)
        return given


def _statement(policy: CasePolicy) -> forms.Field:
    return LongText(
        limit=policy.limits.statement_max,
        label=_("What happened?"),
        help_text=_(
            "Say when, where and what, in your own words. Leave your own name out: then nobody "
            "can read it by mistake."
        ),
        **needed(_("Say what happened, in a sentence or two."), "report.statement_too_short"),
    )


def _contact(policy: CasePolicy) -> forms.Field:
    return forms.CharField(
        label=_("E-mail address for our answers"),
        help_text=_(
            "Only we see it, and only to write to you. Without it you see everything with the "
            "code on your receipt."
        ),
        max_length=policy.limits.contact_max,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        validators=[
            EmailValidator(
                _("Check the address: it looks like name@example.com."), "report.contact"
            )
        ],
    )


def _hold(
    form: forms.Form,
    category: str,
    kind: SubjectKind,
    statement: str,
    snapshot: str,
    remedy: str | None,
) -> None:
    policy = cast("WhereForm | WhatForm", form).policy
    try:
        rules.check_report(policy, category, kind, statement, snapshot, remedy)
    except Refused as problem:
        field = FIELD_OF.get(problem.code)
        add_refusal(form, problem, field if field in form.fields else None)
