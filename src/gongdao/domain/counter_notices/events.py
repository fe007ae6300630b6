"""What can happen to a notice about rights and to its counter-notice."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, NewType

from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import Digest, NoticeId, PackRef, PersonId, Sealed
from gongdao.domain.policy.counter_notices import MeasureKind

RightsNoticeId = NewType("RightsNoticeId", str)


class PartyKind(StrEnum):
    """Who gives a paper."""

    PERSON = "person"
    FIRM = "firm"


class Paper(StrEnum):
    """Which of the two papers."""

    NOTICE = "notice"
    COUNTER = "counter"


class Via(StrEnum):
    """How a paper reached somebody."""

    MAIL = "mail"
    """Their mail system took it."""
    INBOX = "inbox"
    """They opened it in the inbox, or the app did for them."""
    PAGE = "page"
    """They opened its page."""
    POST = "post"
    """Staff noted that it was handed over otherwise."""


class Proceeding(StrEnum):
    """What the right holder turned to."""

    SUIT = "suit"
    COMPLAINT = "complaint"


class Because(StrEnum):
    """Why everything was restored."""

    SILENCE = "silence"
    """The period passed, and no suit or complaint was shown."""
    WITHDRAWN = "withdrawn"
    REVIEWER = "reviewer"


class Mark(StrEnum):
    """What a reviewer found of a paper. No machine sets one."""

    WRONG = "wrong"
    MALICIOUS = "malicious"


@dataclass(frozen=True, slots=True)
class Proof:
    """What is said on one thing that the pack asks for."""

    code: str
    said: Sealed


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that came with a paper."""

    name: Sealed
    sha256: Digest
    size: int
    media: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark with the reviewer's reasons."""

    paper: Paper
    mark: Mark
    reasons: Sealed
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeGiven(Event):
    """Somebody says that their right is infringed, who they are, and what shows it."""

    kind: ClassVar[str] = "rights_notice.given"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    notice: RightsNoticeId
    number: str
    """By which the register names it; it says nothing of anybody."""
    right: str
    notifier: PersonId
    respondent: PersonId | None
    """Whose account the notice names."""
    pack: PackRef
    party: PartyKind
    identity: Sealed
    items: tuple[Sealed, ...]
    statement: Sealed
    proofs: tuple[Proof, ...]
    files: tuple[Enclosure, ...]
    bona_fide: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreAsked(Event):
    """It is not effective yet: staff say what is missing."""

    kind: ClassVar[str] = "rights_notice.more_asked"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    missing: tuple[str, ...]
    reasons: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSupplemented(Event):
    """Whoever gave it brought more."""

    kind: ClassVar[str] = "rights_notice.supplemented"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    statement: Sealed
    files: tuple[Enclosure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRejected(Event):
    """It is not effective; nothing was taken down."""

    kind: ClassVar[str] = "rights_notice.rejected"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    reasons: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeEffective(Event):
    """A reviewer found what the law asks for: evidence at first sight, and who it is."""

    kind: ClassVar[str] = "rights_notice.effective"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    respondent: PersonId
    reasons: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureTaken(Event):
    """What is necessary holds from now on. Its statement of reasons exists already."""

    kind: ClassVar[str] = "rights_notice.measure_taken"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    measure: MeasureKind
    statement_zh: Sealed
    statement_en: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeForwarded(Event):
    """It was passed on to whom it concerns."""

    kind: ClassVar[str] = "rights_notice.forwarded"
    personal: ClassVar[Personal] = Personal.NOTHING
    letter: NoticeId
    withheld: tuple[int, ...]
    """Files, counted from 1, that stay with staff for what they show of people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardDelivered(Event):
    """It reached whom it concerns."""

    kind: ClassVar[str] = "rights_notice.forward_delivered"
    personal: ClassVar[Personal] = Personal.NOTHING
    via: Via
    delivered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterNoticeGiven(Event):
    """Whom it concerns says that nothing is infringed, who they are, and what shows it."""

    kind: ClassVar[str] = "rights_notice.counter_given"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    party: PartyKind
    identity: Sealed
    statement: Sealed
    proofs: tuple[Proof, ...]
    files: tuple[Enclosure, ...]
    bona_fide: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterForwarded(Event):
    """It was passed on to the right holder, with where they can turn now."""

    kind: ClassVar[str] = "rights_notice.counter_forwarded"
    personal: ClassVar[Personal] = Personal.NOTHING
    letter: NoticeId


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterDelivered(Event):
    """It reached the right holder: their period begins with `delivered_at`."""

    kind: ClassVar[str] = "rights_notice.counter_delivered"
    personal: ClassVar[Personal] = Personal.NOTHING
    via: Via
    delivered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseForNotarisation(Event):
    """The right holder showed that something outside their power, a notary, takes time."""

    kind: ClassVar[str] = "rights_notice.paused"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    reason: str
    said: Sealed
    files: tuple[Enclosure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseEnded(Event):
    """The period runs on."""

    kind: ClassVar[str] = "rights_notice.pause_ended"
    personal: ClassVar[Personal] = Personal.PARTY_IDS


@dataclass(frozen=True, slots=True, kw_only=True)
class SuitOrComplaintShown(Event):
    """The right holder showed in time that they sued or complained: the measure stays."""

    kind: ClassVar[str] = "rights_notice.proof_shown"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    proceeding: Proceeding
    said: Sealed
    """Where, and under which number."""
    files: tuple[Enclosure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofDoubted(Event):
    """A reviewer found that what was shown is no suit and no complaint: the period runs on."""

    kind: ClassVar[str] = "rights_notice.proof_doubted"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    reasons: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored(Event):
    """Everything that the measure did is undone."""

    kind: ClassVar[str] = "rights_notice.restored"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    because: Because
    reasons: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWithdrawn(Event):
    """Whoever gave it took it back."""

    kind: ClassVar[str] = "rights_notice.withdrawn"
    personal: ClassVar[Personal] = Personal.PARTY_IDS


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperMarked(Event):
    """A reviewer found a paper wrong, or knowingly so, and says why."""

    kind: ClassVar[str] = "rights_notice.marked"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    paper: Paper
    mark: Mark
    reasons: Sealed


Judging = (
    NoticeGiven
    | MoreAsked
    | NoticeSupplemented
    | NoticeRejected
    | NoticeEffective
    | MeasureTaken
    | NoticeForwarded
    | ForwardDelivered
)
"""What happens to the notice itself."""

Answering = (
    CounterNoticeGiven
    | CounterForwarded
    | CounterDelivered
    | PauseForNotarisation
    | PauseEnded
    | SuitOrComplaintShown
    | ProofDoubted
    | Restored
    | NoticeWithdrawn
    | PaperMarked
)
"""What is said against it, and how it ends."""

RightsStep = Judging | Answering
"""Everything that can happen."""
