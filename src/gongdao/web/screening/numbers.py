"""What decisions say of screening: charts with their tables, beside what others claim."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.domain.flows.retiring import EntryShown
from gongdao.domain.policy.screening import Category, ScreeningPolicy
from gongdao.domain.screening.drift import Drift
from gongdao.domain.screening.entries import EntryStage
from gongdao.domain.screening.tally import FEW, Compared, Numbers, Tally
from gongdao.web import words
from gongdao.web.charts import Chart, Share, in_percent
from gongdao.web.desk import queue_pane
from gongdao.web.public import quotes
from gongdao.web.public.private import private

CATEGORIES: words.Words = {
    "abuse": gettext_lazy("Abuse"),
    "advertising": gettext_lazy("Advertising"),
    "fraud": gettext_lazy("Fraud"),
    "porn": gettext_lazy("Pornography"),
    "arms": gettext_lazy("Weapons"),
    "privacy": gettext_lazy("Private data"),
}
SOURCES: words.Words = {
    "lexicon": gettext_lazy("Lists of words"),
    "model": gettext_lazy("Learned model"),
}
SAID: words.Words = {
    "ruling": gettext_lazy("Rulings on texts that waited"),
    "decision": gettext_lazy("Decisions on reported texts"),
    "review": gettext_lazy("Reviews upon appeal"),
}
STAGES: words.Words = {
    "proposed": gettext_lazy("Proposed for retirement"),
    "retired": gettext_lazy("Retired: no longer matched"),
    "kept": gettext_lazy("Kept"),
    "restored": gettext_lazy("Restored"),
}
COMPARED: words.Words = {
    "too_few": gettext_lazy("too few to tell"),
    "lower": gettext_lazy("lower than claimed of others"),
    "within": gettext_lazy("not told apart from what is claimed of others"),
    "higher": gettext_lazy("higher than claimed of others"),
}
SHIFTS: words.Words = {
    "too_few": gettext_lazy("too few to tell"),
    "steady": gettext_lazy("as before"),
    "scores": gettext_lazy("scores have shifted"),
    "flagged": gettext_lazy("another share is flagged"),
}
_MOST = 50
"""So many entries are shown: those with the most false alarms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar(Share):
    """Alarms that were decided; the share is that of false ones."""

    detail: str
    true: int
    false: int
    compared: str


@private
@login_required
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """For staff and the auditor."""
    caller, stories = caller_of(request.user), app().screening
    (found, listed), policy = stories.retiring.board(caller), stories.retiring.policy()
    claim = _claim(policy)
    page = {
        "here": "desk",
        "tabs": queue_pane.tabs(caller, "screening"),
        "found": found,
        "said": [(words.said(SAID, name), n) for name, n in found.said],
        "claim": claim,
        "whole": bar(found.whole, claim),
        "charts": _charts(found, claim),
        "texts": [_text(each) for each in found.texts],
        "few": FEW,
        "proposed": _entries(listed, EntryStage.PROPOSED),
        "judged": _entries(listed, EntryStage.RETIRED, EntryStage.KEPT, EntryStage.RESTORED),
        "drifts": [_drift(each) for each in stories.models.runs.drifts(caller)],
        "drift_rules": policy.drift,
        "models": stories.models.runs.models(),
        "model_failed": stories.now.model_failed(),
        "lists_failed": stories.now.lists_failed(),
    }
    return render(request, "screening/numbers.html", page)


def bar(tally: Tally, claim: dict[str, Any] | None, title: str = "", detail: str = "") -> Bar:
    """A tally as a line."""
    compared = tally.beside(claim["share"]) if claim else Compared.TOO_FEW
    return Bar(
        title=title,
        detail=detail,
        n=tally.n,
        true=tally.true,
        false=tally.false,
        few=tally.few,
        compared=words.said(COMPARED, compared.value),
        **in_percent(tally.false, tally.n, tally.false_interval),
    )


def category(code: Category | None) -> str:
    """What a category is called."""
    return words.said(CATEGORIES, code.value) if code else ""


def _claim(policy: ScreeningPolicy) -> dict[str, Any] | None:
    claims = policy.teaching.claims if policy.teaching else ()
    if not claims:
        return None
    first = claims[0]
    return {
        "says": first.says.in_(words.language()),
        "share": first.share,
        "percent": round(100 * first.share),
        "source": quotes.named(first.source, app().records.packs),
        "as_of": first.as_of,
    }


def _charts(found: Numbers, claim: dict[str, Any] | None) -> list[Chart]:
    def chart(name: str, title: str, note: str, bars: Iterable[Bar]) -> Chart:
        return Chart(name, title, note, tuple(bars))

    weak = _("Every finding counts here, even one too weak for any lane.")
    few = _("The %(most)d with the most false alarms.") % {"most": _MOST}
    flags = _("Texts that screening flags, by what it flags them for.")
    return [
        chart(
            "category", _("By category"), flags,
            (bar(each, claim, category(each.category)) for each in found.by_category),
        ),
        chart(
            "source", _("By what found it"), weak,
            (
                bar(each, claim, words.said(SOURCES, each.key), category(each.category))
                for each in found.by_source
            ),
        ),
        chart(
            "entry", _("By entry of the lists"), f"{weak} {few}",
            (
                bar(each, claim, each.key, category(each.category))
                for each in found.by_entry[:_MOST]
            ),
        ),
    ]  # fmt: skip


def _text(each: Any) -> dict[str, Any]:
    low, high = each.interval
    return {
        "title": category(each.category),
        "harmless": each.harmless,
        "flagged": each.flagged,
        "low": round(100 * low),
        "high": round(100 * high),
        "true": each.true,
        "missed": each.missed,
        "few": each.harmless < FEW,
    }


def _entries(listed: Iterable[EntryShown], *stages: EntryStage) -> list[dict[str, Any]]:
    return [
        {
            "title": each.entry.entry,
            "category": category(each.entry.category),
            "stage": words.said(STAGES, each.entry.stage.value),
            "since": each.entry.since,
            "by": each.by,
            "bar": bar(each.now, None),
            "url": reverse("desk_screening_entry", args=[each.entry.id]),
        }
        for each in listed
        if each.entry.stage in stages
    ]


def _drift(each: Drift) -> dict[str, Any]:
    return {
        "title": category(each.category),
        "n": each.now.n,
        "flagged": each.now.flagged,
        "before_n": each.before.n,
        "before_flagged": each.before.flagged,
        "mean": f"{each.now.mean:.2f}",
        "before_mean": f"{each.before.mean:.2f}",
        "index": f"{each.index:.2f}",
        "says": words.said(SHIFTS, each.says.value),
        "alarms": each.alarms,
    }
