"""Misuse of reporting: marks, warnings, measures for a time, and objections to them.

One stream for each reporter who was ever marked. It ends nobody's right to report: during a measure
reports are received, receipted and logged as always, and set aside.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, NewType, assert_never

from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import CaseId, DecisionId, PersonId, Sealed

MisuseId = NewType("MisuseId", str)
WarningId = NewType("WarningId", str)
MeasureId = NewType("MeasureId", str)


class Mark(StrEnum):
    """What a reviewer found of a report beyond its not being upheld."""

    MANIFESTLY_UNFOUNDED = "manifestly_unfounded"
    """Anybody could see without looking into it that nothing was there."""
    MALICIOUS = "malicious"
    """The reporter knew that it was untrue, or reported to harm."""


@dataclass(frozen=True, slots=True)
class Factors:
    """The four that are weighed, and written down, before a measure (DSA, article 23 (3))."""

    decided: int
    """Absolute number: of the reports that were decided in the time that was looked at …"""
    marked: int
    """… so many were marked."""
    share_percent: int
    """Relative: marked of decided."""
    gravity: Sealed
    intention: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class MisuseOpened(Event):
    """The first mark makes a file of it."""

    kind: ClassVar[str] = "misuse.opened"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    misuse: MisuseId
    reporter: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMarked(Event):
    """A reviewer found a report manifestly unfounded or malicious, with reasons."""

    kind: ClassVar[str] = "misuse.report_marked"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    case: CaseId
    decision: DecisionId
    """The mark falls with it."""
    mark: Mark
    reported_at: datetime
    reasons: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkWithdrawn(Event):
    """A reviewer took a mark back."""

    kind: ClassVar[str] = "misuse.mark_withdrawn"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    case: CaseId
    reasons: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned(Event):
    """The reporter was warned; without this no measure comes."""

    kind: ClassVar[str] = "misuse.warned"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    warning: WarningId
    reasons: Sealed
    expires_at: datetime
    appeal_closes: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Limited(Event):
    """Reports are set aside until then. The statement of reasons exists already."""

    kind: ClassVar[str] = "misuse.limited"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    measure: MeasureId
    warning: WarningId
    factors: Factors
    reasons: Sealed
    until: datetime
    appeal_closes: datetime
    statement_zh: Sealed
    statement_en: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifted(Event):
    """A measure ended before its time, or a warning was taken back."""

    kind: ClassVar[str] = "misuse.lifted"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    about: str
    reasons: Sealed | None
    """None where the marks that it rested on fell with their decisions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RanOut(Event):
    """A measure reached its end, and its reporter was told so; it was over before this step."""

    kind: ClassVar[str] = "misuse.ran_out"
    personal: ClassVar[Personal] = Personal.NOTHING
    about: str
    aside: int
    """So many reports were set aside then; they stay so until somebody has them taken up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objected(Event):
    """The reporter appealed against a warning or a measure."""

    kind: ClassVar[str] = "misuse.objected"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    about: str
    grounds: Sealed
    hear_by: datetime | None = None
    """Until when somebody decides on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionHeard(Event):
    """Somebody who took no part in any of it decided on the appeal."""

    kind: ClassVar[str] = "misuse.objection_heard"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    about: str
    overturned: bool
    reasons: Sealed


MisuseStep = (
    MisuseOpened
    | ReportMarked
    | MarkWithdrawn
    | Warned
    | Limited
    | Lifted
    | RanOut
    | Objected
    | ObjectionHeard
)


_ACTS = (ReportMarked, MarkWithdrawn, Warned, Limited, Lifted)
"""Steps by which somebody takes part in what an appeal is about."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark that was not taken back."""

    case: CaseId
    decision: DecisionId
    mark: Mark
    at: datetime
    reported_at: datetime
    by: PersonId | None
    reasons: Sealed


@dataclass(frozen=True, slots=True)
class Objection:
    """An appeal against a warning or a measure."""

    at: datetime
    grounds: Sealed
    hear_by: datetime | None = None
    overturned: bool | None = None
    """None while nobody has decided on it."""
    reasons: Sealed | None = None

    def late(self, now: datetime) -> bool:
        """Whether nobody decided on it in time."""
        return self.overturned is None and self.hear_by is not None and now > self.hear_by


