"""
The small language in which packs write the passages that a linter looks for.

Not regular expressions: a phrase can neither repeat without end nor look around, so that what one
costs can be counted before it is used.

    you (people|guys) have no clue      one of these
    you[ clearly] don't understand      this, or nothing
    承认{8}钱                            up to eight characters of the same sentence between
    #月#[日|号]                          one to three figures, Chinese ones too
    我不知道$                            only at the end of a clause
    ^随便                                only at its beginning

Letters stand for themselves, small; blanks for blanks; `'` for every apostrophe.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Self

MOST_TRIES = 6000
"""So many comparisons a phrase may cost from one place at most."""
_WIDEST_GAP = 20
_DEEPEST = 4
_FIGURES = "[0-9零一二三四五六七八九十两〇]{1,4}"
_FIGURE_STARTS = frozenset("0123456789零一二三四五六七八九十两〇")
_FIGURE_WAYS = 4
_SENTENCE_ENDS = "。！？!?;；\\n"
_CLAUSE_ENDS = _SENTENCE_ENDS + ',，、.:：”」』"'
_END = f"(?=[ ]?(?:[{_SENTENCE_ENDS},，、.:：”」』)）]|$))"
_BEGINNING = f"(?:(?<=[{_CLAUSE_ENDS}])|(?<=[{_CLAUSE_ENDS}] )|(?<=^))"
_OPEN = {"(": ")", "[": "]"}
_PLAIN = re.compile(r"[^()\[\]{}|#^$]+")
_GAP = re.compile(r"\{(\d{1,2})\}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase, or a part of one, as a regular expression, and what it costs from one place."""

    expression: str
    ways: int = 1
    """In so many ways it can match there."""
    tries: int = 1
    """So many comparisons find them all."""
    starts: frozenset[str] | None = frozenset()
    """What it can begin with; None: anything."""
    empty: bool = False
    """Whether it can match nothing."""

    def then(self, more: "Phrase") -> "Phrase":
        """The same, and another behind it."""
        starts = self.starts
        if self.empty and starts is not None:
            starts = None if more.starts is None else starts | more.starts
        return Phrase(
            self.expression + more.expression,
            self.ways * more.ways,
            self.tries + self.ways * more.tries,
            starts,
            self.empty and more.empty,
        )


_NOTHING = Phrase("", tries=0, empty=True)


def _one_of(branches: list[Phrase]) -> Phrase:
    """Any of them. Those that begin differently cannot match at the same place."""
    if len(branches) == 1:
        return branches[0]
    starts: frozenset[str] | None = frozenset()
    anywhere, anywhere_tries = 0, len(branches)
    ways: dict[str, int] = {}
    tries: dict[str, int] = {}
    for each in branches:
        if each.starts is None or each.empty:
            anywhere += each.ways
            anywhere_tries += each.tries
        else:
            for char in each.starts:
                ways[char] = ways.get(char, 0) + each.ways
                tries[char] = tries.get(char, 0) + each.tries
        starts = None if starts is None or each.starts is None else starts | each.starts
    return Phrase(
        "|".join(each.expression for each in branches),
        anywhere + max(ways.values(), default=0),
        anywhere_tries + max(tries.values(), default=0),
        starts,
        any(each.empty for each in branches),
    )


