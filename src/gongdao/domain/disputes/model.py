"""A dispute as it stands: what it is about, what was filed where, and how that went."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import reduce
from typing import assert_never

from gongdao.domain.disputes.events import (
    CallLogged,
    Came,
    DisputeAssigned,
    DisputeChecked,
    DisputeCommented,
    DisputeDaysSaid,
    DisputeEnded,
    DisputeFacts,
    DisputeFactsChanged,
    DisputeFiled,
    DisputeKind,
    DisputeMoved,
    DisputeOpened,
    DisputeOutcomeRecorded,
    DisputeReopened,
    DisputeSeenThere,
    DisputeSentOut,
    DisputeStatementKept,
    DisputeStep,
    Ending,
    FoundGround,
    GroundsChosen,
    Instance,
    MoreMaterialAsked,
    MoreMaterialSent,
    Outcome,
    Outgoing,
    ReplyPublished,
    SaidDay,
    Sent,
    StateThere,
    TimeSpent,
)
from gongdao.domain.kernel.ids import (
    Code,
    DisputeId,
    ExhibitId,
    OrganisationId,
    PackRef,
    PersonId,
    Sealed,
    ShopId,
)


class DisputeStage(StrEnum):
    """Where it stands."""

    PREPARING = "preparing"
    FILED = "filed"
    """Whoever was asked has not answered."""
    MORE_ASKED = "more_asked"
    REJECTED = "rejected"
    """And may be taken further."""
    ENDED = "ended"


class NextStep(StrEnum):
    """What is to be done next: the columns of the board."""

    JUDGE = "judge"
    """Say on which grounds it can be filed."""
    PREPARE = "prepare"
    """Close the chain of evidence and write the statement."""
    FILE = "file"
    WAIT = "wait"
    """Look every day whether they have answered."""
    SEND = "send"
    """More material."""
    FURTHER = "further"
    """Take a rejection further, or leave it."""
    FINISH = "finish"
    """Reply, settle or close: nothing is to be filed any more."""


@dataclass(frozen=True, slots=True)
class Filing:
    """One time that it was filed."""

    at: datetime
    instance: Instance
    reference: Sealed | None
    statement: Sealed | None
    exhibits: tuple[ExhibitId, ...]
    proof: ExhibitId | None
    grounds: tuple[Code, ...] = ()
    """On which it rested."""
    outcome: Outcome | None = None
    reason: Code | None = None
    words: Sealed | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MoreAsked:
    """One request for more material."""

    at: datetime
    what: Sealed
    until: datetime | None
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A note among colleagues."""

    at: datetime
    person: PersonId | None
    text: Sealed


@dataclass(frozen=True, slots=True)
class Call:
    """A call."""

    called_at: datetime
    person: PersonId | None
    whom: Sealed
    said: Sealed
    minutes: int


@dataclass(frozen=True, slots=True)
class SentOut:
    """Something that a connector sent, and what is known of it."""

    at: datetime
    what: Outgoing
    how: Sent
    text: Sealed | None
    said: Sealed | None


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute as it stands."""

    id: DisputeId
    organisation: OrganisationId
    party: PersonId
    kind: DisputeKind
    pack: PackRef
    shop: ShopId | None
    came: Came
    facts: DisputeFacts
    source_key: str | None
    opened_at: datetime
    stage: DisputeStage = DisputeStage.PREPARING
    found: tuple[FoundGround, ...] = ()
    grounds: tuple[Code, ...] = ()
    judged: bool = False
    """Whether somebody chose grounds, or that there are none."""
    assignee: PersonId | None = None
    days: tuple[SaidDay, ...] = ()
    """Days of the record by a member's word."""
    statement: Sealed | None = None
    template: Code | None = None
    filings: tuple[Filing, ...] = ()
    asked: tuple[MoreAsked, ...] = ()
    comments: tuple[Comment, ...] = ()
    calls: tuple[Call, ...] = ()
    minutes: int = 0
    """Work that went into it, calls included."""
    checked_on: date | None = None
    """The last day on which somebody looked whether there is news."""
    reply: Sealed | None = None
    there: StateThere | None = None
    """How it stands with whoever decides, as a connector read it last; None where none did."""
    times_there: int = 0
    sent_out: tuple[SentOut, ...] = ()
    ending: Ending | None = None
    ended_at: datetime | None = None

    @property
    def from_a_buyer(self) -> bool:
        """Whether a buyer stands on the other side, who can be answered in public or flagged."""
        return self.kind not in {DisputeKind.SANCTION, DisputeKind.REPORT}

    @property
    def platform(self) -> Code:
        """The code of the platform's rule pack."""
        return self.pack.platform

    @property
    def is_open(self) -> bool:
        """Whether something may still be done."""
        return self.stage is not DisputeStage.ENDED

    @property
    def last(self) -> Filing | None:
        """The filing that is waited for, or was answered last."""
        return self.filings[-1] if self.filings else None


