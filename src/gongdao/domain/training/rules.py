"""What time counts, when an exam may be begun, and how it ends: pure."""

from collections.abc import Sequence
from datetime import datetime

from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop
from gongdao.domain.kernel.events import Actor
from gongdao.domain.kernel.ids import Code, PersonId, Sealed
from gongdao.domain.policy.quiz import Marked, Paper
from gongdao.domain.policy.training import TimeRule, TrainingPolicy
from gongdao.domain.training.certificates import (
    Certificate,
    CertificateIssued,
    CertificateNamed,
    CertificateWithdrawn,
    number_of,
)
from gongdao.domain.training.courses import Course, Section
from gongdao.domain.training.model import (
    CertificateId,
    CourseBegun,
    ExamBegun,
    ExamFailed,
    ExamPassed,
    HelpAsked,
    Learner,
    LearnerCame,
    LearnerId,
    LearnerStep,
    Progress,
    SectionRead,
    TimeCounted,
    TriesAllowed,
)


def begin(
    learner: Learner | None,
    new_id: LearnerId,
    person: PersonId,
    course: Course,
    by: Actor,
    now: datetime,
) -> list[LearnerStep]:
    """Whatever it takes until a course is begun; nothing where it is."""
    steps: list[LearnerStep] = []
    if learner is None:
        steps.append(LearnerCame(at=now, by=by, learner=new_id, person=person))
    if learner is None or course.code not in learner.courses:
        steps.append(CourseBegun(at=now, by=by, course=course.code, edition=course.edition))
    return steps


def count(
    learner: Learner,
    course: Code,
    section: Section,
    claimed: int,
    opened_at: datetime,
    rule: TimeRule,
    by: Actor,
    now: datetime,
) -> TimeCounted:
    """What a page claims to have been read, cut to what is possible.

    Never more than passed on the wall since anything was last counted for this person, or since the
    page was opened; never more than one such word is worth; never more than the section can take.
    """
    passed = _passed(learner, opened_at, now)
    left = section.most(rule) - learner.seconds(course, section.code)
    seconds = max(0, min(claimed, passed, rule.beat_most, left))
    return TimeCounted(at=now, by=by, course=course, section=section.code, seconds=seconds)


def count_turn(
    learner: Learner,
    course: Code,
    section: Section,
    opened_at: datetime,
    rule: TimeRule,
    by: Actor,
    now: datetime,
) -> TimeCounted:
    """The same where a page is turned and no script measured: its reading time at most, once.

    A page that lay open for longer than anybody reads it counts nothing.
    """
    passed = _passed(learner, opened_at, now)
    left = section.reading(rule) - learner.seconds(course, section.code)
    seconds = max(0, min(passed, left)) if passed <= rule.away_after else 0
    return TimeCounted(at=now, by=by, course=course, section=section.code, seconds=seconds)


def _passed(learner: Learner, opened_at: datetime, now: datetime) -> int:
    """Whole seconds since the later of the two."""
    since = max(opened_at, learner.counted_until or opened_at)
    return max(0, int((now - since).total_seconds()))


def read(
    learner: Learner, course: Course, section: Section, by: Actor, now: datetime
) -> SectionRead | None:
    """A section is read; None where it was."""
    if section.code in learner.courses[course.code].read:
        return None
    return SectionRead(
        at=now, by=by, course=course.code, section=section.code, edition=course.edition
    )


def unread(progress: Progress, course: Course) -> list[Section]:
    """What is still to be read before the exam."""
    return [each for each in course.sections if each.code not in progress.read]


def failed_lately(progress: Progress, course: Course, now: datetime) -> int:
    """Failed tries that count now."""
    since = now - course.exam.within
    if progress.allowed_at is not None:
        since = max(since, progress.allowed_at)
    return sum(
        each.ended_at is not None and not each.passed and each.ended_at > since
        for each in progress.tries
    )


def may_try(progress: Progress, course: Course, now: datetime) -> None:
    """Refuse a try that may not begin, and say when or how it may."""
    if progress.help is not None or failed_lately(progress, course, now) >= course.exam.tries_most:
        raise Refused(
            "training.ask_a_person",
            hint_noop("These tries are used up. Ask a person: they go through it with you."),
        )
    open_ones = unread(progress, course)
    if open_ones:
        raise Refused(
            "training.not_read",
            hint_noop("Read all sections first. Still open: {n}."),
            n=len(open_ones),
        )


def begin_exam(course: Course, paper: Paper, seed: str, by: Actor, now: datetime) -> ExamBegun:
    """Put the questions of a new try, that `may_try` did not refuse."""
    return ExamBegun(
        at=now,
        by=by,
        course=course.code,
        quiz=course.exam.quiz,
        edition=paper.edition,
        seed=seed,
        questions=paper.codes,
    )


