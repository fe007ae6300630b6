"""
Beginnings of statements, and a draft with marks before it is sent.

Advice alone: sending asks nobody, and nothing is kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gongdao.bootstrap import app, wording
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.kernel.errors import GongdaoError
from gongdao.domain.linting.mending import clause
from gongdao.domain.linting.model import Finding, Language, Setting
from gongdao.domain.policy.drafts import Template
from gongdao.domain.policy.drafts import templates as drafts_of
from gongdao.domain.policy.pack import RulePack
from gongdao.site.hints import hint_of
from gongdao.web import words
from gongdao.web.public import limits
from gongdao.web.public.opened import Opened

BUTTON = "look"
"""The button that asks for marks instead of sending."""
_GRAVE = 3
KINDS: words.Words = {
    "antagonistic": _("Hostile"),
    "evasive": _("Evasive"),
    "blaming": _("Blame without grounds"),
    "vague_time": _("No exact time"),
    "missing_device": _("No device named"),
    "missing_plan": _("No change named"),
    "personal_data": _("Somebody else's data"),
    "threat": _("Threat"),
    "admission": _("Admits too much"),
    "absent_exhibit": _("Exhibit not there"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the draft between two borders of marks."""

    text: str
    marked: bool
    grave: bool
    begins: tuple[int, ...]
    """The numbers of the marks that begin here."""


@dataclass(frozen=True, slots=True)
class Note:
    """One mark: why, and better words."""

    number: int
    kind: str
    passage: str
    reason: str
    suggestion: str
    grave: bool
    start: int = 0
    end: int = 0
    instead: str = ""
    """The clause in which it stands: what a better wording takes the place of."""
    better: str | None = None
    """What can take its place; empty: it can be left out; None: neither."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A draft that was looked at."""

    pieces: tuple[Piece, ...] = ()
    notes: tuple[Note, ...] = ()
    problem: str = ""
    """Why it could not be looked at; it can be sent all the same."""


def templates(case: Opened, step: str) -> tuple[Template, ...]:
    """What an appeal can begin with, by the clause that the decision cites."""
    decision, drafts = case.view.decision, _pack().drafts
    if step != "appeal" or decision is None or not decision.clause or drafts is None:
        return ()
    return drafts_of(drafts, decision.clause, words.language())


def chosen(request: HttpRequest, offered: Sequence[Template]) -> str:
    """The text of the template that was opened; empty where none was."""
    code = request.GET.get("template", "") if request.method != "POST" else ""
    return next((each.text for each in offered if each.code == code), "")


def _pack() -> RulePack:
    records = app().records
    return pack_of_the_day(records.packs, records.clock())


def asked(request: HttpRequest) -> bool:
    """Whether somebody wants the draft looked at, and not sent."""
    return request.method == "POST" and BUTTON in request.POST


def marked(request: HttpRequest, case: Opened, text: str) -> Marked:
    """The draft with its marks, explained in the reader's language."""
    try:
        limits.spend_look(request)
        found = _found(case, text)
    except GongdaoError as problem:
        return Marked(problem=hint_of(problem))
    return shown(text, found)


def shown(text: str, found: Sequence[Finding]) -> Marked:
    """A text with the marks that were found in it."""
    notes = tuple(_note(number, each, text) for number, each in enumerate(found, 1))
    return Marked(tuple(_pieces(text, found)), notes)


def kinds(case: Opened, text: str) -> tuple[str, ...]:
    """The kinds of passages that are marked in a text; none where it cannot be looked at."""
    try:
        found = _found(case, text)
    except GongdaoError:
        return ()
    return tuple(sorted({each.kind.value for each in found}))


def _found(case: Opened, text: str) -> Sequence[Finding]:
    language = Language.CHINESE if words.language().startswith("zh") else Language.ENGLISH
    own = app().exhibiting.of_case(case.view.id, case.caller)
    setting = Setting(exhibits=frozenset(each.number for each in own if each.mine))
    return wording.look_at(text, setting, words=language).findings


def _note(number: int, finding: Finding, text: str) -> Note:
    return Note(
        number=number,
        kind=words.said(KINDS, finding.kind.value),
        passage=text[finding.start : finding.end],
        reason=finding.reason,
        suggestion=finding.suggestion,
        grave=finding.weight >= _GRAVE,
        start=finding.start,
        end=finding.end,
        instead=text[slice(*clause(text, finding.start, finding.end))],
        better=finding.better,
    )


def _pieces(text: str, findings: Sequence[Finding]) -> Iterator[Piece]:
    """The text cut at every border, so that marks may lie across one another."""
    borders = {0, len(text), *(f.start for f in findings), *(f.end for f in findings)}
    cuts = sorted(borders)
    for start, end in pairwise(cuts):
        over = [f for f in findings if f.start <= start and end <= f.end]
        yield Piece(
            text=text[start:end],
            marked=bool(over),
            grave=any(f.weight >= _GRAVE for f in over),
            begins=tuple(n for n, f in enumerate(findings, 1) if f.start == start),
        )
