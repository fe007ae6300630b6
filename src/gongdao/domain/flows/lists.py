"""The lists that people work from: the desk's queue, one's own cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import may_read_desk
from gongdao.domain.kernel.clock import Clock
from gongdao.domain.kernel.ids import CaseId, PersonId, ReportId


class QueueName(StrEnum):
    """Which cases a desk shows."""

    PRIORITY = "priority"
    """Everything on which somebody could work now, in the order of its priority."""
    MINE = "mine"
    """Cases that are kept for the one who looks."""
    RECEIVED = "received"
    INVESTIGATING = "investigating"
    APPEALS = "appeals"
    """Appeals given to the one who looks."""
    ALL_APPEALS = "all_appeals"
    WAITING = "waiting"
    """Appeals that wait for somebody other than their reviewer."""
    OVERDUE = "overdue"
    """Cases in which a limit has passed, of whatever kind."""
    DECIDED = "decided"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One line of a list. Names nobody."""

    id: str
    stage: str
    subject_kind: str
    category: str
    answer: str
    outcome: str | None
    opened_at: datetime
    changed_at: datetime
    next_due: datetime | None
    appeal: str | None = None
    subject_ref: str = ""
    about: PersonId | None = None
    """The party that it is about: to tell cases apart, never to be shown."""
    level: int = 0
    """Of the open appeal; 0 where there is none, or the list does not ask."""
    round: int = 1
    waits_for: str = ""
    """Whom the open appeal awaits; empty for its reviewer."""
    mine: bool = False
    """Whether the one who looks hears it."""
    my_move: bool = False
    """Whether it is the move of the one who looks."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, and where the next ones begin."""

    lines: tuple[CaseLine, ...]
    cursor: str | None
    """Opaque; None at the end."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases wait; counting stops at `most`, which is then said as `more than`."""

    received: int
    investigating: int
    appeals: int
    all_appeals: int
    waiting: int
    """Appeals that wait for somebody other than their reviewer."""
    overdue: int
    undelivered: int
    mailboxes: int
    """Mailboxes in which a reporter waits to be read."""
    most: int


class CaseLists(Protocol):
    """Lists over very many cases; every one is read from an index, a page at a time."""

    def queue(
        self,
        name: QueueName,
        reviewer: PersonId | None,
        category: str | None,
        cursor: str | None,
        limit: int,
        now: datetime,
    ) -> Page:
        """A desk's queue, soonest due first; BadInput for a broken cursor."""

    def counts(self, reviewer: PersonId | None, now: datetime) -> Counts:
        """How much waits."""

    def of_person(self, person: PersonId) -> tuple[list[CaseLine], list[CaseLine]]:
        """The cases that somebody reported, and those about them of which they were told."""

    def beside(
        self, case: CaseId, respondent: PersonId | None, also: Sequence[CaseId], most: int
    ) -> list[CaseLine]:
        """Other undecided cases about a party, and those that are named; the latest first."""

    def latest_reports(
        self, cases: Sequence[CaseId], most: int
    ) -> Mapping[CaseId, Sequence[ReportId]]:
        """At most so many of the reports that each of these cases rests on: the latest."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The lists behind their door."""

    lists: CaseLists
    clock: Clock

    def queue(
        self,
        caller: Caller,
        name: QueueName,
        *,
        category: str | None = None,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page:
        """A page of a queue, for staff and the auditor."""
        may_read_desk(caller)
        limit = min(max(limit, 1), 200)
        return self.lists.queue(name, caller.person, category, cursor, limit, self.clock())

    def counts(self, caller: Caller) -> Counts:
        """How much waits, for staff and the auditor."""
        may_read_desk(caller)
        return self.lists.counts(caller.person, self.clock())

    def mine(self, caller: Caller) -> tuple[list[CaseLine], list[CaseLine]]:
        """One's own cases, on either side."""
        return ([], []) if caller.person is None else self.lists.of_person(caller.person)
