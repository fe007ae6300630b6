"""Who passes an exam has passed it on every way back that asks for it: nobody is asked twice.

Courses and ways back put questions of the same banks. Where one asked as many, and as much was
right, as a way back wants, the try is kept there, too, and the sanction becomes lighter in the same
transaction. A try that waits in two places ends in both.
"""

from dataclasses import dataclass

from gongdao.domain.flows.examining import asked_on_ways
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.sanctioning import Sanctioning
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.flows.telling import Telling
from gongdao.domain.flows.ways_gone import WayGone, terms_of
from gongdao.domain.kernel.errors import Refused
from gongdao.domain.kernel.events import Actor, Role
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.policy.quiz import Marked
from gongdao.domain.policy.sitting import Sitting
from gongdao.domain.policy.ways_back import ExamStep
from gongdao.domain.training.courses import Course
from gongdao.domain.ways_back import rules
from gongdao.domain.ways_back.model import WayBack, WayBackStep


def course_for(r: Records, exam: ExamStep) -> Course | None:
    """The course whose exam, once passed, fulfils this step of a way back; None if none does."""
    return next((course for course in r.courses.all() if fulfils(course, exam)), None)


def counts_for_ways_back(r: Records, course: Course) -> bool:
    """Whether today's ways back have a step that this course's exam fulfils."""
    policy = pack_of_the_day(r.packs, r.clock()).ways_back
    steps = policy.steps() if policy is not None else ()
    return any(isinstance(step, ExamStep) and fulfils(course, step) for step in steps)


def fulfils(course: Course, exam: ExamStep) -> bool:
    """Whether passing there is enough here: the same bank, as much asked, as much right."""
    of = course.exam
    enough = of.questions >= exam.questions and of.pass_percent >= exam.pass_percent
    return of.quiz == exam.quiz and enough


@dataclass(frozen=True, slots=True)
class WaysLearned:
    """Counts a try on every open way back that it concerns, wherever it was sat."""

    records: Records
    telling: Telling
    sanctioning: Sanctioning

    def answered(self, begun: Sitting, marked: Marked, person: PersonId) -> int:
        """Keep how a try went wherever it waits too, or is enough; on how many ways it was."""
        by, counted = Actor(Role.RESPONDENT, person), 0
        for held, exam in list(asked_on_ways(self.records, person, begun.quiz)):
            steps = self._steps(held.now, exam, begun, marked, by)
            if steps:
                gone = WayGone(self.records, self.telling, self.sanctioning)
                gone.add(held, steps, by)
                counted += 1
        return counted

    def _steps(
        self, standing: WayBack, exam: ExamStep, begun: Sitting, marked: Marked, by: Actor
    ) -> list[WayBackStep]:
        r, now = self.records, self.records.clock()
        ended = rules.answer_quiz(exam, marked, by, now)
        waits = standing.open_try(exam.code)
        if waits is not None and waits.seed == begun.seed:
            return [ended]
        enough = len(marked.answers) >= exam.questions and marked.passes(exam.pass_percent)
        if not enough:
            return []
        _, way = terms_of(r, standing)
        paper = r.exams.paper(begun.quiz, begun.seed, len(begun.questions))
        try:
            first = rules.begin_quiz(way, standing, exam, paper, begun.seed, by, now)
        except Refused:
            return []  # not asked on this way, or done
        return [first, ended]
