"""The one way of putting questions, marking them and trying again, on courses and on ways back.

A person has one line of tries at a bank of questions, wherever they sit: a try that waits for its
answers is put again elsewhere instead of another one, so that nobody sees the answers to one in the
explanations of the other; and one that failed makes them wait everywhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from gongdao.domain.decisions.model import SanctionState
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.ways_gone import terms_of
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import Code, PersonId
from gongdao.domain.policy.quiz import Answered, Marked, Paper
from gongdao.domain.policy.sitting import Sitting, answerable, may_sit
from gongdao.domain.policy.ways_back import ExamStep
from gongdao.domain.ways_back.model import WayBack

S = TypeVar("S", bound=Sitting)


@dataclass(frozen=True, slots=True)
class Put:
    """Questions that are put to somebody, and the seed that they follow from."""

    seed: str
    paper: Paper


@dataclass(frozen=True, slots=True)
class Explained(Generic[S]):
    """A try that has ended, with what was right and why.

    A record keeps what was missed and not what was chosen: `chosen` says nothing in these answers.
    """

    tried: S
    answers: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class Examining:
    """Puts questions and marks answers; what came of it is kept by whoever asked."""

    records: Records

    def begin(self, person: PersonId, quiz: Code, amount: int) -> Put:
        """Questions for a new try: those that wait for this person elsewhere, or others."""
        r = self.records
        r.sanctions.of_person(person)  # of two that begin at once the second waits, and reads again
        earlier = list(self.sittings(person, quiz))
        for each in earlier:
            paper = self.again(each)
            if paper is None:
                continue
            if len(each.questions) < amount:
                raise Refused(
                    "quiz.open_elsewhere",
                    hint_noop("A try on these questions waits elsewhere. Answer that one first."),
                )
            return Put(each.seed, paper)
        may_sit(earlier, r.clock())
        seed = r.new_id()
        return Put(seed, r.exams.paper(quiz, seed, amount))

    def again(self, begun: Sitting | None) -> Paper | None:
        """The questions of a try that waits for its answers; None once its bank has changed."""
        if begun is None or not begun.waits:
            return None
        paper = self.records.exams.paper(begun.quiz, begun.seed, len(begun.questions))
        return paper if paper.edition == begun.edition else None

    def mark(self, quiz: Code, begun: S | None, answers: Mapping[Code, Code]) -> tuple[S, Marked]:
        """Mark the answers to a try; Refused where none waits for them."""
        exams = self.records.exams
        found = answerable(begun, exams.paper(quiz, "", 1).edition)
        return found, exams.mark(quiz, found.seed, found.questions, answers)

    def explained(self, tried: S | None) -> Explained[S] | None:
        """A try that has ended, explained; None once its bank has changed."""
        if tried is None or tried.waits:
            return None
        r = self.records
        paper = r.exams.paper(tried.quiz, tried.seed, len(tried.questions))
        if paper.edition != tried.edition:
            return None
        anything = {each.code: each.options[0].code for each in paper.questions}
        return Explained(
            tried, r.exams.mark(tried.quiz, tried.seed, tried.questions, anything).answers
        )

    def opens_at(self, person: PersonId, quiz: Code) -> datetime | None:
        """When the next try may begin; None where nothing waits for its time."""
        known = (each.again_at for each in self.sittings(person, quiz))
        now = self.records.clock()
        return max((at for at in known if at is not None and at > now), default=None)

    def sittings(self, person: PersonId, quiz: Code) -> Iterator[Sitting]:
        """Everything that this person sat on a bank: on courses, and on ways back in force."""
        held = self.records.learners.of_person(person)
        for progress in held.now.courses.values() if held else ():
            yield from (each for each in progress.tries if each.quiz == quiz)
        for way, _ in asked_on_ways(self.records, person, quiz):
            yield from (each for each in way.now.tries if each.quiz == quiz)


def asked_on_ways(
    r: Records, person: PersonId, quiz: Code
) -> Iterator[tuple[Held[WayBack], ExamStep]]:
    """Somebody's open ways back that ask for an exam out of this bank."""
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
