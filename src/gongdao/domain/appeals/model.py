"""An appeal: what happened to it, and how it stands.

Both sides may appeal: the respondent against a violation, the reporter against `no violation` or
a report that was not accepted (which people call asking for a review).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, assert_never

from gongdao.domain.appeals import opinions
from gongdao.domain.appeals.opinions import HEARING_STEPS, Hearing, HearingStep
from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import AppealId, CaseId, DecisionId, ExhibitId, PersonId, Sealed


class Side(StrEnum):
    """Who appeals."""

    RESPONDENT = "respondent"
    REPORTER = "reporter"


class Channel(StrEnum):
    """By which way an appeal came in."""

    WEB = "web"
    APP = "app"
    PHONE = "phone"


class ForecastBasis(StrEnum):
    """What a likelihood rests on."""

    NONE = "none"
    """Nothing was said of it."""
    CLAIMED = "claimed"
    """What the pack's sources claim; too few appeals were decided here."""
    OWN = "own"
    """This installation's own decided appeals."""


@dataclass(frozen=True, slots=True)
class Filing:
    """How an appeal comes in, beside its grounds."""

    channel: Channel = Channel.WEB
    brings: tuple[ExhibitId, ...] = ()
    """The exhibits that it names."""
    wish: str = ""
    """What is asked for, by the pack's code; empty where it was not asked."""
    asked_at: datetime | None = None
    """When it was asked for, where that was earlier than it was filed: the moment of the call."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What was said of an appeal before it was sent. Shares and likelihoods are in percent."""

    complete: int
    missing: tuple[str, ...] = ()
    """Codes of required material that was not there, or did not pass."""
    tone: tuple[str, ...] = ()
    """Kinds of passages that the linter marked."""
    patterns: tuple[str, ...] = ()
    """Codes of the patterns of failure that were pointed out."""
    basis: ForecastBasis = ForecastBasis.NONE
    low: int = 0
    high: int = 0
    cases: int = 0
    """How many decided appeals the likelihood was learned from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealFiled(Event):
    """Somebody asked for the decision to be looked at again."""

    kind: ClassVar[str] = "appeal.filed"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    appeal: AppealId
    decision: DecisionId
    case: CaseId
    level: int
    side: Side
    appellant: PersonId
    grounds: Sealed
    filing: Filing = Filing()
    round: int = 1
    """2 where new evidence opened the last level once more."""
    opened_by: tuple[ExhibitId, ...] = ()
    """The exhibits that did, which were not in the file before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealWeighed(Event):
    """What the appellant was shown before sending; reviewers see it after their first opinion."""

    kind: ClassVar[str] = "appeal.weighed"
    personal: ClassVar[Personal] = Personal.NOTHING
    weighed: Weighed


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerAssigned(Event):
    """The system handed it to somebody who took no part in the case."""

    kind: ClassVar[str] = "appeal.assigned"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    reviewer: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerAwaited(Event):
    """Nobody independent is there to hear it. It waits, visibly."""

    kind: ClassVar[str] = "appeal.awaits_reviewer"
    personal: ClassVar[Personal] = Personal.NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealUpheld(Event):
    """The decision stands."""

    kind: ClassVar[str] = "appeal.upheld"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    reasons: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealChanged(Event):
    """The decision stands with another measure."""

    kind: ClassVar[str] = "appeal.changed"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    reasons: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealOverturned(Event):
    """The decision was wrong."""

    kind: ClassVar[str] = "appeal.overturned"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    reasons: Sealed


AppealStep = (
    AppealFiled
    | AppealWeighed
    | ReviewerAssigned
    | ReviewerAwaited
    | AppealUpheld
    | AppealChanged
    | AppealOverturned
    | HearingStep
)


class AppealStage(StrEnum):
    """Where an appeal stands."""

    FILED = "filed"
    WAITING = "waiting"
    UNDER_REVIEW = "under_review"
    UPHELD = "upheld"
    CHANGED = "changed"
    OVERTURNED = "overturned"

    @property
    def is_open(self) -> bool:
        """Whether it still awaits its outcome."""
        return self in {AppealStage.FILED, AppealStage.WAITING, AppealStage.UNDER_REVIEW}


@dataclass(frozen=True, slots=True)
class Appeal:
    """An appeal as it stands."""

    id: AppealId
    decision: DecisionId
    case: CaseId
    level: int
    side: Side
    appellant: PersonId
    grounds: Sealed
    filed_at: datetime
    filing: Filing = Filing()
    weighed: Weighed | None = None
    stage: AppealStage = AppealStage.FILED
    reviewer: PersonId | None = None
    reasons: Sealed | None = None
    closed_at: datetime | None = None
    round: int = 1
    opened_by: tuple[ExhibitId, ...] = ()
    hearing: Hearing = field(default_factory=Hearing)

    @property
    def waits_for(self) -> str:
        """Whom an open appeal awaits, where that is not its reviewer; empty for its reviewer."""
        if self.stage is AppealStage.UNDER_REVIEW and self.hearing.waits_for is not None:
            return self.hearing.waits_for.value
        return "reviewer" if self.stage is AppealStage.WAITING else ""

    @property
    def asked(self) -> PersonId | None:
        """Whose second opinion is awaited."""
        wanted = self.hearing.wanted
        return wanted.of if self.stage is AppealStage.UNDER_REVIEW and wanted else None


def filed(step: AppealFiled) -> Appeal:
    """The appeal as it is filed."""
    return Appeal(
        id=step.appeal,
        decision=step.decision,
        case=step.case,
        level=step.level,
        side=step.side,
        appellant=step.appellant,
        grounds=step.grounds,
        filed_at=step.at,
        filing=step.filing,
        round=step.round,
        opened_by=step.opened_by,
    )


def after(appeal: Appeal, step: AppealStep) -> Appeal:
    """The appeal as it stands after one more step. mypy checks that no step is forgotten."""
    if isinstance(step, HEARING_STEPS):
        return replace(appeal, hearing=opinions.after(appeal.hearing, step))
    match step:
        case AppealFiled():
            raise ValueError(f"appeal {appeal.id} was filed twice")
        case AppealWeighed():
            return replace(appeal, weighed=step.weighed)
        case ReviewerAssigned():
            return replace(appeal, stage=AppealStage.UNDER_REVIEW, reviewer=step.reviewer)
        case ReviewerAwaited():
            return replace(appeal, stage=AppealStage.WAITING)
        case AppealUpheld():
            return _closed(appeal, AppealStage.UPHELD, step)
        case AppealChanged():
            return _closed(appeal, AppealStage.CHANGED, step)
        case AppealOverturned():
            return _closed(appeal, AppealStage.OVERTURNED, step)
        case _:
            assert_never(step)


def fold(steps: Iterable[AppealStep]) -> Appeal:
    """The standing after a whole stream; ValueError if it does not begin with its filing."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, AppealFiled):
        raise ValueError("an appeal begins with appeal.filed")
    appeal = filed(first)
    for step in rest:
        appeal = after(appeal, step)
    return appeal


def _closed(
    appeal: Appeal, stage: AppealStage, step: AppealUpheld | AppealChanged | AppealOverturned
) -> Appeal:
    return replace(appeal, stage=stage, reasons=step.reasons, closed_at=step.at)
