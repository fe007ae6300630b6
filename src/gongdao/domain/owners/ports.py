"""What group owners need from outside."""

from collections.abc import Sequence
from typing import Protocol

from gongdao.domain.kernel.events import Held, Streams
from gongdao.domain.kernel.ids import CaseId, GroupId, PersonId
from gongdao.domain.owners.model import Group, GroupStep, OwnerTask, OwnerTaskStep


class Groups(Streams[Group, GroupStep], Protocol):
    """All groups whose owners are known."""

    def by_key(self, key: str) -> Held[Group] | None:
        """The group behind the keyed digest of its name; None if nobody named it."""

    def of_owner(self, person: PersonId) -> Sequence[Group]:
        """The groups of an owner, oldest first."""


class OwnerTasks(Streams[OwnerTask, OwnerTaskStep], Protocol):
    """All tasks of owners, those that they were never asked included."""

    def of_case(self, case: CaseId) -> Sequence[Held[OwnerTask]]:
        """The tasks of a case: one at the most, as a rule."""

    def of_group(self, group: GroupId, limit: int) -> Sequence[OwnerTask]:
        """The tasks of a group, latest first."""

    def by_ref(self, ref: str) -> Held[OwnerTask]:
        """The task that owners know by this; NotFound if there is none."""
