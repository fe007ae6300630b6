"""The board of an organisation: its open disputes by what is to be done next and by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from gongdao.domain.disputes.events import DisputeKind
from gongdao.domain.disputes.model import NextStep
from gongdao.domain.kernel.ids import Code, DeadlineId, DisputeId, OrganisationId, PersonId, ShopId


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What of a board is asked for; None: all of it."""

    organisation: OrganisationId
    shop: ShopId | None = None
    platform: Code | None = None
    kind: DisputeKind | None = None
    assignee: PersonId | None = None
    step: NextStep | None = None
    each: int = 20
    """Lines of a column at most: those with the least time left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One open dispute on the board."""

    dispute: DisputeId
    kind: DisputeKind
    platform: Code
    shop: ShopId | None
    step: NextStep
    assignee: PersonId | None
    noticed_at: datetime
    checked_on: date | None
    deadline: DeadlineId | None
    """The clock that ends first; None where none is known."""
    clock: Code | None
    due_at: datetime | None
    provisional: bool
    missed: bool


@dataclass(frozen=True, slots=True)
class Column:
    """What waits for one next step."""

    lines: tuple[Line, ...]
    """The least time left first; those without a clock last, the oldest first."""
    total: int


Board = Mapping[NextStep, Column]
"""Every column, empty ones too, in the order of the steps."""
