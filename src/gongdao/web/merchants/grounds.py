"""The page of a dispute's grounds: what was read, what is asked, what each needs, the choice."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongdao.bootstrap import app, caller_of
from gongdao.domain.disputes.eligibility import Mark
from gongdao.domain.flows.judging import Eligibility, OfferedGround
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.domain.kernel.ids import DisputeId
from gongdao.web import pieces, words
from gongdao.web.public import quotes
from gongdao.web.public.private import private

NONE = "none"
"""The button that says that it is an opinion."""
_LIKELY = 75
_MAY_HOLD, _LITTLE = 50, 20
_STEPS = {"reply": "dispute_after", "talk": "dispute_talk"}
"""Where one can do what is said instead."""


@dataclass(frozen=True, slots=True)
class Note:
    """A marked passage, and why it is marked."""

    number: int
    ground: str
    passage: str
    why: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text between two borders of marks."""

    text: str
    marked: bool
    begins: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and what was answered."""

    code: str
    ask: str
    answer: bool | None


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground as the page shows it."""

    code: str
    title: str
    detail: str
    source: str
    sure: int | None
    band: str
    """How sure, in words."""
    needs: tuple[tuple[str, bool], ...]
    questions: tuple[Question, ...]
    picked: bool

    @property
    def asked(self) -> bool:
        """Whether its questions stand open: something speaks for it, or one was answered."""
        return (self.sure or 0) >= _LITTLE or any(q.answer is not None for q in self.questions)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def grounds(request: HttpRequest, dispute_id: str) -> HttpResponse:
    """Look at the grounds; a POST chooses."""
    which, caller, judging = DisputeId(dispute_id), caller_of(request.user), app().disputes.judging
    problem = ""
    if request.method == "POST":
        chosen = [] if NONE in request.POST else request.POST.getlist("ground")
        if not chosen and NONE not in request.POST:
            problem = _("Choose a ground, or say that there is none.")
        else:
            try:
                judging.choose(which, chosen, caller, _answers(request.POST))
            except NotFound:
                raise
            except GongdaoError as refused:
                problem = words.hint(refused)
            else:
                messages.success(request, _("Your choice is recorded."))
                return redirect("dispute_grounds", dispute_id)
    given = request.POST if request.method == "POST" else request.GET
    try:
        seen = judging.of(which, _answers(given), caller)
    except NotFound:
        raise
    except GongdaoError as refused:
        problem, seen = words.hint(refused), judging.of(which, {}, caller)
    status = 400 if problem else 200
    return render(request, "merchants/grounds.html", _page(seen, problem), status=status)


def _answers(given: QueryDict) -> dict[str, bool]:
    """`q_delivered=yes`; what was left open counts for nothing."""
    return {
        name.removeprefix("q_"): value == "yes"
        for name, value in given.items()
        if name.startswith("q_") and value in {"yes", "no"}
    }


def _page(seen: Eligibility, problem: str) -> dict[str, Any]:
    language, now = words.language(), seen.dispute
    notes = list(_notes(seen))
    titles = {each.code: each.title.in_(language) for each in seen.offered}
    return {
        "now": now,
        "seen": seen,
        "platform": seen.platform.in_(language),
        "problem": problem,
        "answers": _three(seen, titles),
        "pieces": list(_pieces(seen.text, notes)) if seen.verdict else [],
        "notes": notes,
        "grounds": [_ground(each, seen) for each in seen.offered],
        "asks": any(each.questions for each in seen.offered),
        "kept": [(f"q_{code}", "yes" if said else "no") for code, said in seen.answers.items()],
        "against": [titles.get(code, code) for code in seen.against],
        "chosen": [titles.get(code, code) for code in now.grounds],
        "instead": [
            (each.title.in_(language), each.detail.in_(language), _url(each.code, now.id))
            for each in seen.opinion.instead
        ],
        "not_grounds": [
            (row.title.in_(language), row.detail.in_(language) if row.detail else "")
            for row in seen.not_grounds
        ],
        "opinion_title": seen.opinion.title.in_(language),
        "opinion_detail": seen.opinion.detail.in_(language),
        "here": "merchants",
    }


