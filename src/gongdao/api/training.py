"""Courses: reading and its time, exams, certificates, and what staff see of the quarter."""

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from gongdao.api import door
from gongdao.api.exhibit_records import RecordOut
from gongdao.api.quiz_schemas import QuizPaperOut, WordsOut
from gongdao.api.schemas import DoneOut
from gongdao.api.training_schemas import (
    CertificateCheckOut,
    CertificateNameIn,
    CertificateOut,
    CertificateReasonsIn,
    CertificatesOut,
    CourseAnswersIn,
    CourseExamIn,
    CourseHelpIn,
    CourseLineOut,
    CourseOut,
    CourseResultOut,
    CoursesOut,
    MoreTriesIn,
    StudyTimeIn,
    StudyTimeOut,
    TrainingBoardOut,
)
from gongdao.bootstrap import allow_code, app, certificates, study_pages
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.training.model import LearnerId

router = Router(tags=["training"])


@router.get("/courses", auth=door.ANYBODY, response=CoursesOut, operation_id="list_courses")
def courses(request: HttpRequest) -> CoursesOut:
    """Every course; each is read for itself."""
    del request
    return CoursesOut(
        courses=[
            CourseLineOut(
                code=each.code,
                title=WordsOut.of(each.title),
                summary=WordsOut.of(each.summary),
                audience=WordsOut.of(each.audience),
                sections=len(each.sections),
            )
            for each in app().records.courses.all()
        ]
    )


@router.get("/courses/{course}", auth=door.ANYBODY, response=CourseOut, operation_id="read_course")
def course(request: HttpRequest, course: str) -> CourseOut:
    """One of them."""
    return CourseOut.of(app().records.courses.get(course), door.caller(request))


@router.post(
    "/courses/{course}/time",
    auth=door.SIGNED_IN,
    response=StudyTimeOut,
    operation_id="count_course_time",
)
def time(request: HttpRequest, course: str, payload: StudyTimeIn) -> HttpResponse:
    """Say how long a section was read; never more than passed on the wall is counted."""
    who, study = door.caller(request), app().training.studying
    app().records.courses.get(course)

    def do() -> StudyTimeOut:
        opened = study_pages.read_mark(payload.opened, who)
        counted = study.count(opened, payload.seconds or 0, who).seconds
        learner = study.mine(who)
        return StudyTimeOut(counted=counted, total=learner.seconds(opened.course) if learner else 0)

    return door.answered(request, do, door.DONE)


@router.post(
    "/courses/{course}/read",
    auth=door.SIGNED_IN,
    response=DoneOut,
    operation_id="read_course_section",
)
def read(request: HttpRequest, course: str, payload: StudyTimeIn) -> HttpResponse:
    """A section is read; what was not counted of it yet is."""
    who = door.caller(request)
    app().records.courses.get(course)

    def do() -> DoneOut:
        opened = study_pages.read_mark(payload.opened, who)
        app().training.studying.turn(opened, payload.seconds, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    "/courses/{course}/exam",
    auth=door.SIGNED_IN,
    response={201: QuizPaperOut},
    operation_id="begin_course_exam",
)
def begin(request: HttpRequest, course: str, payload: CourseExamIn) -> HttpResponse:
    """Begin a try; the same questions again while it is open."""
    del payload
    who = door.caller(request)

    def do() -> QuizPaperOut:
        return QuizPaperOut.of(app().training.studying.begin_exam(course, who))

    return door.answered(request, do)


@router.post(
    "/courses/{course}/exam/answers",
    auth=door.SIGNED_IN,
    response=CourseResultOut,
    operation_id="answer_course_exam",
)
def answer(request: HttpRequest, course: str, payload: CourseAnswersIn) -> HttpResponse:
    """Answer every question of the open try; whoever passes gets a certificate."""
    who = door.caller(request)

    def do() -> CourseResultOut:
        return CourseResultOut.of(app().training.studying.answer(course, payload.answers, who))

    return door.answered(request, do, door.DONE)


