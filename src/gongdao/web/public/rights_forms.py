"""The forms of notices about rights and of counter-notices, a short page each."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongdao.domain.counter_notices.events import PartyKind, Proceeding
from gongdao.domain.flows.rights_papers import Given
from gongdao.domain.policy.counter_notices import CounterNoticePolicy, ProofRule, Sizes
from gongdao.web import rights_pieces, words
from gongdao.web.public.fields import LongText, needed
from gongdao.web.public.report_forms import choose

PROOF = "proof_"
"""How the fields of what shows a right are called."""
_MISSING = "rights_notice.incomplete"


class RightForm(forms.Form):
    """Which right."""

    right = forms.ChoiceField(
        label=_("Which of your rights is it about?"),
        widget=forms.RadioSelect,
        **needed(_("Choose one of the listed rights."), "rights_notice.unknown_right"),
    )

    def __init__(self, policy: CounterNoticePolicy, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = words.language()
        choose(self, "right", [(r.code, r.title.in_(language)) for r in policy.rights])
        self.hints = {r.code: r.hint.in_(language) for r in policy.rights}


class ContentForm(forms.Form):
    """What content exactly."""

    account = forms.CharField(
        label=_("Account that it belongs to"),
        help_text=_("If you know it: we must tell whom it concerns."),
        max_length=100,
        required=False,
    )

    def __init__(self, policy: CounterNoticePolicy, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sizes = policy.sizes
        items = LongText(
            limit=sizes.items_max * sizes.item_max,
            rows=4,
            label=_("Exact links or numbers, one a line"),
            help_text=_("A measure reaches exactly what stands here and nothing else."),
            **needed(_("Give at least one exact link."), _MISSING),
        )
        self.fields["items"] = items
        self.fields["statement"] = statement(sizes)
        self.order_fields(["items", "account", "statement"])


class WhoForm(forms.Form):
    """Who gives the paper: asked for by law."""

    party = forms.ChoiceField(
        label=_("Who are you?"),
        widget=forms.RadioSelect,
        choices=[(kind.value, rights_pieces.PARTIES[kind.value]) for kind in PartyKind],
        **needed(_("Choose one of the two."), _MISSING),
    )
    name = forms.CharField(
        label=_("Full name, as in your document or registration"),
        **needed(_("Your name is asked for by law."), _MISSING),
    )
    number = forms.CharField(
        label=_("Number of your identity document, or unified social credit code"),
        help_text=_("Kept encrypted. The other side sees two characters of each end."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        **needed(_("The number is asked for by law."), _MISSING),
    )
    contact = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Periods begin when a letter arrives there. The other side does not get it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        **needed(_("Give an address that letters reach."), _MISSING),
    )


class CounterForm(WhoForm):
    """A counter-notice, whole."""

    def __init__(
        self, policy: CounterNoticePolicy, asked: Iterable[ProofRule], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["statement"] = statement(policy.sizes)
        add_proofs(self, policy.sizes, asked)
        self.fields["bona_fide"] = vouching(policy)
        first = ["statement", *(n for n in self.fields if n.startswith(PROOF))]
        self.order_fields([*first, "party", "name", "number", "contact", "bona_fide"])


class ProofsForm(forms.Form):
    """What shows the right at first sight."""

    def __init__(
        self, policy: CounterNoticePolicy, asked: Iterable[ProofRule], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        add_proofs(self, policy.sizes, asked)


class VouchForm(forms.Form):
    """What one vouches for before sending."""

    def __init__(self, policy: CounterNoticePolicy, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bona_fide"] = vouching(policy)


class BringForm(forms.Form):
    """A text, with files beside it."""

    def __init__(
        self, label: "str | Promise", sizes: Sizes, *args: Any, proceeding: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if proceeding:
            self.fields["proceeding"] = forms.ChoiceField(
                label=_("What did you turn to?"),
                widget=forms.RadioSelect,
                choices=[(k.value, rights_pieces.PROCEEDINGS[k.value]) for k in Proceeding],
                **needed(_("Choose one of the two."), _MISSING),
            )
        self.fields["text"] = LongText(
            limit=sizes.reasons_max,
            rows=4,
            label=label,
            **needed(_("Say it in a sentence."), "rights_notice.length"),
        )


def statement(sizes: Sizes) -> LongText:
    """What happened, in one's own words."""
    return LongText(
        limit=sizes.statement_max,
        rows=5,
        label=_("What you want to say about it"),
        help_text=_("Passed on to the other side; telephone numbers and the like are hidden."),
        **needed(_("Say in your own words what it is about."), _MISSING),
    )


def add_proofs(form: forms.Form, sizes: Sizes, asked: Iterable[ProofRule]) -> None:
    """A field for each thing that the pack asks for."""
    language = words.language()
    for rule in asked:
        must = needed(_("Without this it has no effect."), _MISSING) if rule.required else {}
        form.fields[PROOF + rule.code] = LongText(
            limit=sizes.proof_max,
            rows=3,
            label=rule.title.in_(language),
            help_text=rule.hint.in_(language),
            required=rule.required,
            **must,
        )


def vouching(policy: CounterNoticePolicy) -> forms.BooleanField:
    """The written assurance that the law asks for."""
    return forms.BooleanField(
        label=policy.bona_fide.in_(words.language()),
        **needed(_("Without this it has no effect."), _MISSING),
    )


def given(values: dict[str, Any], files: Iterable[str]) -> Given:
    """What the forms collected, as the story takes it."""
    proofs = {n.removeprefix(PROOF): str(v) for n, v in values.items() if n.startswith(PROOF)}
    return Given(
        party=PartyKind(values.get("party") or "person"),
        name=str(values.get("name", "")),
        number=str(values.get("number", "")),
        contact=str(values.get("contact", "")),
        statement=str(values.get("statement", "")),
        proofs=proofs,
        files=tuple(files),
        bona_fide=bool(values.get("bona_fide")),
        right=str(values.get("right", "")),
        items=tuple(str(values.get("items", "")).splitlines()),
        account=str(values.get("account", "")),
        language=words.language(),
    )
