"""Training as staff see it: teams in numbers, what is open in one's own team, who asks for help."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import DECIDERS, must_be, not_found
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.studying import training_policy
from gongdao.domain.flows.training_schedule import TrainingSchedule
from gongdao.domain.kernel.events import Actor, Role
from gongdao.domain.kernel.ids import Code, PersonId
from gongdao.domain.policy.basics import Words
from gongdao.domain.policy.training import TeamOf, TeamRule
from gongdao.domain.training import rules
from gongdao.domain.training.courses import Course
from gongdao.domain.training.duties import Counted, TrainingDuty
from gongdao.domain.training.model import Examined, LearnerId

_LISTED = 200
COUNTED = 2000
"""So many learners are counted by course, the latest."""
LEADS = {
    TeamOf.REVIEWERS: (Role.SENIOR_REVIEWER,),
    TeamOf.GROUP_OWNERS: (Role.OPERATOR,),
}
"""Who leads a team, and so sees whose duties of it are open."""


@dataclass(frozen=True, slots=True)
class OpenDuty:
    """Something that somebody in one's own team has not passed yet."""

    name: str
    duty: TrainingDuty


@dataclass(frozen=True, slots=True)
class TeamView:
    """A team in a quarter."""

    code: Code
    title: Words
    course: Words
    bound: int
    counted: Counted | None
    """What became of it, for whoever leads the team; for others where there are enough to tell."""
    share: int | None
    """Of those bound, how many of a hundred passed; None where too few can tell."""
    leads: bool
    """Whether the caller leads it: only then `open` names anybody."""
    open: tuple[OpenDuty, ...]


@dataclass(frozen=True, slots=True)
class CourseView:
    """How people did in a course's exam; shares are None where too few can tell."""

    code: Code
    title: Words
    n: int
    share: int | None
    at_first: int | None
    """Of a hundred, whose first try passed."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody whose tries are used up."""

    learner: LearnerId
    course: Code
    title: Words
    said: str
    failed: int
    missed: tuple[Code, ...]
    """Questions that were answered wrongly, by how often first."""


@dataclass(frozen=True, slots=True)
class TrainingBoard:
    """The page of staff."""

    quarter: str
    few: int
    teams: tuple[TeamView, ...]
    courses: tuple[CourseView, ...]
    counted: int
    """At most so many learners are counted by course: the latest."""
    asking: tuple[Asking, ...]


@dataclass(frozen=True, slots=True)
class TrainingDesk:
    """What staff see and do."""

    records: Records

    def board(self, caller: Caller) -> TrainingBoard:
        """Teams in numbers; by name only the open duties of the team that the caller leads."""
        must_be(caller, *DECIDERS, Role.OPERATOR, Role.AUDITOR)
        policy, quarter = training_policy(self.records), TrainingSchedule(self.records).quarter()
        return TrainingBoard(
            quarter=quarter,
            few=policy.few,
            teams=tuple(self._team(t, quarter, policy.few, caller) for t in policy.teams),
            courses=by_course(self.records, None, policy.few),
            counted=COUNTED,
            asking=tuple(self._asking(caller)),
        )

    def allow(self, learner: LearnerId, course: Code, said: str, caller: Caller) -> None:
        """Let somebody try again, after talking it over with them."""
        must_be(caller, *DECIDERS)
        r, senior = self.records, Role.SENIOR_REVIEWER
        if caller.person is None:
            raise not_found()
        by = Actor(senior if caller.has(senior) else Role.REVIEWER, caller.person)
        with r.work():
            held = r.learners.get(learner)
            text = rules.check_text(training_policy(r), said)
            sealed = r.texts.seal(text, held.now.person)
            step = rules.allow_tries(held.now, course, sealed, by, r.clock())
            r.learners.add(held.now.id, [step], after=held.version)

    def _team(self, team: TeamRule, quarter: str, few: int, caller: Caller) -> TeamView:
        r = self.records
        counted = r.training_duties.counted(team.code, quarter)
        leads = caller.has(*LEADS[team.of])
        listed = r.training_duties.of_team(team.code, quarter, _LISTED) if leads else []
        return TeamView(
            code=team.code,
            title=team.title,
            course=r.courses.get(team.course).title,
            bound=counted.bound,
            counted=counted if leads or counted.bound >= few else None,
            share=rules.share(counted.done, counted.bound, few),
            leads=leads,
            open=tuple(self._open(duty) for duty in listed if duty.is_open),
        )

    def _open(self, duty: TrainingDuty) -> OpenDuty:
        r = self.records
        name = r.staff.name(duty.person) or r.parties.account(duty.person) or ""
        return OpenDuty(name, duty)

    def _asking(self, caller: Caller) -> list[Asking]:
        if not caller.has(*DECIDERS):
            return []
        r = self.records
        return [
            Asking(
                learner=learner.id,
                course=code,
                title=r.courses.get(code).title,
                said=r.opened(progress.help),
                failed=sum(not each.passed for each in progress.tries if each.ended_at),
                missed=_often(each.missed for each in progress.tries),
            )
            for learner in r.learners.asking(_LISTED)
            if learner.person != caller.person
            for code, progress in learner.courses.items()
            if progress.help is not None
        ]


def by_course(r: Records, among: Collection[PersonId] | None, few: int) -> tuple[CourseView, ...]:
    """Every course with how these people did in its exam; all people for None."""
    found = r.learners.examined(among, COUNTED)
    return tuple(
        _course_view(course, found.get(course.code, Examined(0, 0, 0)), few)
        for course in r.courses.all()
    )


def _course_view(course: Course, counted: Examined, few: int) -> CourseView:
    return CourseView(
        code=course.code,
        title=course.title,
        n=counted.n,
        share=rules.share(counted.passed, counted.n, few),
        at_first=rules.share(counted.at_first, counted.n, few),
    )


def _often(missed: Iterable[tuple[Code, ...]]) -> tuple[Code, ...]:
    counted = Counter(code for each in missed for code in each)
    return tuple(code for code, _ in counted.most_common(10))