@router.post(
    "/courses/{course}/help",
    auth=door.SIGNED_IN,
    response=DoneOut,
    operation_id="ask_course_help",
)
def ask(request: HttpRequest, course: str, payload: CourseHelpIn) -> HttpResponse:
    """Ask a person, once the tries are used up."""
    who = door.caller(request)

    def do() -> DoneOut:
        app().training.studying.ask_help(course, payload.said, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.get(
    "/certificates",
    auth=door.SIGNED_IN,
    response=CertificatesOut,
    operation_id="list_my_certificates",
)
def mine(request: HttpRequest) -> CertificatesOut:
    """One's own certificates."""
    found = app().training.certifying.mine(door.caller(request))
    return CertificatesOut(certificates=[CertificateOut.of(each) for each in found])


@router.get(
    "/certificates/{number}",
    auth=door.ANYBODY,
    response=CertificateCheckOut,
    operation_id="check_certificate",
)
def check(
    request: HttpRequest, number: str, share: Annotated[str, Query(max_length=40)] = ""
) -> CertificateCheckOut:
    """Whether a certificate holds; the name only with the code that its holder shared."""
    try:
        return CertificateCheckOut.of(app().training.certifying.check(number, share))
    except NotFound:
        allow_code(door.address(request))
        raise


@router.post(
    "/certificates/{number}/name",
    auth=door.SIGNED_IN,
    response=DoneOut,
    operation_id="name_certificate",
)
def name(request: HttpRequest, number: str, payload: CertificateNameIn) -> HttpResponse:
    """Put a name on one's own, once."""
    who = door.caller(request)

    def do() -> DoneOut:
        app().training.certifying.name(number, payload.name, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.get(
    "/certificates/{number}/certificate.pdf",
    auth=door.SIGNED_IN,
    response=None,
    operation_id="print_certificate",
)
def pdf(
    request: HttpRequest,
    number: str,
    language: Annotated[Literal["zh-hans", "en"], Query()] = "zh-hans",
) -> HttpResponse:
    """One's own as PDF/A."""
    view = app().training.certifying.open(number, door.caller(request))
    answer = HttpResponse(certificates.printed(view, language), content_type="application/pdf")
    named = f"certificate-{view.certificate.number}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{named}"'
    return answer


@router.get(
    "/certificates/{number}/record",
    auth=door.SIGNED_IN,
    response=RecordOut,
    operation_id="give_certificate_record",
)
def give_record(request: HttpRequest, number: str) -> RecordOut:
    """The record of one's own with its place in the public log, for `gongdao verify`."""
    view = app().training.certifying.open(number, door.caller(request))
    return RecordOut.of(certificates.record(view))


@router.post(
    "/certificates/{number}/withdrawal",
    auth=door.READER,
    response=DoneOut,
    operation_id="withdraw_certificate",
)
def withdraw(request: HttpRequest, number: str, payload: CertificateReasonsIn) -> HttpResponse:
    """Withdraw one, with reasons that its holder reads."""
    who = door.caller(request)

    def do() -> DoneOut:
        app().training.certifying.withdraw(number, payload.reasons, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.get("/training", auth=door.READER, response=TrainingBoardOut, operation_id="training_board")
def board(request: HttpRequest) -> TrainingBoardOut:
    """Teams in numbers; by name only the open duties of the team that the caller leads."""
    return TrainingBoardOut.of(app().training.desk.board(door.caller(request)))


@router.post(
    "/training/{learner}/tries",
    auth=door.DECIDER,
    response=DoneOut,
    operation_id="allow_course_tries",
)
def allow(request: HttpRequest, learner: str, payload: MoreTriesIn) -> HttpResponse:
    """Let somebody try again, after talking it over."""
    who = door.caller(request)

    def do() -> DoneOut:
        given = (LearnerId(learner), payload.course, payload.said)
        app().training.desk.allow(*given, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)
