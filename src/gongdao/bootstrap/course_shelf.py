"""The courses at hand, with no database: for whoever writes one."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gongdao.adapters.course_files import FileCourses
from gongdao.adapters.quiz_files import FileExams, read_bank
from gongdao.bootstrap.pack_shelf import pack_book, pack_root
from gongdao.domain.flows.records import HOUSE
from gongdao.domain.kernel.errors import GongdaoError, PackInvalid, hint_noop
from gongdao.domain.policy.quiz import Bank
from gongdao.domain.training.courses import Course


@dataclass(frozen=True, slots=True)
class CheckedCourse:
    """A course that can be read and examined."""

    course: Course
    reading_minutes: int
    most_minutes: int
    """No more than that can be counted on it."""


def checked_courses(folder: Path | None = None) -> Iterator[CheckedCourse]:
    """Every course of a house pack; PackInvalid names the first problem."""
    house = folder or pack_root() / HOUSE
    packs = pack_book().versions(HOUSE)
    training = packs[0].training if packs else None
    if training is None:
        raise PackInvalid(
            "pack.no_training",
            hint_noop("The pack {pack} says nothing of training. Add its training part."),
            pack=HOUSE,
        )
    exams, rule = FileExams(house / "quizzes"), training.time
    courses = FileCourses(house / "courses")
    for code in exams.codes():
        _is_explained(courses, read_bank(house / "quizzes" / f"{code}.yaml"))
    _are_all_described(house / "courses")
    for course in courses.all():
        asked = course.exam.questions
        try:
            found = len(exams.paper(course.exam.quiz, "", asked).questions)
        except GongdaoError as problem:
            raise _no_questions(course, str(problem)) from problem
        if found < asked:
            raise _no_questions(course, f"{found} < {asked}")
        most = sum(each.most(rule) for each in course.sections)
        yield CheckedCourse(course, course.plausible(rule) // 60, most // 60)


def _is_explained(courses: FileCourses, bank: Bank) -> None:
    """Every question of a bank names a section of its course, where there is one."""
    if not bank.course:
        return
    course = courses.get(bank.course)
    lost = [each.code for each in bank.questions if course.section(each.read) is None]
    if lost:
        raise PackInvalid(
            "quiz.invalid",
            hint_noop("{file} cannot be read: {what}"),
            file=f"{bank.code}.yaml",
            what=f"{course.code} has no such section to read: {', '.join(lost)}",
        )


def _are_all_described(folder: Path) -> None:
    """No folder is passed over in silence because its course.yaml is not written yet."""
    for each in sorted(folder.iterdir()):
        if each.is_dir() and not (each / "course.yaml").is_file():
            raise _unreadable(each.name, "course.yaml is not there")


def _no_questions(course: Course, why: str) -> PackInvalid:
    return _unreadable(course.code, f"exam {course.exam.quiz}: {why}")


def _unreadable(course: str, what: str) -> PackInvalid:
    return PackInvalid(
        "training.course_invalid",
        hint_noop("The course {course} cannot be read: {what}"),
        course=course,
        what=what,
    )
