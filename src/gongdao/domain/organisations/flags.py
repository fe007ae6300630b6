"""Flags on buyers: within one organisation, with a reason, evidence and an end (F5).

A flag says what an order of that buyer is to be handled with care for. It is no reason to turn
an order away, and none to answer an honest review with.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar, assert_never

from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Event, Personal
from gongdao.domain.kernel.ids import (
    Code,
    DisputeId,
    EntryId,
    FlagId,
    OrganisationId,
    PersonId,
    Sealed,
)


@dataclass(frozen=True, slots=True)
class Proof:
    """What a flag rests on: a dispute with this buyer, an entry of the member's own journal."""

    dispute: DisputeId | None
    entry: EntryId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerFlagged(Event):
    """A member flagged a buyer, and confirmed that it answers no honest review."""

    kind: ClassVar[str] = "flag.raised"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    flag: FlagId
    organisation: OrganisationId
    party: PersonId
    platform: Code
    buyer_key: str
    """A keyed digest by which the organisation finds the same name again, and nobody else."""
    buyer: Sealed
    reason: Code
    note: Sealed | None
    proof: Proof
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerFlagEnded(Event):
    """It was taken off before its end."""

    kind: ClassVar[str] = "flag.ended"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    why: Sealed | None


FlagStep = BuyerFlagged | BuyerFlagEnded


@dataclass(frozen=True, slots=True)
class BuyerFlag:
    """A flag as it stands."""

    id: FlagId
    organisation: OrganisationId
    party: PersonId
    platform: Code
    buyer_key: str
    buyer: Sealed
    reason: Code
    note: Sealed | None
    proof: Proof
    raised_by: PersonId | None
    raised_at: datetime
    until: datetime
    ended_at: datetime | None = None

    def holds_at(self, moment: datetime) -> bool:
        """Whether it says anything then; it ends by itself."""
        return self.ended_at is None and moment < self.until


def fold(steps: Iterable[FlagStep]) -> BuyerFlag:
    """How a flag stands after these steps; ValueError if the first doesn't raise it."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, BuyerFlagged):
        raise ValueError("a flag begins with flag.raised")
    now = _begun(first)
    for step in rest:
        now = after(now, step)
    return now


def after(now: BuyerFlag, step: FlagStep) -> BuyerFlag:
    """The flag as it stands after one more step."""
    match step:
        case BuyerFlagged():
            raise ValueError(f"flag {now.id} was raised twice")
        case BuyerFlagEnded():
            return replace(now, ended_at=step.at)
        case _:
            assert_never(step)


def length(days: int | None, lasts: timedelta, longest: timedelta) -> timedelta:
    """How long a flag holds: always for a time, and never longer than the rule allows."""
    if days is None:
        return lasts
    if not 1 <= days <= longest.days:
        raise BadInput(
            "flag.too_long",
            hint_noop("A flag lasts between 1 and {most} days."),
            most=longest.days,
        )
    return timedelta(days=days)


def must_be_confirmed(*, confirmed: bool) -> None:
    """Refused for whoever did not say that it answers no honest review."""
    if not confirmed:
        raise Refused(
            "flag.not_confirmed",
            hint_noop("Confirm that this is no answer to an honest review."),
        )


def must_rest_on(proof: Proof) -> None:
    """Refused for a flag that rests on nothing."""
    if proof.dispute is None and proof.entry is None:
        raise Refused(
            "flag.no_evidence",
            hint_noop("Name a dispute with this buyer, or an entry of your journal."),
        )


def honest_review() -> Refused:
    """What whoever would flag the author of an opinion is told."""
    return Refused(
        "flag.honest_review",
        hint_noop("This review is an opinion, and an opinion is no reason for a flag."),
    )


def take_off(flag: BuyerFlag, why: Sealed | None, by: Actor, now: datetime) -> list[BuyerFlagEnded]:
    """End it now; nothing where it has ended."""
    return [BuyerFlagEnded(at=now, by=by, why=why)] if flag.holds_at(now) else []


def _begun(step: BuyerFlagged) -> BuyerFlag:
    return BuyerFlag(
        id=step.flag,
        organisation=step.organisation,
        party=step.party,
        platform=step.platform,
        buyer_key=step.buyer_key,
        buyer=step.buyer,
        reason=step.reason,
        note=step.note,
        proof=step.proof,
        raised_by=step.by.person,
        raised_at=step.at,
        until=step.until,
    )
