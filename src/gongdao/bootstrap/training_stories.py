"""The stories of courses, exams and certificates."""

from dataclasses import dataclass

from gongdao.domain.flows.certifying import Certifying
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.sanctioning import Sanctioning
from gongdao.domain.flows.studying import Studying
from gongdao.domain.flows.telling import Telling
from gongdao.domain.flows.training_desk import TrainingDesk
from gongdao.domain.flows.training_schedule import TrainingSchedule
from gongdao.domain.flows.training_teams import TrainingTeams


@dataclass(frozen=True, slots=True, repr=False)
class TrainingStories:
    """One field a story."""

    records: Records
    studying: Studying
    certifying: Certifying
    schedule: TrainingSchedule
    desk: TrainingDesk
    teams: TrainingTeams


def training_stories(r: Records, telling: Telling, sanctioning: Sanctioning) -> TrainingStories:
    """Join them to the records."""
    return TrainingStories(
        records=r,
        studying=Studying(r, telling, sanctioning),
        certifying=Certifying(r),
        schedule=TrainingSchedule(r),
        desk=TrainingDesk(r),
        teams=TrainingTeams(r),
    )
