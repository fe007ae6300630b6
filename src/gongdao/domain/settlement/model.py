"""A negotiation as it stands: who came, what was said and offered, what was agreed and done."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import reduce
from typing import assert_never

from gongdao.domain.kernel.ids import (
    CaseId,
    Code,
    ExhibitId,
    InvitationId,
    PackRef,
    PersonId,
    Sealed,
    SettlementId,
)
from gongdao.domain.settlement.events import (
    CounterpartCame,
    DeviceCame,
    ImpostorSuspected,
    Item,
    ItemConfirmed,
    ItemContested,
    ItemPerformed,
    Matter,
    MessageKept,
    MessageReported,
    MessageSent,
    OfferAccepted,
    OfferDeclined,
    OfferMade,
    OfferTakenBack,
    SettlementStep,
    Side,
    SuspicionCleared,
    TalkClosed,
    TalkEnding,
    TalkInvitedAgain,
    TalkOpened,
    TalkStopped,
    Withdrawer,
    WrongWordTried,
)


class TalkStage(StrEnum):
    """Where it stands."""

    WAITING = "waiting"
    """Nobody came with the code yet."""
    TALKING = "talking"
    STOPPED = "stopped"
    """By one side, before anything was agreed."""
    AGREED = "agreed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Message:
    """What one side wrote."""

    at: datetime
    side: Side
    text: Sealed
    found: tuple[Code, ...]
    reported_by: Side | None = None
    reported_as: CaseId | None = None
    kept: bool = False


class OfferState(StrEnum):
    """What became of an offer, apart from time."""

    OPEN = "open"
    TAKEN_BACK = "taken_back"
    DECLINED = "declined"
    REPLACED = "replaced"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Offer:
    """What one side will do, or wants done."""

    at: datetime
    side: Side
    items: tuple[Item, ...]
    until: datetime
    answers: int | None
    signed: Sealed
    state: OfferState = OfferState.OPEN

    def stands(self, now: datetime) -> bool:
        """Whether it can be accepted."""
        return self.state is OfferState.OPEN and now < self.until

    @property
    def is_worth_money(self) -> bool:
        """Whether something of value changes hands."""
        return any(item.kind.is_worth_money for item in self.items)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that was agreed, and whether it was done."""

    item: Item
    performed_at: datetime | None = None
    proof: Sealed | None = None
    exhibit: ExhibitId | None = None
    confirmed_at: datetime | None = None
    contested: Sealed | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What both sides signed."""

    offer: int
    at: datetime
    signed: Sealed
    document: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Whoever came with the code."""

    name: Sealed
    word: str
    came_at: datetime


@dataclass(frozen=True, slots=True)
class Settlement:
    """A negotiation as it stands."""

    id: SettlementId
    matter: Matter
    inviter: PersonId
    invited: PersonId
    pack: PackRef
    name: Sealed
    subject: Sealed
    opened_at: datetime
    invitation: InvitationId
    until: datetime
    counterpart: Counterpart | None = None
    devices: tuple[tuple[str, datetime], ...] = ()
    wrong_words: tuple[datetime, ...] = ()
    suspected: bool = False
    messages: tuple[Message, ...] = ()
    offers: tuple[Offer, ...] = ()
    agreement: Agreement | None = None
    stopped_by: Side | None = None
    stopped_at: datetime | None = None
    ending: TalkEnding | None = None
    withdrawn_by: Withdrawer | None = None
    closed_at: datetime | None = None

    @property
    def stage(self) -> TalkStage:
        """Where it stands."""
        if self.ending is not None:
            return TalkStage.CLOSED
        if self.agreement is not None:
            return TalkStage.AGREED
        if self.stopped_by is not None:
            return TalkStage.STOPPED
        return TalkStage.TALKING if self.counterpart else TalkStage.WAITING

    @property
    def is_open(self) -> bool:
        """Whether another one about the same matter would be one too many."""
        return self.stage not in {TalkStage.STOPPED, TalkStage.CLOSED}

    def knows(self, device: str) -> bool:
        """Whether a device showed that it is the other side's."""
        return any(device == known for known, _ in self.devices)

    def offer(self, number: int) -> Offer | None:
        """An offer by its number, which counts from one."""
        return self.offers[number - 1] if 0 < number <= len(self.offers) else None

    def message(self, number: int) -> Message | None:
        """A message by its number, which counts from one."""
        return self.messages[number - 1] if 0 < number <= len(self.messages) else None


def begun(step: TalkOpened) -> Settlement:
    """The negotiation as it is opened."""
    return Settlement(
        id=step.settlement,
        matter=step.matter,
        inviter=step.inviter,
        invited=step.invited,
        pack=step.pack,
        name=step.name,
        subject=step.subject,
        opened_at=step.at,
        invitation=step.invitation,
        until=step.until,
    )


