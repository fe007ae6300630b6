"""The three answers for one side of a case: where it stands, what comes next, what to do now."""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongdao.bootstrap import app
from gongdao.domain.flows.casefile import AppealView, CaseView, ClockView, DecisionView
from gongdao.web import case_pieces, pieces, times, words
from gongdao.web.public.opened import Opened

_OPEN = {"filed", "waiting", "under_review"}
_CLOCKS: words.Words = {
    "acceptance": gettext_lazy("We say whether we take it up"),
    "answer": gettext_lazy("Your side of it"),
    "decision": gettext_lazy("We decide"),
    "appeal_decision": gettext_lazy("We answer you"),
    "rectification": gettext_lazy("You put it right"),
}
_ACTIONS: words.Words = {
    "take_up": gettext_lazy("Have it looked at now"),
    "answer_question": gettext_lazy("Answer our question"),
    "answer": gettext_lazy("Tell your side"),
    "appeal": gettext_lazy("Appeal"),
    "rectify": gettext_lazy("Say how you put it right"),
    "ask_review": gettext_lazy("Ask for a review"),
    "withdraw": gettext_lazy("Withdraw the report"),
}
_LATE: words.Words = {
    "answer": gettext_lazy("You can still answer, as long as nothing is decided."),
    "rectification": gettext_lazy("You can still put it right and say so."),
}


def answers(case: Opened, now: datetime) -> pieces.Answers:
    """The three answers."""
    stands, comes = _of_reporter(case) if case.is_reporter else _of_respondent(case)
    actions = [
        pieces.Action(str(title), case.url(step), quiet=step == "withdraw")
        for step, title in _ACTIONS.items()
        if step in case.view.can
    ]
    return pieces.Answers(stands, comes, _clock(case, now), tuple(actions))


def _clock(case: Opened, now: datetime) -> pieces.Clock | None:
    """The one limit that matters to this side now: a running one, else the window to appeal."""
    relevant = [clock for clock in case.view.clocks if _still_matters(case.view, clock)]
    running = sorted(relevant, key=lambda clock: clock.due_at)
    if not running:
        return window(case, now)
    first = running[0]
    shown = case_pieces.clock(first, now)
    late = _("We are late. The case is still open; you need not do anything.")
    return replace(
        shown,
        what=words.said(_CLOCKS, first.kind),
        missed_means=words.said(_LATE, first.kind) if first.kind in _LATE else late,
    )


def _still_matters(view: CaseView, clock: ClockView) -> bool:
    """A missed answer is no news any more once nothing can be answered."""
    return clock.kind != "answer" or "answer" in view.can


def window(case: Opened, now: datetime) -> pieces.Clock | None:
    """Until when this side may appeal or ask for a review, where it still may."""
    decision = case.view.decision
    if decision is None or decision.appeal_closes is None:
        return None
    if not {"appeal", "ask_review"} & set(case.view.can):
        return None
    level = case.policy.appeals.at(decision.level + 1)
    if level is None:
        return None
    return pieces.Clock(
        what=_("You can ask for a review") if case.is_reporter else _("You can appeal"),
        due=decision.appeal_closes,
        now=now,
        rule=_("%(span)s from the day after you were told") % {"span": words.span(level.window)},
        source=f"{words.source(level.source)} · {case.view.pack}",
    )


def open_appeal(view: CaseView) -> AppealView | None:
    """The appeal of this side that still awaits its outcome."""
    return next((appeal for appeal in reversed(view.appeals) if appeal.stage in _OPEN), None)


_TO_REPORTER: words.Words = {
    "violation": gettext_lazy("A rule was broken, and we acted on it."),
    "no_violation": gettext_lazy("We found that no rule was broken."),
    "not_accepted": gettext_lazy("We did not take up your report."),
    "upheld": gettext_lazy("The decision was looked at again, and it stands."),
    "changed": gettext_lazy("The decision was looked at again: a milder measure took its place."),
    "overturned": gettext_lazy("The decision was overturned on appeal, and its measure undone."),
}


