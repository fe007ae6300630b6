"""What each side may do in a negotiation, and when.

Nobody may agree here on silence, on what a review says, or on a withdrawal in return for money or
goods: no kind of offer is for it, and an offer whose words ask for it is refused, whoever makes it.
"""

from collections.abc import Sequence
from datetime import datetime

from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, NotFound, Refused, hint_noop
from gongdao.domain.kernel.events import Actor
from gongdao.domain.kernel.ids import CaseId, Code, ExhibitId, Sealed
from gongdao.domain.policy.negotiation import TalkLimits
from gongdao.domain.settlement.events import (
    Item,
    MatterKind,
    MessageKept,
    MessageReported,
    MessageSent,
    OfferAccepted,
    OfferDeclined,
    OfferKind,
    OfferMade,
    OfferTakenBack,
    Side,
    TalkInvitedAgain,
    TalkStopped,
)
from gongdao.domain.settlement.model import Offer, OfferState, Settlement, TalkStage

MOST_FEN = 100_000_000
"""A million yuan: above that, people sign on paper."""


def may_open(earlier: Sequence[Settlement]) -> None:
    """Refused while one is open, and for good once the other side wanted to hear no more.

    About a case of this installation the reporter's own stop is for good as well, and so is what
    was agreed: nobody is asked for more about the same report.
    """
    inside = [each for each in earlier if each.matter.kind is MatterKind.CASE]
    if any(each.stopped_by for each in inside):
        raise Refused(
            "settlement.no_again",
            hint_noop("One side said stop, and it stays so. The case goes on without a talk."),
        )
    if any(each.agreement for each in inside):
        raise Refused(
            "settlement.agreed_already",
            hint_noop("You agreed about this already, and that holds. The case goes on by itself."),
        )
    if any(each.is_open for each in earlier):
        raise open_already()
    if any(each.stopped_by is Side.INVITED for each in earlier):
        raise Refused(
            "settlement.no_again",
            hint_noop("The other side asked for no more contact about this. Use another way."),
        )


def open_already() -> Refused:
    """What whoever opens a second one is told."""
    return Refused(
        "settlement.open_already",
        hint_noop("A negotiation about this is open already. Go on with that one."),
    )


def invite_again(now: Settlement, step: TalkInvitedAgain) -> TalkInvitedAgain:
    """Another code, as long as nobody came."""
    if now.stage is not TalkStage.WAITING:
        raise Refused(
            "settlement.came_already",
            hint_noop("The other side is here already, so the code stays as it is."),
        )
    return step


def say(
    now: Settlement, side: Side, text: Sealed, template: Code | None, found: tuple[Code, ...],
    limits: TalkLimits, by: Actor, at: datetime,
) -> MessageSent:  # fmt: skip
    """Write to the other side."""
    _must_talk(now)
    sent = sum(1 for each in now.messages if each.side is side and _same_day(each.at, at))
    if sent >= limits.messages_a_day:
        raise _enough(limits.messages_a_day)
    if is_held_back(now, side) and _unanswered(now, side) >= limits.unanswered:
        raise Refused(
            "settlement.unanswered",
            hint_noop("Wait for an answer: {most} messages of yours have none yet."),
            most=limits.unanswered,
        )
    return MessageSent(at=at, by=by, side=side, text=text, template=template, found=found)


def is_held_back(now: Settlement, side: Side) -> bool:
    """Whether what a side writes is not sent where it presses or asks for what nobody may ask for.

    About an outside dispute the other side's words are always delivered: they are evidence. About
    a case of this installation nobody's are: whoever complained is not to be pressed.
    """
    return side is Side.INVITER or now.matter.kind is MatterKind.CASE


def offer(
    now: Settlement, side: Side, items: tuple[Item, ...], until: datetime, answers: int | None,
    signed: Sealed, limits: TalkLimits, by: Actor, at: datetime,
) -> OfferMade:  # fmt: skip
    """Offer something, and sign it."""
    _must_talk(now)
    _not_agreed(now)
    if not 0 < len(items) <= limits.items_most:
        raise BadInput(
            "settlement.items",
            hint_noop("An offer says between one thing and {most}."),
            most=limits.items_most,
        )
    if not at + limits.shortest.flat() <= until <= at + limits.longest.flat():
        raise BadInput(
            "settlement.until",
            hint_noop("An offer holds for at least {shortest} and at most {longest}."),
            shortest=str(limits.shortest),
            longest=str(limits.longest),
        )
    made = sum(1 for each in now.offers if each.side is side and _same_day(each.at, at))
    if made >= limits.offers_a_day:
        raise _enough(limits.offers_a_day)
    if answers is not None:
        _standing(now, answers, at)
    return OfferMade(
        at=at, by=by, side=side, items=items, until=until, answers=answers, signed=signed
    )


def check_amount(kind: OfferKind, amount_fen: int | None) -> None:
    """A refund says how much; nothing else does."""
    if (kind is OfferKind.REFUND) != (amount_fen is not None):
        raise BadInput(
            "settlement.amount", hint_noop("Give an amount for a refund, and for nothing else.")
        )
    if amount_fen is not None and not 0 < amount_fen <= MOST_FEN:
        raise BadInput(
            "settlement.amount_range",
            hint_noop("Give an amount above zero and up to {most} yuan."),
            most=MOST_FEN // 100,
        )


def forbidden(topic: str, reason: str) -> Refused:
    """What whoever asks for what nobody may agree on is told."""
    return Refused(
        "settlement.forbidden_term",
        hint_noop("Take the part about {topic} out. {reason}."),
        topic=topic,
        reason=reason.rstrip("。."),
    )


