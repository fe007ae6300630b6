"""What a decision would do, said before it is issued: one sentence each, and the letter itself."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongdao.domain.decisions.model import Measure, Outcome
from gongdao.domain.decisions.statement import Statement
from gongdao.domain.flows.casefile import AppealView, CaseView, SanctionView
from gongdao.domain.flows.deciding import Plan
from gongdao.web import times, words
from gongdao.web.desk.steps import STEPS, Context, ruling


@dataclass(frozen=True, slots=True)
class Check:
    """The page before a decision is issued."""

    consequences: tuple[str, ...]
    statement: Statement | None
    seen: str
    """What was shown of the ladder: if it has moved since, the letter is shown again."""


def check(context: Context, name: str, form: Any) -> Check:
    """What this step would do; raises what it would be refused for."""
    if name == "hear_appeal":
        after = _rehearsed(context, form)
        changed = form.cleaned_data["ending"] == "change"
        return Check(tuple(_of_hearing(context, form)), _letter(after) if changed else None, "")
    plan = context.app.deciding.draft(context.view.id, ruling(form), context.caller)
    letter = plan.zh if words.language() == "zh" else plan.en
    seen = f"{plan.grounds.measure}|{plan.grounds.strikes}"
    return Check(tuple(_of_deciding(context, plan)), letter, seen)


class _Undone(Exception):
    """Ends a rehearsal, so that nothing of it is kept."""


def _rehearsed(context: Context, form: Any) -> CaseView:
    """The case as it would be afterwards: the step is taken, looked at, and taken back."""
    app, found = context.app, []
    with suppress(_Undone), app.records.work():
        STEPS["hear_appeal"].do(context, form)
        found.append(app.files.open(context.view.id, context.caller))
        raise _Undone
    return found[0]


def _letter(view: CaseView) -> Statement | None:
    decision = view.decision
    if decision is None:
        return None
    return decision.statement_zh if words.language() == "zh" else decision.statement_en


def _of_deciding(context: Context, plan: Plan) -> Iterator[str]:
    grounds, view = plan.grounds, context.view
    reports = view.arrived.counted + view.arrived.apart if view.arrived else len(view.reports)
    if grounds.outcome is Outcome.VIOLATION:
        yield from _of_violation(view, plan)
    else:
        yield _("No measure is taken, and the account concerned is not told.")
    yield ngettext(
        "The reporter is told the outcome and its reasons.",
        "All %(n)d reporters are told the outcome and its reasons.",
        reports,
    ) % {"n": reports}
    if grounds.outcome is not Outcome.VIOLATION and grounds.appeal_closes:
        yield _("A review may be asked for until %(until)s; somebody else hears it.") % {
            "until": times.moment(grounds.appeal_closes, grounds.decided_at)
        }


def _of_violation(view: CaseView, plan: Plan) -> Iterator[str]:
    grounds = plan.grounds
    if grounds.measure is None:
        yield _("No account is known, so that nobody is sanctioned.")
        return
    yield _("%(who)s: %(measure)s, %(until)s.") % {
        "who": view.account or _("The account concerned"),
        "measure": measure_words(grounds.measure),
        "until": _until(grounds.ends_at, grounds.decided_at),
    }
    if grounds.strike_expires_at:
        yield _("It counts as violation no. %(n)d of this rule, until %(until)s.") % {
            "n": grounds.strikes,
            "until": times.moment(grounds.strike_expires_at, grounds.decided_at),
        }
    if grounds.appeal_closes:
        yield _("The letter below is sent at once. It may be appealed until %(until)s.") % {
            "until": times.moment(grounds.appeal_closes, grounds.decided_at)
        }


def _until(ends_at: datetime | None, now: datetime) -> str:
    if ends_at is None:
        return _("from now on, without an end")
    return _("from now until %(until)s") % {"until": times.moment(ends_at, now)}


def measure_words(measure: Measure) -> str:
    """A measure in one line."""
    duration = str(measure.duration) if measure.duration else None
    return words.measure(measure.penalty, measure.scope, duration)


def sanction_words(sanction: SanctionView) -> str:
    """A sanction in one line."""
    return words.measure(sanction.penalty, sanction.scope, sanction.duration)


def in_force(view: CaseView, appeal: AppealView) -> list[str]:
    """The measures that an appeal is about and that nobody has lifted yet."""
    found = next((d for d in view.decisions if d.id == appeal.decision), None)
    theirs = found.sanctions if found else ()
    return [sanction_words(s) for s in theirs if s.state != "lifted"]


def _of_hearing(context: Context, form: Any) -> Iterator[str]:
    appeal, ending = context.my_appeal, form.cleaned_data["ending"]
    if appeal is None:
        return
    taken = in_force(context.view, appeal)
    if ending == "uphold":
        yield _("The decision stands as it is.")
        yield _further(context, appeal)
    elif ending == "overturn":
        yield from _of_overturning(appeal, taken)
    else:
        measure = form.measure()
        for line in taken:
            yield _("Lifted: %(measure)s.") % {"measure": line}
        if measure is not None:
            new = measure_words(measure)
            yield _("In its place: %(measure)s, with a new letter.") % {"measure": new}
        yield _further(context, appeal)
    yield _("Both sides are told at once, with your reasons.")


def _of_overturning(appeal: AppealView, taken: list[str]) -> Iterator[str]:
    if appeal.side == "reporter":
        yield _("The decision is void and the case is opened again; somebody else decides it.")
        return
    for line in taken:
        yield _("Lifted: %(measure)s.") % {"measure": line}
    yield _("The violation no longer counts, and the record says that it was overturned.")


def _further(context: Context, appeal: AppealView) -> str:
    level = context.policy.appeals.at(appeal.level + 1)
    if level is None:
        return _("There is no further level here; the ways outside are named.")
    return _("A second appeal is open for %(span)s.") % {"span": words.span(level.window)}
