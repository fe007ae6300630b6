"""What can happen in a negotiation between two sides, and what an offer is made of."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from gongdao.domain.kernel.events import Event, Personal
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


class Side(StrEnum):
    """Who of the two."""

    INVITER = "inviter"
    """Whoever opened it, such as the organisation of a dispute."""
    INVITED = "invited"
    """Whoever came with the code."""

    @property
    def other(self) -> "Side":
        """The one across."""
        return Side.INVITED if self is Side.INVITER else Side.INVITER


class MatterKind(StrEnum):
    """What is negotiated about."""

    DISPUTE = "dispute"
    """A dispute on an outside platform."""
    CASE = "case"
    """A case of this installation."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that is negotiated about."""

    kind: MatterKind
    id: str


class OfferKind(StrEnum):
    """What can be offered. There is no kind for silence, for a review or for a withdrawal."""

    REPLY = "reply"
    REFUND = "refund"
    REPLACEMENT = "replacement"
    APOLOGY = "apology"
    CORRECTION = "correction"

    @property
    def is_worth_money(self) -> bool:
        """Whether something of value changes hands."""
        return self in {OfferKind.REFUND, OfferKind.REPLACEMENT}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that one side will do."""

    kind: OfferKind
    by: Side
    text: Sealed
    amount_fen: int | None = None
    """Of a refund alone."""


class Withdrawer(StrEnum):
    """Who took the complaint back on the platform."""

    COMPLAINANT = "complainant"
    RESPONDENT = "respondent"
    BOTH = "both"
    PLATFORM = "platform"


class TalkEnding(StrEnum):
    """How it ended."""

    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkOpened(Event):
    """One side invites the other to a page that both can write on."""

    kind: ClassVar[str] = "settlement.opened"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    settlement: SettlementId
    matter: Matter
    inviter: PersonId
    """The party whose texts are the inviter's: an organisation's own, for a dispute."""
    invited: PersonId
    """The party made for whoever comes, so that its texts can be erased with it."""
    invitation: InvitationId
    until: datetime
    """Until when the code may be followed for the first time."""
    pack: PackRef
    """The pack of this installation, whose rules of negotiation hold."""
    name: Sealed
    """What the inviter is called."""
    subject: Sealed
    """What it is about, as the other side reads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkInvitedAgain(Event):
    """Another code; the one before opens nothing any more."""

    kind: ClassVar[str] = "settlement.invited_again"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    invitation: InvitationId
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterpartCame(Event):
    """Somebody followed the code first, gave a name and set a word of their own."""

    kind: ClassVar[str] = "settlement.came"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    name: Sealed
    word: str
    """A keyed digest of the word that later devices need."""
    device: str
    """A keyed digest of the mark that this device keeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceCame(Event):
    """Another device came with the code and the right word. Both sides are told."""

    kind: ClassVar[str] = "settlement.device_came"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongWordTried(Event):
    """Somebody with the code did not know the word. Both sides are told."""

    kind: ClassVar[str] = "settlement.wrong_word"
    personal: ClassVar[Personal] = Personal.NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpostorSuspected(Event):
    """Somebody with the code says that whoever came before was not them."""

    kind: ClassVar[str] = "settlement.suspected"
    personal: ClassVar[Personal] = Personal.NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspicionCleared(Event):
    """The inviter made sure, on the platform, that the right person came."""

    kind: ClassVar[str] = "settlement.cleared"
    personal: ClassVar[Personal] = Personal.PARTY_IDS


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent(Event):
    """One side wrote."""

    kind: ClassVar[str] = "settlement.message_sent"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    side: Side
    text: Sealed
    template: Code | None
    found: tuple[Code, ...]
    """Which of the pack's words stand in it, by code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferMade(Event):
    """One side offers, and signs it: the other's signature makes it an agreement."""

    kind: ClassVar[str] = "settlement.offered"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    side: Side
    items: tuple[Item, ...]
    until: datetime
    answers: int | None
    """The offer that it takes the place of."""
    signed: Sealed
    """The name that was typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferTakenBack(Event):
    """Whoever made it offers it no more."""

    kind: ClassVar[str] = "settlement.taken_back"
    personal: ClassVar[Personal] = Personal.NOTHING
    offer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDeclined(Event):
    """The other side doesn't want it."""

    kind: ClassVar[str] = "settlement.declined"
    personal: ClassVar[Personal] = Personal.NOTHING
    offer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferAccepted(Event):
    """The other side signed: it is agreed."""

    kind: ClassVar[str] = "settlement.agreed"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    offer: int
    signed: Sealed
    document: str
    """SHA-256 (hex) of the written settlement: whoever holds it can check it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPerformed(Event):
    """Whoever owed it says that it is done, with a proof."""

    kind: ClassVar[str] = "settlement.performed"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    item: int
    proof: Sealed
    """In words."""
    exhibit: ExhibitId | None
    """A file, where there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemConfirmed(Event):
    """The other side has it."""

    kind: ClassVar[str] = "settlement.confirmed"
    personal: ClassVar[Personal] = Personal.NOTHING
    item: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemContested(Event):
    """The other side says that it is not done."""

    kind: ClassVar[str] = "settlement.contested"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    item: int
    why: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkStopped(Event):
    """One side wants to hear no more. It stays so."""

    kind: ClassVar[str] = "settlement.stopped"
    personal: ClassVar[Personal] = Personal.NOTHING
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageReported(Event):
    """Somebody reported a message of the other side to this installation."""

    kind: ClassVar[str] = "settlement.message_reported"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    side: Side
    """Who reported. It is shown to them alone."""
    message: int
    case: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageKept(Event):
    """The inviter keeps a message of the other side as an exhibit."""

    kind: ClassVar[str] = "settlement.message_kept"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    message: int
    exhibit: ExhibitId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkClosed(Event):
    """It came to its end: everything was done, or the complaint was taken back as well."""

    kind: ClassVar[str] = "settlement.closed"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    how: TalkEnding
    withdrawn_by: Withdrawer | None
    note: Sealed | None


SettlementStep = (
    TalkOpened
    | TalkInvitedAgain
    | CounterpartCame
    | DeviceCame
    | WrongWordTried
    | ImpostorSuspected
    | SuspicionCleared
    | MessageSent
    | OfferMade
    | OfferTakenBack
    | OfferDeclined
    | OfferAccepted
    | ItemPerformed
    | ItemConfirmed
    | ItemContested
    | TalkStopped
    | MessageReported
    | MessageKept
    | TalkClosed
)
