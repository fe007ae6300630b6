"""A notice about rights with its counter-notice: how the matter stands."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from gongdao.domain.counter_notices.events import (
    Answering,
    Because,
    CounterDelivered,
    CounterForwarded,
    CounterNoticeGiven,
    Enclosure,
    ForwardDelivered,
    Judging,
    Marked,
    MeasureTaken,
    MoreAsked,
    NoticeEffective,
    NoticeForwarded,
    NoticeGiven,
    NoticeRejected,
    NoticeSupplemented,
    NoticeWithdrawn,
    PaperMarked,
    PartyKind,
    PauseEnded,
    PauseForNotarisation,
    Proof,
    ProofDoubted,
    Restored,
    RightsNoticeId,
    RightsStep,
    SuitOrComplaintShown,
    Via,
)
from gongdao.domain.kernel.ids import NoticeId, PackRef, PersonId, Sealed
from gongdao.domain.policy.counter_notices import MeasureKind


class Stage(StrEnum):
    """Where the matter stands."""

    GIVEN = "given"
    ASKED = "asked"
    """More was asked for."""
    REJECTED = "rejected"
    IN_FORCE = "in_force"
    """The measure holds, and nothing was said against the notice."""
    COUNTERED = "countered"
    """A counter-notice is on its way to the right holder."""
    WAITING = "waiting"
    """It reached them; their period runs."""
    PAUSED = "paused"
    STAYS = "stays"
    """They sued or complained: the measure stays until that is decided."""
    RESTORED = "restored"
    WITHDRAWN = "withdrawn"

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens by itself or can be asked."""
        return self in {Stage.REJECTED, Stage.RESTORED, Stage.WITHDRAWN}

    @property
    def is_judged(self) -> bool:
        """Whether staff have looked at the notice."""
        return self not in {Stage.GIVEN, Stage.ASKED}


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter-notice as it stands."""

    party: PartyKind
    identity: Sealed
    statement: Sealed
    proofs: tuple[Proof, ...]
    files: tuple[Enclosure, ...]
    given_at: datetime
    letter: NoticeId | None = None
    delivered_at: datetime | None = None
    via: Via | None = None


@dataclass(frozen=True, slots=True)
class RightsNotice:
    """A notice as it stands, with everything that followed."""

    id: RightsNoticeId
    number: str
    right: str
    notifier: PersonId
    respondent: PersonId | None
    pack: PackRef
    party: PartyKind
    identity: Sealed
    items: tuple[Sealed, ...]
    statement: Sealed
    proofs: tuple[Proof, ...]
    files: tuple[Enclosure, ...]
    given_at: datetime
    stage: Stage = Stage.GIVEN
    more: tuple[Sealed, ...] = ()
    """What was added when more was asked for."""
    missing: tuple[str, ...] = ()
    judged_by: PersonId | None = None
    effective_at: datetime | None = None
    reasons: Sealed | None = None
    """Of the reviewer who last judged it."""
    measure: MeasureKind | None = None
    measure_at: datetime | None = None
    statement_zh: Sealed | None = None
    statement_en: Sealed | None = None
    letter: NoticeId | None = None
    """By which the notice was passed on."""
    forwarded_at: datetime | None = None
    withheld: tuple[int, ...] = ()
    delivered_at: datetime | None = None
    counter: Counter | None = None
    shown: SuitOrComplaintShown | None = None
    pauses: tuple[PauseForNotarisation, ...] = ()
    ended_at: datetime | None = None
    because: Because | None = None
    marks: tuple[Marked, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the measure is in force."""
        return self.measure is not None and not self.stage.is_over

    @property
    def under_way(self) -> NoticeId | None:
        """The letter by which a paper was passed on that is not known to have arrived."""
        if self.stage.is_over:
            return None
        if self.counter is not None:
            return self.counter.letter if self.stage is Stage.COUNTERED else None
        return self.letter if self.delivered_at is None else None


def given(step: NoticeGiven) -> RightsNotice:
    """The notice as it is given."""
    return RightsNotice(
        id=step.notice,
        number=step.number,
        right=step.right,
        notifier=step.notifier,
        respondent=step.respondent,
        pack=step.pack,
        party=step.party,
        identity=step.identity,
        items=step.items,
        statement=step.statement,
        proofs=step.proofs,
        files=step.files,
        given_at=step.at,
    )


