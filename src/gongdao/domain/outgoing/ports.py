"""What messages to the operator's app need from outside."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.outgoing.model import (
    Answer,
    Attempt,
    Call,
    Message,
    Sending,
    SendingId,
    SendingState,
    Target,
    TargetId,
)


class Webhooks(Protocol):
    """Targets, messages, and how each message went to each target.

    A lane is one subject at one target. In a lane one sending at a time has its turn: the oldest
    that is still waiting.
    """

    def targets(self) -> list[Target]:
        """Every target that was not removed, oldest first."""

    def add(self, target: Target, secret: str) -> None:
        """Keep a target and its secret."""

    def rotate(self, target: TargetId, secret: str, overlap_until: datetime) -> None:
        """Give a target another secret; the old one signs along until then. NotFound if none."""

    def remove(self, target: TargetId, now: datetime) -> None:
        """Send a target nothing any more; what waits for it is given up. NotFound if none."""

    def enter(self, message: Message) -> list[SendingId]:
        """Keep a message for every target, behind all earlier ones on its subject.

        What comes back are the sendings that have their turn at once.
        """

    def turn(self, sending: SendingId, now: datetime) -> Call | None:
        """What to send; None where it is over, or where an earlier one comes first."""

    def keep(self, sending: SendingId, attempt: Attempt, state: SendingState) -> SendingId | None:
        """Write an attempt down; the next of its lane, where this one has now ended."""

    def again(self, sending: SendingId) -> bool:
        """Let a sending wait once more; whether it has its turn now.

        NotFound if there is none, or its target is gone.
        """

    def ended_since(self, since: datetime, target: TargetId | None) -> list[SendingId]:
        """Sendings of messages from then on that have ended, oldest first."""

    def recent(
        self,
        limit: int,
        *,
        state: SendingState | None = None,
        target: TargetId | None = None,
        case: CaseId | None = None,
    ) -> Sequence[Sending]:
        """How messages went, newest first."""


class Post(Protocol):
    """A way to hand a message to an address."""

    def check(self, url: str) -> None:
        """BadInput for an address to which nothing may be sent."""

    def send(self, url: str, headers: Mapping[str, str], body: str) -> Answer:
        """Send it, and give whatever answer there is; PeerFailed if there is none."""
