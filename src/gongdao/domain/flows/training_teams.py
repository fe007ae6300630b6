"""How members of an organisation did in exams: numbers for its owners and managers, no names."""

from dataclasses import dataclass, replace

from gongdao.domain.access.model import Caller
from gongdao.domain.flows.organising import Organising
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.studying import training_policy
from gongdao.domain.flows.training_desk import CourseView, by_course
from gongdao.domain.kernel.ids import OrganisationId
from gongdao.domain.organisations.model import Right
from gongdao.domain.training import rules


@dataclass(frozen=True, slots=True)
class OrganisationTraining:
    """An organisation's members by course, in numbers."""

    few: int
    courses: tuple[CourseView, ...]
    """Shares to the nearest five: 95 is that or more, 5 that or less."""


@dataclass(frozen=True, slots=True)
class TrainingTeams:
    """What an organisation sees of its members' training.

    No duties: those are set by the house for its own teams, and who is in one of them is no
    matter of an organisation.
    """

    records: Records

    def of(self, organisation: OrganisationId, caller: Caller) -> OrganisationTraining:
        """Pass rates of members by course, for owners and managers."""
        r = self.records
        held, _ = Organising(r).seat(organisation, caller, Right.MANAGE)
        members, few = held.now.members, training_policy(r).few
        exact = by_course(r, set(members), few)
        return OrganisationTraining(few, tuple(map(_coarse, exact)))


def _coarse(view: CourseView) -> CourseView:
    return replace(view, share=rules.coarse(view.share), at_first=rules.coarse(view.at_first))