@dataclass(slots=True)
class _Reader:
    """Reads one phrase from its beginning on; ValueError says what is wrong."""

    written: str
    at: int = 0

    def branches(self, closing: str, depth: int) -> list[Phrase]:
        """Everything up to the closing bracket, cut at its bars."""
        if depth > _DEEPEST:
            raise ValueError(f"brackets stand more than {_DEEPEST} deep")
        found = [_NOTHING]
        while self.at < len(self.written):
            plain = _PLAIN.match(self.written, self.at)
            if plain is not None:
                self.at = plain.end()
                found[-1] = found[-1].then(_literal(plain[0]))
                continue
            char = self.written[self.at]
            self.at += 1
            if char == closing:
                return found
            if char == "|":
                found.append(_NOTHING)
            else:
                found[-1] = found[-1].then(self._piece(char, depth))
        if closing:
            raise ValueError(f"a {closing} is missing")
        return found

    def _piece(self, char: str, depth: int) -> Phrase:
        if char in _OPEN:
            inside = _one_of(self.branches(_OPEN[char], depth + 1))
            if char == "(":
                return replace(inside, expression=f"(?:{inside.expression})")
            return replace(
                inside, expression=f"(?:{inside.expression})?", ways=inside.ways + 1, empty=True
            )
        if char == "{":
            return self._gap()
        if char == "#":
            return Phrase(_FIGURES, _FIGURE_WAYS, _FIGURE_WAYS, _FIGURE_STARTS)
        if char == "^" and self._at_edge(self.at - 2):
            return Phrase(_BEGINNING, empty=True)
        if char == "$" and self._at_edge(self.at):
            return Phrase(_END, empty=True)
        raise ValueError(f"{char} stands alone")

    def _at_edge(self, place: int) -> bool:
        return not 0 <= place < len(self.written) or self.written[place] in "()|[]"

    def _gap(self) -> Phrase:
        found = _GAP.match(self.written, self.at - 1)
        if found is None or not 0 < int(found[1]) <= _WIDEST_GAP:
            raise ValueError(f"a gap is written {{n}}, with n from 1 to {_WIDEST_GAP}")
        self.at = found.end()
        most = int(found[1])
        expression = f"[^{_SENTENCE_ENDS}]{{0,{most}}}?"
        return Phrase(expression, most + 1, most + 1, starts=None, empty=True)


def _literal(plain: str) -> Phrase:
    folded = unicodedata.normalize("NFKC", plain).casefold()
    if plain != folded:
        raise ValueError(f"write {folded} for {plain}: texts are compared in that form")
    return Phrase(re.escape(plain), tries=len(plain), starts=frozenset(plain[0]))


@lru_cache(maxsize=1024)
def read(written: str) -> Phrase:
    """Read one phrase; ValueError says what is wrong with it."""
    whole = _one_of(_Reader(written).branches("", 0))
    if whole.empty or whole.starts is None:
        raise ValueError("it would match anywhere: begin with something that must be there")
    if whole.tries > MOST_TRIES:
        raise ValueError(f"it costs {whole.tries} comparisons a place; at most {MOST_TRIES} may be")
    return whole


@lru_cache(maxsize=1024)
def _compiled(written: str) -> re.Pattern[str]:
    return re.compile(f"(?:{read(written).expression}){_WORD_ENDS}")


_WORD_ENDS = "(?:(?![a-z0-9])|(?<![a-z0-9]))"
"""A word of Latin letters is matched whole: `ass` not in `assessment`."""


@dataclass(frozen=True, slots=True)
class Finder:
    """
    Finds phrases in a folded text.

    By the character that each can begin with, so that most of a text costs one look-up a character,
    and a phrase that never comes near is never compiled.
    """

    by_start: Mapping[str, tuple[str, ...]]
    candidates: re.Pattern[str]
    """Finds the next character that one of them can begin with, and that is no word's middle."""

    @classmethod
    def of(cls, written: Iterable[str]) -> Self:
        """Sort phrases by what they begin with."""
        by_start: dict[str, list[str]] = {}
        for each in written:
            for char in read(each).starts or ():
                by_start.setdefault(char, []).append(each)
        starts = "".join(re.escape(char) for char in sorted(by_start))
        return cls(
            MappingProxyType({char: tuple(several) for char, several in by_start.items()}),
            re.compile(f"[{starts}](?:(?<![a-z0-9])|(?<![a-z0-9].))"),
        )

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where they stand, from the beginning on; the longest at each place, and none across."""
        candidate = self.candidates.search(text)
        while candidate is not None:
            place = candidate.start()
            reached = 0
            for each in self.by_start[text[place]]:
                found = _compiled(each).match(text, place)
                if found is not None and found.end() > reached:
                    reached = found.end()
            if reached:
                yield place, reached
            candidate = self.candidates.search(text, max(reached, place + 1))

    def found_in(self, text: str) -> bool:
        """Whether any of them stands in a text."""
        return next(self.spans(text), None) is not None


@lru_cache(maxsize=128)
def finder(written: tuple[str, ...]) -> Finder:
    """What finds any of these phrases; made when it is first needed, and kept."""
    return Finder.of(written)
