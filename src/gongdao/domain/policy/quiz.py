"""A bank of questions, which of them are asked in one try, and how answers are marked.

Who is asked what follows from a seed alone: the same seed asks the same questions in the same
order, so that a page can be opened again, and another try asks others.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.ids import Code
from gongdao.domain.policy.basics import Words


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from."""

    code: Code
    words: Words


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its options, the right one, and why it is right."""

    code: Code
    ask: Words
    options: tuple[Option, ...]
    right: Code
    why: Words
    read: Code = ""
    """The section of the bank's course that explains it."""


@dataclass(frozen=True, slots=True)
class Bank:
    """All questions on one subject."""

    code: Code
    title: Words
    edition: str
    """Names its content: another one as soon as a word changes."""
    questions: tuple[Question, ...]
    course: Code = ""
    """Explains what is asked; empty where no course does."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is put to somebody: nothing in it says which option is right."""

    code: Code
    ask: Words
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The questions of one try."""

    quiz: Code
    title: Words
    edition: str
    questions: tuple[Asked, ...]

    @property
    def codes(self) -> tuple[Code, ...]:
        """The questions by their codes."""
        return tuple(question.code for question in self.questions)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is explained: a section of a course."""

    course: Code
    section: Code


@dataclass(frozen=True, slots=True)
class Answered:
    """One question after the answer: what was chosen, what is right, and why."""

    asked: Asked
    chosen: Code
    right: Code
    why: Words
    read: Place | None = None
    """Where it is explained at length."""

    @property
    def correct(self) -> bool:
        """Whether the right one was chosen."""
        return self.chosen == self.right


@dataclass(frozen=True, slots=True)
class Marked:
    """A try after its answers."""

    edition: str
    answers: tuple[Answered, ...]

    @property
    def right(self) -> int:
        """How many were right."""
        return sum(each.correct for each in self.answers)

    @property
    def missed(self) -> tuple[Code, ...]:
        """The questions that were not."""
        return tuple(each.asked.code for each in self.answers if not each.correct)

    def passes(self, percent: int) -> bool:
        """Whether that share of the answers is right."""
        return bool(self.answers) and self.right * 100 >= percent * len(self.answers)


def paper(bank: Bank, seed: str, amount: int) -> Paper:
    """The questions of one try, in the order that its seed gives them."""
    chosen = sorted(bank.questions, key=lambda q: _rank(seed, q.code))[:amount]
    return Paper(bank.code, bank.title, bank.edition, tuple(_asked(q, seed) for q in chosen))


def mark(bank: Bank, seed: str, codes: Sequence[Code], given: Mapping[Code, Code]) -> Marked:
    """Mark a try; Refused while a question is not answered with one of its options."""
    known = {question.code: question for question in bank.questions}
    found = [known[code] for code in codes if code in known]
    asked = [_asked(question, seed) for question in found]
    open_ones = [
        number
        for number, each in enumerate(asked, start=1)
        if given.get(each.code) not in {option.code for option in each.options}
    ]
    if open_ones or len(asked) != len(codes):
        raise Refused(
            "quiz.unanswered",
            hint_noop("Choose one answer to every question. Still open: {open}."),
            open=", ".join(map(str, open_ones)) or "–",
        )
    answers = [
        Answered(
            each, given[each.code], _right(question, seed), question.why, _place(bank, question)
        )
        for each, question in zip(asked, found, strict=True)
    ]
    return Marked(bank.edition, tuple(answers))


def _asked(question: Question, seed: str) -> Asked:
    """The question as it is put. Options are called by their places: a code could give one away."""
    options = [Option(str(n), o.words) for n, o in enumerate(_shuffled(question, seed), start=1)]
    return Asked(question.code, question.ask, tuple(options))


def _place(bank: Bank, question: Question) -> Place | None:
    return Place(bank.course, question.read) if bank.course and question.read else None


def _right(question: Question, seed: str) -> Code:
    codes = [option.code for option in _shuffled(question, seed)]
    return str(codes.index(question.right) + 1)


def _shuffled(question: Question, seed: str) -> list[Option]:
    return sorted(question.options, key=lambda o: _rank(seed, f"{question.code}/{o.code}"))


def _rank(seed: str, what: str) -> bytes:
    return hashlib.sha256(f"{seed}\n{what}".encode()).digest()