def answer(
    course: Course, marked: Marked, certificate: CertificateId, by: Actor, now: datetime
) -> ExamPassed | ExamFailed:
    """How a try went."""
    right, asked, missed = marked.right, len(marked.answers), marked.missed
    if marked.passes(course.exam.pass_percent):
        return ExamPassed(
            at=now, by=by, course=course.code, right=right, asked=asked, missed=missed,
            certificate=certificate,
        )  # fmt: skip
    return ExamFailed(
        at=now, by=by, course=course.code, right=right, asked=asked, missed=missed,
        again_at=now + course.exam.wait.flat(),
    )  # fmt: skip


def issue(
    learner: Learner, course: Course, passed: ExamPassed, drawn: str, valid_until: datetime
) -> CertificateIssued:
    """The certificate of an exam that was passed."""
    tried = learner.courses[course.code].tries[-1]
    return CertificateIssued(
        at=passed.at,
        by=passed.by,
        certificate=passed.certificate,
        number=number_of(drawn),
        learner=learner.id,
        person=learner.person,
        course=course.code,
        edition=course.edition,
        questions=tried.edition,
        right=passed.right,
        asked=passed.asked,
        seconds=learner.seconds(course.code),
        valid_until=valid_until,
    )


def check_name(policy: TrainingPolicy, written: str) -> str:
    """The name that stands on a certificate."""
    name = " ".join(written.split())
    if not name or len(name) > policy.name_max or not name.isprintable():
        raise BadInput(
            "training.no_name",
            hint_noop("Write the name that stands on it, at most {most} characters."),
            most=policy.name_max,
        )
    return name


def name(certificate: Certificate, sealed: Sealed, by: Actor, now: datetime) -> CertificateNamed:
    """Put a name on a certificate, once."""
    if certificate.name is not None:
        raise Refused("training.named", hint_noop("A name stands on it already, and it stays."))
    return CertificateNamed(at=now, by=by, name=sealed)


def withdraw(
    certificate: Certificate, reasons: Sealed, by: Actor, now: datetime
) -> CertificateWithdrawn:
    """Withdraw a certificate, once and never one's own."""
    if certificate.withdrawn_at is not None:
        raise Refused("training.withdrawn", hint_noop("It is withdrawn already."))
    if by.person == certificate.person:
        raise Refused(
            "training.own", hint_noop("This is your own. Somebody else must decide on it.")
        )
    return CertificateWithdrawn(at=now, by=by, reasons=reasons)


def check_text(policy: TrainingPolicy, written: str) -> str:
    """A few words; BadInput where there are none or too many."""
    text = written.strip()
    if not text or len(text) > policy.text_max:
        raise BadInput(
            "training.no_words",
            hint_noop("Say it in a few words, at most {most} characters."),
            most=policy.text_max,
        )
    return text


def ask_help(
    progress: Progress | None, course: Course, said: Sealed, by: Actor, now: datetime
) -> HelpAsked:
    """Ask a person, once the tries are used up."""
    used_up = (
        progress is not None and failed_lately(progress, course, now) >= course.exam.tries_most
    )
    if progress is None or not used_up:
        raise Refused("training.tries_left", hint_noop("Tries are left. Take one of them first."))
    if progress.help is not None:
        raise Refused("training.asked", hint_noop("You have asked. Somebody will answer you here."))
    return HelpAsked(at=now, by=by, course=course.code, said=said)


def allow_tries(
    learner: Learner, course: Code, said: Sealed, by: Actor, now: datetime
) -> TriesAllowed:
    """Let somebody try again, after talking it over; never oneself."""
    progress = learner.courses.get(course)
    if progress is None or progress.help is None:
        raise Refused("training.nobody_asked", hint_noop("Nobody asked for this, or it is done."))
    if by.person == learner.person:
        raise Refused(
            "training.own", hint_noop("This is your own. Somebody else must decide on it.")
        )
    return TriesAllowed(at=now, by=by, course=course, said=said)


def share(passed: int, n: int, few: int) -> int | None:
    """A pass rate in percent; None where too few can tell."""
    return round(100 * passed / n) if n >= few else None


_STEP, COARSE_LEAST, COARSE_MOST = 5, 5, 95


def coarse(percent: int | None) -> int | None:
    """The same to the nearest five, 95 for that or more and 5 for that or less.

    All or none would say of everybody how they did, and one point more whom it came with.
    """
    if percent is None:
        return None
    return min(COARSE_MOST, max(COARSE_LEAST, _STEP * round(percent / _STEP)))


def holds(certificates: Sequence[Certificate], courses: Sequence[Code], now: datetime) -> bool:
    """Whether a valid certificate of one of these courses is among them."""
    return any(c.course in courses and c.state(now).value == "valid" for c in certificates)
