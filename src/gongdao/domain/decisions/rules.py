"""How a case may be decided: pure functions that return events or refuse."""

from dataclasses import dataclass
from datetime import datetime
from math import inf

from gongdao.domain.decisions.model import (
    Decision,
    DecisionChanged,
    DecisionOverturned,
    DecisionState,
    DecisionUpheld,
    Measure,
    Outcome,
    Sanction,
    SanctionEased,
    SanctionEnded,
    SanctionImposed,
    SanctionLifted,
    SanctionReleased,
    SanctionState,
)
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import Actor
from gongdao.domain.kernel.ids import AppealId, SanctionId, Sealed
from gongdao.domain.kernel.spans import Span, Unit
from gongdao.domain.policy.model import TIMED, CasePolicy, Clause, Penalty, Rung, Scope


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a decider wants to decide, in their own words."""

    outcome: Outcome
    findings: str
    """The facts that were found."""
    reasons: str
    """Why the clause does, or does not, apply."""
    clause: str | None = None
    legal_basis: tuple[str, ...] = ()
    measure: Measure | None = None
    """None takes the ladder's own rung."""
    departure: str | None = None
    """Why another rung than the ladder's is right."""
    ground: str | None = None
    automated: bool = False


def clause_in_force(policy: CasePolicy, code: str | None, received: datetime) -> Clause:
    """The clause that a decision cites, as it was in force when the report came in."""
    clause = policy.clause(code) if code else None
    if clause is None:
        raise Refused(
            "decision.unknown_clause",
            hint_noop("Cite one of the clauses of the rule pack in force: {known}."),
            known=", ".join(c.code for c in policy.clauses),
        )
    day = received.astimezone(CHINA).date()
    if not clause.in_force.holds_on(day):
        raise Refused(
            "decision.clause_not_in_force",
            hint_noop("This clause was not in force on {day}, when the report came in."),
            day=day,
        )
    return clause


def check_legal_basis(clause: Clause, cited: tuple[str, ...]) -> tuple[str, ...]:
    """The legal grounds that a decision names; they must stand under its clause."""
    known = {basis.code for basis in clause.legal_basis}
    strange = [code for code in cited if code not in known]
    if strange:
        raise Refused(
            "decision.unknown_legal_basis",
            hint_noop("Name legal grounds that stand under this clause: {known}."),
            known=", ".join(sorted(known)) or "–",
        )
    return cited or tuple(sorted(known))


def due_rung(clause: Clause, strike: int, raise_by: int = 0) -> Rung:
    """The ladder's rung for the n-th violation, climbed further where no answer came.

    The ladder's end stays its end, however many more strikes there are.
    """
    reached = [i for i, rung in enumerate(clause.ladder) if rung.strikes <= strike]
    index = (reached[-1] if reached else 0) + raise_by
    return clause.ladder[min(index, len(clause.ladder) - 1)]


def measure_of(rung: Rung) -> Measure:
    """What a rung does."""
    return Measure(rung.penalty, rung.scope, rung.duration)


def choose_measure(due: Measure, wanted: Measure | None, departure: str | None) -> Measure:
    """The measure to take: the ladder's, or another with written reasons."""
    if wanted is None or wanted == due:
        return due
    check_measure(wanted)
    if not (departure or "").strip():
        raise Refused(
            "decision.ladder_skipped",
            hint_noop("The ladder says {due}. Give your reasons for taking another rung."),
            due=due.penalty.value,
        )
    return wanted


def check_measure(measure: Measure) -> None:
    """A measure that a person names keeps to what a ladder's rungs keep to."""
    if measure.penalty in TIMED and measure.duration is None:
        raise Refused(
            "decision.needs_a_duration",
            hint_noop("Say how long the {penalty} lasts."),
            penalty=measure.penalty.value,
        )
    if measure.penalty is Penalty.WARNING and measure.duration is not None:
        raise Refused(
            "decision.warning_has_no_duration",
            hint_noop("A warning has no duration. Leave it out."),
        )


def is_harder(measure: Measure, than: Measure) -> bool:
    """Whether a measure weighs more: a heavier penalty, or the same for longer or for more."""
    if measure.penalty is not than.penalty:
        return measure.penalty.height > than.penalty.height
    widened = measure.scope is Scope.ACCOUNT and than.scope is not Scope.ACCOUNT
    return widened or _hours(measure.duration) > _hours(than.duration)


_HOURS = {Unit.HOURS: 1.0, Unit.DAYS: 24.0, Unit.WORKING_DAYS: 24 * 7 / 5}
"""Roughly: good enough to tell which of two lengths is the longer one."""


def _hours(span: Span | None) -> float:
    return inf if span is None else span.amount * _HOURS[span.unit]


