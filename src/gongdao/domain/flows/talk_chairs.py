"""The two sides of a negotiation, as they stand at its door."""

from dataclasses import dataclass

from gongdao.domain.access.model import Caller
from gongdao.domain.kernel.events import Actor, Held
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.settlement.events import MatterKind, Side
from gongdao.domain.settlement.model import Settlement


@dataclass(frozen=True, slots=True)
class Chair:
    """One side of a negotiation, at the door. Whoever holds one was let in."""

    held: Held[Settlement]
    side: Side
    by: Actor
    caller: Caller
    """As whom this side reports a message; who came by an invitation does so as nobody."""
    sure: bool = False
    """What it tells of itself it tells knowingly: a reporter is warned of it first."""

    @property
    def now(self) -> Settlement:
        """As it stood at the door."""
        return self.held.now

    @property
    def inside(self) -> bool:
        """Whether it is about a case of this installation."""
        return self.now.matter.kind is MatterKind.CASE

    @property
    def party(self) -> PersonId:
        """To whom this side's texts are sealed."""
        return self.now.inviter if self.side is Side.INVITER else self.now.invited
