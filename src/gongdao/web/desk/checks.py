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
from gongdao.domain.flows.hearing_views import HearingView, HeldView
from gongdao.web import times, words
from gongdao.web.desk.step import Context
from gongdao.web.desk.steps import STEPS, ruling


@dataclass(frozen=True, slots=True)
class Check:
    """The page before a decision is issued."""

    consequences: tuple[str, ...]
    statement: Statement | None
    seen: str
    """What was shown of the ladder: if it has moved since, the letter is shown again."""


def check(context: Context, name: str, form: Any) -> Check:
    """What this step would do; raises what it would be refused for."""
    if name in {"hear_appeal", "confirm_outcome"}:
        return _of_appeal(context, name, form)
    plan = context.app.deciding.draft(context.view.id, ruling(form), context.caller)
    letter = plan.zh if words.language() == "zh" else plan.en
    seen = f"{plan.grounds.measure}|{plan.grounds.strikes}"
    return Check(tuple(_of_deciding(context, plan)), letter, seen)


class _Undone(Exception):
    """Ends a rehearsal, so that nothing of it is kept."""


def _of_appeal(context: Context, name: str, form: Any) -> Check:
    """What ending an appeal would do, or what a second person would let happen."""
    after, hearing = _rehearsed(context, name, form), context.hearing
    if name == "confirm_outcome":
        held = hearing.held if hearing else None
        refused = form.cleaned_data["stands"] != "yes"
        said = held_up() if held is None or refused else of_held(context, held)
        changed = held is not None and held.ending == "change" and not refused
        return Check(tuple(said), _letter(after) if changed else None, "")
    ending = form.cleaned_data["ending"]
    if hearing is not None and ending in hearing.two_people_for:
        return Check(tuple(waits_for_a_second(hearing)), None, "")
    letter = _letter(after) if ending == "change" else None
    return Check(tuple(_of_hearing(context, ending, form.measure())), letter, "")


def waits_for_a_second(hearing: HearingView) -> Iterator[str]:
    """What writing an outcome does where two people answer for it."""
    why = ", ".join(words.said(words.HIGH_PROFILE, code) for code in hearing.two_people)
    yield _("Two people answer for this outcome: %(why)s.") % {"why": why}
    yield _("Nothing happens and nobody is told until a colleague who took no part confirms it.")
    yield _("The clock runs on meanwhile.")


def held_up() -> Iterator[str]:
    """What refusing to stand for an outcome does."""
    yield _("The outcome does not take effect. Its reviewer reads why and looks at it again.")
    yield _("You have taken part in the case from now on.")


def of_held(context: Context, held: HeldView) -> Iterator[str]:
    """What an outcome that is held would do."""
    kept = held.measure
    measure = Measure(kept.penalty, kept.scope, kept.duration) if kept else None
    yield from _of_hearing(context, held.ending, measure)
    yield _("The reasons go out exactly as they are written here: %(reasons)s") % {
        "reasons": held.reasons
    }


def _rehearsed(context: Context, name: str, form: Any) -> CaseView:
    """The case as it would be afterwards: the step is taken, looked at, and taken back."""
    app, found = context.app, []
    with suppress(_Undone), app.records.work():
        STEPS[name].do(context, form)
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


def _of_hearing(context: Context, ending: str, measure: Measure | None) -> Iterator[str]:
    appeal = context.open_appeal
    if appeal is None:
        return
    taken = in_force(context.view, appeal)
    if ending == "uphold":
        yield _("The decision stands as it is.")
        yield _further(context, appeal)
    elif ending == "overturn":
        yield from _of_overturning(appeal, taken)
    else:
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
    policy = context.policy.appeals
    level = policy.at(appeal.level + 1)
    if level is None and policy.reopens and context.hearing and context.hearing.round == 1:
        return _("Final for the same facts; new evidence opens it once more within %(span)s.") % {
            "span": words.span(policy.reopens.within)
        }
    if level is None:
        return _("There is no further level here; the ways outside are named.")
    return _("A second appeal is open for %(span)s.") % {"span": words.span(level.window)}
