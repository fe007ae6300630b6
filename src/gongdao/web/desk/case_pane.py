"""The middle pane: where the case stands, both sides of it, what was decided and what happened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongdao.domain.access.model import Seat
from gongdao.domain.access.rules import DECIDERS
from gongdao.domain.flows.alike import AlikeView
from gongdao.domain.flows.casefile import AppealView, CaseView, DecisionView
from gongdao.domain.flows.grade_views import GradeView
from gongdao.domain.flows.group_views import OwnerTurn
from gongdao.domain.kernel.ids import PersonId
from gongdao.web import case_pieces, exhibit_pieces, pieces, times, words
from gongdao.web.desk import hearing_pane
from gongdao.web.desk.checks import sanction_words
from gongdao.web.desk.step import Context
from gongdao.web.desk.steps import STEPS, possible

_SIDES: words.Words = {
    "reporter": gettext_lazy("The reporter asks for a review"),
    "respondent": gettext_lazy("The person concerned appeals"),
}
_MOVES: words.Words = {
    "received": gettext_lazy("Take the report up, or say why not."),
    "set_aside": gettext_lazy(
        "It waits until the measure on its reporter is over. If it is grave, take it up before: "
        "see this reporter's record."
    ),
    "not_asked": gettext_lazy("Ask the person concerned, or decide."),
    "asked": gettext_lazy("The person concerned answers; then the case is decided."),
    "given": gettext_lazy("Both sides are heard: decide the case."),
    "missed": gettext_lazy("No answer came in time: decide the case."),
    "withdrawn": gettext_lazy("Nothing; the case is closed."),
    "waiting": gettext_lazy("The system looks for a reviewer who took no part."),
    "rectification": gettext_lazy("The person concerned puts it right."),
}
_SHOWN_ACTIONS = 2
_WHY_ALIKE: words.Words = {
    "account": gettext_lazy("About the same account"),
    "group": gettext_lazy("In the same group"),
    "found": gettext_lazy("Found to be the same matter"),
}
_UNDECIDED = {"received", "investigating"}


@dataclass(frozen=True, slots=True)
class AppealShown:
    """An appeal as the desk shows it."""

    title: str
    level: int
    stage: str
    filed_at: datetime
    reviewer: str
    grounds: str
    reasons: str
    tone: str
    """What it brings, while it is open."""


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """A decision as the desk shows it: one line, its measures, and the letter folded."""

    title: str
    decided_at: datetime
    decided_by: str
    tone: str
    measures: tuple[tuple[str, str], ...]
    letter: dict[str, object] | None
    unfolded: bool


def pane(context: Context, now: datetime) -> dict[str, Any]:
    """Everything that the middle pane shows."""
    view = context.view
    clocks = case_pieces.clocks(view, now)
    return {
        "view": view,
        "category": view.category_title(words.language()),
        "kind": words.said(words.SUBJECTS, view.subject_kind),
        "answers": answers(context, now),
        "clocks": clocks[1:],
        "timeline": case_pieces.timeline(view),
        "tally": context.app.mailing.tally(context.case, context.caller),
        "reporters": len(context.case.reporters),
        "snapshot": case_pieces.snapshot(view),
        "exhibits": _exhibits(context),
        "record": record(context),
        "account_grade": _grade(context),
        "remedies": _remedies(context),
        "alike": [_alike(context, each) for each in context.app.alike.of(view.id, context.caller)],
        "can_compare": view.seat is Seat.STAFF and context.caller.has(*DECIDERS),
        "compare_url": reverse("desk_compare", args=[view.id]),
        "interim": case_pieces.interim(view),
        "question": _last_said(view, "case.answer_requested"),
        "answer": _last_said(view, "case.answered"),
        "put_right": _last_said(view, "case.rectified"),
        "owner_turns": [_turn(turn) for turn in view.owner_turns],
        "answer_stands": words.said(words.ANSWERS, view.answer),
        "hearing": hearing_pane.shown(context, now),
        "appeals": [_appeal(context, each) for each in reversed(view.appeals) if each.closed_at],
        "decisions": [_decision(context, each) for each in reversed(view.decisions)],
    }


def _grade(context: Context) -> GradeView | None:
    """How the account stands, for staff: so that like is treated alike."""
    if context.view.seat is not Seat.STAFF:
        return None
    stories = context.app.standing.explaining
    return stories.beside(context.case.id, context.caller, words.language())


def _exhibits(context: Context) -> list[exhibit_pieces.Shown]:
    found = context.app.exhibiting.of(context.case, context.caller)
    return exhibit_pieces.listed(found, context.view.id)


def _alike(context: Context, other: AlikeView) -> dict[str, Any]:
    """A case that may be about the same matter, in words."""
    category = context.policy.category(other.category)
    return {
        "view": other,
        "url": reverse("desk_case", args=[other.case]),
        "kind": words.said(words.SUBJECTS, other.subject_kind),
        "category": category.title.in_(words.language()) if category else other.category,
        "stage": words.said(words.STAGES, other.stage),
        "open": {other.stage, context.view.stage} <= _UNDECIDED,
        "why": [words.said(_WHY_ALIKE, why) for why in other.why],
    }


def _turn(turn: OwnerTurn) -> dict[str, Any]:
    """The turn of the group's owner, in words."""
    if turn.action:
        said = words.said(words.OWNER_SAID, turn.action)
    elif turn.why:
        said = words.joined(_("The owner is not asked"), words.said(words.OWNER_SKIPS, turn.why))
    else:
        said = words.said(words.OWNER_TURNS, turn.stage)
    return {"turn": turn, "said": said}


