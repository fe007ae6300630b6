"""The forms with which a dispute is started: one question a screen."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongdao.bootstrap import app
from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.events import DisputeKind
from gongdao.domain.disputes.imports import KeptOrder
from gongdao.domain.flows.disputing import MOST_CHARACTERS, NO_ORDER
from gongdao.domain.kernel.ids import Code, OrganisationId, ShopId
from gongdao.web import words
from gongdao.web.merchants import dispute_words
from gongdao.web.merchants.forms import FactsForm
from gongdao.web.public.fields import LongText, needed
from gongdao.web.public.report_forms import choose


class KindForm(forms.Form):
    """What it is about."""

    of = forms.ChoiceField(
        label=_("What kind of matter is it?"),
        widget=forms.RadioSelect,
        choices=[(each.value, dispute_words.KINDS[each.value]) for each in DisputeKind],
        **needed(_("Choose what it is about."), "dispute.no_kind"),
    )


class WhereForm(forms.Form):
    """On which platform, and in which shop."""

    where = forms.ChoiceField(
        label=_("Where is it?"),
        widget=forms.RadioSelect,
        **needed(_("Choose where it is."), "dispute.no_platform"),
    )

    def __init__(self, organisation: OrganisationId, caller: Caller, *args: Any) -> None:
        super().__init__(*args)
        choose(self, "where", places(organisation, caller))


class HowForm(forms.Form):
    """With what one begins."""

    how = forms.ChoiceField(
        label=_("What do you have?"),
        widget=forms.RadioSelect,
        choices=[
            ("paste", _("Its text, to be pasted")),
            ("picture", _("A screenshot")),
            ("hand", _("Neither: I enter what I know")),
        ],
        **needed(_("Choose one."), "dispute.no_way"),
    )


class PasteForm(forms.Form):
    """The text."""

    pasted = LongText(
        limit=MOST_CHARACTERS,
        rows=10,
        label=_("The review, complaint or notice, word for word"),
        help_text=_("With date, order number and stars, if they stand beside it."),
        **needed(_("Paste the text."), "dispute.nothing_known"),
    )


class ConfirmForm(FactsForm):
    """What is known, with what must be said where an order number is not clear."""

    kept_order = forms.ChoiceField(
        label=_("Which order is it?"), widget=forms.RadioSelect, required=False
    )
    again = forms.BooleanField(label=_("It is another matter over the same order."), required=False)

    def __init__(self, orders: list[KeptOrder], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = (NO_ORDER, _("None of these"))
        choose(self, "kept_order", [*((each.id, order_words(each)) for each in orders), none])
        self.several = len(orders) > 1


def places(organisation: OrganisationId, caller: Caller) -> list[tuple[str, Any]]:
    """Own shops first, then every platform that there is a pack for."""
    stories, records = app().disputes, app().records
    held, _by = stories.organising.seat(organisation, caller)
    titles = {
        code: records.packs.versions(code)[0].title.in_(words.language())
        for code in stories.starting.platforms()
    }
    shops = [
        (f"{shop.platform}:{shop.id}", f"{titles[shop.platform]} · {records.opened(shop.name)}")
        for shop in held.now.shops.values()
        if shop.open and shop.platform in titles
    ]
    return [*shops, *titles.items()]


def place(said: str) -> tuple[Code, ShopId | None]:
    """Platform and shop of a place that was chosen."""
    platform, _sep, shop = said.partition(":")
    return platform, ShopId(shop) if shop else None


def order_words(order: KeptOrder) -> str:
    """An order in words, as the table said it."""
    try:
        said = json.loads(app().records.opened(order.details))
    except ValueError:  # erased
        return "—"
    known = ("item", "amount", "buyer", "ordered_at")
    return " · ".join(str(said[name]) for name in known if said.get(name))
