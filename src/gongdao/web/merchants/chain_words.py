"""Contradictions in words: what they say, what the record says, and where each stands."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongdao.domain.disputes.contradictions import Contradiction, Kind, Place, Quote
from gongdao.web import chain_pieces, times, words

KINDS: words.Words = {
    "not_received": gettext_lazy("“Not received”, and the record shows that it arrived"),
    "not_used": gettext_lazy("“Not used”, and an exhibit tells of using it"),
    "never_contacted": gettext_lazy("“Nobody answered”, and the record shows a conversation"),
    "closed_day": gettext_lazy("A visit is told of, on a day on which the shop was closed"),
    "before_delivery": gettext_lazy("Written before it arrived"),
    "before_order": gettext_lazy("Written before it was ordered"),
    "amount": gettext_lazy("Another sum than in the record"),
    "stars": gettext_lazy("Other stars than the platform shows"),
}
STEPS: words.Words = {**chain_pieces.STEPS, "closed": gettext_lazy("The shop was closed")}
_PLACES: words.Words = {
    "text": gettext_lazy("in their words, as entered"),
    "facts": gettext_lazy("in what is known of the dispute"),
    "member": gettext_lazy("by a member's word; no exhibit shows it"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a contradiction."""

    says: str
    words: str
    where: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A contradiction as a page says it."""

    title: str
    sides: tuple[Side, Side]
    """Theirs, and the record's."""
    sure: int


def shown(found: Contradiction) -> Shown:
    """Both sides in words."""
    return Shown(
        title=words.said(KINDS, found.kind.value),
        sides=(
            _side(found.theirs, "", found.kind),
            _side(found.record, found.step, found.kind),
        ),
        sure=found.sure,
    )


def where(quote: Quote) -> str:
    """Where it stands."""
    if quote.place is Place.EXHIBIT:
        return _("Exhibit %(n)d") % {"n": quote.exhibit}
    return words.said(_PLACES, quote.place.value)


def _side(quote: Quote, step: str, kind: Kind) -> Side:
    day = times.day(quote.day) if quote.day else ""
    if quote.clock is not None:
        day = f"{day} {quote.clock:%H:%M}"
    says = day
    if step:
        says = _("%(step)s on %(when)s") % {"step": words.said(STEPS, step), "when": day}
    elif quote.figure is not None:
        says = _figure(quote.figure, kind)
    elif day:
        says = _("Written on %(when)s") % {"when": day}
    anchor = f"link-{quote.exhibit}" if quote.exhibit else ""
    return Side(says, quote.words, where(quote), anchor)


def _figure(figure: int, kind: Kind) -> str:
    if kind is Kind.STARS:
        return _("%(n)d stars") % {"n": figure}
    return f"¥{figure / 100:.2f}"