def check_outcome(ruling: Ruling) -> None:
    """A violation needs a clause; anything else takes no measure."""
    if ruling.outcome is not Outcome.VIOLATION and ruling.measure is not None:
        raise Refused(
            "decision.measure_without_violation",
            hint_noop("Without a violation there is no sanction. Leave it out."),
        )
    if ruling.automated and ruling.outcome is Outcome.VIOLATION:
        raise Refused(
            "decision.needs_a_person",
            hint_noop("A sanction is decided by a person. Hand the case to a reviewer."),
        )


def impose(
    sanction: SanctionId,
    decision: Decision,
    measure: Measure,
    ends_at: datetime | None,
    strike_expires_at: datetime,
    statement: Sealed,
    by: Actor,
    now: datetime,
) -> SanctionImposed:
    """Let a measure take effect; it needs a respondent and a statement of reasons."""
    if decision.respondent is None or decision.clause is None:
        raise Refused(
            "decision.no_respondent",
            hint_noop("Nobody is known to sanction. Decide without a measure."),
        )
    return SanctionImposed(
        at=now,
        by=by,
        sanction=sanction,
        decision=decision.id,
        case=decision.case,
        respondent=decision.respondent,
        clause=decision.clause,
        measure=measure,
        ends_at=ends_at,
        strike_expires_at=strike_expires_at,
        statement=statement,
    )


def lift(
    sanction: Sanction, appeal: AppealId, *, forgiven: bool, by: Actor, now: datetime
) -> SanctionLifted:
    """Take a sanction back. One that has ended is lifted too: its strike must go."""
    if sanction.state is SanctionState.LIFTED:
        raise Refused("sanction.already_lifted", hint_noop("It was lifted already."))
    return SanctionLifted(at=now, by=by, appeal=appeal, forgiven=forgiven)


def end(sanction: Sanction, by: Actor, now: datetime) -> SanctionEnded:
    """Let a sanction end when its time is over."""
    if sanction.state is not SanctionState.IN_FORCE:
        raise Refused("sanction.not_in_force", hint_noop("It is not in force any more."))
    if sanction.ends_at is None or now < sanction.ends_at:
        raise Refused("sanction.not_over", hint_noop("Its time is not over yet."))
    return SanctionEnded(at=now, by=by)


def ease(
    sanction: Sanction,
    way_back: str,
    ends_at: datetime | None,
    strike_expires_at: datetime | None,
    by: Actor,
    now: datetime,
    *,
    lifted: bool,
) -> SanctionReleased | SanctionEased:
    """Make a sanction lighter, since its way back was gone; never longer, never harder."""
    if sanction.state is not SanctionState.IN_FORCE:
        raise Refused("sanction.not_in_force", hint_noop("It is not in force any more."))
    counts = min(sanction.strike_expires_at, strike_expires_at or sanction.strike_expires_at)
    if lifted:
        return SanctionReleased(at=now, by=by, way_back=way_back, strike_expires_at=counts)
    ends = [end for end in (sanction.ends_at, ends_at) if end is not None]
    return SanctionEased(
        at=now,
        by=by,
        way_back=way_back,
        ends_at=min(ends, default=None),
        strike_expires_at=counts,
    )


def uphold(
    decision: Decision,
    appeal: AppealId,
    level: int,
    next_closes: datetime | None,
    by: Actor,
    now: datetime,
) -> DecisionUpheld:
    """Leave a decision as it is."""
    _must_stand(decision)
    return DecisionUpheld(at=now, by=by, appeal=appeal, level=level, appeal_closes=next_closes)


def change(
    decision: Decision,
    appeal: AppealId,
    level: int,
    next_closes: datetime | None,
    measure: Measure,
    statement: tuple[Sealed, Sealed],
    by: Actor,
    now: datetime,
) -> DecisionChanged:
    """Put another measure in the place of the one taken; never a harder one on appeal."""
    _must_stand(decision)
    if decision.measure is None or decision.outcome is not Outcome.VIOLATION:
        raise Refused(
            "appeal.nothing_to_change",
            hint_noop("No measure was taken. Uphold or overturn the decision."),
        )
    if measure == decision.measure:
        raise Refused(
            "appeal.same_measure",
            hint_noop("That is the measure already taken. Uphold the decision, or pick another."),
        )
    check_measure(measure)
    if is_harder(measure, decision.measure):
        raise Refused(
            "appeal.not_harder",
            hint_noop("An appeal never ends in a harder measure. Pick a milder one."),
        )
    return DecisionChanged(
        at=now,
        by=by,
        appeal=appeal,
        level=level,
        appeal_closes=next_closes,
        measure=measure,
        statement_zh=statement[0],
        statement_en=statement[1],
    )


def overturn(
    decision: Decision, appeal: AppealId, level: int, by: Actor, now: datetime
) -> DecisionOverturned:
    """Find a decision wrong."""
    _must_stand(decision)
    return DecisionOverturned(at=now, by=by, appeal=appeal, level=level)


def _must_stand(decision: Decision) -> None:
    if decision.state is DecisionState.OVERTURNED:
        raise Refused("decision.overturned", hint_noop("This decision was overturned already."))
