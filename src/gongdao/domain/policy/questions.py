"""What a rule pack asks somebody who appeals: one question a screen, and what they may wish for."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from gongdao.domain.policy.basics import (
    Code,
    Sourced,
    SpanText,
    Strict,
    SubjectKind,
    Words,
)
from gongdao.domain.policy.templates import gaps_in


class Part(StrEnum):
    """The three parts of a statement, in order."""

    FACTS = "facts"
    ACKNOWLEDGE = "acknowledge"
    CHANGE = "change"


def _with(allowed: frozenset[str]) -> AfterValidator:
    def check(words: Words) -> Words:
        for text in (words.zh, words.en):
            unknown = gaps_in(text) - allowed
            if unknown:
                named = ", ".join(sorted(unknown))
                raise ValueError(f"the gap {named} is none of {', '.join(sorted(allowed))}")
        return words

    return AfterValidator(check)


OpeningWords = Annotated[Words, _with(frozenset({"decided", "clause", "number"}))]
AnswerWords = Annotated[Words, _with(frozenset({"answer"}))]

SituationCode = Annotated[str, Field(pattern=r"^[a-z0-9_]*$", max_length=80)]


class Fills(Strict):
    """Which brackets of a template an answer fills, by the words in them."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def in_(self, language: str) -> tuple[str, ...]:
        """The brackets of the templates in `zh…`, or else in English."""
        return self.zh if language.startswith("zh") else self.en


class Wish(Sourced):
    """Something that can be asked for."""

    code: Code
    title: Words
    hint: Words


class Question(Sourced):
    """One screen: a question, and where its answer goes."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
    ask: Words
    hint: Words
    example: Words
    feeds: Part
    needed: bool = False
    """Whether a statement without it is thin. Nobody is kept from sending for it."""
    most: int = Field(default=400, ge=20, le=2000)
    """Characters of an answer."""
    lines: int = Field(default=1, ge=1, le=10)
    fills: Fills = Fills()
    said: AnswerWords
    """The sentence that is made of an answer which fills no bracket."""
    families: tuple[Code, ...] = ()
    """For clauses of these families; none named: for all. Likewise the next two."""
    subjects: tuple[SubjectKind, ...] = ()
    situations: tuple[SituationCode, ...] = ()
    """The empty one: where none was chosen."""

    def fits(self, family: str, kind: SubjectKind, situation: str) -> bool:
        """Whether it is asked of somebody who appeals in such a case."""
        return (
            (not self.families or family in self.families)
            and (not self.subjects or kind in self.subjects)
            and (not self.situations or situation in self.situations)
        )


class QuestionPolicy(Strict):
    """questions.yaml: how somebody is led through an appeal. It informs, and refuses nothing."""

    kept_for: SpanText
    """How long a draft is kept once the time to appeal is over."""
    opening: OpeningWords
    """How every statement begins: which decision it is about."""
    exhibits: Fills
    """The brackets that the numbers of exhibits fill."""
    wishes: tuple[Wish, ...] = Field(min_length=1)
    questions: tuple[Question, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _every_part_is_fed(self) -> Self:
        fed = {question.feeds for question in self.questions}
        if fed != set(Part):
            missing = ", ".join(sorted(part.value for part in set(Part) - fed))
            raise ValueError(f"no question feeds {missing}")
        self.kept_for.flat()  # ValueError for working days
        return self

    def asked(self, family: str, kind: SubjectKind, situation: str) -> tuple[Question, ...]:
        """The questions for such a case, in order."""
        return tuple(each for each in self.questions if each.fits(family, kind, situation))

    def wish(self, code: str) -> Wish | None:
        """The wish of that code."""
        return next((each for each in self.wishes if each.code == code), None)
