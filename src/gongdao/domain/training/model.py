"""A learner: which courses were begun, what was read and for how long, and every try at an exam.

One stream a person, not one a course: time is counted on one line, so that two pages open at once
count no more than what passed on the wall.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import ClassVar, NewType, assert_never

from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import Code, PersonId, Sealed
from gongdao.domain.policy.sitting import Sitting

LearnerId = NewType("LearnerId", str)
CertificateId = NewType("CertificateId", str)
TrainingDutyId = NewType("TrainingDutyId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerCame(Event):
    """Somebody opened a course for the first time."""

    kind: ClassVar[str] = "learner.came"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    learner: LearnerId
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseBegun(Event):
    """A course was begun."""

    kind: ClassVar[str] = "learner.course_begun"
    personal: ClassVar[Personal] = Personal.NOTHING
    course: Code
    edition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeCounted(Event):
    """So long a section was read, up to `at`: nothing before `at` is ever counted again."""

    kind: ClassVar[str] = "learner.time_counted"
    personal: ClassVar[Personal] = Personal.NOTHING
    course: Code
    section: Code
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRead(Event):
    """The learner says that a section is read."""

    kind: ClassVar[str] = "learner.section_read"
    personal: ClassVar[Personal] = Personal.NOTHING
    course: Code
    section: Code
    edition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamBegun(Event):
    """Questions were put: these, in this order, out of that edition of the bank."""

    kind: ClassVar[str] = "learner.exam_begun"
    personal: ClassVar[Personal] = Personal.NOTHING
    course: Code
    quiz: Code
    edition: str
    seed: str
    questions: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamPassed(Event):
    """Enough of the answers were right."""

    kind: ClassVar[str] = "learner.exam_passed"
    personal: ClassVar[Personal] = Personal.NOTHING
    course: Code
    right: int
    asked: int
    missed: tuple[Code, ...]
    certificate: CertificateId


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamFailed(Event):
    """Too few of them were; the next try may begin at that moment."""

    kind: ClassVar[str] = "learner.exam_failed"
    personal: ClassVar[Personal] = Personal.NOTHING
    course: Code
    right: int
    asked: int
    missed: tuple[Code, ...]
    again_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpAsked(Event):
    """The tries of this time are used up, and the learner asks a person."""

    kind: ClassVar[str] = "learner.help_asked"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    course: Code
    said: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class TriesAllowed(Event):
    """A person talked it over with the learner: earlier tries count no more."""

    kind: ClassVar[str] = "learner.tries_allowed"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    course: Code
    said: Sealed


LearnerStep = (
    LearnerCame
    | CourseBegun
    | TimeCounted
    | SectionRead
    | ExamBegun
    | ExamPassed
    | ExamFailed
    | HelpAsked
    | TriesAllowed
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamTry(Sitting):
    """One try at a course's exam."""

    certificate: CertificateId | None = None

    @property
    def passed(self) -> bool:
        """Whether enough was right."""
        return self.certificate is not None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is on one course."""

    course: Code
    begun_at: datetime
    read: frozenset[Code] = frozenset()
    tries: tuple[ExamTry, ...] = ()
    help: Sealed | None = None
    """What was said in asking for help that nobody has answered."""
    allowed_at: datetime | None = None
    """Tries before this count no more."""
    answer: Sealed | None = None
    """What was last said to the learner."""

    @property
    def open_try(self) -> ExamTry | None:
        """The try that waits for its answers."""
        last = self.tries[-1] if self.tries else None
        return last if last is not None and last.waits else None

    @property
    def last_ended(self) -> ExamTry | None:
        """The latest try that was answered."""
        return next((each for each in reversed(self.tries) if not each.waits), None)

    @property
    def last_passed(self) -> ExamTry | None:
        """The latest try that passed."""
        return next((each for each in reversed(self.tries) if each.passed), None)


Spent = tuple[Code, Code, date]
"""A course, a section of it, and a day in China."""


@dataclass(frozen=True, slots=True)
class Learner:
    """A learner as they stand."""

    id: LearnerId
    person: PersonId
    courses: Mapping[Code, Progress] = field(default_factory=dict)
    spent: Mapping[Spent, int] = field(default_factory=dict)
    """Seconds by course, section and day."""
    counted_until: datetime | None = None

    def seconds(self, course: Code, section: Code | None = None) -> int:
        """What was counted for a course, or for one of its sections."""
        return sum(
            seconds
            for (of, part, _), seconds in self.spent.items()
            if of == course and section in {None, part}
        )

    def seconds_since(self, courses: Iterable[Code], day: date) -> int:
        """What was counted for some courses from a day on."""
        wanted = set(courses)
        return sum(s for (of, _, on), s in self.spent.items() if of in wanted and on >= day)

    def sitting(self, seed: str) -> Code | None:
        """A course on which the try of this seed waits for its answers."""
        opened = {code: each.open_try for code, each in self.courses.items()}
        return next((code for code, t in opened.items() if t and t.seed == seed), None)

    @property
    def asks_help(self) -> bool:
        """Whether somebody waits for a person."""
        return any(each.help is not None for each in self.courses.values())


@dataclass(frozen=True, slots=True)
class Examined:
    """How people did in a course's exam, in numbers."""

    n: int
    """People who ended a try at least."""
    passed: int
    """Of these, who passed at some time."""
    at_first: int
    """Of these, whose first try passed."""


