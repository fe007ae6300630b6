"""What the API says and is told of courses, exams and certificates."""

from ninja import Schema
from pydantic import Field

from gongdao.api.quiz_schemas import AnswerOut, WordsOut
from gongdao.api.schemas import Moment, Strict
from gongdao.bootstrap import app, study_pages
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.certifying import CertificateCheck, CertificateView
from gongdao.domain.flows.studying import ExamOutcome
from gongdao.domain.flows.training_desk import TrainingBoard
from gongdao.domain.training.courses import Course

Told = Field(max_length=4000)
Mark = Field(max_length=1000, description="Of the section as it was read here: how it was opened.")


class CourseSectionOut(Schema):
    """One section of a course."""

    code: str
    title: WordsOut
    text: WordsOut = Field(description="Markdown.")
    reading_seconds: int
    most_seconds: int = Field(description="No more than that is counted for it.")
    read: bool
    seconds: int
    opened: str = Field(description="Goes with the time that is said for it; empty for strangers.")


class CourseOut(Schema):
    """A course, with how far the caller is on it."""

    code: str
    title: WordsOut
    summary: WordsOut
    audience: WordsOut
    edition: str
    questions: int
    pass_percent: int
    seconds: int
    sections: list[CourseSectionOut]

    @classmethod
    def of(cls, course: Course, caller: Caller) -> "CourseOut":
        """As it is today."""
        rule = study_pages.time_rule()
        learner = app().training.studying.mine(caller) if _learns(caller) else None
        progress = learner.courses.get(course.code) if learner else None
        return cls(
            code=course.code,
            title=WordsOut.of(course.title),
            summary=WordsOut.of(course.summary),
            audience=WordsOut.of(course.audience),
            edition=course.edition,
            questions=course.exam.questions,
            pass_percent=course.exam.pass_percent,
            seconds=learner.seconds(course.code) if learner else 0,
            sections=[
                CourseSectionOut(
                    code=each.code,
                    title=WordsOut.of(each.title),
                    text=WordsOut.of(each.text),
                    reading_seconds=each.reading(rule),
                    most_seconds=each.most(rule),
                    read=progress is not None and each.code in progress.read,
                    seconds=learner.seconds(course.code, each.code) if learner else 0,
                    opened=(
                        study_pages.opened_now(caller, course.code, each.code)
                        if _learns(caller)
                        else ""
                    ),
                )
                for each in course.sections
            ],
        )


class CourseLineOut(Schema):
    """A course in the list."""

    code: str
    title: WordsOut
    summary: WordsOut
    audience: WordsOut
    sections: int


class CoursesOut(Schema):
    """Every course."""

    courses: list[CourseLineOut]


class StudyTimeIn(Strict):
    """How long a section was read since that was last said."""

    opened: str = Mark
    seconds: int | None = Field(
        None, ge=0, le=86_400, description="Null where nothing measured it: reading speed counts."
    )


class StudyTimeOut(Schema):
    """What was counted."""

    counted: int
    total: int


class CourseExamIn(Strict):
    """Nothing needs to be said. Send `{}`."""


class CourseAnswersIn(Strict):
    """The option chosen for each question, by their codes."""

    answers: dict[str, str] = Field(max_length=100)


class CertificateOut(Schema):
    """A certificate, for its holder."""

    number: str
    course: str
    title: WordsOut
    state: str
    issued_at: Moment
    valid_until: Moment
    right: int
    asked: int
    seconds: int
    name: str
    share: str = Field(description="With it a check shows the name; empty without one.")
    leaf: str
    reasons: str

    @classmethod
    def of(cls, view: CertificateView) -> "CertificateOut":
        """From its view."""
        of = view.certificate
        return cls(
            number=of.number,
            course=of.course,
            title=WordsOut.of(view.title),
            state=view.state.value,
            issued_at=of.issued_at,
            valid_until=of.valid_until,
            right=of.right,
            asked=of.asked,
            seconds=of.seconds,
            name=view.name,
            share=view.share,
            leaf=view.leaf,
            reasons=view.reasons,
        )


class CertificatesOut(Schema):
    """One's own, the latest first."""

    certificates: list[CertificateOut]


class CourseResultOut(Schema):
    """How a try went."""

    passed: bool
    right: int
    asked: int
    again_at: Moment | None
    certificate: str = Field(description="Its number; empty where the exam was not passed.")
    answers: list[AnswerOut]

    @classmethod
    def of(cls, outcome: ExamOutcome) -> "CourseResultOut":
        """From the story."""
        passed = outcome.certificate
        return cls(
            passed=passed is not None,
            right=outcome.marked.right,
            asked=len(outcome.marked.answers),
            again_at=outcome.again_at,
            certificate=passed.number if passed else "",
            answers=[AnswerOut.of(each) for each in outcome.marked.answers],
        )


class CertificateCheckOut(Schema):
    """What anybody may know of a certificate."""

    number: str
    state: str
    title: WordsOut
    issued_at: Moment
    valid_until: Moment
    name: str = Field(description="Only with the code that its holder shared.")

    @classmethod
    def of(cls, found: CertificateCheck) -> "CertificateCheckOut":
        """From the check."""
        return cls(
            number=found.number,
            state=found.state.value,
            title=WordsOut.of(found.title),
            issued_at=found.issued_at,
            valid_until=found.valid_until,
            name=found.name,
        )


class CertificateNameIn(Strict):
    """The name that stands on it from now on."""

    name: str = Field(max_length=200)


class CertificateReasonsIn(Strict):
    """Why, in words that the holder reads."""

    reasons: str = Told


class CourseHelpIn(Strict):
    """What is unclear."""

    said: str = Told


class MoreTriesIn(Strict):
    """What was talked over."""

    course: str = Field(max_length=80)
    said: str = Told


class TrainingTeamOut(Schema):
    """A team in the quarter; `open` only for whoever leads it."""

    code: str
    bound: int
    done: int | None = Field(description="Null where it could point at somebody.")
    late: int | None
    percent: int | None = Field(description="None where too few can tell.")
    open: list[str]


class TrainingBoardOut(Schema):
    """What staff see."""

    quarter: str
    too_few_below: int
    teams: list[TrainingTeamOut]

    @classmethod
    def of(cls, board: TrainingBoard) -> "TrainingBoardOut":
        """From the board."""
        return cls(
            quarter=board.quarter,
            too_few_below=board.few,
            teams=[
                TrainingTeamOut(
                    code=each.code,
                    bound=each.bound,
                    done=each.counted.done if each.counted else None,
                    late=each.counted.late if each.counted else None,
                    percent=each.share,
                    open=[duty.name for duty in each.open],
                )
                for each in board.teams
            ],
        )


def _learns(caller: Caller) -> bool:
    return caller.person is not None and caller.only_case is None