def answers(context: Context, now: datetime) -> pieces.Answers:
    """Where it stands, what comes next, what can be done: for somebody at the desk."""
    view, clocks = context.view, case_pieces.clocks(context.view, now)
    steps = possible(context)
    return pieces.Answers(
        stands=stands(view),
        next=comes_next(context, now),
        clock=clocks[0] if clocks else None,
        actions=tuple(
            pieces.Action(str(STEPS[step].title), f"#step-{step}")
            for step in steps[:_SHOWN_ACTIONS]
        ),
        nothing=nothing_to_do(context),
    )


def stands(view: CaseView) -> str:
    """The stage, with the outcome once there is one."""
    stage = words.said(words.STAGES, view.stage)
    if view.stage != "decided":
        return stage
    return words.joined(stage, words.said(words.OUTCOMES, view.outcome))


def comes_next(context: Context, now: datetime) -> str:
    """The next move, and whose it is."""
    view = context.view
    appeal = _open_appeal(view)
    if appeal is not None:
        return _hearing(context, appeal)
    if view.stage == "investigating":
        return words.said(_MOVES, view.answer)
    if view.stage != "decided":
        return words.said(_MOVES, view.stage)
    if any(clock.kind == "rectification" for clock in view.clocks):
        return words.said(_MOVES, "rectification")
    closes = view.decision.appeal_closes if view.decision else None
    if closes is None or closes < now or view.outcome == "overturned":
        return _("Nothing is due.")
    return _("Nothing, unless somebody asks for a review by %(until)s.") % {
        "until": times.moment(closes, now)
    }


def _hearing(context: Context, appeal: AppealView) -> str:
    if context.hearing is not None and context.hearing.waits_for in {"appellant", "second_person"}:
        return hearing_pane.why_next(context.hearing)
    if context.my_appeal is not None:
        return _("You hear the appeal. You took no part in the decision.")
    if appeal.reviewer is None:
        return words.said(_MOVES, "waiting")
    return _("%(name)s hears the appeal.") % {"name": name(context, appeal.reviewer)}


def nothing_to_do(context: Context) -> str:
    """Why somebody at the desk can do nothing here."""
    view = context.view
    if view.seat is Seat.AUDITOR:
        return _("You read everything here and change nothing.")
    if not context.caller.has(*DECIDERS):
        return _("Reviewers handle cases. You can read them.")
    if _open_appeal(view) is not None:
        return _("Nothing: the appeal lies with somebody else.")
    return _("Nothing now.")


def record(context: Context) -> list[tuple[str, int]]:
    """What counts against the account now, clause by clause."""
    counts = context.app.deciding.record(context.case)
    titles = {c.code: c.title.in_(words.language()) for c in context.policy.clauses}
    return [(titles.get(clause, clause), count) for clause, count in counts.items()]


def name(context: Context, person: str | None) -> str:
    """What a colleague is called; staff alone ever read it."""
    if person is None:
        return ""
    if person == context.caller.person:
        return _("You")
    if person not in context.names:
        called = context.app.records.staff.name(PersonId(person))
        context.names[person] = called or _("Somebody who has left")
    return context.names[person]


def _open_appeal(view: CaseView) -> AppealView | None:
    return next((a for a in view.appeals if a.stage in {"filed", "waiting", "under_review"}), None)


def _last_said(view: CaseView, kind: str) -> str:
    said = [entry.text for entry in view.timeline if entry.kind == kind]
    return said[-1] or "" if said else ""


def _remedies(context: Context) -> list[str]:
    """What reporters ask for."""
    titles = {r.code: r.title.in_(words.language()) for r in context.policy.remedies}
    wished = dict.fromkeys(r.remedy for r in context.view.reports if r.remedy)
    return [titles.get(code, code) for code in wished]


def _appeal(context: Context, appeal: AppealView) -> AppealShown:
    return AppealShown(
        title=words.said(_SIDES, appeal.side),
        level=appeal.level,
        stage=words.said(words.APPEALS, appeal.stage),
        filed_at=appeal.filed_at,
        reviewer=name(context, appeal.reviewer),
        grounds=appeal.grounds or "",
        reasons=appeal.reasons or "",
        tone="restored" if appeal.stage in {"overturned", "changed"} else "plain",
    )


def _decision(context: Context, decision: DecisionView) -> DecisionShown:
    standing = decision.outcome if decision.state == "stands" else decision.state
    mine = context.my_appeal
    return DecisionShown(
        title=words.said(words.OUTCOMES, standing),
        decided_at=decision.decided_at,
        decided_by=name(context, decision.decided_by),
        tone="restored" if decision.state == "overturned" else "decision",
        measures=tuple(
            (sanction_words(s), words.said(words.SANCTIONS, s.state)) for s in decision.sanctions
        ),
        letter=case_pieces.letter(decision),
        unfolded=mine is not None and mine.decision == decision.id,
    )
