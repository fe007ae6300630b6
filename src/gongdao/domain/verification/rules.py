"""Who may invite and vouch, and what proofs weigh: pure functions that return events or refuse."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gongdao.domain.kernel.errors import NotFound, Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Role
from gongdao.domain.kernel.ids import CaseId, InvitationId, PersonId, Sealed
from gongdao.domain.policy.verification import (
    MOST,
    DevicePolicy,
    VerificationPolicy,
    VouchPolicy,
)
from gongdao.domain.verification.model import (
    Aside,
    Device,
    DeviceShown,
    FaceChecked,
    FaceResult,
    FriendInvited,
    FriendVouched,
    Invitation,
    InvitationWithdrawn,
    SignIn,
    Verification,
    VerificationBegun,
    invitation_id,
)

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U to be misread."""
CODE_BYTES = 20
"""Of chance, for one code; five bits of each are used."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Whose word is not counted in a case."""

    parties: frozenset[PersonId]
    handlers: frozenset[PersonId]
    """Staff who took part in it."""


class ProofKind(StrEnum):
    """What a proof rests on."""

    DEVICE = "device"
    SIGN_IN = "sign_in"
    VOUCHES = "vouches"
    FACE = "face"


@dataclass(frozen=True, slots=True)
class Line:
    """What one kind of proof weighs, and what it could."""

    kind: ProofKind
    weight: int
    most: int


@dataclass(frozen=True, slots=True)
class Weight:
    """What all proofs weigh together. It decides nothing; a person does."""

    lines: tuple[Line, ...]

    @property
    def total(self) -> int:
        """Out of a hundred, which it never reaches."""
        return min(MOST, sum(line.weight for line in self.lines))


def written_code(chance: bytes) -> str:
    """A code of twenty letters and digits, in groups of four."""
    letters = "".join(_LETTERS[byte & 31] for byte in chance)
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def begin(case: CaseId, appellant: PersonId, now: datetime) -> VerificationBegun:
    """Begin to gather."""
    by = Actor(Role.RESPONDENT, appellant)
    return VerificationBegun(at=now, by=by, case=case, appellant=appellant)


def check_name(policy: VouchPolicy, name: str) -> str:
    """The name that friends are shown, trimmed."""
    trimmed = " ".join(name.split())
    if not trimmed:
        raise Refused(
            "verification.no_name", hint_noop("Write the name by which your friends know you.")
        )
    if len(trimmed) > policy.name_most:
        raise Refused(
            "verification.name_too_long",
            hint_noop("Shorten the name to {most} characters."),
            most=policy.name_most,
        )
    return trimmed


def invite(
    found: Verification,
    code: str,
    sealed: tuple[Sealed, Sealed],
    policy: VouchPolicy,
    now: datetime,
) -> FriendInvited:
    """Make one more invitation; `sealed` are its code and the name."""
    if sum(each.open_at(now) for each in found.invitations) >= policy.open_most:
        raise Refused(
            "verification.too_many_open",
            hint_noop("{most} invitations are open. Take one back, or wait for an answer."),
            most=policy.open_most,
        )
    if len(found.invitations) >= policy.total_most:
        raise Refused(
            "verification.too_many",
            hint_noop("You have made {most} invitations in this case, and that is the limit."),
            most=policy.total_most,
        )
    return FriendInvited(
        at=now,
        by=Actor(Role.RESPONDENT, found.appellant),
        invitation=invitation_id(code),
        code=sealed[0],
        name=sealed[1],
        until=now + policy.valid_for.flat(),
    )


def withdraw(
    found: Verification, invitation: InvitationId, now: datetime
) -> list[InvitationWithdrawn]:
    """Take an invitation back; nothing where nobody can use it any more."""
    held = named(found, invitation)
    by = Actor(Role.RESPONDENT, found.appellant)
    step = InvitationWithdrawn(at=now, by=by, invitation=invitation)
    return [step] if held.open_at(now) else []


