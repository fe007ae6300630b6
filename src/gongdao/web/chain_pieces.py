"""The evidence chain as pages show it: in order of time, with its gaps in words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongdao.bootstrap import app
from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import not_found
from gongdao.domain.evidence.chain import Ground, Happened, Link, Missing, Proves, Step
from gongdao.domain.flows.chaining import CaseChain, ChainLink, Moment, Word
from gongdao.domain.flows.exhibit_views import INSIDERS
from gongdao.domain.kernel.errors import BadInput, GongdaoError, NotFound, hint_noop
from gongdao.domain.kernel.ids import ExhibitId
from gongdao.site.hints import hint_of
from gongdao.web import exhibit_pieces, finding_words, pieces, times, words

Explain = Callable[[ExhibitId, Sequence[Proves], Sequence[tuple[Step, date]], str, Caller], None]
"""What keeps somebody's word on an exhibit."""
PROVES: words.Words = {
    "transaction": gettext_lazy("A trade"),
    "content": gettext_lazy("What was published"),
    "communication": gettext_lazy("What was talked about"),
    "identity": gettext_lazy("Who it is"),
}
STEPS: words.Words = {
    "ordered": gettext_lazy("Ordered"),
    "paid": gettext_lazy("Paid"),
    "shipped": gettext_lazy("Sent off"),
    "delivered": gettext_lazy("Arrived"),
    "published": gettext_lazy("Published"),
    "talked": gettext_lazy("Talked"),
    "shown": gettext_lazy("Something else"),
}
_GROUNDS: words.Words = {
    "screen": gettext_lazy("by the words of its layout"),
    "number": gettext_lazy("by a number of a trade in it"),
    "name": gettext_lazy("by a name or id in it"),
}
MOST_DAYS = 6
"""Unplaced days of one exhibit that are named."""
_GAPS: words.Words = {
    "no_transaction": gettext_lazy("Nothing shows the trade."),
    "no_content": gettext_lazy("Nothing shows what was published."),
    "no_communication": gettext_lazy("Nothing shows what was talked about."),
    "no_identity": gettext_lazy("Nothing shows who it is."),
    "no_order": gettext_lazy("A payment is shown, and nothing shows what it was for."),
    "no_delivery": gettext_lazy("It was ordered and written about; nothing shows the delivery."),
    "before_delivery": gettext_lazy("It was written about on a day before it arrived."),
    "before_order": gettext_lazy("It was written about on a day before it was ordered."),
    "several_orders": gettext_lazy("The numbers of the orders are not the same."),
    "undated": gettext_lazy("No day was found in it."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dot:
    """One thing on the line of time."""

    when: str
    iso: str
    title: str
    exhibit: str
    anchor: str
    sure: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that exhibits show, and which do."""

    title: str
    exhibits: str
    needed: bool


@dataclass(frozen=True, slots=True)
class Voice:
    """What a program found, or somebody said, that an exhibit shows."""

    who: str
    shows: tuple[str, ...]
    happened: tuple[str, ...]
    note: str = ""
    at: datetime | None = None
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A box to tick, or a day to write."""

    code: str
    title: str
    value: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One exhibit in the chain."""

    exhibit: exhibit_pieces.Shown
    id: str
    anchor: str
    voices: tuple[Voice, ...]
    proves: tuple[Choice, ...]
    days: tuple[Choice, ...]
    note: str


def page(chain: CaseChain) -> dict[str, Any]:
    """What the template needs."""
    inside = chain.seat in INSIDERS
    return {
        "dots": [_dot(each, chain) for each in chain.moments],
        "unplaced": list(_unplaced(chain)),
        "gaps": [_gap(each) for each in chain.gaps],
        "kinds": [_kind(each, chain) for each in Proves],
        "links": [_shown(each, chain.case if inside else "") for each in chain.links],
        "inside": inside,
    }


def keep(request: HttpRequest, chain: CaseChain, caller: Caller) -> list[pieces.FieldError]:
    """Keep what a form says that an exhibit of this chain shows, or say what is wrong with it."""
    return keep_by(app().looking.chaining.explain, request, chain, caller)


def keep_by(
    explain: Explain, request: HttpRequest, chain: CaseChain, caller: Caller
) -> list[pieces.FieldError]:
    """The same by a story that keeps it."""
    given = request.POST
    exhibit = ExhibitId(given.get("exhibit", ""))
    known = {link.exhibit.id for link in chain.links}
    if exhibit not in known or not set(given.getlist("proves")) <= set(Proves):
        raise not_found()
    proves = [Proves(each) for each in given.getlist("proves")]
    note = given.get("note", "")
    try:
        days = [(step, day_of(day)) for step in Step if (day := given.get(f"day-{step.value}"))]
        explain(exhibit, proves, days, note, caller)
    except NotFound:
        raise
    except GongdaoError as problem:
        return [pieces.FieldError("each-title", hint_of(problem), problem.code)]
    messages.success(request, _("Kept, beside what the program found."))
    return []


def day_of(written: str) -> date:
    """A day as a browser sends it; BadInput for any other writing."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise BadInput(
            "chain.bad_day", hint_noop("Write each day as year-month-day, such as 2026-11-03.")
        ) from None


def _dot(moment: Moment, chain: CaseChain) -> Dot:
    happened = moment.happened
    by_machine = finding_words.sure(happened.confidence)
    return Dot(
        when=_when(happened),
        iso=happened.day.isoformat(),
        title=words.said(STEPS, happened.step.value),
        exhibit=_title(moment.number),
        anchor=_anchor(chain, moment.number),
        sure=_("said by a person") if moment.said else by_machine,
    )


def _unplaced(chain: CaseChain) -> Iterable[dict[str, str]]:
    """Days that were read, and of which nothing says what happened on them."""
    for link in chain.links:
        placed = {each.day for each in link.counted.happened}
        days = [times.day(day) for day in link.counted.days if day not in placed]
        if days:
            more = ["…"] if len(days) > MOST_DAYS else []
            number = link.counted.number
            yield {
                "exhibit": _title(number),
                "anchor": _anchor(chain, number),
                "days": _(", ").join([*days[:MOST_DAYS], *more]),
            }


def _anchor(chain: CaseChain, number: int) -> str:
    known = {link.counted.number for link in chain.links}
    return f"link-{number}" if number in known else ""


def _when(happened: Happened) -> str:
    shown = times.day(happened.day)
    return f"{shown} {happened.clock:%H:%M}" if happened.clock else shown


def _gap(missing: Missing) -> dict[str, str]:
    named = words.said(_GAPS, missing.gap.value)
    return {"said": named, "exhibits": _titles(missing.exhibits)}


def gap_words(gaps: Iterable[Missing]) -> list[str]:
    """Gaps in words, each with the exhibits by which it shows."""
    found = [_gap(each) for each in gaps]
    return [f"{each['said']} {each['exhibits']}".rstrip() for each in found]


def _kind(what: Proves, chain: CaseChain) -> Kind:
    numbers = [link.counted.number for link in chain.links if what in link.counted.proves]
    return Kind(words.said(PROVES, what.value), _titles(sorted(numbers)), what in chain.needs)


def _titles(numbers: Iterable[int]) -> str:
    return _(", ").join(map(_title, numbers))


def _title(number: int) -> str:
    return _("Exhibit %(n)d") % {"n": number}


def _shown(link: ChainLink, case: str) -> Shown:
    best = link.counted
    word = link.by_staff if case else link.by_party
    days = {each.step: each.day.isoformat() for each in best.happened}
    return Shown(
        exhibit=exhibit_pieces.shown(link.exhibit, case),
        id=link.exhibit.id,
        anchor=f"link-{link.counted.number}",
        voices=tuple(_voices(link, staff=bool(case))),
        proves=tuple(
            Choice(p.value, words.said(PROVES, p.value), "yes" if p in best.proves else "")
            for p in Proves
        ),
        days=tuple(Choice(s.value, words.said(STEPS, s.value), days.get(s, "")) for s in Step),
        note=word.note if word else "",
    )


def _voices(link: ChainLink, *, staff: bool) -> Iterable[Voice]:
    counts = link.counted
    if link.found is None:
        unread = words.said(finding_words.MISSED, link.missed)
        yield Voice(_("A program"), (unread,), ())
    else:
        shows = tuple(map(_ground, link.found.grounds))
        happened = tuple(map(_found, link.found.happened))
        yield Voice(_("A program found"), shows, happened, counts=counts is link.found)
    if link.by_party is not None:
        who = _("Whoever brought it says") if staff else _("You say")
        yield _voice(who, link.by_party, counts)
    if link.by_staff is not None:
        person = link.by_staff.person
        name = (app().records.staff.name(person) if person else None) or _("A reviewer")
        yield _voice(_("%(name)s says") % {"name": name}, link.by_staff, counts)


def _voice(who: str, word: Word, counts: Link) -> Voice:
    shows = tuple(words.said(PROVES, each.value) for each in Proves if each in word.link.proves)
    happened = tuple(map(_step, word.link.happened))
    return Voice(who, shows, happened, word.note, word.at, counts is word.link)


def _ground(ground: Ground) -> str:
    return _("%(shows)s: %(by)s (%(sure)s)") % {
        "shows": words.said(PROVES, ground.proves.value),
        "by": words.said(_GROUNDS, ground.by),
        "sure": finding_words.sure(ground.confidence),
    }


def _found(happened: Happened) -> str:
    sure = finding_words.sure(happened.confidence)
    return _("%(step)s (%(sure)s)") % {"step": _step(happened), "sure": sure}


def _step(happened: Happened) -> str:
    step = words.said(STEPS, happened.step.value)
    return _("%(step)s on %(when)s") % {"step": step, "when": _when(happened)}