def after(learner: Learner, step: LearnerStep) -> Learner:
    """The learner after one more step."""
    match step:
        case LearnerCame():
            raise ValueError(f"learner {learner.id} came twice")
        case CourseBegun():
            begun = learner.courses.get(step.course) or Progress(step.course, step.at)
            return _with(learner, begun)
        case TimeCounted():
            key = (step.course, step.section, step.at.astimezone(CHINA).date())
            spent = {**learner.spent, key: learner.spent.get(key, 0) + step.seconds}
            return replace(learner, spent=spent, counted_until=step.at)
        case SectionRead():
            now = learner.courses[step.course]
            return _with(learner, replace(now, read=now.read | {step.section}))
        case ExamBegun() | ExamPassed() | ExamFailed():
            return _with(learner, _after_exam(learner.courses[step.course], step))
        case HelpAsked():
            return _with(learner, replace(learner.courses[step.course], help=step.said))
        case TriesAllowed():
            return _with(learner, _allowed(learner.courses[step.course], step))
        case _:
            assert_never(step)


def fold(steps: Iterable[LearnerStep]) -> Learner:
    """The standing after a whole stream; ValueError if nobody came."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, LearnerCame):
        raise ValueError("a learner begins with learner.came")
    learner = Learner(first.learner, first.person)
    for step in rest:
        learner = after(learner, step)
    return learner


def _with(learner: Learner, progress: Progress) -> Learner:
    return replace(learner, courses={**learner.courses, progress.course: progress})


def _allowed(now: Progress, step: TriesAllowed) -> Progress:
    """Earlier tries count no more, and nobody waits because of them."""
    tries = tuple(replace(each, again_at=None) for each in now.tries)
    return replace(now, help=None, answer=step.said, allowed_at=step.at, tries=tries)


def _after_exam(now: Progress, step: ExamBegun | ExamPassed | ExamFailed) -> Progress:
    if isinstance(step, ExamBegun):
        # One that was left open behind a bank that changed counts as no try at all.
        before = tuple(each for each in now.tries if not each.waits)
        begun = ExamTry(
            quiz=step.quiz,
            edition=step.edition,
            seed=step.seed,
            questions=step.questions,
            begun_at=step.at,
        )
        return replace(now, tries=(*before, begun))
    *before_it, last = now.tries
    ended = replace(
        last,
        right=step.right,
        missed=step.missed,
        ended_at=step.at,
        again_at=step.again_at if isinstance(step, ExamFailed) else None,
        certificate=step.certificate if isinstance(step, ExamPassed) else None,
    )
    return replace(now, tries=(*before_it, ended))
