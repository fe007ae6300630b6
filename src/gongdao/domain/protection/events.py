"""What happens around the safety of one account. No event holds a code: only keyed digests."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import PersonId, ProtectionId, Sealed

Keyed = str
"""A keyed digest (hex) of a secret: equal for equal secrets, and leads back to none."""


class Way(StrEnum):
    """By what an account was frozen."""

    CODE = "code"
    """Its owner's freeze code."""
    LINK = "link"
    """The link “this wasn't me” in a notice to the owner."""


class Proof(StrEnum):
    """By what somebody comes back to a frozen account."""

    RECOVERY_CODE = "recovery_code"
    BACKUP = "backup"
    ADDRESS = "address"
    """The account's own address, as it stood long enough before."""


class Change(StrEnum):
    """What was changed of the ways to sign in."""

    PASSWORD = "password"  # noqa: S105 – no secret, but what was changed
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    RECOVERY_CODES = "recovery_codes"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionBegun(Event):
    """The trail of an account begins."""

    kind: ClassVar[str] = "protection.begun"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    protection: ProtectionId
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedInAnew(Event):
    """Somebody signed in on a device that the account did not know."""

    kind: ClassVar[str] = "protection.signed_in_anew"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    device: str
    label: str
    """Which browser on which system, in words of our own list."""
    link: Keyed | None
    """What its notice leads to; None where none was sent."""
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressChanged(Event):
    """The account's address was changed."""

    kind: ClassVar[str] = "protection.address_changed"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    before: Sealed
    after: Sealed
    link: Keyed
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInChanged(Event):
    """A password, a passkey, an app or the recovery codes were changed."""

    kind: ClassVar[str] = "protection.sign_in_changed"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    what: Change
    link: Keyed
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsEnded(Event):
    """The owner signed out somewhere else."""

    kind: ClassVar[str] = "protection.sessions_ended"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeCodeMade(Event):
    """A code that freezes the account was made; an earlier one is replaced."""

    kind: ClassVar[str] = "protection.freeze_code_made"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    code: Keyed


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupNamed(Event):
    """A second address was named and sent a code."""

    kind: ClassVar[str] = "protection.backup_named"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    contact: Sealed
    code: Keyed
    until: datetime
    """So long the code is good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupConfirmed(Event):
    """The code came back: whoever reads that address is the owner."""

    kind: ClassVar[str] = "protection.backup_confirmed"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    until: datetime
    """From then on it counts as not confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRemoved(Event):
    """The owner took the second address away."""

    kind: ClassVar[str] = "protection.backup_removed"
    personal: ClassVar[Personal] = Personal.PARTY_IDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen(Event):
    """Nobody is signed in any more, and nobody can sign in."""

    kind: ClassVar[str] = "protection.frozen"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    way: Way
    by_secret: Keyed
    """The digest of the code or link that did it."""
    since: datetime
    """What was changed from then on may be a thief's work, and counts for nothing."""
    address: Sealed | None
    """The address that was given back to the account; None where it had not changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnAsked(Event):
    """Somebody asked for a code at a contact of the frozen account."""

    kind: ClassVar[str] = "protection.return_asked"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    proof: Proof
    code: Keyed
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnBegun(Event):
    """Somebody proved to be the owner; after a wait the account opens to them."""

    kind: ClassVar[str] = "protection.return_begun"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    proof: Proof
    code: Keyed
    """Of the code that whoever proved it holds, for coming back after the wait."""
    opens_at: datetime
    until: datetime
    link: Keyed
    """“This wasn't me”: it stops the return."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thawed(Event):
    """The owner is back, with a new password."""

    kind: ClassVar[str] = "protection.thawed"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    proof: Proof


ProtectionStep = (
    ProtectionBegun
    | SignedInAnew
    | AddressChanged
    | SignInChanged
    | SessionsEnded
    | FreezeCodeMade
    | BackupNamed
    | BackupConfirmed
    | BackupRemoved
    | Frozen
    | ReturnAsked
    | ReturnBegun
    | Thawed
)
