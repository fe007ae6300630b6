"""A decision and its sanctions: what happened to them, and how they stand.

A strike is not counted up anywhere: it is folded from the sanctions, so that expiry and reversal
need no repair.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, assert_never

from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import (
    AppealId,
    CaseId,
    DecisionId,
    PackRef,
    PersonId,
    SanctionId,
    Sealed,
)
from gongdao.domain.kernel.spans import Span
from gongdao.domain.policy.model import Penalty, Scope


class Outcome(StrEnum):
    """What a decision found."""

    VIOLATION = "violation"
    NO_VIOLATION = "no_violation"
    NOT_ACCEPTED = "not_accepted"
    """The acceptance check declined the report; that, too, can be reviewed."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a sanction does: the penalty, what it reaches, for how long."""

    penalty: Penalty
    scope: Scope
    duration: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionMade(Event):
    """A case was decided, with everything that its statement of reasons rests on."""

    kind: ClassVar[str] = "decision.made"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    decision: DecisionId
    case: CaseId
    respondent: PersonId | None
    outcome: Outcome
    pack: PackRef
    clause: str | None
    ground: str | None
    """Why a report was not accepted."""
    legal_basis: tuple[str, ...]
    findings: Sealed
    reasons: Sealed
    measure: Measure | None
    strikes: int
    """The count that this violation brings the account to."""
    departure: Sealed | None
    """Why another rung than the ladder's was taken."""
    raised_by: int
    """Rungs climbed because no answer came."""
    automated: bool
    appeal_closes: datetime
    statement_zh: Sealed
    statement_en: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionUpheld(Event):
    """An appeal at this level left it as it was; the next level is open until then."""

    kind: ClassVar[str] = "decision.upheld"
    personal: ClassVar[Personal] = Personal.NOTHING
    appeal: AppealId
    level: int
    appeal_closes: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionChanged(Event):
    """An appeal put another measure in its place."""

    kind: ClassVar[str] = "decision.changed"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    appeal: AppealId
    level: int
    appeal_closes: datetime | None
    measure: Measure
    statement_zh: Sealed
    statement_en: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionOverturned(Event):
    """An appeal found it wrong. The record stays and says so; nothing that it did stays."""

    kind: ClassVar[str] = "decision.overturned"
    personal: ClassVar[Personal] = Personal.NOTHING
    appeal: AppealId
    level: int


DecisionStep = DecisionMade | DecisionUpheld | DecisionChanged | DecisionOverturned


class DecisionState(StrEnum):
    """Whether a decision stands."""

    STANDS = "stands"
    CHANGED = "changed"
    OVERTURNED = "overturned"


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it stands."""

    id: DecisionId
    case: CaseId
    respondent: PersonId | None
    outcome: Outcome
    pack: PackRef
    clause: str | None
    ground: str | None
    legal_basis: tuple[str, ...]
    findings: Sealed
    reasons: Sealed
    measure: Measure | None
    strikes: int
    departure: Sealed | None
    raised_by: int
    automated: bool
    decided_by: PersonId | None
    decided_at: datetime
    appeal_closes: datetime | None
    """Until when the next level may be asked; None once there is no further level."""
    statement_zh: Sealed
    statement_en: Sealed
    level: int = 0
    """The highest level of appeal that has ended."""
    state: DecisionState = DecisionState.STANDS


def made(step: DecisionMade) -> Decision:
    """The decision as it is made."""
    return Decision(
        id=step.decision,
        case=step.case,
        respondent=step.respondent,
        outcome=step.outcome,
        pack=step.pack,
        clause=step.clause,
        ground=step.ground,
        legal_basis=step.legal_basis,
        findings=step.findings,
        reasons=step.reasons,
        measure=step.measure,
        strikes=step.strikes,
        departure=step.departure,
        raised_by=step.raised_by,
        automated=step.automated,
        decided_by=step.by.person,
        decided_at=step.at,
        appeal_closes=step.appeal_closes,
        statement_zh=step.statement_zh,
        statement_en=step.statement_en,
    )


def after(decision: Decision, step: DecisionStep) -> Decision:
    """The decision as it stands after one more step."""
    match step:
        case DecisionMade():
            raise ValueError(f"decision {decision.id} was made twice")
        case DecisionUpheld():
            return replace(decision, level=step.level, appeal_closes=step.appeal_closes)
        case DecisionChanged():
            return replace(
                decision,
                state=DecisionState.CHANGED,
                level=step.level,
                measure=step.measure,
                appeal_closes=step.appeal_closes,
                statement_zh=step.statement_zh,
                statement_en=step.statement_en,
            )
        case DecisionOverturned():
            return replace(
                decision, state=DecisionState.OVERTURNED, level=step.level, appeal_closes=None
            )
        case _:
            assert_never(step)


def fold(steps: Iterable[DecisionStep]) -> Decision:
    """The standing after a whole stream; ValueError if it does not begin with its making."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, DecisionMade):
        raise ValueError("a decision begins with decision.made")
    decision = made(first)
    for step in rest:
        decision = after(decision, step)
    return decision


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionImposed(Event):
    """A measure took effect. Its statement of reasons exists already."""

    kind: ClassVar[str] = "sanction.imposed"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    sanction: SanctionId
    decision: DecisionId
    case: CaseId
    respondent: PersonId
    clause: str
    measure: Measure
    ends_at: datetime | None
    strike_expires_at: datetime
    statement: Sealed
    """The statement of reasons in Chinese: no sanction without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionLifted(Event):
    """An appeal took it back."""

    kind: ClassVar[str] = "sanction.lifted"
    personal: ClassVar[Personal] = Personal.NOTHING
    appeal: AppealId
    forgiven: bool
    """True where the strike goes too; False where another measure takes its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionEnded(Event):
    """Its time was over."""

    kind: ClassVar[str] = "sanction.ended"
    personal: ClassVar[Personal] = Personal.NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionReleased(Event):
    """It was earned off before its time. The violation still counts, if for shorter."""

    kind: ClassVar[str] = "sanction.released"
    personal: ClassVar[Personal] = Personal.NOTHING
    way_back: str
    strike_expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionEased(Event):
    """It ends earlier, or the violation counts for shorter, since its way back was gone."""

    kind: ClassVar[str] = "sanction.eased"
    personal: ClassVar[Personal] = Personal.NOTHING
    way_back: str
    ends_at: datetime | None
    strike_expires_at: datetime


