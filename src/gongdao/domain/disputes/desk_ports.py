"""What a connector to somebody else's complaint desk has to do: the promise of D8.

No connector is built yet. Whoever builds one implements `ComplaintDesk` over the other side's
official interface, and keeps what `tests/promises/test_complaint_desk.py` asks of each.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from gongdao.domain.disputes.events import DisputeKind, Sent, StateThere
from gongdao.domain.kernel.ids import Code


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingComplaint:
    """A complaint as it stands there, in our words."""

    external_id: str
    at: datetime
    """When it was made."""
    told: str = field(repr=False)
    state: StateThere
    of: DisputeKind = DisputeKind.PAYMENT
    order: str = field(default="", repr=False)
    other_side: str = field(default="", repr=False)
    """What they call whoever complained; never a phone number."""
    amount_fen: int | None = None
    times: int = 1
    """How often it was made: more than once means that the other side went on with it."""
    replies: tuple[str, ...] = field(default=(), repr=False)
    """What we answered so far, as it stands there."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that goes along."""

    name: str
    media: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SendResult:
    """What is known of something that was sent.

    `UNCERTAIN` where an answer got lost or could not be checked: it may have taken effect. Nobody
    sends again before they looked.
    """

    how: Sent
    said: str = ""
    """Their answer, word for word."""


class ComplaintDesk(Protocol):
    """A desk elsewhere at which people complain about one of our shops or accounts."""

    @property
    def name(self) -> str:
        """Of the connector; together with a complaint's own id it names the complaint for good."""

    @property
    def platform(self) -> Code:
        """The code of the platform's rule pack."""

    @property
    def longest_reply(self) -> int:
        """Characters; a longer one is refused before it is sent."""

    def since(self, moment: datetime) -> Iterator[IncomingComplaint]:
        """Those made at this moment or later, oldest first, each at least once.

        PeerFailed where it cannot be read to the end: what came before it stands.
        """

    def read(self, external_id: str) -> IncomingComplaint | None:
        """How one stands now; None where there is none. PeerFailed where it cannot be read."""

    def reply(self, external_id: str, text: str, files: Sequence[SentFile] = ()) -> SendResult:
        """Answer whoever complained."""

    def add_material(self, external_id: str, note: str, files: Sequence[SentFile]) -> SendResult:
        """Send more material."""

    def complete(self, external_id: str) -> SendResult:
        """Say that it is dealt with. `REFUSED` before anything was answered."""
