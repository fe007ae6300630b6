"""The operator's mark on a party of high profile: two people answer for what is done to them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from typing import ClassVar, Protocol, assert_never

from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Event, Held, Personal, Streams
from gongdao.domain.kernel.ids import PersonId, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileMarked(Event):
    """The operator marked a party as one of high profile."""

    kind: ClassVar[str] = "profile.marked"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    party: PersonId
    reasons: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileCleared(Event):
    """The operator took the mark away."""

    kind: ClassVar[str] = "profile.cleared"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    reasons: Sealed


ProfileStep = ProfileMarked | ProfileCleared


@dataclass(frozen=True, slots=True)
class Profile:
    """How a party's mark stands."""

    party: PersonId
    marked: bool
    reasons: Sealed
    since: datetime


def after(profile: Profile, step: ProfileStep) -> Profile:
    """The mark after one more step."""
    match step:
        case ProfileMarked():
            return replace(profile, marked=True, reasons=step.reasons, since=step.at)
        case ProfileCleared():
            return replace(profile, marked=False, reasons=step.reasons, since=step.at)
        case _:
            assert_never(step)


def fold(steps: Iterable[ProfileStep]) -> Profile:
    """The mark after a whole stream; ValueError if it does not begin with being set."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, ProfileMarked):
        raise ValueError("a profile begins with profile.marked")
    begun = Profile(first.party, marked=True, reasons=first.reasons, since=first.at)
    return reduce(after, rest, begun)


class Profiles(Streams[Profile, ProfileStep], Protocol):
    """All marks; a party's stream has the party's id."""

    def of(self, party: PersonId) -> Held[Profile] | None:
        """A party's mark, if it was ever set."""

    def marked(self, limit: int) -> list[Profile]:
        """Marks that are set, the latest first."""


def mark(
    known: Profile | None, party: PersonId, reasons: Sealed, by: Actor, now: datetime
) -> ProfileMarked:
    """Set a party's mark."""
    if known is not None and known.marked:
        raise Refused("profile.marked", hint_noop("This account is marked already."))
    return ProfileMarked(at=now, by=by, party=party, reasons=reasons)


def clear(known: Profile | None, reasons: Sealed, by: Actor, now: datetime) -> ProfileCleared:
    """Take a party's mark away."""
    if known is None or not known.marked:
        raise Refused("profile.not_marked", hint_noop("This account is not marked."))
    return ProfileCleared(at=now, by=by, reasons=reasons)
