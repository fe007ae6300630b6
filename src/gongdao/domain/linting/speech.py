"""Sentences and clauses, other people's words, and what is denied."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gongdao.domain.policy.linting import Telling
from gongdao.domain.policy.phrases import finder

Range = tuple[int, int]

_SENTENCE_END = re.compile(r"[。！？!?;；\n]|\.(?=\s|$)")
_CLAUSE_END = re.compile(r"[。！？!?;；\n,，、:：]|\.(?=\s|$)| - | – |—")
_LONGEST = 400
_QUOTED = re.compile(
    rf'"[^"\n]{{1,{_LONGEST}}}"|「[^」\n]{{1,{_LONGEST}}}」|『[^』\n]{{1,{_LONGEST}}}』'
    rf"|《[^》\n]{{1,{_LONGEST}}}》|(?<![a-z0-9])'(?=\w)[^\n]{{1,{_LONGEST}}}?(?<=[\w.!?,])'(?!\w)"
)
_BEFORE = 60
_SHORTEST_SAID = 2
"""A comma right behind "he said" does not end what he said."""


@dataclass(frozen=True, slots=True)
class Speech:
    """How a folded text is put together."""

    text: str
    sentences: tuple[Range, ...]
    clauses: tuple[Range, ...]
    others: bytes
    """One for each character of quotations and reported speech, zero for the writer's own."""

    def told(self, start: int, end: int) -> bool:
        """Whether a passage is somebody else's words."""
        return self.others.find(0, start, end) < 0

    def sentence(self, start: int, following: int = 0) -> str:
        """The sentence in which a passage begins, and so many after it."""
        at = _place(self.sentences, start)
        return self.text[self.sentences[at][0] : self.sentences[self._last(at + following)][1]]

    def ends(self, start: int) -> int:
        """Where the sentence ends in which a passage begins."""
        return self.sentences[_place(self.sentences, start)][1]

    def clause(self, start: int, end: int) -> str:
        """The clauses over which a passage reaches."""
        first, last = _place(self.clauses, start), _place(self.clauses, max(start, end - 1))
        return self.text[self.clauses[first][0] : self.clauses[last][1]]

    def before(self, start: int) -> str:
        """What stands shortly before a passage in its clause."""
        left = self.clauses[_place(self.clauses, start)][0]
        return self.text[max(left, start - _BEFORE) : start]

    def _last(self, at: int) -> int:
        return min(at, len(self.sentences) - 1)


def speech(text: str, telling: Telling) -> Speech:
    """Take a folded text apart."""
    clauses = _pieces(text, _CLAUSE_END)
    others = bytearray(len(text))
    for found in _QUOTED.finditer(text):
        others[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    for start, end in _reported(text, clauses, telling):
        others[start:end] = b"\1" * (end - start)
    return Speech(text, _pieces(text, _SENTENCE_END), clauses, bytes(others))


def _pieces(text: str, end: re.Pattern[str]) -> tuple[Range, ...]:
    ends = [found.end() for found in end.finditer(text)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    return tuple(zip([0, *ends], ends, strict=False))


def _reported(text: str, clauses: tuple[Range, ...], telling: Telling) -> Iterable[Range]:
    for start, said in finder(telling.reported).spans(text):
        at = _place(clauses, max(start, said - 1))
        end = clauses[at][1]
        if end - said <= _SHORTEST_SAID and at + 1 < len(clauses):
            end = clauses[at + 1][1]
        yield start, end


def _place(ranges: tuple[Range, ...], start: int) -> int:
    """The number of the range that holds a place: by halving, for there may be thousands."""
    low, high = 0, len(ranges) - 1
    while low < high:
        middle = (low + high) // 2
        if ranges[middle][1] <= start:
            low = middle + 1
        else:
            high = middle
    return low
