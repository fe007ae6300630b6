"""What is told to the operator's app, to whom, and how it went.

Messages are no events: each one repeats, for a program outside, something that an event already
says. They can be forgotten after a while, and nothing is true because a message says so.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from gongdao.domain.kernel.ids import CaseId, PersonId

MessageId = NewType("MessageId", str)
TargetId = NewType("TargetId", str)
SendingId = NewType("SendingId", str)
"""One message on its way to one target; ids count up in the order of the messages."""


class MessageKind(StrEnum):
    """What a message is about: its `type`."""

    DECISION_MADE = "decision.made"
    SANCTION_IMPOSED = "sanction.imposed"
    SANCTION_LIFTED = "sanction.lifted"
    SANCTION_ENDED = "sanction.ended"
    SANCTION_EASED = "sanction.eased"
    APPEAL_UPHELD = "appeal.upheld"
    APPEAL_CHANGED = "appeal.changed"
    APPEAL_OVERTURNED = "appeal.overturned"
    INTERIM_IMPOSED = "interim_measure.imposed"
    INTERIM_LIFTED = "interim_measure.lifted"
    RIGHTS_MEASURE_TAKEN = "rights_measure.taken"
    RIGHTS_MEASURE_LIFTED = "rights_measure.lifted"
    GROUP_TOOLS_CHANGED = "group.tools_changed"
    STANDING_CHANGED = "standing.changed"
    POST_APPEARED = "post.appeared"
    POST_RELEASED = "post.released"
    POST_WITHHELD = "post.withheld"
    POST_EDITED = "post.edited"
    POST_TAKEN_BACK = "post.taken_back"


@dataclass(frozen=True, slots=True)
class Message:
    """A message, the same for every target."""

    id: MessageId
    kind: MessageKind
    subject: str
    """Keyed digest of the subject: its messages keep their order."""
    case: CaseId
    """Or the group's id, where it is about the tools of a group and no case."""
    about: PersonId | None
    """Whose account it names; erased with that person."""
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Target:
    """An address of the operator's app."""

    id: TargetId
    url: str
    added_at: datetime
    overlap_until: datetime | None = None
    """Until when the secret before the present one signs, too."""


class SendingState(StrEnum):
    """How far a message is on its way to a target."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Call:
    """All that one attempt needs."""

    message: MessageId
    url: str
    secrets: tuple[str, ...]
    """The newest first."""
    body: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said: its status, and the beginning of its words."""

    status: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt and what came of it."""

    at: datetime
    status: int | None
    """None where no answer came."""
    error: str | None
    """A stable code; None where it was delivered."""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """One message on its way to one target, as operators see it."""

    id: SendingId
    message: MessageId
    kind: MessageKind
    case: CaseId
    target: TargetId
    at: datetime
    state: SendingState
    attempts: tuple[Attempt, ...]
