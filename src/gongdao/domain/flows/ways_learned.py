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
from gongdao.domain.flows.telling import Telling
from gongdao.domain.flows.ways_gone import WayGone, terms_of
from gongdao.domain.kernel.errors import Refused
from gongdao.domain.kernel.events import Actor, Held, Role
from gongdao.domain.kernel.ids import Code, PersonId
from gongdao.domain.policy.quiz import Marked
from gongdao.domain.policy.ways_back import ExamStep
from gongdao.domain.training.model import ExamTry
from gongdao.domain.ways_back import rules
from gongdao.domain.ways_back.model import WayBack


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