def next_step(now: Dispute) -> NextStep:
    """What is to be done next, as long as it is open."""
    match now.stage:
        case DisputeStage.PREPARING if not now.judged:
            return NextStep.JUDGE
        case DisputeStage.PREPARING if not now.grounds:
            return NextStep.FINISH
        case DisputeStage.PREPARING:
            return NextStep.FILE if now.statement else NextStep.PREPARE
        case DisputeStage.FILED:
            answered = now.last is not None and now.last.outcome is not None
            return NextStep.FINISH if answered else NextStep.WAIT
        case DisputeStage.MORE_ASKED:
            return NextStep.SEND
        case DisputeStage.REJECTED:
            return NextStep.FURTHER
        case DisputeStage.ENDED:
            return NextStep.FINISH
        case _:
            assert_never(now.stage)


def begun(step: DisputeOpened) -> Dispute:
    """The dispute as it is opened."""
    return Dispute(
        id=step.dispute,
        organisation=step.organisation,
        party=step.party,
        kind=step.of,
        pack=step.pack,
        shop=step.shop,
        came=step.came,
        facts=step.facts,
        source_key=step.source_key,
        opened_at=step.at,
    )


def after(now: Dispute, step: DisputeStep) -> Dispute:
    """The dispute as it stands after one more step."""
    match step:
        case DisputeOpened():
            raise ValueError(f"dispute {now.id} was opened twice")
        case DisputeFactsChanged():
            return replace(now, facts=step.facts)
        case DisputeMoved():
            return replace(now, pack=step.pack, shop=None, found=(), grounds=(), judged=False)
        case GroundsChosen():
            return replace(now, found=step.found, grounds=step.chosen, judged=True)
        case DisputeAssigned():
            return replace(now, assignee=step.person)
        case DisputeDaysSaid():
            return replace(now, days=step.days)
        case DisputeStatementKept():
            return replace(now, statement=step.text, template=step.template)
        case ReplyPublished():
            return replace(now, reply=step.text)
        case DisputeSeenThere():
            return replace(now, there=step.state, times_there=step.times)
        case DisputeSentOut():
            sent = SentOut(step.at, step.what, step.how, step.text, step.said)
            return replace(now, sent_out=(*_settled(now.sent_out, sent), sent))
        case DisputeEnded():
            return replace(now, stage=DisputeStage.ENDED, ending=step.how, ended_at=step.at)
        case DisputeReopened():
            last = now.last
            stage = DisputeStage.REJECTED if last else DisputeStage.PREPARING
            return replace(now, stage=stage, ending=None, ended_at=None)
        case _:
            return _after_work(now, step)


def _after_work(
    now: Dispute,
    step: (
        DisputeCommented
        | DisputeFiled
        | MoreMaterialAsked
        | MoreMaterialSent
        | CallLogged
        | TimeSpent
        | DisputeChecked
        | DisputeOutcomeRecorded
    ),
) -> Dispute:
    """What is done between opening and end."""
    match step:
        case DisputeCommented():
            note = Comment(step.at, step.by.person, step.text)
            return replace(now, comments=(*now.comments, note))
        case CallLogged():
            call = Call(step.called_at, step.by.person, step.whom, step.said, step.minutes)
            return replace(now, calls=(*now.calls, call), minutes=now.minutes + step.minutes)
        case TimeSpent():
            return replace(now, minutes=now.minutes + step.minutes)
        case DisputeChecked():
            return replace(now, checked_on=step.on)
        case DisputeFiled():
            return _filed(now, step)
        case MoreMaterialAsked():
            ask = MoreAsked(step.at, step.what, step.until)
            return replace(now, asked=(*now.asked, ask), stage=DisputeStage.MORE_ASKED)
        case MoreMaterialSent():
            sent = tuple(replace(a, sent_at=a.sent_at or step.at) for a in now.asked)
            return replace(now, asked=sent, stage=DisputeStage.FILED)
        case DisputeOutcomeRecorded():
            return _answered(now, step)
        case _:
            assert_never(step)


def fold(steps: Iterable[DisputeStep]) -> Dispute:
    """How a dispute stands after these steps; ValueError if the first doesn't open it."""
    rest = iter(steps)
    first = next(rest, None)
    if isinstance(first, DisputeOpened):
        return reduce(after, rest, begun(first))
    raise ValueError("a dispute begins with dispute.opened")


def _filed(now: Dispute, step: DisputeFiled) -> Dispute:
    filing = Filing(
        at=step.at,
        instance=step.instance,
        reference=step.reference,
        statement=step.statement,
        exhibits=step.exhibits,
        proof=step.proof,
        grounds=now.grounds,
    )
    return replace(now, filings=(*now.filings, filing), stage=DisputeStage.FILED)


def _answered(now: Dispute, step: DisputeOutcomeRecorded) -> Dispute:
    """The last filing with its answer. What was upheld ends by a step of its own."""
    if now.last is None:
        raise ValueError(f"dispute {now.id} was never filed")
    answered = replace(
        now.last,
        outcome=step.outcome,
        reason=step.reason,
        words=step.words,
        answered_at=step.at,
    )
    stage = DisputeStage.FILED if step.outcome is Outcome.UPHELD else DisputeStage.REJECTED
    return replace(now, filings=(*now.filings[:-1], answered), stage=stage)


def _settled(before: tuple[SentOut, ...], sent: SentOut) -> tuple[SentOut, ...]:
    """What was sent before, without the note that this very thing was on its way."""
    last = before[-1] if before else None
    same = last is not None and (last.what, last.text) == (sent.what, sent.text)
    return before[:-1] if last and same and last.how is Sent.UNCERTAIN else before
