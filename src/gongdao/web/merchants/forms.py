"""The forms of disputes: what is known of one, and a note."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongdao.domain.disputes.events import Came, DisputeKind
from gongdao.domain.flows.disputing import MOST_CHARACTERS, Told
from gongdao.domain.kernel.ids import Code, ShopId
from gongdao.web.public.fields import LongText, needed

FIELD_OF = {
    "dispute.in_the_future": "noticed",
    "dispute.long_ago": "noticed",
    "dispute.too_long": "text",
    "text.broken": "text",
    "dispute.bad_amount": "amount",
    "dispute.bad_stars": "stars",
    "dispute.shop": "shop",
    "dispute.order_ambiguous": "kept_order",
    "dispute.order_there": "again",
    "dispute.no_words": "words",
    "dispute.note_too_long": "words",
    "dispute.bad_minutes": "minutes",
    "dispute.nothing_known": "text",
}
"""At which field a refusal of the domain is shown."""
_FEN = 100
_DATE = "%Y-%m-%d"


class FactsForm(forms.Form):
    """What is known of a dispute."""

    text = LongText(limit=MOST_CHARACTERS, rows=7, label=_("Its words"), required=False)
    noticed = forms.CharField(
        label=_("When did it reach you?"),
        help_text=_("As 2026-03-02 or 2026-03-02 09:30. The platform's window runs from here."),
        **needed(_("Say when it reached you."), "dispute.no_moment"),
    )
    shown_on = forms.CharField(
        label=_("The day that the platform shows beside it"), required=False, max_length=20
    )
    order = forms.CharField(label=_("Order number"), required=False, max_length=200)
    reference = forms.CharField(
        label=_("The platform's number of it"),
        help_text=_("Such as a case, event or complaint number."),
        required=False,
        max_length=200,
    )
    other_side = forms.CharField(
        label=_("What the platform calls whoever wrote it"), required=False, max_length=200
    )
    amount = forms.DecimalField(
        label=_("Amount in yuan"), required=False, max_digits=12, decimal_places=2
    )
    stars = forms.IntegerField(label=_("Stars"), required=False, min_value=0, max_value=5)
    url = forms.CharField(label=_("Its address"), required=False, max_length=1000)

    def clean_noticed(self) -> datetime:
        """The moment, on the Chinese clock; a day alone is its beginning."""
        written = str(self.cleaned_data["noticed"]).strip().replace("T", " ")
        found = _read(written, "%Y-%m-%d %H:%M") or _read(written, _DATE)
        if found is None:
            message = _("Write it as 2026-03-02 or 2026-03-02 09:30.")
            raise forms.ValidationError(message, code="dispute.bad_moment")
        return timezone.make_aware(found, timezone.get_default_timezone())

    def clean_shown_on(self) -> date | None:
        """The day, if one was written."""
        written = str(self.cleaned_data["shown_on"]).strip()
        found = _read(written, _DATE)
        if written and found is None:
            raise forms.ValidationError(_("Write it as 2026-03-02."), code="dispute.bad_moment")
        return found.date() if found else None

    def told(self, of: DisputeKind, platform: Code, came: Came, shop: ShopId | None = None) -> Told:
        """What was written, for the story."""
        given = self.cleaned_data
        amount = given["amount"]
        return Told(
            of=of,
            platform=platform,
            came=came,
            shop=shop,
            noticed_at=given["noticed"],
            text=given["text"],
            order=given["order"],
            other_side=given["other_side"],
            reference=given["reference"],
            url=given["url"],
            shown_on=given["shown_on"],
            amount_fen=int(amount * _FEN) if amount is not None else None,
            stars=given["stars"],
            kept_order=given.get("kept_order") or None,
        )


def initial(told: Told) -> dict[str, Any]:
    """What a form shows of what is known already."""
    noticed = timezone.localtime(told.noticed_at)
    plain = noticed.time() == time(0)
    amount = told.amount_fen
    return {
        "text": told.text,
        "noticed": f"{noticed:%Y-%m-%d}" if plain else f"{noticed:%Y-%m-%d %H:%M}",
        "shown_on": told.shown_on.isoformat() if told.shown_on else "",
        "order": told.order,
        "reference": told.reference,
        "other_side": told.other_side,
        "amount": Decimal(amount) / _FEN if amount is not None else None,
        "stars": told.stars,
        "url": told.url,
    }


class NoteForm(forms.Form):
    """A note: why it is given up, or taken up again."""

    words = LongText(limit=4000, rows=3, label=_("Why?"), required=False)


class TimeForm(forms.Form):
    """Work that went into a dispute."""

    minutes = forms.IntegerField(
        label=_("Minutes"), **needed(_("Give whole minutes."), "dispute.bad_minutes")
    )


def _read(written: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(written, form)  # noqa: DTZ007 – the caller gives it the zone
    except ValueError:
        return None
