"""What happened, in order, in the words that one chair may read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import accumulate
from operator import itemgetter
from typing import Any

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.flows.records import Records
from gongdao.domain.intake.model import (
    Answered,
    AnswerMissed,
    AnswerRequested,
    AppealClosed,
    AppealOpened,
    Case,
    CaseAccepted,
    CaseCompared,
    CaseDecided,
    CaseEscalated,
    CaseHandedOver,
    CaseOpened,
    CaseReopened,
    CaseRevived,
    CaseSetAside,
    CaseStage,
    CaseStep,
    CaseWithdrawn,
    NoteAdded,
    Rectified,
    ReporterTold,
    ReportsJoined,
)
from gongdao.domain.intake.reaching import QUIET
from gongdao.domain.kernel.events import Recorded, Role
from gongdao.domain.kernel.ids import PersonId, Sealed
from gongdao.domain.kernel.work import ReadAhead
from gongdao.domain.owners.model import OwnerTaskActed, OwnerTaskSkipped, OwnerTaskStep


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline."""

    at: datetime
    role: str
    """Who did it, as a role; `system` where this chair may not know."""
    kind: str
    """The event's kind, which the ways in put into words."""
    text: str | None
    leaf: str
    """The event's leaf hash in the log."""
    detail: str | None = None
    """A code such as the outcome."""


_INSIDE = (*QUIET, NoteAdded, CaseHandedOver, CaseEscalated, CaseCompared)
"""How staff share their work is nobody else's affair."""
_NEVER_FOR_RESPONDENT = (
    *_INSIDE,
    ReportsJoined,
    CaseAccepted,
    ReporterTold,
    CaseWithdrawn,
    CaseReopened,
    CaseSetAside,
    CaseRevived,
)
_OF_ITS_OPENER = (CaseSetAside, CaseRevived)
_NEVER_FOR_REPORTER = (*_INSIDE, AnswerRequested, Answered, AnswerMissed, Rectified)


def timeline(
    records: Records,
    case: Case,
    history: Sequence[Recorded[CaseStep]],
    chair: Seat,
    caller: Caller,
) -> tuple[Entry, ...]:
    """The case's history as one chair sees it."""
    shown = _shown(records, history, chair, caller)
    known = records.texts.several([seal for r in shown if (seal := _seal(r.event, chair))])
    ahead = replace(records, texts=ReadAhead(records.texts, known))
    entries = [_entry(ahead, recorded, chair) for recorded in shown]
    if chair in {Seat.STAFF, Seat.AUDITOR}:
        return in_order(entries, _of_owner(records, case))
    return tuple(entries)


def stage_shown(case: Case, chair: Seat) -> str:
    """That a reporter is under a measure is nothing to the one whom they reported."""
    aside = case.stage is CaseStage.SET_ASIDE and chair is Seat.RESPONDENT
    return CaseStage.RECEIVED.value if aside else case.stage.value


def in_order(entries: Sequence[Entry], more: Sequence[Entry]) -> tuple[Entry, ...]:
    """Both by their time; the case's own stay in their order, whatever clocks said."""
    latest = accumulate((entry.at for entry in entries), max)
    keyed = [*zip(latest, entries, strict=True), *((entry.at, entry) for entry in more)]
    return tuple(entry for _, entry in sorted(keyed, key=itemgetter(0)))


def _of_owner(records: Records, case: Case) -> list[Entry]:
    """What the owner of the case's group was asked and said: for staff alone."""
    return [
        Entry(
            at=recorded.event.at,
            role=recorded.event.by.role.value,
            kind=recorded.event.kind,
            text=_note(records, recorded.event),
            leaf=recorded.leaf,
            detail=_code(recorded.event),
        )
        for held in records.owner_tasks.of_case(case.id)
        for recorded in records.owner_tasks.history(held.now.id)
    ]


def _note(records: Records, event: OwnerTaskStep) -> str | None:
    if isinstance(event, OwnerTaskActed) and event.note is not None:
        return records.opened(event.note)
    return None


def _code(event: OwnerTaskStep) -> str | None:
    if isinstance(event, OwnerTaskActed):
        return event.action.value
    return event.why.value if isinstance(event, OwnerTaskSkipped) else None


