"""How surely likelihoods are told: the reliability diagram with its table, the card, the claims."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.domain.appeals.likelihood import Card, Model, Tenth, wilson
from gongdao.domain.policy.figures import percent
from gongdao.web import words
from gongdao.web.desk import queue_pane
from gongdao.web.pieces import TOO_FEW
from gongdao.web.public.private import private

_TENTH = 10
_GROUPS: Mapping[str, str | Promise] = {
    "complete": _("Completeness of the material"),
    "left": _("Share of the time that was left"),
    "repeated": _("Each earlier violation that counts"),
    "refused": _("Each earlier appeal that was refused"),
    "tone": _("Each marked kind of wording, of weight"),
    "family": _("Kind of rule"),
    "subject": _("Kind of subject"),
    "side": _("Who appeals"),
}
_SIDES: words.Words = {
    "reporter": _("Reporter"),
    "respondent": _("Person concerned"),
}


@dataclass(frozen=True, slots=True)
class Dot:
    """One tenth of the scale; its places in the drawing are counted from the top left."""

    span: str
    cases: int
    few: bool
    foretold: int
    accepted: int
    """In percent."""
    x: int
    y: int
    top: int
    bottom: int
    off: int
    """Percentage points between the two, without a sign."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What one feature counts."""

    title: str
    which: str
    weight: str
    mean: str


@private
@login_required
@require_safe
def forecast(request: HttpRequest) -> HttpResponse:
    """For staff and the auditor."""
    caller = caller_of(request.user)
    learned = app().around_appeals.learning.shown(caller)
    model, language = learned.model, words.language()
    claims = learned.policy.claims if learned.policy else ()
    page = {
        "here": "desk",
        "tabs": queue_pane.tabs(caller, "forecast"),
        "learned": learned,
        "least": learned.policy.least if learned.policy else None,
        "claims": [
            {
                "says": claim.says.in_(language),
                "share": _span(claim.low, claim.high),
                "source": claim.source,
                "as_of": claim.as_of,
            }
            for claim in claims
        ],
        "card": model.card if model else None,
        "dots": list(_dots(model.card)) if model else [],
        "weights": _weights(model) if model else [],
        "brier": f"{model.card.brier:.3f}" if model else "",
        "base": f"{model.card.brier_base:.3f}" if model else "",
        "too_few": TOO_FEW,
    }
    return render(request, "desk/forecast.html", page)


def _span(low: Decimal, high: Decimal) -> str:
    return percent(low) if low == high else f"{percent(low)}–{percent(high)}"


def _dots(card: Card) -> Iterator[Dot]:
    for at, tenth in enumerate(card.tenths):
        if tenth.cases:
            yield _dot(at, tenth)


def _dot(at: int, tenth: Tenth) -> Dot:
    came = tenth.accepted / tenth.cases
    low, high = wilson(came, tenth.cases)
    foretold, accepted = round(tenth.foretold * 100), round(came * 100)
    return Dot(
        span=f"{at * _TENTH}–{(at + 1) * _TENTH}%",
        cases=tenth.cases,
        few=tenth.cases < TOO_FEW,
        foretold=foretold,
        accepted=accepted,
        x=foretold,
        y=100 - accepted,
        top=100 - round(high * 100),
        bottom=100 - round(low * 100),
        off=abs(foretold - accepted),
    )


def _weights(model: Model) -> list[Counted]:
    """The largest first."""
    ordered = sorted(model.weights, key=lambda w: (-abs(w.weight), w.name))
    return [
        Counted(
            title=words.said(_GROUPS, each.name.partition(".")[0]),
            which=_which(*each.name.partition(".")[::2]),
            weight=f"{each.weight:+.2f}".replace("-", "\N{MINUS SIGN}"),
            mean=f"{each.mean:.2f}",
        )
        for each in ordered
    ]


def _which(group: str, code: str) -> str:
    if group == "subject":
        return words.said(words.SUBJECTS, code)
    return words.said(_SIDES, code) if group == "side" else code