def _of_reporter(case: Opened) -> tuple[str, str]:
    view = case.view
    if view.stage == "received":
        return _("We have your report."), _("Somebody checks whether we can take it up.")
    if view.stage == "set_aside":
        return _set_aside(case)
    if view.stage == "withdrawn":
        return _("You withdrew your report. The case is closed."), _("Nothing more happens.")
    if view.stage == "investigating":
        return _investigated(view)
    stands = words.said(_TO_REPORTER, view.outcome)
    appeal = open_appeal(view)
    if appeal is not None:
        return stands, _under_way(view, appeal)
    if "ask_review" in view.can:
        return stands, _("If you do not ask for a review in time, the case stays closed.")
    return stands, _("The case is closed.")


def _set_aside(case: Opened) -> tuple[str, str]:
    stands = _("We have your report. It is kept and in the public log, and not worked on yet.")
    person = case.caller.person
    limit = app().standing.believing.limits([person]).get(person) if person else None
    if limit is None:
        return stands, _("The measure is over. It is looked at as soon as you say so.")
    return stands, _(
        "The measure on your reports is over on %(until)s; then you can have this one looked at. "
        "If the measure is lifted or overturned before, that happens by itself."
    ) % {"until": times.moment(limit.until)}


def _investigated(view: CaseView) -> tuple[str, str]:
    if any(entry.kind == "case.withdrawn" for entry in view.timeline):
        goes_on = _("We finish the case, because it concerns others too, and tell you the outcome.")
        return _("You withdrew your report."), goes_on
    comes = _("A reviewer decides and tells you the outcome with reasons.")
    if any(entry.kind == "case.reopened" for entry in view.timeline):
        return _("The case was opened again, as you asked."), comes
    return _("We took up your report and are looking into it."), comes


def _of_respondent(case: Opened) -> tuple[str, str]:
    view = case.view
    if view.stage == "withdrawn":
        return _("The report was withdrawn. The case is closed."), _("Nothing more happens.")
    if view.stage != "decided":
        return _asked(case)
    decision = view.decision
    if decision is None:
        return _("No rule was broken. Nothing is held against you."), _("The case is closed.")
    if decision.state == "overturned":
        undone = _("Everything that it did has been undone. It does not count against you.")
        return _("The decision was overturned and no longer stands."), undone
    appeal = open_appeal(view)
    if appeal is not None:
        return _("Your appeal is with us. The decision stands meanwhile."), _under_way(view, appeal)
    return _decided(view, decision), _after_decision(view, decision)


def _asked(case: Opened) -> tuple[str, str]:
    comes = _("A reviewer decides and tells you the outcome with reasons.")
    answer = case.view.answer
    if answer == "asked":
        if case.policy.procedure.answer.raise_by:
            comes = _(
                "A reviewer decides with your answer. If none comes in time, a measure may be "
                "one step harder."
            )
        return _("Something was reported. We ask for your side before we decide."), comes
    if answer == "given":
        return _("We have your answer."), comes
    if answer == "missed":
        return _("The time to answer has passed. You can still answer."), comes
    return _("A case that concerns you is being looked into."), comes


def _decided(view: CaseView, decision: DecisionView) -> str:
    if decision.state == "changed":
        return _("The decision was changed on appeal.")
    if view.appeals:
        return _("The decision was looked at again, and it stands.")
    return _("A decision was made. Its reasons are in the letter below.")


def _after_decision(view: CaseView, decision: DecisionView) -> str:
    ends = [s.ends_at for s in decision.sanctions if s.state == "in_force" and s.ends_at]
    if "rectify" in view.can:
        return _("Put right what the letter names, and tell us.")
    if ends:
        return _("The measure ends by itself on %(when)s.") % {"when": times.moment(max(ends))}
    if "appeal" in view.can:
        return _("If you do not appeal in time, the decision stays as it is.")
    return _("The case is closed. The letter names the ways that lead outside.")


def _under_way(view: CaseView, appeal: AppealView) -> str:
    if "answer_question" in view.can:
        return _("The reviewer asks you something and waits for your answer.")
    if appeal.stage == "under_review":
        return _("Somebody who took no part in the decision looks at it again and answers you.")
    return _("We find somebody who took no part in the decision, and tell you.")