def _shown(
    records: Records, history: Sequence[Recorded[CaseStep]], chair: Seat, caller: Caller
) -> Sequence[Recorded[CaseStep]]:
    if chair in {Seat.STAFF, Seat.AUDITOR}:
        return _without_crowds(history)
    who = caller.person
    mine = _appeals_of(records, history, who)
    seen = [recorded for recorded in history if _visible(recorded.event, chair, who, mine)]
    first = history[0].event
    if isinstance(first, CaseOpened) and first.reporter == who:
        return seen
    # Whoever joined later learns nothing of a measure on the one who opened it.
    return [recorded for recorded in seen if not isinstance(recorded.event, _OF_ITS_OPENER)]


def _without_crowds(history: Sequence[Recorded[CaseStep]]) -> Sequence[Recorded[CaseStep]]:
    """Reports that kept joining with nothing in between are one line: that of the latest.

    A case can be joined a hundred thousand times; how many reports it rests on stands elsewhere.
    """
    nexts = [*history[1:], None]
    return [
        recorded
        for recorded, following in zip(history, nexts, strict=True)
        if not (_is_joining(recorded) and _is_joining(following))
    ]


def _is_joining(recorded: Recorded[CaseStep] | None) -> bool:
    return recorded is not None and isinstance(recorded.event, ReportsJoined)


def _appeals_of(
    records: Records, history: Sequence[Recorded[CaseStep]], who: PersonId | None
) -> set[str]:
    """The appeals that somebody filed: each person's are their own affair."""
    opened = [r.event.appeal for r in history if isinstance(r.event, AppealOpened)]
    return {appeal for appeal in opened if records.appeals.get(appeal).now.appellant == who}


def _visible(event: CaseStep, chair: Seat, who: PersonId | None, mine: set[str]) -> bool:
    if isinstance(event, AppealOpened | AppealClosed):
        return event.appeal in mine
    if chair is Seat.REPORTER:
        return _of_this_reporter(event, who)
    if isinstance(event, CaseDecided):
        return event.outcome == "violation"
    return not isinstance(event, _NEVER_FOR_RESPONDENT)


def _of_this_reporter(event: CaseStep, who: PersonId | None) -> bool:
    """A case can rest on many reports: nobody learns of the others, nor of how they ended."""
    match event:
        case CaseOpened(reporter=person) | ReporterTold(reporter=person):
            return person == who
        case ReportsJoined(joined=joined):
            return any(each.reporter == who for each in joined)
        case CaseWithdrawn(by=by):
            return by.person == who
        case _:
            return not isinstance(event, _NEVER_FOR_REPORTER)


def _entry(records: Records, recorded: Recorded[CaseStep], chair: Seat) -> Entry:
    event: Any = recorded.event
    staff = chair in {Seat.STAFF, Seat.AUDITOR}
    role = event.by.role
    if chair is Seat.RESPONDENT and role is Role.REPORTER:
        role = Role.SYSTEM
    if chair is Seat.REPORTER and isinstance(event, ReportsJoined):
        role = Role.REPORTER
    if not staff and role is Role.SENIOR_REVIEWER:
        role = Role.REVIEWER
    return Entry(
        at=event.at,
        role=role.value,
        kind="case.opened" if _is_arrival(event, chair) else event.kind,
        text=records.opened(seal) if (seal := _seal(event, chair)) else None,
        leaf=recorded.leaf,
        detail=getattr(event, "outcome", None),
    )


def _is_arrival(event: CaseStep, chair: Seat) -> bool:
    """For a reporter the case began with their own report."""
    return isinstance(event, CaseOpened) or (
        chair is Seat.REPORTER and isinstance(event, ReportsJoined)
    )


def _seal(event: CaseStep, chair: Seat) -> Sealed | None:
    """The words that belong to a step, for the chair that may read them."""
    match event:
        case (
            CaseAccepted(reasons=seal) | CaseHandedOver(reasons=seal) | CaseEscalated(reasons=seal)
        ):
            return seal
        case Rectified(account=seal):
            return seal
        case AnswerRequested(question=seal) | Answered(answer=seal) | NoteAdded(note=seal):
            return seal
        case CaseWithdrawn(reasons=seal) if seal is not None and chair is not Seat.RESPONDENT:
            return seal
        case _:
            return None
