"""Tables that were read in: how far each is, and the orders that were kept of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType, Protocol

from gongdao.domain.kernel.ids import Code, OrganisationId, PersonId, Sealed, ShopId

ImportId = NewType("ImportId", str)
KeptOrderId = NewType("KeptOrderId", str)


class ImportStage(StrEnum):
    """How far a table is."""

    WAITING = "waiting"
    """For a worker."""
    DONE = "done"
    FAILED = "failed"
    """Nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose for a table."""

    platform: Code
    shop: ShopId | None = None
    most_stars: int = 3
    """A review with more stars than this is no matter for a dispute, and left out."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a table."""

    orders: int = 0
    disputes: int = 0
    known: int = 0
    """Lines that were there already, or twice in the table."""
    left_out: int = 0
    """Reviews with more stars than was asked for."""


@dataclass(frozen=True, slots=True)
class Import:
    """A table on its way."""

    id: ImportId
    organisation: OrganisationId
    by: PersonId
    token: str
    """Opens the file, where files on their way in lie."""
    columns: Mapping[str, int]
    choice: Choice
    lines: int
    begun_at: datetime
    stage: ImportStage = ImportStage.WAITING
    written: int = 0
    """Lines that were written so far; of one that is not done none is there yet."""
    brought: Brought = Brought()
    problem: str = ""
    """Code of what was wrong."""
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeptOrder:
    """An order that came in with a table."""

    id: KeptOrderId
    organisation: OrganisationId
    platform: Code
    shop: ShopId | None
    order_key: str
    """A keyed digest of its number, as disputes have it."""
    line_key: str
    """A keyed digest of all that the line says: the same comes in once."""
    day: date | None
    details: Sealed
    """JSON by the names of columns."""
    kept_at: datetime


class Imports(Protocol):
    """Tables that were or are read in."""

    def begin(self, new: Import) -> None:
        """Keep a new one."""

    def get(self, which: ImportId) -> Import:
        """How far it is; NotFound if there is none."""

    def tick(self, which: ImportId, written: int) -> None:
        """Let others see how far it is, while the unit of work that writes it is open."""

    def end(self, which: ImportId, stage: ImportStage, brought: Brought, problem: str,
            at: datetime) -> None:  # fmt: skip
        """It is through, or was given up."""

    def latest(self, organisation: OrganisationId, limit: int) -> Sequence[Import]:
        """Those of an organisation, the latest first."""

    def remember(
        self, organisation: OrganisationId, headings_key: str, columns: Mapping[str, int]
    ) -> None:
        """Keep which column says what, for tables with the same headings."""

    def recall(self, organisation: OrganisationId, headings_key: str) -> Mapping[str, int] | None:
        """What was kept, if anything was."""


class KeptOrders(Protocol):
    """Orders that came in with tables."""

    def add_all(self, orders: Sequence[KeptOrder]) -> None:
        """Keep new ones; Refused where one of the same line is there."""

    def known(self, organisation: OrganisationId, line_keys: Collection[str]) -> set[str]:
        """Which of these lines are there already."""

    def of_keys(
        self, organisation: OrganisationId, order_keys: Collection[str]
    ) -> Mapping[str, Sequence[KeptOrder]]:
        """Those of some order numbers, the latest day first; numbers without any are left out."""
