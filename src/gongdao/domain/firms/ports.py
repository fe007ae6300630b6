"""What firms need from outside."""

from collections.abc import Sequence
from typing import Protocol

from gongdao.domain.firms.model import Firm, FirmStep
from gongdao.domain.kernel.events import Held, Streams
from gongdao.domain.kernel.ids import PersonId


class Firms(Streams[Firm, FirmStep], Protocol):
    """All firms."""

    def of_person(self, person: PersonId) -> Held[Firm] | None:
        """The firm of an account, whatever became of it."""

    def with_number(self, number_key: str) -> list[Firm]:
        """Every firm that gave this number."""

    def listed(self, limit: int) -> Sequence[Firm]:
        """Firms on which somebody must decide first, then the others by when they applied."""
