"""Every quarter: who has to pass what is told so, reminded, and told again once it is late."""

from dataclasses import dataclass
from datetime import timedelta

from gongdao.domain.deadlines.model import Deadline, DeadlineKind
from gongdao.domain.flows.file_clocks import Limit, cancel, start
from gongdao.domain.flows.firm_papers import tell, until
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.studying import training_policy
from gongdao.domain.flows.telling import Gap
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import NotFound, PackInvalid
from gongdao.domain.kernel.events import SYSTEM, Held
from gongdao.domain.kernel.ids import Code, PersonId
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.training import TeamRule
from gongdao.domain.training.duties import (
    Lifted,
    TrainingDuty,
    TrainingLifted,
    TrainingMissed,
    TrainingSet,
    quarter_of,
)
from gongdao.domain.training.model import TrainingDutyId

_SECONDS = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class TrainingSchedule:
    """The clock worker asks it; what it sets, it sets once a quarter."""

    records: Records

    def catch_up(self, limit: int) -> int:
        """Set what is missing for this quarter; how many duties that was."""
        r, now = self.records, self.records.clock()
        try:
            policy = training_policy(r)
        except (PackInvalid, NotFound):
            return 0  # a pack without courses asks nobody
        quarter, done = self.quarter(), 0
        with r.work():
            every = policy.look_every.flat() - _SECONDS
            if not r.training_duties.time_to_look(now, now - every):
                return 0
            for team in policy.teams:
                for person in r.training_duties.lacking(team.of, team.code, quarter, limit):
                    self._set(team, person, quarter)
                    done += 1
            for held in r.training_duties.stale(quarter, limit):
                step = TrainingLifted(at=now, by=SYSTEM, because=Lifted.NEXT_QUARTER)
                r.training_duties.add(held.now.id, [step], after=held.version)
                cancel(r, held.now.id, [DeadlineKind.TRAINING], "next_quarter", SYSTEM)
        return done

    def quarter(self) -> str:
        """The one that runs."""
        return quarter_of(self.records.clock().astimezone(CHINA).date())

    def remind(self, deadline: Deadline) -> None:
        """It is due soon."""
        self._tell(self._of(deadline).now, "training_reminder")

    def missed(self, deadline: Deadline) -> None:
        """The day has passed; it can still be done, and nothing else follows by itself."""
        held = self._of(deadline)
        if not held.now.is_open:
            return
        step = TrainingMissed(at=self.records.clock(), by=SYSTEM)
        self.records.training_duties.add(held.now.id, [step], after=held.version)
        self._tell(held.now, "training_missed")

    def _of(self, deadline: Deadline) -> Held[TrainingDuty]:
        return self.records.training_duties.get(deadline.about)

    def _set(self, team: TeamRule, person: PersonId, quarter: str) -> None:
        r = self.records
        duty = TrainingDutyId(r.new_id())
        limit = Limit(team.within, team.source, team.remind_before)
        due = start(r, DeadlineKind.TRAINING, duty, duty, limit)
        step = TrainingSet(
            at=r.clock(),
            by=SYSTEM,
            duty=duty,
            person=person,
            team=team.code,
            course=team.course,
            quarter=quarter,
            due_at=due.at,
        )
        self._tell(r.training_duties.add(duty, [step], after=0).now, "training_due")

    def _tell(self, duty: TrainingDuty, template: str) -> None:
        r = self.records
        gaps = (self._title(duty.course), until(duty.due_at))
        link = Gap(both={"link": f"{r.address}/learn/{duty.course}/"})
        tell(r, duty.person, Reader.LEARNER, template, duty.id, *gaps, link)

    def _title(self, course: Code) -> Gap:
        title = self.records.courses.get(course).title
        return Gap(zh={"title": title.zh}, en={"title": title.en})