def named(found: Verification, invitation: InvitationId) -> Invitation:
    """One invitation; NotFound where there is none of that name."""
    held = next((each for each in found.invitations if each.id == invitation), None)
    if held is None:
        raise link_over()
    return held


def link_over() -> NotFound:
    """The one answer to a link that leads nowhere, was used, taken back, or is too old."""
    return NotFound(
        "verification.link_over",
        hint_noop("This invitation is not open any more. Ask whoever sent it for a new one."),
    )


def vouch(
    found: Verification,
    invitation: InvitationId,
    friend: PersonId,
    known_since: datetime | None,
    apart: Apart,
    policy: VouchPolicy,
    now: datetime,
    *,
    staff: bool,
) -> FriendVouched:
    """Keep a friend's word.

    What is refused depends on the link and on the friend's own account alone. Whether their word
    counts in this case is never said, neither to them nor to whoever asked: else a person who is
    suspected of having reported could be found out by asking them to vouch.
    """
    if not named(found, invitation).open_at(now):
        raise link_over()
    if friend == found.appellant:
        raise Refused(
            "verification.own", hint_noop("This is your own invitation. Send it to a friend.")
        )
    age = policy.account_age.flat()
    if known_since is None or now - known_since < age:
        raise Refused(
            "verification.account_too_young",
            hint_noop("Your account must be {days} days old for this. Nothing was recorded."),
            days=age.days,
        )
    return FriendVouched(
        at=now,
        by=Actor(Role.FRIEND, friend),
        invitation=invitation,
        friend=friend,
        aside=_aside(found, friend, apart, staff=staff),
    )


def _aside(found: Verification, friend: PersonId, apart: Apart, *, staff: bool) -> Aside | None:
    if friend in apart.parties:
        return Aside.PARTY
    if staff or friend in apart.handlers:
        return Aside.STAFF
    repeated = any(each.friend == friend for each in found.invitations)
    return Aside.REPEATED if repeated else None


def show_device(
    found: Verification,
    sign_in: SignIn,
    since: datetime | None,
    decided_at: datetime,
    policy: DevicePolicy,
    now: datetime,
) -> list[DeviceShown]:
    """Keep how they are signed in and since when; nothing where it says no more than before."""
    known = since is not None and since <= decided_at - policy.known_for.flat()
    if any((d.sign_in, d.since, d.known) == (sign_in, since, known) for d in found.devices):
        return []
    by = Actor(Role.RESPONDENT, found.appellant)
    return [DeviceShown(at=now, by=by, sign_in=sign_in, since=since, known=known)]


def face_checked(
    found: Verification, service: str, result: FaceResult, now: datetime
) -> FaceChecked:
    """Keep what a live check of a face found."""
    by = Actor(Role.RESPONDENT, found.appellant)
    return FaceChecked(at=now, by=by, service=service, result=result)


def weigh(found: Verification, policy: VerificationPolicy, *, vouches: int) -> Weight:
    """What the proofs weigh.

    The vouches are counted by the caller: for reviewers those that count, for the appellant all
    that were given, since the difference would say who has a part in the case.
    """
    per, wanted = policy.vouching.weight, policy.vouching.wanted
    device = policy.device
    of_sign_in = {
        SignIn.PASSWORD: device.weight_password,
        SignIn.SECOND_FACTOR: device.weight_second_factor,
        SignIn.PASSKEY: device.weight_passkey,
    }
    same = bool(found.faces) and found.faces[-1].result is FaceResult.SAME
    lines = (
        Line(
            ProofKind.DEVICE,
            device.weight_known if _any_known(found.devices) else 0,
            device.weight_known,
        ),
        Line(
            ProofKind.SIGN_IN,
            max((of_sign_in[d.sign_in] for d in found.devices), default=0),
            max(of_sign_in.values()),
        ),
        Line(ProofKind.VOUCHES, per * min(vouches, wanted) // wanted, per),
        Line(ProofKind.FACE, policy.face.weight if same else 0, policy.face.weight),
    )
    return Weight(lines)


def _any_known(devices: Iterable[Device]) -> bool:
    return any(device.known for device in devices)
