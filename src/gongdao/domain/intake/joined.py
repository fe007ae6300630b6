"""That more reports of the same subject joined a case, and which of them count apart."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import PersonId, ReportId


class Apart(StrEnum):
    """Why a report is kept but counted apart from the others of its case."""

    REPEAT = "repeat"
    """The same reporter reported the same thing again within the pack's window."""
    FLOOD = "flood"
    """It came with a coordinated flood."""


@dataclass(frozen=True, slots=True)
class Joined:
    """One report that joined a case, and whose it is."""

    report: ReportId
    reporter: PersonId
    apart: Apart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsJoined(Event):
    """More reports of the same subject arrived.

    One event holds all that were put in line at once: a million reports are not a million steps.
    """

    kind: ClassVar[str] = "case.reports_joined"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    joined: tuple[Joined, ...]
