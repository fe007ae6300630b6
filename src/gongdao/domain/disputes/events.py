"""What can happen to a dispute."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import (
    Code,
    DisputeId,
    ExhibitId,
    OrganisationId,
    PackRef,
    PersonId,
    Sealed,
    ShopId,
)


class DisputeKind(StrEnum):
    """What it is about."""

    REVIEW = "review"
    """A review of a shop or its goods that may be malicious."""
    COMPLAINT = "complaint"
    """A complaint that the platform received about us."""
    SANCTION = "sanction"
    """The platform restricted an account of ours."""
    REPORT = "report"
    """A report of content or a group that we made to the platform."""
    PAYMENT = "payment"
    """A complaint about a payment."""


class Came(StrEnum):
    """How it came in."""

    PASTED = "pasted"
    PICTURE = "picture"
    TABLE = "table"
    BY_HAND = "by_hand"
    CONNECTOR = "connector"


class Instance(StrEnum):
    """Who is asked, in the order in which it goes on."""

    PLATFORM = "platform"
    SECOND = "second"
    """The same platform once more, with something new."""
    SENIOR = "senior"
    """Somebody more senior there."""
    ASSOCIATION = "association"
    """The consumers' association."""
    MARKET = "market"
    """The market regulator, by 12315."""
    CYBERSPACE = "cyberspace"
    """The cyberspace office."""
    COURT = "court"


class Outcome(StrEnum):
    """What whoever was asked decided."""

    UPHELD = "upheld"
    """For us."""
    PARTLY = "partly"
    REJECTED = "rejected"


class Ending(StrEnum):
    """How it ended."""

    UPHELD = "upheld"
    REJECTED = "rejected"
    """And is not taken further."""
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    """By whoever complained."""
    DROPPED = "dropped"
    """By us, for instance since it was a mere opinion."""
    LAPSED = "lapsed"
    """A window passed."""


class Outgoing(StrEnum):
    """What a connector sends out."""

    REPLY = "reply"
    MATERIAL = "material"
    COMPLETION = "completion"


class Sent(StrEnum):
    """What is known of something that was sent out."""

    DONE = "done"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    """It may have taken effect or not: whoever sends again must look first."""


class StateThere(StrEnum):
    """How it stands with whoever decides, as a connector read it there."""

    WAITING = "waiting"
    """For our first answer."""
    GOES_ON = "goes_on"
    ENDED = "ended"
    UNKNOWN = "unknown"
    """A word of theirs that we do not know: kept, never refused."""


@dataclass(frozen=True, slots=True)
class DisputeFacts:
    """What is known of it. Every text lies sealed to the organisation's party."""

    noticed_at: datetime
    """When the review, complaint or notice reached us: the window runs from here."""
    text: Sealed | None = None
    """Its words."""
    order: Sealed | None = None
    order_key: str | None = None
    """A keyed digest by which the same order is found again."""
    other_side: Sealed | None = None
    """What the platform calls whoever wrote it."""
    other_key: str | None = None
    reference: Sealed | None = None
    """The platform's own number of it."""
    url: Sealed | None = None
    shown_on: date | None = None
    """The day that the platform shows beside it."""
    amount_fen: int | None = None
    stars: int | None = None
    kept_order: str | None = None
    """Which of the orders that were read in from tables it is about, where somebody said so."""


@dataclass(frozen=True, slots=True)
class FoundGround:
    """A ground that a program found in the text. Never the platform's decision."""

    ground: Code
    sure: int
    """Whole percent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeOpened(Event):
    """Somebody of the organisation laid a file."""

    kind: ClassVar[str] = "dispute.opened"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    dispute: DisputeId
    organisation: OrganisationId
    party: PersonId
    """The organisation's own."""
    of: DisputeKind
    pack: PackRef
    """The platform's rule pack."""
    shop: ShopId | None
    came: Came
    facts: DisputeFacts
    source_key: str | None
    """A keyed digest of what it came from: the same comes in once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeFactsChanged(Event):
    """What is known of it was put right or added to."""

    kind: ClassVar[str] = "dispute.facts_changed"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    facts: DisputeFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeMoved(Event):
    """It turned out to be one with another platform, before anything was filed."""

    kind: ClassVar[str] = "dispute.moved"
    personal: ClassVar[Personal] = Personal.NOTHING
    pack: PackRef


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundsChosen(Event):
    """On which grounds it will be filed, beside what a program found."""

    kind: ClassVar[str] = "dispute.grounds_chosen"
    personal: ClassVar[Personal] = Personal.NOTHING
    found: tuple[FoundGround, ...]
    chosen: tuple[Code, ...]
    """None: it is an opinion, and something else is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeAssigned(Event):
    """Somebody works on it, or nobody does."""

    kind: ClassVar[str] = "dispute.assigned"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    person: PersonId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeCommented(Event):
    """A note among colleagues."""

    kind: ClassVar[str] = "dispute.commented"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    text: Sealed


