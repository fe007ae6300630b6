"""What somebody brought to show that they are who they say, in one case.

Proofs are evidence with weight. Nothing here ends anything: a person decides, and reads them.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, assert_never

from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import CaseId, InvitationId, PersonId, Sealed, VerificationId


class SignIn(StrEnum):
    """How somebody signed in, the strongest part of it."""

    PASSWORD = "password"  # noqa: S105 – no secret, but how one signs in
    SECOND_FACTOR = "second_factor"
    PASSKEY = "passkey"


class Aside(StrEnum):
    """Why a friend's word is not counted. Reviewers read it; the two friends never do."""

    PARTY = "party"
    """They have a part in the case."""
    STAFF = "staff"
    """They work here."""
    REPEATED = "repeated"
    """They vouched in this case before."""


class FaceResult(StrEnum):
    """What a live check of a face found."""

    SAME = "same"
    OTHER = "other"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationBegun(Event):
    """Somebody began to gather proofs."""

    kind: ClassVar[str] = "verification.begun"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    case: CaseId
    appellant: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class FriendInvited(Event):
    """They made an invitation for a friend, under a name that they chose."""

    kind: ClassVar[str] = "verification.friend_invited"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    invitation: InvitationId
    code: Sealed
    name: Sealed
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationWithdrawn(Event):
    """They took an invitation back."""

    kind: ClassVar[str] = "verification.invitation_withdrawn"
    personal: ClassVar[Personal] = Personal.NOTHING
    invitation: InvitationId


@dataclass(frozen=True, slots=True, kw_only=True)
class FriendVouched(Event):
    """A friend confirmed it, signed in as themselves; or it is kept without being counted."""

    kind: ClassVar[str] = "verification.friend_vouched"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    invitation: InvitationId
    friend: PersonId
    aside: Aside | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceShown(Event):
    """They were signed in, on a device of which this much is known."""

    kind: ClassVar[str] = "verification.device_shown"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    sign_in: SignIn
    since: datetime | None
    """Since when this device signs in to the account; None where it is not known."""
    known: bool
    """Whether that is long enough by the pack, before the decision was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceChecked(Event):
    """A service compared a live face; no picture reaches us."""

    kind: ClassVar[str] = "verification.face_checked"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    service: str
    result: FaceResult


VerificationStep = (
    VerificationBegun
    | FriendInvited
    | InvitationWithdrawn
    | FriendVouched
    | DeviceShown
    | FaceChecked
)


@dataclass(frozen=True, slots=True)
class Invitation:
    """One invitation as it stands."""

    id: InvitationId
    code: Sealed
    name: Sealed
    asked_at: datetime
    until: datetime
    withdrawn: bool = False
    friend: PersonId | None = None
    answered_at: datetime | None = None
    aside: Aside | None = None

    @property
    def counts(self) -> bool:
        """Whether a friend vouched by it, and it counts."""
        return self.friend is not None and self.aside is None

    def open_at(self, now: datetime) -> bool:
        """Whether a friend can still use it."""
        return not self.withdrawn and self.friend is None and now < self.until


@dataclass(frozen=True, slots=True)
class Device:
    """A device as it was shown."""

    at: datetime
    sign_in: SignIn
    since: datetime | None
    known: bool


@dataclass(frozen=True, slots=True)
class Face:
    """What a live check of a face found."""

    at: datetime
    service: str
    result: FaceResult


@dataclass(frozen=True, slots=True)
class Verification:
    """Everything that one person brought in one case."""

    id: VerificationId
    case: CaseId
    appellant: PersonId
    invitations: tuple[Invitation, ...] = ()
    devices: tuple[Device, ...] = ()
    faces: tuple[Face, ...] = ()

    @property
    def vouched(self) -> tuple[Invitation, ...]:
        """The invitations that a friend used, and that count."""
        return tuple(each for each in self.invitations if each.counts)

    @property
    def answered(self) -> int:
        """How many invitations were used, counted or not: all that the appellant learns."""
        return sum(each.friend is not None for each in self.invitations)


def verification_id(case: CaseId, appellant: PersonId) -> VerificationId:
    """The one place of somebody's proofs in a case."""
    return VerificationId(_as_uuid(f"verification\n{case}\n{appellant}"))


def invitation_id(code: str) -> InvitationId:
    """The name of an invitation: made from its code, however that is typed."""
    plain = "".join(c for c in code.upper() if c.isalnum()).translate(_ALIKE)
    return InvitationId(_as_uuid(f"invitation\n{plain}"))


def fold(steps: Iterable[VerificationStep]) -> Verification:
    """The standing after a whole stream; ValueError if it does not begin with its beginning."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, VerificationBegun):
        raise ValueError("a verification begins with verification.begun")
    found = Verification(verification_id(first.case, first.appellant), first.case, first.appellant)
    for step in rest:
        found = after(found, step)
    return found


def after(found: Verification, step: VerificationStep) -> Verification:
    """The standing after one more step. mypy checks that no step is forgotten."""
    match step:
        case VerificationBegun():
            raise ValueError(f"verification {found.id} was begun twice")
        case FriendInvited():
            new = Invitation(step.invitation, step.code, step.name, step.at, step.until)
            return replace(found, invitations=(*found.invitations, new))
        case InvitationWithdrawn():
            return _changed(found, step.invitation, withdrawn=True)
        case FriendVouched():
            return _changed(
                found,
                step.invitation,
                friend=step.friend,
                answered_at=step.at,
                aside=step.aside,
            )
        case DeviceShown():
            device = Device(step.at, step.sign_in, step.since, step.known)
            return replace(found, devices=(*found.devices, device))
        case FaceChecked():
            face = Face(step.at, step.service, step.result)
            return replace(found, faces=(*found.faces, face))
        case _:
            assert_never(step)


_ALIKE = str.maketrans("OILU", "011V")
"""Letters that no code has, as they are misread or misheard."""


def _changed(found: Verification, invitation: InvitationId, **changes: object) -> Verification:
    return replace(
        found,
        invitations=tuple(
            replace(each, **changes) if each.id == invitation else each  # type: ignore[arg-type]  # fields of Invitation alone are named above
            for each in found.invitations
        ),
    )


def _as_uuid(text: str) -> str:
    made = hashlib.sha256(text.encode()).hexdigest()
    ends = (8, 12, 16, 20, 32)
    parts = [made[start:end] for start, end in zip((0, *ends), ends, strict=False)]
    return "-".join(parts)
