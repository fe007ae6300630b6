"""How the protection of one account stands: active, frozen, or on the way back."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from gongdao.domain.kernel.ids import PersonId, ProtectionId, Sealed
from gongdao.domain.protection.events import (
    AddressChanged,
    BackupConfirmed,
    BackupNamed,
    BackupRemoved,
    FreezeCodeMade,
    Frozen,
    Keyed,
    Proof,
    ProtectionBegun,
    ProtectionStep,
    ReturnAsked,
    ReturnBegun,
    SessionsEnded,
    SignedInAnew,
    SignInChanged,
    Thawed,
)


class Stage(StrEnum):
    """Where an account stands."""

    ACTIVE = "active"
    FROZEN = "frozen"
    RECOVERING = "recovering"
    """The owner proved who they are, and the wait runs. It is as closed as a frozen one."""


@dataclass(frozen=True, slots=True)
class FreezeCode:
    """A code that freezes, by its digest."""

    code: Keyed
    made_at: datetime
    replaced_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link that freezes, by its digest."""

    link: Keyed
    until: datetime


@dataclass(frozen=True, slots=True)
class Backup:
    """A second address, confirmed or not."""

    contact: Sealed
    code: Keyed
    code_until: datetime
    confirmed_at: datetime | None = None
    first_confirmed_at: datetime | None = None
    until: datetime | None = None
    removed_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it is confirmed, and its year is not over."""
        return self.until is not None and now < self.until and self.removed_at is None


@dataclass(frozen=True, slots=True)
class Moved:
    """A change of the account's address."""

    at: datetime
    before: Sealed


@dataclass(frozen=True, slots=True)
class Asked:
    """A code that was sent to a contact of a frozen account."""

    proof: Proof
    code: Keyed
    until: datetime


@dataclass(frozen=True, slots=True)
class Returning:
    """A return that was begun."""

    proof: Proof
    code: Keyed
    opens_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Protection:
    """The protection of one account as it stands."""

    id: ProtectionId
    person: PersonId
    begun_at: datetime
    stage: Stage = Stage.ACTIVE
    frozen_at: datetime | None = None
    codes: tuple[FreezeCode, ...] = ()
    links: tuple[Link, ...] = ()
    backups: tuple[Backup, ...] = ()
    moves: tuple[Moved, ...] = ()
    asked: tuple[Asked, ...] = ()
    returning: Returning | None = None
    signed_in: bool = False
    """Whether anybody signed in since the account was begun, or since its owner came back."""
    told_at: tuple[datetime, ...] = ()
    """When the owner was told of an unknown device, the latest last."""
    named_at: tuple[datetime, ...] = ()
    """When a second address was sent a code, the latest last."""

    @property
    def code(self) -> FreezeCode | None:
        """The freeze code that was made last."""
        return self.codes[-1] if self.codes else None

    @property
    def backup(self) -> Backup | None:
        """The second address that was named last, unless it was taken away."""
        last = self.backups[-1] if self.backups else None
        return last if last is not None and last.removed_at is None else None

    @property
    def closed(self) -> bool:
        """Whether nobody can be signed in."""
        return self.stage is not Stage.ACTIVE


def protection_id(person: PersonId) -> ProtectionId:
    """The one place of somebody's protection."""
    made = hashlib.sha256(f"protection\n{person}".encode()).hexdigest()
    ends = (8, 12, 16, 20, 32)
    return ProtectionId("-".join(made[a:b] for a, b in zip((0, *ends), ends, strict=False)))


