"""An account's grade as the pages show it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gongdao.domain.flows.grade_views import DeedView, GradeView, ItemView
from gongdao.web import words

OUT: words.Words = {
    "overturned": gettext_lazy("Overturned: as if it never had been"),
    "replaced": gettext_lazy("Replaced by a milder measure, which counts instead"),
    "excluded": gettext_lazy("Taken out after an appeal against the grade"),
    "expired": gettext_lazy("Over: it counts no more"),
}
RULED: words.Words = {
    "upheld": gettext_lazy("The grade was upheld"),
    "excluded": gettext_lazy("Violations were taken out of the grade"),
    "set": gettext_lazy("A better grade was set for a while"),
}
_WIDE, _HIGH = 600, 160
_TOP = 8


@dataclass(frozen=True, slots=True)
class ItemShown:
    """A violation on a page."""

    id: str
    title: str
    measure: str
    at: datetime
    points: str
    first: int
    halves: str
    gone_at: datetime
    earned_back: bool
    out: str
    url: str
    without: str


@dataclass(frozen=True, slots=True)
class DeedShown:
    """What speaks for an account, said once for each kind."""

    title: str
    percent: int
    times: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Drawing:
    """The points over time, for a small picture: figures of an SVG."""

    wide: int
    high: int
    past: str
    ahead: str
    now_x: str
    limit_y: str
    """Where a grade begins to restrict; empty if that lies above the picture."""
    begin: datetime
    end: datetime
    limit: int


@dataclass(frozen=True, slots=True)
class GradeShown:
    """A grade on a page."""

    view: GradeView
    points: str
    items: tuple[ItemShown, ...]
    gone: tuple[ItemShown, ...]
    """Those that do not count."""
    deeds: tuple[DeedShown, ...]
    drawing: Drawing | None
    ruled: str


def grade(view: GradeView, opens: Callable[[ItemView], str]) -> GradeShown:
    """A grade on a page; `opens` says where a violation's case and its appeal are."""
    items = [_item(each, opens) for each in view.items]
    return GradeShown(
        view=view,
        points=f"{view.points:.1f}",
        items=tuple(each for each in items if not each.out),
        gone=tuple(each for each in items if each.out),
        deeds=tuple(_deeds(view.deeds)),
        drawing=_drawing(view),
        ruled=words.said(RULED, view.appeal.ruled) if view.appeal.ruled else "",
    )


def of_mine(item: ItemView) -> str:
    """Where one's own case is, for somebody signed in."""
    return reverse("mine_case", args=[item.case])


def at_the_desk(item: ItemView) -> str:
    """Where it is for staff."""
    return reverse("desk_case", args=[item.case])


def _item(each: ItemView, opens: Callable[[ItemView], str]) -> ItemShown:
    days = max(1, each.halves_in.days)
    return ItemShown(
        id=each.sanction,
        title=each.title or _("Another case"),
        measure=each.measure,
        at=each.at,
        points=f"{each.points:.1f}",
        first=each.first,
        halves=ngettext("half of it goes every %(n)d day", "half of it goes every %(n)d days", days)
        % {"n": days},
        gone_at=each.gone_at,
        earned_back=each.earned_back,
        out=words.said(OUT, each.out) if each.out else "",
        url=opens(each) if each.opens else "",
        without=each.without,
    )


def _deeds(deeds: tuple[DeedView, ...]) -> list[DeedShown]:
    kinds: dict[str, Any] = {}
    for each in deeds:
        kinds.setdefault(each.act, []).append(each)
    return [
        DeedShown(of[0].title, of[0].percent, len(of), max(each.at for each in of))
        for of in kinds.values()
    ]


def _drawing(view: GradeView) -> Drawing | None:
    if not view.line:
        return None
    begin, end = view.line[0][0], view.line[-1][0]
    highest = max(view.restricts_from * 1.15, *(points for _at, points in view.line))

    def x(at: datetime) -> str:
        return f"{(at - begin) / (end - begin) * _WIDE:.1f}"

    def y(points: float) -> str:
        return f"{_TOP + (1 - points / highest) * (_HIGH - _TOP):.1f}"

    past = [(at, points) for at, points in view.line if at <= view.at] + [(view.at, view.points)]
    ahead = [(view.at, view.points)] + [(at, points) for at, points in view.line if at > view.at]
    return Drawing(
        wide=_WIDE,
        high=_HIGH,
        past=" ".join(f"{x(at)},{y(points)}" for at, points in past),
        ahead=" ".join(f"{x(at)},{y(points)}" for at, points in ahead),
        now_x=x(view.at),
        limit_y=y(view.restricts_from),
        begin=begin,
        end=end,
        limit=view.restricts_from,
    )