def after(notice: RightsNotice, step: RightsStep) -> RightsNotice:
    """The matter as it stands after one more step. mypy checks that no step is forgotten."""
    return _judged(notice, step) if isinstance(step, Judging) else _answered(notice, step)


def _judged(notice: RightsNotice, step: Judging) -> RightsNotice:
    """After a step of the notice itself, until it reached whom it concerns."""
    match step:
        case NoticeGiven():
            raise ValueError(f"notice {notice.id} was given twice")
        case MoreAsked():
            return replace(notice, stage=Stage.ASKED, missing=step.missing, reasons=step.reasons)
        case NoticeSupplemented():
            files, more = (*notice.files, *step.files), (*notice.more, step.statement)
            return replace(notice, stage=Stage.GIVEN, files=files, more=more, missing=())
        case NoticeRejected():
            return _over(replace(notice, reasons=step.reasons), Stage.REJECTED, step.at)
        case NoticeEffective():
            return _effective(notice, step)
        case MeasureTaken():
            return _held(notice, step)
        case NoticeForwarded():
            sent = replace(notice, letter=step.letter, forwarded_at=step.at)
            return replace(sent, withheld=step.withheld)
        case ForwardDelivered():
            return replace(notice, delivered_at=step.delivered_at)
        case _:
            assert_never(step)


def _answered(notice: RightsNotice, step: Answering) -> RightsNotice:
    """After a step of what is said against it, and of how it ends."""
    match step:
        case CounterNoticeGiven():
            return replace(notice, stage=Stage.COUNTERED, counter=_counter(step))
        case CounterForwarded():
            return _countered(notice, letter=step.letter)
        case CounterDelivered():
            reached = _countered(notice, delivered_at=step.delivered_at, via=step.via)
            return replace(reached, stage=Stage.WAITING)
        case PauseForNotarisation():
            return replace(notice, stage=Stage.PAUSED, pauses=(*notice.pauses, step))
        case PauseEnded():
            return replace(notice, stage=Stage.WAITING)
        case SuitOrComplaintShown():
            return replace(notice, stage=Stage.STAYS, shown=step)
        case ProofDoubted():
            return replace(notice, stage=Stage.WAITING, shown=None)
        case Restored():
            # A notice that was withdrawn stays withdrawn: what held for it is undone all the same.
            stage = notice.stage if notice.stage.is_over else Stage.RESTORED
            return _over(replace(notice, because=step.because), stage, step.at)
        case NoticeWithdrawn():
            return _over(notice, Stage.WITHDRAWN, step.at)
        case PaperMarked():
            mark = Marked(step.paper, step.mark, step.reasons, step.at)
            return replace(notice, marks=(*notice.marks, mark))
        case _:
            assert_never(step)


def fold(steps: Iterable[RightsStep]) -> RightsNotice:
    """The standing after a whole stream; ValueError if it does not begin with its giving."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, NoticeGiven):
        raise ValueError("a notice about rights begins with rights_notice.given")
    notice = given(first)
    for step in rest:
        notice = after(notice, step)
    return notice


def _effective(notice: RightsNotice, step: NoticeEffective) -> RightsNotice:
    return replace(
        notice,
        stage=Stage.IN_FORCE,
        respondent=step.respondent,
        reasons=step.reasons,
        judged_by=step.by.person,
        effective_at=step.at,
    )


def _held(notice: RightsNotice, step: MeasureTaken) -> RightsNotice:
    return replace(
        notice,
        measure=step.measure,
        measure_at=step.at,
        statement_zh=step.statement_zh,
        statement_en=step.statement_en,
    )


def _counter(step: CounterNoticeGiven) -> Counter:
    return Counter(
        party=step.party,
        identity=step.identity,
        statement=step.statement,
        proofs=step.proofs,
        files=step.files,
        given_at=step.at,
    )


def _countered(
    notice: RightsNotice,
    letter: NoticeId | None = None,
    delivered_at: datetime | None = None,
    via: Via | None = None,
) -> RightsNotice:
    """The notice with more known of its counter-notice."""
    counter = notice.counter
    if counter is None:
        raise ValueError(f"notice {notice.id} has no counter-notice")
    known = replace(
        counter,
        letter=letter or counter.letter,
        delivered_at=delivered_at or counter.delivered_at,
        via=via or counter.via,
    )
    return replace(notice, counter=known)


def _over(notice: RightsNotice, stage: Stage, at: datetime) -> RightsNotice:
    return replace(notice, stage=stage, ended_at=notice.ended_at or at)