SanctionStep = SanctionImposed | SanctionLifted | SanctionEnded | SanctionReleased | SanctionEased


class SanctionState(StrEnum):
    """Whether a sanction is in effect."""

    IN_FORCE = "in_force"
    LIFTED = "lifted"
    ENDED = "ended"
    RELEASED = "released"
    """Earned off before its time."""


@dataclass(frozen=True, slots=True)
class Sanction:
    """A sanction as it stands."""

    id: SanctionId
    decision: DecisionId
    case: CaseId
    respondent: PersonId
    clause: str
    measure: Measure
    imposed_at: datetime
    ends_at: datetime | None
    strike_expires_at: datetime
    statement: Sealed
    state: SanctionState = SanctionState.IN_FORCE
    forgiven: bool = False
    superseded: bool = False
    """True where an appeal put another measure in its place."""


def imposed(step: SanctionImposed) -> Sanction:
    """The sanction as it takes effect."""
    return Sanction(
        id=step.sanction,
        decision=step.decision,
        case=step.case,
        respondent=step.respondent,
        clause=step.clause,
        measure=step.measure,
        imposed_at=step.at,
        ends_at=step.ends_at,
        strike_expires_at=step.strike_expires_at,
        statement=step.statement,
    )


def sanction_after(sanction: Sanction, step: SanctionStep) -> Sanction:
    """The sanction as it stands after one more step."""
    match step:
        case SanctionImposed():
            raise ValueError(f"sanction {sanction.id} was imposed twice")
        case SanctionLifted():
            return replace(
                sanction,
                state=SanctionState.LIFTED,
                forgiven=step.forgiven,
                superseded=not step.forgiven,
            )
        case SanctionEnded():
            return replace(sanction, state=SanctionState.ENDED)
        case SanctionReleased():
            return replace(
                sanction,
                state=SanctionState.RELEASED,
                strike_expires_at=step.strike_expires_at,
            )
        case SanctionEased():
            return replace(sanction, ends_at=step.ends_at, strike_expires_at=step.strike_expires_at)
        case _:
            assert_never(step)


def fold_sanction(steps: Iterable[SanctionStep]) -> Sanction:
    """The standing after a whole stream; ValueError if it does not begin with its imposing."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, SanctionImposed):
        raise ValueError("a sanction begins with sanction.imposed")
    sanction = imposed(first)
    for step in rest:
        sanction = sanction_after(sanction, step)
    return sanction


def strikes(sanctions: Iterable[Sanction], clause: str, now: datetime) -> int:
    """How many violations of a clause still count: neither forgiven nor expired.

    A measure that an appeal replaced counts once, with the one that took its place.
    """
    return len(
        {
            s.decision
            for s in sanctions
            if s.clause == clause
            and not s.forgiven
            and not s.superseded
            and now < s.strike_expires_at
        }
    )
