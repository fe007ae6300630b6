"""A forecast as pages show it: the range with what it rests on, why, and the patterns of failure.

Whoever builds a page calls `shown(explained)` and includes `pieces/forecast.html` with what comes
back as `forecast`. A reviewer's page has only what was kept with the appeal: `kept(weighed)`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gongdao.domain.appeals.likelihood import Contribution, Features
from gongdao.domain.appeals.model import ForecastBasis, Side, Weighed
from gongdao.domain.flows.forecasting import Explained, Pointed
from gongdao.domain.kernel.errors import Fact
from gongdao.domain.policy.forecast import Claim, Pattern
from gongdao.domain.policy.model import Route
from gongdao.web import chain_pieces, times, words

MOST_REASONS = 5
PATTERNS: words.Words = {
    "broken_chain": gettext_lazy("The evidence has a gap"),
    "window_near": gettext_lazy("The time to appeal was nearly over"),
    "window_missed": gettext_lazy("The time to appeal was over"),
    "tone": gettext_lazy("Hostile wording"),
    "repetition": gettext_lazy("A third violation of the same kind, or more"),
    "same_facts": gettext_lazy("Much like an appeal that was refused before"),
}
"""For whoever has only the codes; before sending the pack's own words are shown."""


@dataclass(frozen=True, slots=True)
class Why:
    """One reason, and what it does to the likelihood."""

    said: str
    does: str
    up: bool
    plain: bool
    """Whether it hardly counts either way."""


@dataclass(frozen=True, slots=True)
class Cited:
    """What somebody claims."""

    says: str
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Warned:
    """A pattern of failure."""

    code: str
    title: str
    seen: tuple[str, ...]
    """By what it shows here."""
    why: str
    instead: str


@dataclass(frozen=True, slots=True)
class Outside:
    """A way that is still open."""

    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """All that the piece shows."""

    basis: str
    """`own`, `claimed` or `none`."""
    low: int
    high: int
    width: int
    """Of the bar, never too thin to see."""
    said: str
    cases: int
    why: tuple[Why, ...] = ()
    claims: tuple[Cited, ...] = ()
    warnings: tuple[Warned, ...] = ()
    routes: tuple[Outside, ...] = ()


def shown(explained: Explained) -> Forecast:
    """Everything, for whoever is about to appeal."""
    language = words.language()
    features = explained.features
    return _forecast(
        explained.weighed,
        why=tuple(_why(each, features) for each in _worth_saying(explained)) if features else (),
        claims=tuple(_cited(each, language) for each in explained.claims),
        warnings=tuple(_warned(each, explained, language) for each in explained.warnings),
        routes=tuple(_outside(each, language) for each in explained.routes),
    )


def kept(weighed: Weighed) -> Forecast:
    """What was kept with an appeal, for its reviewer once a first opinion is written."""
    warnings = tuple(Warned(c, words.said(PATTERNS, c), (), "", "") for c in weighed.patterns)
    return _forecast(weighed, warnings=warnings)


def _forecast(
    weighed: Weighed,
    *,
    why: tuple[Why, ...] = (),
    claims: tuple[Cited, ...] = (),
    warnings: tuple[Warned, ...] = (),
    routes: tuple[Outside, ...] = (),
) -> Forecast:
    return Forecast(
        basis=weighed.basis.value,
        low=weighed.low,
        high=weighed.high,
        width=max(weighed.high - weighed.low, 2),
        said=_said(weighed),
        cases=weighed.cases,
        why=why,
        claims=claims,
        warnings=warnings,
        routes=routes,
    )


def _said(weighed: Weighed) -> str:
    if weighed.basis is ForecastBasis.NONE:
        return _("Too few appeals were decided here to say how likely it is.")
    span = _percent(weighed.low, weighed.high)
    if weighed.basis is ForecastBasis.CLAIMED:
        return _("Others claim: %(span)s succeed") % {"span": span}
    return _("%(span)s of appeals like this one were accepted here") % {"span": span}


def _percent(low: int, high: int) -> str:
    if low == high:
        return _("about %(low)d%%") % {"low": low}
    return _("%(low)d%% to %(high)d%%") % {"low": low, "high": high}


def _worth_saying(explained: Explained) -> Iterator[Contribution]:
    """The largest first; what moves nothing is left out."""
    said = [each for each in explained.contributions if each.points]
    yield from said[:MOST_REASONS]


def _why(each: Contribution, features: Features) -> Why:
    size = abs(each.points)
    up = each.points > 0
    more = ngettext("%(n)d point more", "%(n)d points more", size)
    less = ngettext("%(n)d point less", "%(n)d points less", size)
    return Why(_reason(each.name, features), (more if up else less) % {"n": size}, up, size == 0)


def _reason(name: str, features: Features) -> str:
    counted = {
        "complete": _("Of the required material %(n)d%% is there") % {"n": features.complete},
        "left": _("Of the time to appeal %(n)d%% is left") % {"n": round(features.left * 100)},
        "repeated": _("Earlier violations of the same rule that count: %(n)d")
        % {"n": features.repeated},
        "refused": _("Earlier appeals of yours of this kind that were refused: %(n)d")
        % {"n": features.refused},
        "tone": _("Kinds of wording that were marked: %(n)d") % {"n": sum(features.tone)},
        "family": _("The kind of rule that the decision cites"),
        "subject": words.said(words.SUBJECTS, features.subject.value),
        "side": _("You ask for a review of your report")
        if features.side is Side.REPORTER
        else _("You appeal as the person concerned"),
    }
    return counted.get(name, name)


def _cited(claim: Claim, language: str) -> Cited:
    return Cited(claim.says.in_(language), claim.source, claim.as_of)


def _outside(route: Route, language: str) -> Outside:
    return Outside(route.title.in_(language), route.detail.in_(language))


def _warned(each: Pointed, explained: Explained, language: str) -> Warned:
    said = each.words
    return Warned(
        code=each.sign.pattern.value,
        title=said.title.in_(language),
        seen=tuple(_seen(each, explained)),
        why=said.why.in_(language),
        instead=said.instead.in_(language),
    )


def _seen(each: Pointed, explained: Explained) -> Iterator[str]:
    """By what a pattern shows in this very appeal."""
    facts = each.sign.facts
    match each.sign.pattern:
        case Pattern.BROKEN_CHAIN:
            yield from chain_pieces.gap_words(explained.gaps)
        case Pattern.WINDOW_NEAR:
            yield _("It closes on %(at)s.") % {"at": _moment(facts["closes"])}
        case Pattern.WINDOW_MISSED:
            if "closed" in facts:
                yield _("It closed on %(at)s.") % {"at": _moment(facts["closed"])}
        case Pattern.TONE:
            yield _("Kinds of wording that were marked: %(n)d") % {"n": facts["kinds"]}
        case Pattern.REPETITION:
            yield _("This is number %(n)s.") % {"n": facts["count"]}
        case Pattern.SAME_FACTS:
            yield _("%(n)s%% of your wording is the same.") % {"n": facts["share"]}


def _moment(at: Fact) -> str:
    return times.moment(at) if isinstance(at, datetime) else str(at)
