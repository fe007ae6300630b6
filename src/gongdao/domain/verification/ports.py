"""What verification needs from outside."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gongdao.domain.kernel.events import Held, Streams
from gongdao.domain.kernel.ids import CaseId, InvitationId, PersonId
from gongdao.domain.verification.model import FaceResult, Verification, VerificationStep
from gongdao.domain.verification.rings import Vouch


class Verifications(Streams[Verification, VerificationStep], Protocol):
    """Everybody's proofs."""

    def of(self, case: CaseId, appellant: PersonId) -> Held[Verification] | None:
        """What one person brought in one case, if anything."""

    def of_case(self, case: CaseId) -> list[Verification]:
        """What everybody brought in one case."""

    def inviting(self, invitation: InvitationId) -> Held[Verification] | None:
        """Whose invitation it is, if there is one of that name."""

    def vouches(self, people: Collection[PersonId], since: datetime) -> Sequence[Vouch]:
        """Vouches that count, by or for any of these people, from a moment on."""


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """A browser that signed in to an account. Only a digest of its mark is kept."""

    id: str
    label: str
    """Which browser on which system it said to be."""
    first_seen: datetime
    last_seen: datetime


class Devices(Protocol):
    """Devices that signed in before."""

    def seen(self, person: PersonId, mark: str, label: str, now: datetime) -> KnownDevice:
        """Keep that a device signed in now; the same mark is the same device.

        One that its owner took off the list begins anew.
        """

    def known(self, person: PersonId, mark: str) -> KnownDevice | None:
        """The device of a mark, unless it was taken off the list."""

    def of(self, person: PersonId) -> list[KnownDevice]:
        """Somebody's devices, the one last seen first, without those taken off the list."""

    def forget(self, person: PersonId, device: str) -> None:
        """Take a device off the list; NotFound for any other than one's own."""


@dataclass(frozen=True, slots=True)
class FaceCheck:
    """A check of a face that was begun."""

    id: str
    """What the service calls it."""
    address: str
    """Where the person goes for it."""


class LiveFace(Protocol):
    """A service that compares a live face with the one that it knows of a person.

    No picture reaches us, and we send none: the person goes to the service and comes back.
    """

    name: str
    """What it is called in the record; empty where there is none."""

    def begin(self, person: str, back_to: str) -> FaceCheck:
        """Begin a check; Refused `face.not_configured` where no service was joined.

        `person` is a name of ours that says nothing of who it is; `back_to` is the page to which
        they come back.
        """

    def outcome(self, check: str) -> FaceResult | None:
        """What was found; None while it is not over. NotFound for a check that it doesn't know."""
