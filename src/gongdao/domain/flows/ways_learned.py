"""Who passes a course's exam has passed it on their way back as well: nobody is asked twice.

An exam of a course puts questions of the same banks as ways back do. Where it asked as many and as
much was right as the way back wants, the try is kept there, too, and the sanction becomes lighter
in the same transaction.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from gongdao.domain.decisions.model import SanctionState
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.sanctioning import Sanctioning
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.flows.telling import Telling
from gongdao.domain.flows.ways_gone import WayGone, terms_of
from gongdao.domain.kernel.errors import Refused
from gongdao.domain.kernel.events import Actor, Held, Role
from gongdao.domain.kernel.ids import Code, PersonId
from gongdao.domain.policy.quiz import Marked
from gongdao.domain.policy.ways_back import ExamStep
from gongdao.domain.training.courses import Course
from gongdao.domain.training.model import ExamTry
from gongdao.domain.ways_back import rules
from gongdao.domain.ways_back.model import WayBack


def course_for(r: Records, exam: ExamStep) -> Course | None:
    """The course whose exam, once passed, fulfils this step of a way back; None if none does."""
    return next((course for course in r.courses.all() if _fulfils(course, exam)), None)


def counts_for_ways_back(r: Records, course: Course) -> bool:
    """Whether today's ways back have a step that this course's exam fulfils."""
    policy = pack_of_the_day(r.packs, r.clock()).ways_back
    steps = policy.steps() if policy is not None else ()
    return any(isinstance(step, ExamStep) and _fulfils(course, step) for step in steps)


def _fulfils(course: Course, exam: ExamStep) -> bool:
    """Whether passing there is enough here: the same bank, as much asked, as much right."""
    of = course.exam
    enough = of.questions >= exam.questions and of.pass_percent >= exam.pass_percent
    return of.quiz == exam.quiz and enough


@dataclass(frozen=True, slots=True)
class WaysLearned:
    """Looks for steps of ways back that a passed exam of a course fulfils."""

    records: Records
    telling: Telling
    sanctioning: Sanctioning

    def passed(self, begun: ExamTry, marked: Marked, person: PersonId) -> int:
        """Count a passed try on every open way back that asks for the same; how many did."""
        r, by = self.records, Actor(Role.RESPONDENT, person)
        gone, counted = WayGone(r, self.telling, self.sanctioning), 0
        for held, exam in self._asked(begun.quiz, person):
            if len(marked.answers) < exam.questions or not marked.passes(exam.pass_percent):
                continue
            _, way = terms_of(r, held.now)
            paper = r.exams.paper(begun.quiz, begun.seed, len(begun.questions))
            now = r.clock()
            try:
                first = rules.begin_quiz(way, held.now, exam, paper, begun.seed, by, now)
            except Refused:
                continue  # not asked on this way, done, or a try there has to wait
            gone.add(held, [first, rules.answer_quiz(exam, marked, by, now)], by)
            counted += 1
        return counted

    def _asked(self, quiz: Code, person: PersonId) -> Iterator[tuple[Held[WayBack], ExamStep]]:
        r = self.records
        for sanction in r.sanctions.seen_of(person):
            if sanction.state is not SanctionState.IN_FORCE:
                continue
            held = r.ways_back.of_sanction(sanction.id)
            if held is None or not held.now.is_open:
                continue
            policy, _ = terms_of(r, held.now)
            for step in policy.steps():
                if isinstance(step, ExamStep) and step.quiz == quiz:
                    yield held, step
