"""An organisation's numbers: charts with their tables, small numbers shown as such."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.domain.disputes.counting import TOO_FEW, Helped, Numbers, Rate
from gongdao.domain.flows.counting_disputes import MOST, as_csv
from gongdao.domain.flows.records import HOUSE
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.kernel.ids import OrganisationId
from gongdao.domain.policy.pack import RulePack
from gongdao.domain.policy.platform import Rule
from gongdao.web import words
from gongdao.web.charts import Chart, Share, in_percent
from gongdao.web.public.private import private

MATERIALS: words.Words = {
    "text": gettext_lazy("The words of the review or notice"),
    "order": gettext_lazy("Order number"),
    "other_side": gettext_lazy("The other side's account"),
    "shown_on": gettext_lazy("The day that the platform shows"),
    "statement": gettext_lazy("A written statement"),
    "exhibits": gettext_lazy("At least one exhibit"),
    "more_exhibits": gettext_lazy("Two exhibits or more"),
}
SPEEDS: words.Words = {
    "day": gettext_lazy("Within a day"),
    "three_days": gettext_lazy("Within three days"),
    "week": gettext_lazy("Within a week"),
    "later": gettext_lazy("Later"),
}
FULLNESS: words.Words = {
    "little": gettext_lazy("Up to a third of the material"),
    "some": gettext_lazy("Up to two thirds"),
    "most": gettext_lazy("More than two thirds"),
}
HINTS: words.Words = {
    "too_few": gettext_lazy("too few to tell"),
    "no_difference": gettext_lazy("no clear difference"),
    "rejected_more": gettext_lazy("without it, more were rejected"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar(Share):
    """Disputes that were decided; the share is that of those upheld."""

    upheld: int
    partly: int
    rejected: int


@private
@login_required
@require_safe
def numbers(request: HttpRequest, organisation: str) -> HttpResponse:
    """Success by platform, ground, material and time; hours; rejections."""
    found = app().disputes.counting.of(OrganisationId(organisation), caller_of(request.user))
    titles = Titles()
    page = {
        "organisation": organisation,
        "found": found,
        "charts": _charts(found, titles),
        "reasons": [(titles.reason(code), n, titles.then(code)) for code, n in found.reasons],
        "helped": [_helped(each) for each in found.helped],
        "hours": [
            (titles.platform(p.platform), p.hours, p.days, p.answers) for p in found.platforms
        ],
        "too_few": TOO_FEW,
        "most": MOST,
        "here": "merchants",
    }
    return render(request, "merchants/numbers.html", page)


@private
@login_required
@require_safe
def table(request: HttpRequest, organisation: str) -> HttpResponse:
    """The tables as CSV."""
    found = app().disputes.counting.of(OrganisationId(organisation), caller_of(request.user))
    content = "\ufeff" + as_csv(found)  # the mark by which a spreadsheet reads Chinese
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="gongdao-numbers.csv"'
    return answer


def outside_packs() -> Mapping[str, RulePack]:
    """What is known today of every outside platform."""
    records, disputing = app().records, app().disputes.disputing
    names = [each for each in records.packs.platforms() if each != HOUSE]
    return {each: disputing.pack_of_the_day(each, records.clock()) for each in names}


class Titles:
    """What codes of the packs in force are called, in the reader's language."""

    def __init__(self) -> None:
        self._language = words.language()
        packs = list(outside_packs().values())
        self._platforms = {pack.platform: pack.title.in_(self._language) for pack in packs}
        reviews = [pack.review for pack in packs]
        self._grounds = self._named(r for review in reviews for r in review.grounds)
        records = app().records
        house = pack_of_the_day(records.packs, records.clock()).follow_up
        read = house.reasons if house else ()
        self._reasons = self._named(r for review in reviews for r in review.not_grounds)
        self._reasons |= {each.code: each.title.in_(self._language) for each in read}
        self._then = {each.code: each.then.in_(self._language) for each in read}

    def platform(self, code: str) -> str:
        """A platform."""
        return self._platforms.get(code, code)

    def ground(self, code: str) -> str:
        """A ground; there may be none."""
        return self._grounds.get(code, code) if code else _("No ground was chosen")

    def reason(self, code: str) -> str:
        """What a rejection rested on; perhaps nobody entered it."""
        return self._reasons.get(code, code) if code else _("No reason was entered")

    def then(self, code: str) -> str:
        """What to do about such a rejection; empty where the pack says nothing."""
        return self._then.get(code, "")

    def _named(self, rules: Iterable[Rule]) -> dict[str, str]:
        return {rule.code: rule.title.in_(self._language) for rule in rules}


def _charts(found: Numbers, titles: Titles) -> list[Chart]:
    def chart(
        name: str, title: str, rates: Iterable[Rate], called: Callable[[str], str], note: str = ""
    ) -> Chart:
        return Chart(name, title, note, tuple(_bar(rate, called(rate.key)) for rate in rates))

    several = _("One with several grounds counts for each.")
    return [
        chart("platform", _("By platform"), found.by_platform, titles.platform),
        chart("ground", _("By ground"), found.by_ground, titles.ground, several),
        chart(
            "material", _("By what was there when it was filed"), found.by_fullness,
            lambda key: words.said(FULLNESS, key),
        ),
        chart(
            "time", _("By how soon it was filed"), found.by_speed,
            lambda key: words.said(SPEEDS, key),
        ),
    ]  # fmt: skip


def _bar(rate: Rate, title: str) -> Bar:
    return Bar(
        title=title,
        n=rate.n,
        upheld=rate.upheld,
        partly=rate.partly,
        rejected=rate.rejected,
        few=rate.too_few,
        **in_percent(rate.upheld, rate.n, rate.interval),
    )


def _helped(each: Helped) -> dict[str, Any]:
    return {
        "title": words.said(MATERIALS, each.material.value),
        "with": (each.with_rejected, each.with_n),
        "without": (each.without_rejected, each.without_n),
        "says": words.said(HINTS, each.says.value),
    }