def take_back(now: Settlement, side: Side, number: int, by: Actor, at: datetime) -> OfferTakenBack:
    """One's own offer is one's own to take back."""
    if _standing(now, number, at).side is not side:
        raise no_such()
    return OfferTakenBack(at=at, by=by, offer=number)


def decline(now: Settlement, side: Side, number: int, by: Actor, at: datetime) -> OfferDeclined:
    """Say no to the other side's."""
    if _standing(now, number, at).side is side:
        raise no_such()
    return OfferDeclined(at=at, by=by, offer=number)


def may_accept(now: Settlement, side: Side, number: int, at: datetime) -> Offer:
    """The offer that a side may sign now; it may after a stop, too: nothing is said by it."""
    if now.stage is TalkStage.CLOSED:
        raise _closed()
    _not_agreed(now)
    found = _standing(now, number, at)
    if found.side is side:
        raise Refused(
            "settlement.own_offer", hint_noop("This is your own offer; the other side accepts it.")
        )
    if now.suspected:
        raise Refused(
            "settlement.suspected",
            hint_noop("Somebody said that a stranger came with the code. Clear that up first."),
        )
    return found


def accept(
    now: Settlement, side: Side, number: int, signed: Sealed, document: str, by: Actor,
    at: datetime,
) -> OfferAccepted:  # fmt: skip
    """Sign the other side's offer."""
    may_accept(now, side, number, at)
    return OfferAccepted(at=at, by=by, offer=number, signed=signed, document=document)


def stop(now: Settlement, side: Side, by: Actor, at: datetime) -> TalkStopped:
    """Hear no more."""
    if now.stage is TalkStage.CLOSED:
        raise _closed()
    if now.stopped_by is not None:
        raise _stopped()
    return TalkStopped(at=at, by=by, side=side)


def report(now: Settlement, side: Side, number: int, case: CaseId, by: Actor, at: datetime
) -> MessageReported:  # fmt: skip
    """Report what the other side wrote, once."""
    may_report(now, side, number)
    return MessageReported(at=at, by=by, side=side, message=number, case=case)


def may_report(now: Settlement, side: Side, number: int) -> Sealed:
    """The words that a side may report; NotFound for its own."""
    said = now.message(number)
    if said is None or said.side is side:
        raise no_such()
    if said.reported_by is not None:
        raise Refused("settlement.reported", hint_noop("You have reported this message already."))
    return said.text


def keep(
    now: Settlement, number: int, exhibit: ExhibitId | None, by: Actor, at: datetime
) -> MessageKept:
    """Keep what the other side wrote as evidence, once."""
    may_keep(now, number)
    return MessageKept(at=at, by=by, message=number, exhibit=exhibit)


def may_keep(now: Settlement, number: int) -> Sealed:
    """The words that the inviter may keep."""
    said = now.message(number)
    if said is None or said.side is Side.INVITER:
        raise no_such()
    if said.kept:
        raise Refused("settlement.kept", hint_noop("This message is in the evidence already."))
    return said.text


def no_such() -> NotFound:
    """There is no such message, offer or thing to do for this side."""
    return NotFound(
        "settlement.no_such", hint_noop("There is nothing under this number that is yours to do.")
    )


def _must_talk(now: Settlement) -> None:
    if now.stage is TalkStage.CLOSED:
        raise _closed()
    if now.stopped_by is not None:
        raise _stopped()
    if now.counterpart is None and now.matter.kind is MatterKind.CASE:
        raise Refused(
            "settlement.not_here_yet",
            hint_noop("The other side has not come yet. You can write once it does."),
        )
    if now.counterpart is None:
        raise Refused(
            "settlement.nobody_there",
            hint_noop("Nobody came with the code yet. Send it by the platform's own chat."),
        )


def _not_agreed(now: Settlement) -> None:
    if now.agreement is not None:
        raise Refused(
            "settlement.agreed", hint_noop("You have agreed already. See what is left to do.")
        )


def _standing(now: Settlement, number: int, at: datetime) -> Offer:
    found = now.offer(number)
    if found is None:
        raise no_such()
    if found.state is not OfferState.OPEN:
        raise Refused(
            "settlement.offer_gone", hint_noop("This offer stands no more. Look at the latest one.")
        )
    if not found.stands(at):
        raise Refused(
            "settlement.expired",
            hint_noop("This offer ended at {until}. Ask for a new one, or make one."),
            until=found.until.astimezone(CHINA),
        )
    return found


def _unanswered(now: Settlement, side: Side) -> int:
    """Messages of a side since the other one last did something."""
    theirs = [each.at for each in now.messages if each.side is side.other]
    theirs += [each.at for each in now.offers if each.side is side.other]
    theirs += [now.agreement.at] if now.agreement else []
    last = max(theirs, default=None)
    ours = [each for each in now.messages if each.side is side]
    return sum(1 for each in ours if last is None or each.at > last)


def _same_day(one: datetime, other: datetime) -> bool:
    return one.astimezone(CHINA).date() == other.astimezone(CHINA).date()


def _enough(most: int) -> Refused:
    return Refused(
        "settlement.enough_today",
        hint_noop("At most {most} of these a day. Go on tomorrow."),
        most=most,
    )


def _stopped() -> Refused:
    return Refused(
        "settlement.stopped",
        hint_noop("One side asked for no more contact. What was agreed can still be done."),
    )


def _closed() -> Refused:
    return Refused("settlement.closed", hint_noop("This negotiation has ended."))