@dataclass(frozen=True, slots=True)
class SaidDay:
    """A day of the record by a member's word, where no exhibit shows it."""

    step: Code
    """What happened: ordered, paid, shipped, delivered, published, talked, or closed."""
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeDaysSaid(Event):
    """Somebody of the organisation said when things happened; in place of all said before."""

    kind: ClassVar[str] = "dispute.days_said"
    personal: ClassVar[Personal] = Personal.NOTHING
    days: tuple[SaidDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeStatementKept(Event):
    """The statement that will be filed, as it stands now."""

    kind: ClassVar[str] = "dispute.statement_kept"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    text: Sealed
    template: Code | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeFiled(Event):
    """Somebody filed it where it is decided, and says so here."""

    kind: ClassVar[str] = "dispute.filed"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    instance: Instance
    reference: Sealed | None
    """What it is called there."""
    statement: Sealed | None
    exhibits: tuple[ExhibitId, ...]
    proof: ExhibitId | None
    """A screenshot that shows that it was filed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreMaterialAsked(Event):
    """Whoever decides asked for more."""

    kind: ClassVar[str] = "dispute.more_asked"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    what: Sealed
    until: datetime | None
    """As they said; None where they said nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreMaterialSent(Event):
    """It was sent."""

    kind: ClassVar[str] = "dispute.more_sent"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    note: Sealed | None
    exhibits: tuple[ExhibitId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLogged(Event):
    """A call with whoever decides, or with the other side."""

    kind: ClassVar[str] = "dispute.call_logged"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    called_at: datetime
    whom: Sealed
    said: Sealed
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSpent(Event):
    """Work that went into it."""

    kind: ClassVar[str] = "dispute.time_spent"
    personal: ClassVar[Personal] = Personal.NOTHING
    minutes: int
    on: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeChecked(Event):
    """Somebody looked today whether whoever decides has said something: the daily check."""

    kind: ClassVar[str] = "dispute.checked"
    personal: ClassVar[Personal] = Personal.NOTHING
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeOutcomeRecorded(Event):
    """Whoever was asked last decided."""

    kind: ClassVar[str] = "dispute.outcome_recorded"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    outcome: Outcome
    reason: Code | None
    """What the rejection rests on, as read against the pack."""
    words: Sealed | None
    """What they wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyPublished(Event):
    """A public reply was put below the review."""

    kind: ClassVar[str] = "dispute.reply_published"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    text: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeEnded(Event):
    """Nothing more is to be done."""

    kind: ClassVar[str] = "dispute.ended"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    how: Ending
    note: Sealed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeReopened(Event):
    """It goes on."""

    kind: ClassVar[str] = "dispute.reopened"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    why: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeSeenThere(Event):
    """A connector read how it stands there, and it stands otherwise than before."""

    kind: ClassVar[str] = "dispute.seen_there"
    personal: ClassVar[Personal] = Personal.NOTHING
    state: StateThere
    times: int
    """How often the other side complained of it: more than once means that they went on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeSentOut(Event):
    """Something was sent by a connector, and this is what is known of it."""

    kind: ClassVar[str] = "dispute.sent_out"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    what: Outgoing
    how: Sent
    text: Sealed | None
    said: Sealed | None
    """What they answered, word for word."""


DisputeStep = (
    DisputeOpened
    | DisputeFactsChanged
    | DisputeMoved
    | GroundsChosen
    | DisputeAssigned
    | DisputeCommented
    | DisputeDaysSaid
    | DisputeStatementKept
    | DisputeFiled
    | MoreMaterialAsked
    | MoreMaterialSent
    | CallLogged
    | TimeSpent
    | DisputeChecked
    | DisputeOutcomeRecorded
    | ReplyPublished
    | DisputeEnded
    | DisputeReopened
    | DisputeSeenThere
    | DisputeSentOut
)
