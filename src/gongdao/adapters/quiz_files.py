"""Question banks on disk: `packs/house/quizzes/*.yaml`, one bank a file.

They lie beside the pack and not within it, since a question may be worded better at any time: what
was asked is pinned by the edition that a try names, the digest of its bank.
"""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Self

import yaml
from pydantic import Field, ValidationError, model_validator

from gongdao.domain.kernel.errors import NotFound, PackInvalid, hint_noop
from gongdao.domain.policy import quiz as rules
from gongdao.domain.policy.basics import Code, Sourced, Strict, Words
from gongdao.domain.policy.quiz import Bank, Marked, Option, Paper, Question

LEAST = 12
"""Questions of a bank, so that another try asks others."""


class _Option(Words):
    code: Code


class _Question(Strict):
    code: Code
    read: Code = ""
    ask: Words
    options: tuple[_Option, ...] = Field(min_length=2, max_length=6)
    right: Code
    why: Words

    @model_validator(mode="after")
    def _right_is_an_option(self) -> Self:
        codes = [option.code for option in self.options]
        if self.right not in codes or len(codes) != len(set(codes)):
            raise ValueError(f"{self.code}: the right answer is no option, or one stands twice")
        return self


class _Bank(Sourced):
    title: Words
    course: Code = ""
    questions: tuple[_Question, ...] = Field(min_length=LEAST)

    @model_validator(mode="after")
    def _codes_are_unique(self) -> Self:
        codes = [question.code for question in self.questions]
        if len(codes) != len(set(codes)):
            raise ValueError("two questions have the same code")
        if self.course and not all(question.read for question in self.questions):
            raise ValueError("a question does not say where its course explains it")
        return self


class FileExams:
    """Puts the questions of the files in a folder, and marks the answers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def paper(self, quiz: Code, seed: str, amount: int) -> Paper:
        """See `Exams`."""
        return rules.paper(self._bank(quiz), seed, amount)

    def mark(
        self, quiz: Code, seed: str, questions: Sequence[Code], answers: Mapping[Code, Code]
    ) -> Marked:
        """See `Exams`."""
        return rules.mark(self._bank(quiz), seed, questions, answers)

    def codes(self) -> list[Code]:
        """Every bank that lies there."""
        return sorted(path.stem for path in self.folder.glob("*.yaml"))

    def _bank(self, code: Code) -> Bank:
        path = self.folder / f"{code}.yaml"
        if code not in self.codes():
            raise no_such_quiz()
        return read_bank(path)


def no_such_quiz() -> NotFound:
    """What is said where a bank is missing."""
    return NotFound("quiz.unknown", hint_noop("There is no such quiz. Tell the operator."))


@cache
def read_bank(path: Path) -> Bank:
    """One bank, read once a process; PackInvalid says what is wrong with it."""
    content = path.read_bytes()
    try:
        found = _Bank.model_validate(yaml.safe_load(content))
    except (ValidationError, yaml.YAMLError) as problem:
        raise PackInvalid(
            "quiz.invalid",
            hint_noop("{file} cannot be read: {what}"),
            file=path.name,
            what=str(problem)[:300],
        ) from problem
    return Bank(
        code=path.stem,
        title=found.title,
        edition=hashlib.sha256(content).hexdigest()[:16],
        questions=tuple(_question(each) for each in found.questions),
        course=found.course,
    )


def _question(written: _Question) -> Question:
    return Question(
        code=written.code,
        ask=written.ask,
        options=tuple(Option(o.code, Words(zh=o.zh, en=o.en)) for o in written.options),
        right=written.right,
        why=written.why,
        read=written.read,
    )