def fold(steps: Iterable[ProtectionStep]) -> Protection:
    """The standing after a whole stream; ValueError if it does not begin with its beginning."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, ProtectionBegun):
        raise ValueError("a protection begins with protection.begun")
    found = Protection(first.protection, first.person, first.at)
    for step in rest:
        found = after(found, step)
    return found


def after(found: Protection, step: ProtectionStep) -> Protection:
    """The standing after one more step. mypy checks that no step is forgotten."""
    match step:
        case ProtectionBegun():
            raise ValueError(f"protection {found.id} was begun twice")
        case SignedInAnew():
            seen = replace(found, signed_in=True)
            if step.link is None or step.until is None:
                return seen
            told = replace(seen, told_at=(*found.told_at[-49:], step.at))
            return _linked(told, step.link, step.until)
        case AddressChanged():
            moved = replace(found, moves=(*found.moves, Moved(step.at, step.before)))
            return _linked(moved, step.link, step.until)
        case SignInChanged():
            return _linked(found, step.link, step.until)
        case SessionsEnded():
            return found
        case FreezeCodeMade():
            old = tuple(
                replace(c, replaced_at=step.at) if c.replaced_at is None else c for c in found.codes
            )
            return replace(found, codes=(*old, FreezeCode(step.code, step.at)))
        case BackupNamed():
            named = (*found.named_at[-9:], step.at)
            return replace(found, backups=_backups(found.backups, step), named_at=named)
        case BackupConfirmed() | BackupRemoved():
            return replace(found, backups=_backups(found.backups, step))
        case Frozen() | ReturnAsked() | ReturnBegun() | Thawed():
            return _closing(found, step)
        case _:
            assert_never(step)


def _closing(found: Protection, step: Frozen | ReturnAsked | ReturnBegun | Thawed) -> Protection:
    match step:
        case Frozen():
            return replace(
                found,
                stage=Stage.FROZEN,
                frozen_at=found.frozen_at or step.at,
                codes=_trusted(found.codes, step),
                links=(),
                moves=tuple(m for m in found.moves if m.at <= step.since),
                backups=_undone(found.backups, step.since),
                asked=(),
                returning=None,
            )
        case ReturnAsked():
            return replace(found, asked=_asked(found.asked, step))
        case ReturnBegun():
            return replace(
                _linked(found, step.link, step.until),
                stage=Stage.RECOVERING,
                asked=(),
                returning=Returning(step.proof, step.code, step.opens_at, step.until),
            )
        case Thawed():
            return replace(
                found,
                stage=Stage.ACTIVE,
                frozen_at=None,
                codes=(),
                links=(),
                moves=(),
                asked=(),
                returning=None,
                signed_in=False,
            )
        case _:
            assert_never(step)


def _asked(asked: tuple[Asked, ...], step: ReturnAsked) -> tuple[Asked, ...]:
    """The latest few of each proof: codes to one contact never drive out those to another."""
    same = [each for each in asked if each.proof is step.proof][-2:]
    others = [each for each in asked if each.proof is not step.proof]
    return (*others, *same, Asked(step.proof, step.code, step.until))


def _trusted(codes: tuple[FreezeCode, ...], step: Frozen) -> tuple[FreezeCode, ...]:
    """A code that was made after the one that froze the account may be the thief's."""
    used = next((c for c in codes if c.code == step.by_secret), None)
    return codes if used is None else tuple(c for c in codes if c.made_at <= used.made_at)


def _undone(backups: tuple[Backup, ...], since: datetime) -> tuple[Backup, ...]:
    """Second addresses as they stood then: one named later goes, one taken away comes back."""
    return tuple(
        replace(b, removed_at=None, code="")
        for b in backups
        if b.first_confirmed_at is not None
        and b.first_confirmed_at <= since
        and (b.removed_at is None or b.removed_at > since)
    )


def _linked(found: Protection, link: Keyed, until: datetime) -> Protection:
    return replace(found, links=(*found.links[-49:], Link(link, until)))


def _backups(
    backups: tuple[Backup, ...], step: BackupNamed | BackupConfirmed | BackupRemoved
) -> tuple[Backup, ...]:
    last = backups[-1] if backups else None
    match step:
        case BackupNamed():
            if last is not None and last.contact == step.contact and last.removed_at is None:
                again = replace(last, code=step.code, code_until=step.until)
                return (*backups[:-1], again)
            gone = tuple(
                b if b.removed_at is not None else replace(b, removed_at=step.at) for b in backups
            )
            return (*gone, Backup(step.contact, step.code, step.until))
        case BackupConfirmed():
            if last is None:
                raise ValueError("there is no second address to confirm")
            held = replace(
                last,
                code="",
                confirmed_at=step.at,
                first_confirmed_at=last.first_confirmed_at or step.at,
                until=step.until,
            )
            return (*backups[:-1], held)
        case BackupRemoved():
            if last is None:
                return backups
            return (*backups[:-1], replace(last, removed_at=step.at, code=""))
        case _:
            assert_never(step)
