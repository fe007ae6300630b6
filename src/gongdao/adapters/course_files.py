"""Courses on disk: `packs/house/courses/<code>/` with course.yaml, zh.md and en.md.

`course.yaml` names the sections in order and says how the course is examined; each Markdown file
has one heading of the first level, and one of the second for each section. What was read is pinned
by the edition that an event names, the digest of the three files.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple, Self

import yaml
from pydantic import Field, ValidationError, model_validator

from gongdao.domain.kernel.errors import NotFound, PackInvalid, hint_noop
from gongdao.domain.policy.basics import Code, Sourced, SpanText, Strict, Words
from gongdao.domain.training.courses import Course, ExamRule, Section

LANGUAGES = ("zh", "en")
PAGES = {"exam", "result", "help"}
"""Addresses below a course that are no section of it."""


class _Section(Strict):
    code: Code
    exercise: int = Field(default=0, ge=0, le=60)


class _Exam(Sourced):
    quiz: Code
    questions: int = Field(ge=3, le=50)
    pass_percent: int = Field(ge=1, le=100)
    wait: SpanText
    tries_most: int = Field(ge=1, le=50)
    tries_within: SpanText
    valid: SpanText


class _Course(Sourced):
    place: int
    title: Words
    summary: Words
    audience: Words
    sections: tuple[_Section, ...] = Field(min_length=3, max_length=20)
    exam: _Exam

    @model_validator(mode="after")
    def _codes_are_unique(self) -> Self:
        codes = [section.code for section in self.sections]
        if len(codes) != len(set(codes)):
            raise ValueError("two sections have the same code")
        if taken := PAGES & set(codes):
            raise ValueError(f"a page of every course is called so: {', '.join(sorted(taken))}")
        return self


class _Part(NamedTuple):
    title: str
    text: str


class FileCourses:
    """The courses of a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> list[Course]:
        """See `Courses`."""
        return [course for _, course in sorted(map(read_course, self._folders()), key=_place)]

    def get(self, code: Code) -> Course:
        """See `Courses`."""
        found = next((each for each in self._folders() if each.name == code), None)
        if found is None:
            raise NotFound("training.no_course", hint_noop("There is no such course."))
        return read_course(found)[1]

    def _folders(self) -> list[Path]:
        return sorted(each.parent for each in self.folder.glob("*/course.yaml"))


def _place(found: tuple[int, Course]) -> tuple[int, str]:
    return found[0], found[1].code


@cache
def read_course(folder: Path) -> tuple[int, Course]:
    """One course with its place in the list, read once a process; else PackInvalid says why."""
    contents = {name: _read(folder / name) for name in ("course.yaml", "zh.md", "en.md")}
    try:
        found = _Course.model_validate(yaml.safe_load(contents["course.yaml"]))
    except (ValidationError, yaml.YAMLError) as problem:
        raise _invalid(folder, str(problem)) from problem
    parts = {each: _parts(folder, each, contents[f"{each}.md"]) for each in LANGUAGES}
    for language, of in parts.items():
        if len(of) != len(found.sections):
            told = f"{language}.md has {len(of)} sections, course.yaml {len(found.sections)}"
            raise _invalid(folder, told)
    sections = tuple(
        Section(
            code=section.code,
            title=Words(zh=zh.title, en=en.title),
            text=Words(zh=zh.text, en=en.text),
            exercise=section.exercise,
        )
        for section, zh, en in zip(found.sections, parts["zh"], parts["en"], strict=True)
    )
    digest = hashlib.sha256(b"\n".join(contents.values())).hexdigest()[:16]
    return found.place, _course(folder.name, digest, found, sections)


def _course(code: str, edition: str, found: _Course, sections: tuple[Section, ...]) -> Course:
    exam = found.exam
    return Course(
        code=code,
        title=found.title,
        summary=found.summary,
        audience=found.audience,
        edition=edition,
        sections=sections,
        exam=ExamRule(
            quiz=exam.quiz,
            questions=exam.questions,
            pass_percent=exam.pass_percent,
            wait=exam.wait,
            tries_most=exam.tries_most,
            tries_within=exam.tries_within,
            valid=exam.valid,
        ),
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise _invalid(path.parent, f"{path.name} is missing") from problem


def _parts(folder: Path, language: str, content: bytes) -> list[_Part]:
    """The sections of a text: each begins with a heading of the second level."""
    try:
        text = content.decode()
    except UnicodeDecodeError as problem:
        raise _invalid(folder, f"{language}.md is not UTF-8") from problem
    _, *blocks = f"\n{text}".split("\n## ")
    parts = [_Part(*map(str.strip, block.partition("\n")[::2])) for block in blocks]
    if not all(part.title and part.text for part in parts):
        raise _invalid(folder, f"{language}.md has a section without a title or a text")
    return parts


def _invalid(folder: Path, what: str) -> PackInvalid:
    return PackInvalid(
        "training.course_invalid",
        hint_noop("The course {course} cannot be read: {what}"),
        course=folder.name,
        what=what[:300],
    )
