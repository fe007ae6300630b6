"""A report, and the case that it opens: what happened to them, and how they stand."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import reduce
from itertools import groupby
from typing import ClassVar, assert_never

from gongdao.domain.intake.appealed import AppealClosed as AppealClosed  # noqa: PLC0414
from gongdao.domain.intake.appealed import AppealOpened as AppealOpened  # noqa: PLC0414
from gongdao.domain.intake.aside import CaseRevived as CaseRevived  # noqa: PLC0414
from gongdao.domain.intake.aside import CaseSetAside as CaseSetAside  # noqa: PLC0414
from gongdao.domain.intake.handing import CaseCompared as CaseCompared  # noqa: PLC0414
from gongdao.domain.intake.handing import CaseEscalated as CaseEscalated  # noqa: PLC0414
from gongdao.domain.intake.handing import CaseHandedOver as CaseHandedOver  # noqa: PLC0414
from gongdao.domain.intake.handing import CaseReopened as CaseReopened  # noqa: PLC0414
from gongdao.domain.intake.joined import Apart as Apart  # noqa: PLC0414
from gongdao.domain.intake.joined import Joined as Joined  # noqa: PLC0414
from gongdao.domain.intake.joined import ReportsJoined as ReportsJoined  # noqa: PLC0414
from gongdao.domain.intake.reaching import QUIET, ReporterReached
from gongdao.domain.kernel.events import Event, Personal, Role
from gongdao.domain.kernel.ids import (
    AppealId,
    CaseId,
    DecisionId,
    NoticeId,
    PackRef,
    PersonId,
    ReportId,
    Sealed,
)
from gongdao.domain.policy.model import SubjectKind


@dataclass(frozen=True, slots=True)
class Subject:
    """What was reported, as it was when it was reported."""

    kind: SubjectKind
    key: str
    """Keyed digest of the reference: the same thing reported twice has the same key."""
    ref: Sealed
    """The operator's name of it: a post number, a group's name, a link."""
    snapshot: Sealed
    """Its words at the moment of the report, so that a later change hides nothing."""


@dataclass(frozen=True, slots=True)
class Report:
    """What one reporter sent. A record of its own beside the events, with its own log leaf."""

    id: ReportId
    reporter: PersonId
    subject: Subject
    category: str
    statement: Sealed
    remedy: str | None
    pack: PackRef
    received_at: datetime
    group: str | None = None
    """Keyed digest of the group that it lies in; None where that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened(Event):
    """The first report arrived."""

    kind: ClassVar[str] = "case.opened"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    case: CaseId
    report: ReportId
    reporter: PersonId
    respondent: PersonId | None
    subject: Subject
    category: str
    pack: PackRef


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAccepted(Event):
    """The acceptance check found it worth investigating."""

    kind: ClassVar[str] = "case.accepted"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    reasons: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRequested(Event):
    """The respondent was asked for their side."""

    kind: ClassVar[str] = "case.answer_requested"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    question: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Event):
    """The respondent told their side."""

    kind: ClassVar[str] = "case.answered"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    answer: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerMissed(Event):
    """The time to answer passed unused; by policy the ladder climbs so many rungs."""

    kind: ClassVar[str] = "case.answer_missed"
    personal: ClassVar[Personal] = Personal.NOTHING
    raise_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded(Event):
    """An investigator wrote down what they found. Seen by staff alone."""

    kind: ClassVar[str] = "case.note_added"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    note: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDecided(Event):
    """A decision was made; it has a stream of its own."""

    kind: ClassVar[str] = "case.decided"
    personal: ClassVar[Personal] = Personal.NOTHING
    decision: DecisionId
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWithdrawn(Event):
    """The reporter took the report back."""

    kind: ClassVar[str] = "case.withdrawn"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    reasons: Sealed | None
    goes_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReporterTold(Event):
    """The reporter was told the outcome: no case closes without it."""

    kind: ClassVar[str] = "case.reporter_told"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    reporter: PersonId
    notice: NoticeId


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectified(Event):
    """The respondent put right what the decision named, and said how."""

    kind: ClassVar[str] = "case.rectified"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    account: Sealed


