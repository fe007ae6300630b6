"""Studying: sections are read and their time counted, exams taken, certificates issued."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import not_found
from gongdao.domain.deadlines.model import DeadlineKind
from gongdao.domain.flows.examining import Examining, Explained
from gongdao.domain.flows.file_clocks import meet
from gongdao.domain.flows.firming import Firming
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.regrading import Regrading
from gongdao.domain.flows.sanctioning import Sanctioning
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.flows.telling import Telling
from gongdao.domain.flows.ways_learned import WaysLearned
from gongdao.domain.kernel.errors import PackInvalid, hint_noop
from gongdao.domain.kernel.events import Actor, Held, Role
from gongdao.domain.kernel.ids import Code, PersonId
from gongdao.domain.policy.quiz import Marked, Paper
from gongdao.domain.policy.sitting import Sitting
from gongdao.domain.policy.training import TrainingPolicy
from gongdao.domain.training import rules
from gongdao.domain.training.certificates import Certificate
from gongdao.domain.training.courses import Course, Section
from gongdao.domain.training.duties import TrainingDone
from gongdao.domain.training.model import (
    CertificateId,
    ExamPassed,
    ExamTry,
    Learner,
    LearnerId,
    TimeCounted,
)


@dataclass(frozen=True, slots=True)
class ExamOutcome:
    """How a try went: every answer with its explanation."""

    marked: Marked
    certificate: Certificate | None
    again_at: datetime | None
    """When the next try may begin, where this one failed."""


@dataclass(frozen=True, slots=True)
class ExamStanding:
    """Where somebody stands with a course's exam."""

    paper: Paper | None = None
    """The questions of the try that waits for its answers."""
    opens_at: datetime | None = None
    """When the next try may begin, where that has to wait."""
    used_up: bool = False
    """Whether only a person can open more tries."""
    asked: bool = False
    """Whether one was asked, and has not answered yet."""
    last: ExamTry | None = None
    """The last try that ended; None while another waits, so that it explains nothing of that."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Which page of a course somebody had before them, and since when."""

    course: Code
    section: Code
    at: datetime


def training_policy(r: Records) -> TrainingPolicy:
    """Today's rules of training; PackInvalid where the pack says nothing of it."""
    pack = pack_of_the_day(r.packs, r.clock())
    if pack.training is None:
        raise PackInvalid(
            "pack.no_training",
            hint_noop("The pack {pack} says nothing of training. Add its training part."),
            pack=str(pack.ref),
        )
    return pack.training


def learner_actor(caller: Caller) -> Actor:
    """The caller as somebody who learns for themselves; the holder of a code has no courses."""
    if caller.person is None or caller.only_case is not None:
        raise not_found()
    return Actor(Role.LEARNER, caller.person)


def person_of(by: Actor) -> PersonId:
    """Whoever acts."""
    if by.person is None:
        raise not_found()
    return by.person