@dataclass(frozen=True, slots=True)
class WarningGiven:
    """A warning as it stands."""

    id: WarningId
    at: datetime
    by: PersonId | None
    expires_at: datetime
    appeal_closes: datetime
    reasons: Sealed
    lifted_at: datetime | None = None
    objection: Objection | None = None

    def stands(self, now: datetime) -> bool:
        """Whether a measure may still follow it."""
        return self.lifted_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure as it stands."""

    id: MeasureId
    warning: WarningId
    at: datetime
    by: PersonId | None
    factors: Factors
    until: datetime
    appeal_closes: datetime
    reasons: Sealed
    statement_zh: Sealed
    statement_en: Sealed
    lifted_at: datetime | None = None
    ran_out: bool = False
    objection: Objection | None = None

    @property
    def over(self) -> bool:
        """Whether a step ended it; at its end it is over even before one does."""
        return self.ran_out or self.lifted_at is not None

    def in_force(self, now: datetime) -> bool:
        """Whether reports are set aside now. At its end it is over by itself."""
        return not self.over and self.at <= now < self.until


@dataclass(frozen=True, slots=True)
class Misuse:
    """What there is about one reporter."""

    id: MisuseId
    reporter: PersonId
    marks: tuple[Marked, ...] = ()
    warnings: tuple[WarningGiven, ...] = ()
    measures: tuple[Measure, ...] = ()
    acted: frozenset[PersonId] = frozenset()
    """Everybody who marked, warned, limited or took any of it back, at any time."""
    touched: frozenset[CaseId] = frozenset()
    """Every case that was ever marked, marks taken back included."""

    def warning(self, now: datetime) -> WarningGiven | None:
        """The latest warning that stands."""
        return next((w for w in reversed(self.warnings) if w.stands(now)), None)

    def measure(self, now: datetime) -> Measure | None:
        """The measure in force."""
        return next((m for m in reversed(self.measures) if m.in_force(now)), None)

    def about(self, what: str) -> WarningGiven | Measure | None:
        """A warning or a measure by its id."""
        return next((each for each in self.both() if each.id == what), None)

    def both(self) -> "tuple[WarningGiven | Measure, ...]":
        """All warnings, then all measures."""
        return (*self.warnings, *self.measures)


def misuse_id(reporter: PersonId) -> MisuseId:
    """The one file of a reporter."""
    digest = hashlib.sha256(f"misuse\n{reporter}".encode()).hexdigest()
    parts = digest[:8], digest[8:12], f"8{digest[13:16]}", f"8{digest[17:20]}", digest[20:32]
    return MisuseId("-".join(parts))


def fold(steps: Iterable[MisuseStep]) -> Misuse:
    """The standing after a whole stream; ValueError if it does not begin with its opening."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, MisuseOpened):
        raise ValueError("a file on misuse begins with misuse.opened")
    found = Misuse(first.misuse, first.reporter)
    for step in rest:
        found = after(found, step)
    return found


def after(found: Misuse, step: MisuseStep) -> Misuse:
    """The standing after one more step. mypy checks that no step is forgotten."""
    if isinstance(step, _ACTS) and step.by.person is not None:
        found = replace(found, acted=found.acted | {step.by.person})
    match step:
        case MisuseOpened():
            raise ValueError(f"file {found.id} was opened twice")
        case ReportMarked():
            marks = (*_others(found, step.case), _marked(step))
            return replace(found, marks=marks, touched=found.touched | {step.case})
        case MarkWithdrawn():
            return replace(found, marks=_others(found, step.case))
        case Warned():
            return replace(found, warnings=(*found.warnings, _warned(step)))
        case Limited():
            return replace(found, measures=(*found.measures, _limited(step)))
        case Lifted():
            return _changed(found, step.about, lifted_at=step.at)
        case RanOut():
            return _changed(found, step.about, ran_out=True)
        case Objected():
            objection = Objection(step.at, step.grounds, step.hear_by)
            return _changed(found, step.about, objection=objection)
        case ObjectionHeard():
            return _heard(found, step)
        case _:
            assert_never(step)


def _others(found: Misuse, case: CaseId) -> tuple[Marked, ...]:
    return tuple(each for each in found.marks if each.case != case)


def _marked(step: ReportMarked) -> Marked:
    return Marked(
        step.case,
        step.decision,
        step.mark,
        step.at,
        step.reported_at,
        step.by.person,
        step.reasons,
    )


def _warned(step: Warned) -> WarningGiven:
    return WarningGiven(
        step.warning,
        step.at,
        step.by.person,
        step.expires_at,
        step.appeal_closes,
        step.reasons,
    )


def _limited(step: Limited) -> Measure:
    return Measure(
        id=step.measure,
        warning=step.warning,
        at=step.at,
        by=step.by.person,
        factors=step.factors,
        until=step.until,
        appeal_closes=step.appeal_closes,
        reasons=step.reasons,
        statement_zh=step.statement_zh,
        statement_en=step.statement_en,
    )


def _heard(found: Misuse, step: ObjectionHeard) -> Misuse:
    about = found.about(step.about)
    if about is None or about.objection is None:
        raise ValueError(f"nobody objected to {step.about}")
    heard = replace(about.objection, overturned=step.overturned, reasons=step.reasons)
    lifted = about.lifted_at or (step.at if step.overturned else None)
    return _changed(found, step.about, objection=heard, lifted_at=lifted)


def _changed(found: Misuse, about: str, **changes: object) -> Misuse:
    return replace(
        found,
        warnings=tuple(
            replace(each, **changes) if each.id == about else each  # type: ignore[arg-type]  # fields that it has are named above
            for each in found.warnings
        ),
        measures=tuple(
            replace(each, **changes) if each.id == about else each  # type: ignore[arg-type]  # the same
            for each in found.measures
        ),
    )