CaseStep = (
    CaseOpened
    | ReportsJoined
    | CaseAccepted
    | AnswerRequested
    | Answered
    | AnswerMissed
    | NoteAdded
    | CaseDecided
    | CaseWithdrawn
    | ReporterTold
    | Rectified
    | AppealOpened
    | AppealClosed
    | CaseReopened
    | CaseHandedOver
    | CaseEscalated
    | CaseCompared
    | CaseSetAside
    | CaseRevived
    | ReporterReached
)


class CaseStage(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    INVESTIGATING = "investigating"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    SET_ASIDE = "set_aside"
    """Kept unprocessed while its reporter is under a measure against misuse."""


class Answer(StrEnum):
    """Where the respondent's answer stands."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    GIVEN = "given"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it stands."""

    id: CaseId
    reports: tuple[ReportId, ...]
    reporters: tuple[PersonId, ...]
    respondent: PersonId | None
    subject: Subject
    category: str
    pack: PackRef
    opened_at: datetime
    changed_at: datetime
    stage: CaseStage = CaseStage.RECEIVED
    answer: Answer = Answer.NOT_ASKED
    raise_by: int = 0
    decision: DecisionId | None = None
    outcome: str | None = None
    decided_by: tuple[PersonId, ...] = ()
    """Everybody who decided this case, at any time."""
    took_part: frozenset[PersonId] = frozenset()
    """Every member of staff who handled this case in any way."""
    counted: int = 1
    """How many reports count: those apart are kept, and shown apart."""
    apart: int = 0
    flood: bool = False
    """Whether some came with a coordinated flood."""
    left: frozenset[PersonId] = frozenset()
    """The reporters who took their report back."""
    complainant_left: bool = False
    """Whether every one of them did."""
    told: bool = False
    """Whether the reporter knows the present outcome."""
    open_appeal: AppealId | None = None
    rounds: int = 1
    earlier: frozenset[PersonId] = frozenset()
    """Every member of staff who handled it in an earlier round."""
    escalated: bool = False
    taken_up_at: datetime | None = None
    """When its reporter had it taken up after a measure: it waits its turn from then on."""
    compared: tuple[CaseCompared, ...] = ()
    """What staff found when they held it against other cases; the last word on each counts."""


_LEADS_TO: Mapping[type[CaseStep], CaseStage] = {
    CaseAccepted: CaseStage.INVESTIGATING,
    CaseSetAside: CaseStage.SET_ASIDE,
    CaseRevived: CaseStage.RECEIVED,
}
_STAFF = frozenset({Role.REVIEWER, Role.SENIOR_REVIEWER, Role.OPERATOR, Role.POLICY_KEEPER})


def opened(step: CaseOpened) -> Case:
    """The case as its first report makes it."""
    return Case(
        id=step.case,
        reports=(step.report,),
        reporters=(step.reporter,),
        respondent=step.respondent,
        subject=step.subject,
        category=step.category,
        pack=step.pack,
        opened_at=step.at,
        changed_at=step.at,
    )


def after(case: Case, step: CaseStep) -> Case:
    """The case as it stands after one more step. mypy checks that no step is forgotten."""
    took_part = _with_staff(case.took_part, step)
    if isinstance(step, QUIET):
        return replace(case, took_part=took_part)
    if isinstance(step, CaseCompared):
        return replace(case, took_part=took_part, compared=(*case.compared, step))
    case = replace(case, changed_at=step.at, took_part=took_part)
    match step:
        case CaseOpened():
            raise ValueError(f"case {case.id} was opened twice")
        case ReportsJoined():
            return _joined(case, [step])
        case CaseAccepted() | CaseSetAside() | CaseRevived():
            return _led(case, step)
        case AnswerRequested():
            return replace(case, answer=Answer.ASKED)
        case Answered():
            return replace(case, answer=Answer.GIVEN)
        case AnswerMissed():
            return replace(case, answer=Answer.MISSED, raise_by=step.raise_by)
        case NoteAdded() | Rectified() | CaseHandedOver():
            return case
        case CaseEscalated():
            return replace(case, escalated=True)
        case CaseDecided():
            return _decided(case, step)
        case CaseWithdrawn():
            return _withdrawn(case, step)
        case ReporterTold():
            return replace(case, told=True)
        case AppealOpened():
            return replace(case, open_appeal=step.appeal)
        case AppealClosed():
            return replace(case, open_appeal=None, outcome=step.outcome, told=False)
        case CaseReopened():
            return _reopened(case)
        case _:
            assert_never(step)


def fold(steps: Iterable[CaseStep]) -> Case:
    """The standing after a whole stream; ValueError if it does not begin with its opening."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, CaseOpened):
        raise ValueError("a case begins with case.opened")
    case = opened(first)
    for joining, run in groupby(rest, lambda step: isinstance(step, ReportsJoined)):
        steps = list(run)
        case = _joined_in_a_row(case, steps) if joining else reduce(after, steps, case)
    return case


def numbers_of(case: Case, whose: AbstractSet[PersonId]) -> dict[PersonId, int]:
    """Which reporter of the case each of these is, as staff count them: from 1."""
    return {who: number for number, who in enumerate(case.reporters, 1) if who in whose}


def _joined_in_a_row(case: Case, run: Iterable[CaseStep]) -> Case:
    """What `after` says of each: taken together, since each alone would copy all before it."""
    steps = [step for step in run if isinstance(step, ReportsJoined)]
    took_part = reduce(_with_staff, steps, case.took_part)
    return _joined(replace(case, changed_at=steps[-1].at, took_part=took_part), steps)


def _with_staff(known: frozenset[PersonId], step: CaseStep) -> frozenset[PersonId]:
    person = step.by.person
    return known | {person} if person is not None and step.by.role in _STAFF else known


def _joined(case: Case, steps: Sequence[ReportsJoined]) -> Case:
    known = set(case.reporters)
    joined = [each for step in steps for each in step.joined]
    newcomers = dict.fromkeys(each.reporter for each in joined if each.reporter not in known)
    apart = sum(each.apart is not None for each in joined)
    return replace(
        case,
        reports=(*case.reports, *(each.report for each in joined)),
        reporters=(*case.reporters, *newcomers),
        counted=case.counted + len(joined) - apart,
        apart=case.apart + apart,
        flood=case.flood or any(each.apart is Apart.FLOOD for each in joined),
        complainant_left=case.complainant_left and not newcomers,
    )


def _withdrawn(case: Case, step: CaseWithdrawn) -> Case:
    person = step.by.person
    left = case.left if person is None else case.left | {person}
    everybody = left >= frozenset(case.reporters)
    stage = case.stage if step.goes_on else CaseStage.WITHDRAWN
    return replace(case, stage=stage, left=left, complainant_left=everybody, told=False)


def _led(case: Case, step: CaseAccepted | CaseSetAside | CaseRevived) -> Case:
    stage = _LEADS_TO[type(step)]
    if isinstance(step, CaseRevived) and step.by.role is Role.REPORTER:
        return replace(case, stage=stage, taken_up_at=step.at)
    return replace(case, stage=stage)


def _decided(case: Case, step: CaseDecided) -> Case:
    deciders = case.decided_by if step.by.person is None else (*case.decided_by, step.by.person)
    return replace(
        case,
        stage=CaseStage.DECIDED,
        decision=step.decision,
        outcome=step.outcome,
        decided_by=deciders,
        told=False,
    )


def _reopened(case: Case) -> Case:
    return replace(
        case,
        stage=CaseStage.INVESTIGATING,
        decision=None,
        outcome=None,
        rounds=case.rounds + 1,
        earlier=case.took_part,
    )
