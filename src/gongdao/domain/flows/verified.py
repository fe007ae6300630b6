"""How gathered proofs are shown: to whoever gathered them, and to staff, each their own view.

Whoever gathered them learns how many friends answered, and never which answer counts: else a
person who is suspected of having reported could be found out by asking them to vouch. For the same
reason staff are not told who a friend is whose word is set aside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.ids import CaseId, PersonId
from gongdao.domain.policy.verification import VerificationPolicy
from gongdao.domain.verification import rules
from gongdao.domain.verification.model import Device, Face, Invitation, Verification
from gongdao.domain.verification.rings import Ring
from gongdao.domain.verification.rules import Weight


@dataclass(frozen=True, slots=True)
class InvitationView:
    """One invitation, for whoever made it."""

    id: str
    name: str
    code: str
    """Empty once nobody can use it any more."""
    state: str
    """`open`, `answered`, `withdrawn` or `over`."""
    asked_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class ProofsView:
    """What somebody gathered, as they see it."""

    case: CaseId
    open: bool
    """Whether there is an appeal for which it could count."""
    invitations: tuple[InvitationView, ...]
    answered: int
    wanted: int
    devices: tuple[Device, ...]
    faces: tuple[Face, ...]
    face: bool
    """Whether a service for live faces is joined."""
    at_most: Weight
    """What it weighs if every answer counts."""
    policy: VerificationPolicy


@dataclass(frozen=True, slots=True)
class FriendView:
    """One answer of a friend, for staff."""

    at: datetime
    who: str
    """Empty where the answer is set aside."""
    known_since: datetime | None
    aside: str
    """Why it does not count; empty where it does."""


@dataclass(frozen=True, slots=True)
class RingView:
    """Something that was noticed about the friends, for staff."""

    sign: str
    friends: tuple[str, ...]
    """Those of this case who stand in it."""
    people: int
    cases: int


@dataclass(frozen=True, slots=True)
class ReviewedProofs:
    """What somebody gathered, as staff see it."""

    account: str
    weight: Weight
    invited: int
    friends: tuple[FriendView, ...]
    rings: tuple[RingView, ...]
    devices: tuple[Device, ...]
    faces: tuple[Face, ...]
    wanted: int


def appellant_view(
    records: Records,
    found: Verification,
    policy: VerificationPolicy,
    *,
    open_: bool,
    now: datetime,
) -> ProofsView:
    """For whoever gathered them."""
    known = records.texts.several([s for i in found.invitations for s in (i.code, i.name)])
    return ProofsView(
        case=found.case,
        open=open_,
        invitations=tuple(
            InvitationView(
                id=each.id,
                name=known.get(each.name, "—"),
                code=known.get(each.code, "") if each.open_at(now) else "",
                state=_state(each, now),
                asked_at=each.asked_at,
                until=each.until,
            )
            for each in found.invitations
        ),
        answered=found.answered,
        wanted=policy.vouching.wanted,
        devices=found.devices,
        faces=found.faces,
        face=bool(records.face.name),
        at_most=rules.weigh(found, policy, vouches=found.answered),
        policy=policy,
    )


def reviewed(
    records: Records, found: Verification, policy: VerificationPolicy, rings: Sequence[Ring]
) -> ReviewedProofs:
    """For staff and the auditor."""
    named = {each.friend: _who(records, each.friend) for each in found.vouched if each.friend}
    return ReviewedProofs(
        account=records.parties.account(found.appellant) or "",
        weight=rules.weigh(found, policy, vouches=len(found.vouched)),
        invited=len(found.invitations),
        friends=tuple(
            FriendView(
                at=each.answered_at,
                who=named.get(each.friend, "") if each.counts else "",
                known_since=records.parties.known_since(each.friend) if each.counts else None,
                aside=each.aside.value if each.aside else "",
            )
            for each in found.invitations
            if each.friend is not None and each.answered_at is not None
        ),
        rings=tuple(
            RingView(
                sign=ring.sign.value,
                friends=tuple(sorted(named[p] for p in ring.people if p in named)),
                people=len(ring.people),
                cases=len(ring.cases),
            )
            for ring in rings
        ),
        devices=found.devices,
        faces=found.faces,
        wanted=policy.vouching.wanted,
    )


def _state(invitation: Invitation, now: datetime) -> str:
    if invitation.friend is not None:
        return "answered"
    if invitation.withdrawn:
        return "withdrawn"
    return "open" if invitation.open_at(now) else "over"


def _who(records: Records, friend: PersonId) -> str:
    return next(iter(records.parties.known_as(friend)), "—")
