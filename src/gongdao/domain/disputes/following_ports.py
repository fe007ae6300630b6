"""What following up needs from outside, beside the disputes themselves."""

from typing import Protocol

from gongdao.domain.disputes.board import Asked, Board
from gongdao.domain.kernel.ids import DisputeId


class FollowUps(Protocol):
    """How far the clocks of disputes were set, and the board."""

    def mark(self, dispute: DisputeId, version: int) -> None:
        """The clocks stand as this version of a dispute asks for."""

    def behind(self, limit: int) -> list[DisputeId]:
        """Disputes that have gone on since their clocks were set, or never had any.

        Locks what it returns until the unit of work ends and skips what another worker holds.
        """

    def board(self, asked: Asked) -> Board:
        """The open disputes of an organisation, by next step and time left."""