@dataclass(frozen=True, slots=True)
class Studying:
    """Everything that somebody does on a course."""

    records: Records
    telling: Telling
    sanctioning: Sanctioning

    def mine(self, caller: Caller) -> Learner | None:
        """Oneself as a learner; None before one opened a course."""
        held = self.records.learners.of_person(person_of(learner_actor(caller)))
        return held.now if held else None

    def count(self, opened: Opened, claimed: int, caller: Caller) -> TimeCounted:
        """What the page says was read since it last said so."""
        return self._time(opened, claimed, caller)

    def turn(self, opened: Opened, claimed: int | None, caller: Caller) -> Section | None:
        """A section is read; the next one, or None behind the last.

        `claimed` is None where no script measured: then the page's turning itself is counted.
        """
        r = self.records
        with r.work():
            self._time(opened, claimed, caller)
            by = learner_actor(caller)
            held = self._held(by)
            course, section = self._place(opened)
            step = rules.read(held.now, course, section, by, r.clock())
            if step is not None:
                r.learners.add(held.now.id, [step], after=held.version)
            Firming(r).reconsider(by.person)
        return course.after(section.code)

    def begin_exam(self, code: Code, caller: Caller) -> Paper:
        """Begin a try; the same questions again while it is open."""
        r, course = self.records, self.records.courses.get(code)
        with r.work():
            by = learner_actor(caller)
            held = self._begun(course, by)
            progress = held.now.courses[course.code]
            examining = Examining(r)
            open_one = examining.again(progress.open_try)
            if open_one is not None:
                return open_one
            rules.may_try(progress, course, r.clock())
            put = examining.begin(person_of(by), course.exam.quiz, course.exam.questions)
            step = rules.begin_exam(course, put.paper, put.seed, by, r.clock())
            r.learners.add(held.now.id, [step], after=held.version)
        return put.paper

    def open_paper(self, code: Code, caller: Caller) -> Paper | None:
        """The questions of the try that waits for its answers; None where none does."""
        self.records.courses.get(code)
        learner = self.mine(caller)
        progress = learner.courses.get(code) if learner else None
        return Examining(self.records).again(progress.open_try) if progress else None

    def standing(self, code: Code, caller: Caller) -> ExamStanding:
        """Where one stands with a course's exam."""
        r, course, learner = self.records, self.records.courses.get(code), self.mine(caller)
        progress = learner.courses.get(code) if learner else None
        if learner is None or progress is None:
            return ExamStanding()
        examining, last = Examining(r), progress.last_ended
        failed = rules.failed_lately(progress, course, r.clock())
        return ExamStanding(
            paper=examining.again(progress.open_try),
            opens_at=examining.opens_at(learner.person, course.exam.quiz),
            used_up=failed >= course.exam.tries_most,
            asked=progress.help is not None,
            last=last if progress.open_try is None else None,
        )

    def explained(self, code: Code, caller: Caller) -> Explained[ExamTry] | None:
        """The last try with what was right; None while another waits, or its bank has changed."""
        return Examining(self.records).explained(self.standing(code, caller).last)

    def answer(self, code: Code, answers: Mapping[Code, Code], caller: Caller) -> ExamOutcome:
        """Answer every question of the open try; whoever passes gets a certificate at once."""
        r, course = self.records, self.records.courses.get(code)
        with r.work():
            by = learner_actor(caller)
            held = self._begun(course, by)
            waits = held.now.courses[code].open_try
            begun, marked = Examining(r).mark(course.exam.quiz, waits, answers)
            outcome = self._ended(held, course, marked, by)
            learned = WaysLearned(r, self.telling, self.sanctioning)
            learned.answered(begun, marked, person_of(by))
            self.answered(begun, marked, person_of(by))
        return outcome

    def answered(self, begun: Sitting, marked: Marked, person: PersonId) -> None:
        """A try was answered on a way back: it ends on a course where it waits, too."""
        r, by = self.records, Actor(Role.LEARNER, person)
        while True:
            held = r.learners.of_person(person)
            waits = held.now.sitting(begun.seed) if held else None
            if held is None or waits is None:
                return
            self._ended(held, r.courses.get(waits), marked, by)

    def ask_help(self, code: Code, said: str, caller: Caller) -> None:
        """Ask a person, once the tries are used up."""
        r, course = self.records, self.records.courses.get(code)
        with r.work():
            by = learner_actor(caller)
            held = self._begun(course, by)
            sealed = r.texts.seal(rules.check_text(training_policy(r), said), by.person)
            step = rules.ask_help(held.now.courses.get(code), course, sealed, by, r.clock())
            r.learners.add(held.now.id, [step], after=held.version)

    def _time(self, opened: Opened, claimed: int | None, caller: Caller) -> TimeCounted:
        r, rule = self.records, training_policy(self.records).time
        course, section = self._place(opened)
        with r.work():
            by = learner_actor(caller)
            held = self._begun(course, by)
            now = r.clock()
            given = (held.now, course.code, section)
            step = (
                rules.count_turn(*given, opened.at, rule, by, now)
                if claimed is None
                else rules.count(*given, claimed, opened.at, rule, by, now)
            )
            if step.seconds:  # nothing is kept of a page that lay there
                r.learners.add(held.now.id, [step], after=held.version)
        return step

    def _begun(self, course: Course, by: Actor) -> Held[Learner]:
        r, person = self.records, person_of(by)
        held = r.learners.of_person(person)
        if held is None:
            r.sanctions.of_person(person)  # of two first pages the second waits, and reads again
            held = r.learners.of_person(person)
        learner = held.now if held else None
        new_id = learner.id if learner else LearnerId(r.new_id())
        steps = rules.begin(learner, new_id, person, course, by, r.clock())
        if held is not None and not steps:
            return held
        return r.learners.add(new_id, steps, after=held.version if held else 0)

    def _held(self, by: Actor) -> Held[Learner]:
        held = self.records.learners.of_person(person_of(by))
        if held is None:
            raise not_found()
        return held

    def _place(self, opened: Opened) -> tuple[Course, Section]:
        course = self.records.courses.get(opened.course)
        section = course.section(opened.section)
        if section is None:
            raise not_found()
        return course, section

    def _ended(self, held: Held[Learner], course: Course, marked: Marked, by: Actor) -> ExamOutcome:
        r = self.records
        step = rules.answer(course, marked, CertificateId(r.new_id()), by, r.clock())
        after = r.learners.add(held.now.id, [step], after=held.version)
        if not isinstance(step, ExamPassed):
            return ExamOutcome(marked, None, step.again_at)
        return ExamOutcome(marked, self._passed(after.now, course, step), None)

    def _passed(self, learner: Learner, course: Course, step: ExamPassed) -> Certificate:
        """The certificate; what was due for it is done, and a firm's lane is looked at again."""
        r = self.records
        until = step.at + course.exam.valid.flat()
        issued = rules.issue(learner, course, step, r.new_id(), until)
        certificate = r.certificates.add(step.certificate, [issued], after=0).now
        for duty in r.training_duties.of_person(learner.person, course.code):
            done = TrainingDone(at=step.at, by=step.by, certificate=certificate.id)
            r.training_duties.add(duty.now.id, [done], after=duty.version)
            meet(r, duty.now.id, DeadlineKind.TRAINING, step.by)
        Firming(r).reconsider(learner.person)
        Regrading(r).spoken_for(learner.person)
        return certificate
