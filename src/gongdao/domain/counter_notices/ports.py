"""What notices about rights need from outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from gongdao.domain.counter_notices.events import RightsNoticeId, RightsStep
from gongdao.domain.counter_notices.model import RightsNotice
from gongdao.domain.kernel.events import Held, Streams
from gongdao.domain.kernel.ids import PersonId


@dataclass(frozen=True, slots=True)
class Entry:
    """A notice as the register lists it, with the first and the last of its leaves (hex)."""

    now: RightsNotice
    first_leaf: str
    last_leaf: str


class RightsNotices(Streams[RightsNotice, RightsStep], Protocol):
    """All notices about rights."""

    def latest(self, limit: int, before: str | None = None) -> Sequence[Entry]:
        """The latest, newest first; those before the one of that number, if one is named.

        NotFound where no notice has that number.
        """

    def by_number(self, number: str) -> Held[RightsNotice]:
        """The one with that number in the register; NotFound if there is none."""

    def open_ones(self, limit: int) -> Sequence[RightsNotice]:
        """What is not over: what staff must look at first, then by when it was given."""

    def arrived(self, limit: int) -> Sequence[Held[RightsNotice]]:
        """Those with a paper under way whose letter was taken by mail or was read.

        Locks what it returns until the unit of work ends and skips what another worker holds.
        """

    def of_person(self, person: PersonId) -> Sequence[RightsNoticeId]:
        """Those in which somebody has a part, newest first."""