_Door = (
    TalkOpened
    | TalkInvitedAgain
    | CounterpartCame
    | DeviceCame
    | WrongWordTried
    | ImpostorSuspected
    | SuspicionCleared
)
_Done = ItemPerformed | ItemConfirmed | ItemContested


def after(now: Settlement, step: SettlementStep) -> Settlement:
    """The negotiation as it stands after one more step."""
    match step:
        case MessageSent():
            said = Message(step.at, step.side, step.text, step.found)
            return replace(now, messages=(*now.messages, said))
        case MessageReported():
            said = now.messages[step.message - 1]
            reported = replace(said, reported_by=step.side, reported_as=step.case)
            return _message(now, step.message, reported)
        case MessageKept():
            return _message(now, step.message, replace(now.messages[step.message - 1], kept=True))
        case OfferMade() | OfferTakenBack() | OfferDeclined() | OfferAccepted():
            return _offered(now, step)
        case ItemPerformed() | ItemConfirmed() | ItemContested():
            return _worked_off(now, step)
        case TalkStopped():
            return _stopped(now, step)
        case TalkClosed():
            return replace(now, ending=step.how, withdrawn_by=step.withdrawn_by, closed_at=step.at)
        case _:
            return _at_the_door(now, step)


def _at_the_door(now: Settlement, step: _Door) -> Settlement:
    match step:
        case TalkOpened():
            raise ValueError(f"settlement {now.id} was opened twice")
        case TalkInvitedAgain():
            return replace(now, invitation=step.invitation, until=step.until)
        case CounterpartCame():
            came = Counterpart(step.name, step.word, step.at)
            return replace(now, counterpart=came, devices=((step.device, step.at),))
        case DeviceCame():
            return replace(now, devices=(*now.devices, (step.device, step.at)), wrong_words=())
        case WrongWordTried():
            return replace(now, wrong_words=(*now.wrong_words, step.at))
        case ImpostorSuspected():
            return replace(now, suspected=True)
        case SuspicionCleared():
            return replace(now, suspected=False)
        case _:
            assert_never(step)


def _offered(
    now: Settlement, step: OfferMade | OfferTakenBack | OfferDeclined | OfferAccepted
) -> Settlement:
    match step:
        case OfferMade():
            made = Offer(step.at, step.side, step.items, step.until, step.answers, step.signed)
            if step.answers is not None:
                now = _marked(now, step.answers, OfferState.REPLACED)
            return replace(now, offers=(*now.offers, made))
        case OfferTakenBack():
            return _marked(now, step.offer, OfferState.TAKEN_BACK)
        case OfferDeclined():
            return _marked(now, step.offer, OfferState.DECLINED)
        case OfferAccepted():
            tasks = tuple(Task(item) for item in now.offers[step.offer - 1].items)
            agreed = Agreement(step.offer, step.at, step.signed, step.document, tasks)
            return replace(_marked(now, step.offer, OfferState.ACCEPTED), agreement=agreed)
        case _:
            assert_never(step)


def _worked_off(now: Settlement, step: _Done) -> Settlement:
    agreed = now.agreement
    if agreed is None:
        raise ValueError(f"nothing is agreed in settlement {now.id}")
    at = step.item - 1
    task = agreed.tasks[at]
    match step:
        case ItemPerformed():
            task = replace(
                task,
                performed_at=step.at,
                proof=step.proof,
                exhibit=step.exhibit,
                contested=None,
            )
        case ItemConfirmed():
            task = replace(task, confirmed_at=step.at, contested=None)
        case ItemContested():
            task = replace(task, contested=step.why)
        case _:
            assert_never(step)
    tasks = (*agreed.tasks[:at], task, *agreed.tasks[at + 1 :])
    return replace(now, agreement=replace(agreed, tasks=tasks))


def _stopped(now: Settlement, step: TalkStopped) -> Settlement:
    """Whoever wants to hear no more offers nothing any more, either."""
    offers = tuple(
        replace(each, state=OfferState.TAKEN_BACK)
        if each.side is step.side and each.state is OfferState.OPEN
        else each
        for each in now.offers
    )
    return replace(now, stopped_by=step.side, stopped_at=step.at, offers=offers)


def _marked(now: Settlement, number: int, state: OfferState) -> Settlement:
    at = number - 1
    changed = replace(now.offers[at], state=state)
    return replace(now, offers=(*now.offers[:at], changed, *now.offers[number:]))


def _message(now: Settlement, number: int, changed: Message) -> Settlement:
    before, behind = now.messages[: number - 1], now.messages[number:]
    return replace(now, messages=(*before, changed, *behind))


def fold(steps: Iterable[SettlementStep]) -> Settlement:
    """How it stands after these steps; ValueError if the first doesn't open it."""
    rest = iter(steps)
    first = next(rest, None)
    if isinstance(first, TalkOpened):
        return reduce(after, rest, begun(first))
    raise ValueError("a settlement begins with settlement.opened")
