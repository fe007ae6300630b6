"""Exams as programs see them: questions, and what was right; on courses and on ways back."""

from ninja import Schema

from gongdao.domain.policy.basics import Words
from gongdao.domain.policy.quiz import Answered, Asked, Paper


class WordsOut(Schema):
    """One text in both languages."""

    zh: str
    en: str

    @classmethod
    def of(cls, words: Words) -> "WordsOut":
        """From the pack's words."""
        return cls(zh=words.zh, en=words.en)


class OptionOut(Schema):
    """One of the answers to choose from, called by its place."""

    code: str
    words: WordsOut


class QuestionOut(Schema):
    """A question; nothing in it says which option is right."""

    code: str
    ask: WordsOut
    options: list[OptionOut]

    @classmethod
    def of(cls, asked: Asked) -> "QuestionOut":
        """From what is asked."""
        return cls(
            code=asked.code,
            ask=WordsOut.of(asked.ask),
            options=[OptionOut(code=o.code, words=WordsOut.of(o.words)) for o in asked.options],
        )


class QuizPaperOut(Schema):
    """The questions of one try."""

    quiz: str
    title: WordsOut
    questions: list[QuestionOut]

    @classmethod
    def of(cls, paper: Paper) -> "QuizPaperOut":
        """From the paper."""
        questions = [QuestionOut.of(each) for each in paper.questions]
        return cls(quiz=paper.quiz, title=WordsOut.of(paper.title), questions=questions)


class ReadOut(Schema):
    """Where something is explained at length."""

    course: str
    section: str


class AnswerOut(Schema):
    """One question after the answer."""

    code: str
    chosen: str
    right: str
    correct: bool
    why: WordsOut
    read: ReadOut | None

    @classmethod
    def of(cls, answered: Answered) -> "AnswerOut":
        """From what was answered."""
        place = answered.read
        return cls(
            code=answered.asked.code,
            chosen=answered.chosen,
            right=answered.right,
            correct=answered.correct,
            why=WordsOut.of(answered.why),
            read=ReadOut(course=place.course, section=place.section) if place else None,
        )
