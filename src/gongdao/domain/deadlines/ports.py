"""What deadlines need from outside."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from gongdao.domain.deadlines.model import Deadline, DeadlineStep
from gongdao.domain.kernel.events import Held, Streams
from gongdao.domain.kernel.ids import CaseId


class Deadlines(Streams[Deadline, DeadlineStep], Protocol):
    """All deadlines."""

    def running(self, case: CaseId) -> Sequence[Held[Deadline]]:
        """The deadlines of a case that can still be met (`stage.is_open`), soonest due first."""

    def running_about(self, about: str) -> Sequence[Held[Deadline]]:
        """Those set for one thing (a case, an appeal …) that can still be met, soonest first."""

    def to_look_at(self, now: datetime, limit: int) -> Sequence[Held[Deadline]]:
        """Deadlines whose `next_look` has come, earliest first.

        Locks what it returns until the unit of work ends and skips what another worker holds.
        """

    def provisional(self, calendar: str, limit: int) -> Sequence[Held[Deadline]]:
        """Running deadlines with a provisional due date counted on another calendar than this.

        Locks and skips as `to_look_at` does.
        """
