"""The ports of courses, exams and certificates, in memory; the courses are those of the house."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from tests.fakes.memory import Memory
from tests.fakes.streams import MemoryGroups, MemoryStreams

from gongdao.adapters.course_files import FileCourses
from gongdao.bootstrap.pack_shelf import pack_root
from gongdao.domain.kernel.events import Held, Role
from gongdao.domain.kernel.ids import Code, PersonId
from gongdao.domain.policy.training import TeamOf
from gongdao.domain.training import certificates, duties, model
from gongdao.domain.training.certificates import Certificate, CertificateStep
from gongdao.domain.training.duties import Counted, TrainingDuty, TrainingDutyStep
from gongdao.domain.training.model import Examined, Learner, LearnerStep


class MemoryLearners(MemoryStreams[Learner, LearnerStep]):
    """Everybody who opened a course."""

    table = "learner"
    fold = staticmethod(model.fold)

    def of_person(self, person: PersonId) -> Held[Learner] | None:
        return next((held for held in self.all() if held.now.person == person), None)

    def asking(self, limit: int) -> list[Learner]:
        return [held.now for held in self.all() if held.now.asks_help][:limit]

    def examined(self, among: Collection[PersonId] | None, most: int) -> Mapping[Code, Examined]:
        found = [h.now for h in self.all() if among is None or h.now.person in among]
        latest = sorted(found, key=lambda learner: learner.id)[-most:]
        ended: dict[Code, list[list[bool]]] = {}
        for learner in latest:
            for code, progress in learner.courses.items():
                tries = [each.passed for each in progress.tries if each.ended_at]
                if tries:
                    ended.setdefault(code, []).append(tries)
        return {
            code: Examined(len(all_), sum(map(any, all_)), sum(tries[0] for tries in all_))
            for code, all_ in ended.items()
        }


class MemoryCertificates(MemoryStreams[Certificate, CertificateStep]):
    """All certificates."""

    table = "certificate"
    fold = staticmethod(certificates.fold)

    def numbered(self, number: str) -> Held[Certificate] | None:
        return next((held for held in self.all() if held.now.number == number), None)

    def of_person(self, person: PersonId) -> list[Certificate]:
        theirs = [held.now for held in self.all() if held.now.person == person]
        return sorted(theirs, key=lambda c: (c.issued_at, c.id), reverse=True)


class MemoryTrainingDuties(MemoryStreams[TrainingDuty, TrainingDutyStep]):
    """Who has to pass what."""

    table = "training_duty"
    fold = staticmethod(duties.fold)

    def of_person(self, person: PersonId, course: Code) -> list[Held[TrainingDuty]]:
        found = [h for h in self.all() if (h.now.person, h.now.course) == (person, course)]
        return sorted((h for h in found if h.now.is_open), key=lambda h: h.now.due_at)

    def of_team(self, team: Code, quarter: str, limit: int) -> list[TrainingDuty]:
        found = self._of(team, quarter)
        return sorted(found, key=lambda d: (not d.is_open, d.due_at, d.id))[:limit]

    def counted(self, team: Code, quarter: str) -> Counted:
        found = self._of(team, quarter)
        done = sum(d.done_at is not None for d in found)
        return Counted(len(found), done, sum(d.missed and d.done_at is None for d in found))

    def lacking(self, of: TeamOf, team: Code, quarter: str, limit: int) -> list[PersonId]:
        bound = {d.person for d in self._of(team, quarter)}
        return sorted(self._in(of) - bound)[:limit]

    def stale(self, quarter: str, limit: int) -> list[Held[TrainingDuty]]:
        now = {(h.now.person, h.now.team) for h in self.all() if h.now.quarter == quarter}
        return [
            h
            for h in self.all()
            if h.now.is_open and h.now.quarter != quarter and (h.now.person, h.now.team) in now
        ][:limit]

    def time_to_look(self, now: datetime, before: datetime) -> bool:
        rows = self.memory.tables["training_look"]
        if rows.get(1) is not None and rows[1] > before:
            return False
        rows[1] = now
        return True

    def _of(self, team: Code, quarter: str) -> list[TrainingDuty]:
        return [h.now for h in self.all() if (h.now.team, h.now.quarter) == (team, quarter)]

    def _in(self, of: TeamOf) -> set[PersonId]:
        if of is TeamOf.GROUP_OWNERS:
            groups = MemoryGroups(self.memory).all()
            return {person for held in groups for person in held.now.owners}
        fit = {Role.REVIEWER, Role.SENIOR_REVIEWER}
        rows = self.memory.tables["party"].items()
        return {person for person, party in rows if party.active and party.roles & fit}


@cache
def shipped_courses() -> FileCourses:
    """The courses of the repository, read once."""
    return FileCourses(pack_root() / "house" / "courses")


def training_on_fakes(memory: Memory) -> dict[str, Any]:
    """Each port by its name in the records."""
    return {
        "courses": shipped_courses(),
        "learners": MemoryLearners(memory),
        "certificates": MemoryCertificates(memory),
        "training_duties": MemoryTrainingDuties(memory),
    }
