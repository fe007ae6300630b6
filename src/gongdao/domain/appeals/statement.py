"""A statement put together out of answers: every fill-in says where it comes from."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongdao.domain.policy.drafts import GAPS, DraftPolicy, Family, Situation
from gongdao.domain.policy.questions import Part, Question, QuestionPolicy

_BRACKET = re.compile(r"[［\[]([^］\]]*)[］\]]")
_ENDS = "。.！!？?；;"


class Origin(StrEnum):
    """Where a piece of a statement comes from."""

    TEMPLATE = "template"
    ANSWER = "answer"
    DECISION = "decision"
    EXHIBITS = "exhibits"
    GAP = "gap"
    """Still to be filled in."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a statement."""

    text: str
    origin: Origin
    question: str = ""
    """The code of the question whose answer it is."""


@dataclass(frozen=True, slots=True)
class Makings:
    """What a statement is put together from."""

    templates: DraftPolicy
    questions: QuestionPolicy
    asked: Sequence[Question]
    family: str
    situation: str
    answers: Mapping[str, str]
    decided: Mapping[str, str]
    """What the opening says of the decision: `decided`, `clause`, `number`."""
    exhibits: Sequence[int]
    language: str

    @property
    def chinese(self) -> bool:
        """Whether it is written in Chinese."""
        return self.language.startswith("zh")


Composed = Mapping[Part, tuple[Piece, ...]]


def compose(makings: Makings) -> Composed:
    """The three parts, each in pieces."""
    return {part: tuple(_joined(makings, part)) for part in Part}


def text_of(pieces: Sequence[Piece]) -> str:
    """A part as it is written into the form."""
    return "".join(piece.text for piece in pieces)


def gaps_left(text: str) -> list[str]:
    """The brackets that are still to be filled in."""
    return [found.group(0) for found in _BRACKET.finditer(text) if found.group(1).strip()]


@dataclass(frozen=True, slots=True)
class Whole:
    """A statement as it is sent, and where its parts stand in it."""

    text: str
    begins: Mapping[Part, int]


def whole(templates: DraftPolicy, parts: Mapping[Part, str], language: str) -> Whole:
    """The parts that say something, each below its heading."""
    colon, text = "：" if language.startswith("zh") else ": ", ""
    begins = {}
    for part in Part:
        words = parts.get(part, "").strip()
        if not words:
            continue
        text += "\n\n" if text else ""
        text += getattr(templates.parts, part.value).in_(language) + colon
        begins[part] = len(text)
        text += words
    return Whole(text, begins)


def _joined(makings: Makings, part: Part) -> Iterator[Piece]:
    """The opening, the template with its brackets filled, then what no bracket took."""
    blank = "" if makings.chinese else " "
    groups = [list(_opening(makings, part)), *_filled_and_rest(makings, part)]
    first = True
    for group in (g for g in groups if g):
        if not first and blank:
            yield Piece(blank, Origin.TEMPLATE)
        first = False
        yield from group


def _opening(makings: Makings, part: Part) -> Iterator[Piece]:
    if part is Part.FACTS:
        yield from _said(makings.questions.opening.in_(makings.language), makings.decided)


def _filled_and_rest(makings: Makings, part: Part) -> Iterator[list[Piece]]:
    left = [q for q in makings.asked if q.feeds is part and _answer(makings, q)]
    template = _template(makings, part)
    if template:
        yield list(_filled(makings, template, left))
    for question in left:
        said = question.said.in_(makings.language)
        answer = _answer(makings, question)
        whole_sentence = said.strip() == "{answer}"
        ended = _ended(answer, makings) if whole_sentence else answer.rstrip(_ENDS)
        yield [
            Piece(p.text, p.origin, question.code if p.origin is Origin.ANSWER else "")
            for p in _said(said, {"answer": ended}, Origin.ANSWER)
        ]


def _filled(makings: Makings, template: str, left: list[Question]) -> Iterator[Piece]:
    """The template with answers in its brackets; a question that fills one is taken off `left`."""
    end = 0
    for found in _BRACKET.finditer(template):
        if found.start() > end:
            yield Piece(template[end : found.start()], Origin.TEMPLATE)
        yield _in_bracket(makings, found, left)
        end = found.end()
    if end < len(template):
        yield Piece(template[end:], Origin.TEMPLATE)


def _in_bracket(makings: Makings, found: re.Match[str], left: list[Question]) -> Piece:
    asks = found.group(1)
    if asks in makings.questions.exhibits.in_(makings.language) and makings.exhibits:
        return Piece(_exhibits(makings), Origin.EXHIBITS)
    for question in left:
        if asks in question.fills.in_(makings.language):
            left.remove(question)
            return Piece(_answer(makings, question).rstrip(_ENDS), Origin.ANSWER, question.code)
    return Piece(found.group(0), Origin.GAP)


def _exhibits(makings: Makings) -> str:
    if makings.chinese:
        return "、".join(f"证据{number}" for number in makings.exhibits)
    return ", ".join(f"exhibit {number}" for number in makings.exhibits)


def _template(makings: Makings, part: Part) -> str:
    policy = makings.templates
    situation = next((s for s in policy.situations if s.code == makings.situation), None)
    family = next((f for f in policy.families if f.code == makings.family), None)
    if situation is None or family is None:
        return ""
    return _of_family(situation, family, part, makings.language)


def _of_family(situation: Situation, family: Family, part: Part, language: str) -> str:
    fill = {gap: getattr(family, gap).in_(language) for gap in sorted(GAPS)}
    return str(getattr(situation, part.value).in_(language)).format(**fill)


def _said(
    sentence: str, facts: Mapping[str, str], origin: Origin = Origin.DECISION
) -> Iterator[Piece]:
    """A sentence of the pack with its gaps filled, in pieces."""
    for index, words in enumerate(re.split(r"\{([a-z_]+)\}", sentence)):
        if index % 2:
            yield Piece(facts[words], origin)
        elif words:
            yield Piece(words, Origin.TEMPLATE)


def _answer(makings: Makings, question: Question) -> str:
    return makings.answers.get(question.code, "").strip()


def _ended(answer: str, makings: Makings) -> str:
    return answer if answer[-1:] in _ENDS else answer + ("。" if makings.chinese else ".")