def _url(code: str, dispute: DisputeId) -> str:
    """The page on which it is done; empty where there is none."""
    try:
        return reverse(_STEPS[code], args=[dispute]) if code in _STEPS else ""
    except NoReverseMatch:
        return ""


def _three(seen: Eligibility, titles: Mapping[str, str]) -> pieces.Answers:
    now, verdict = seen.dispute, seen.verdict
    if now.judged and now.grounds:
        names = _(", ").join(titles.get(code, code) for code in now.grounds)
        stands = _("You chose: %(grounds)s") % {"grounds": names}
        following = _("Gather what these grounds need, then write the statement.")
    elif now.judged:
        stands = _("You chose no ground: it is treated as an opinion")
        following = _("Do what is said under “Instead”. You may still choose a ground.")
    else:
        stands = _("No ground was chosen yet")
        if verdict is None:
            stands = _("No ground was chosen yet. No program reads this kind of dispute.")
        following = _("You answer the questions, then choose grounds, or that there is none.")
    chain = _done("dispute_chain", now.id)
    actions = [pieces.Action(_("Choose"), "#choose")]
    if now.judged and now.grounds and chain:
        actions = [pieces.Action(_("To the evidence chain"), chain)]
    return pieces.Answers(stands=stands, next=following, actions=tuple(actions))


def _done(name: str, dispute: DisputeId) -> str:
    try:
        return reverse(name, args=[dispute])
    except NoReverseMatch:
        return ""


def _ground(offered: OfferedGround, seen: Eligibility) -> Ground:
    language, now, found = words.language(), seen.dispute, offered.found
    held = {each.code for each in seen.verdict.grounds} if seen.verdict else set()
    return Ground(
        code=offered.code,
        title=offered.title.in_(language),
        detail=offered.detail.in_(language) if offered.detail else "",
        source=quotes.named(offered.of_platform.source, app().records.packs)
        if offered.of_platform
        else "",
        sure=found.sure if found else None,
        band=_band(found.sure) if found else "",
        needs=tuple((n.title.in_(language), n.must) for n in found.needs) if found else (),
        questions=tuple(
            Question(each.code, each.ask.in_(language), seen.answers.get(each.code))
            for each in offered.questions
        ),
        picked=offered.code in (now.grounds if now.judged else held),
    )


def _band(sure: int) -> str:
    if sure >= _LIKELY:
        return _("Much speaks for it")
    if sure >= _MAY_HOLD:
        return _("It may hold")
    return _("Little speaks for it") if sure >= _LITTLE else _("Nothing was found for it")


def _notes(seen: Eligibility) -> Iterator[Note]:
    language = words.language()
    titles = {each.code: each.title.in_(language) for each in seen.offered}
    marks: list[tuple[Mark, str]] = [
        (mark, titles[each.code])
        for each in (seen.verdict.grounds if seen.verdict else ())
        for mark in each.spans
    ]
    ordered = sorted(marks, key=lambda pair: (pair[0].start, pair[0].end))
    for number, (mark, title) in enumerate(ordered, 1):
        passage = seen.text[mark.start : mark.end]
        yield Note(number, title, passage, mark.why.in_(language), mark.start, mark.end)


def _pieces(text: str, notes: list[Note]) -> Iterator[Piece]:
    """The text cut at every border, so that marks may lie across one another."""
    borders = {0, len(text), *(n.start for n in notes), *(n.end for n in notes)}
    for start, end in pairwise(sorted(borders)):
        marked = any(note.start <= start and end <= note.end for note in notes)
        begins = tuple(note.number for note in notes if note.start == start)
        yield Piece(text[start:end], marked, begins)
