"""
Which grounds may hold against a review: read from its words, and from answers about the order.

Never the platform's decision. Words add up to log-odds by the pack's cues, so that several grounds
may hold at once, and every one can show the passages that speak for it.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.kernel.folding import fold
from gongdao.domain.kernel.ids import Code
from gongdao.domain.policy.basics import Words
from gongdao.domain.policy.eligibility import Cue, EligibilityPolicy, GroundRule, Need
from gongdao.domain.policy.phrases import finder

_CLAUSE_END = re.compile(r"[。！？!?;；\n,，、:：]|\.(?=\s|$)")
_HAN = re.compile(r"[㐀-鿿]")
_DENIED = re.compile(
    r"(?:不用|不要|不求|不是|没有|并非|无需|从没|没|不|未|别|无|don't|not|no)[ ]?$"
)
_BEFORE = 6
_LOOKED_AT = 40
"""So much of a text shows whether it is only filler."""
_LATIN_DISTINCT = 0.25
_SUREST = 97
_LEAST_SURE = 3
_CAP = 20.0


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known beside the words."""

    answers: Mapping[Code, bool] = field(default_factory=dict)
    """Answers to the pack's questions, by the question's code."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A passage that speaks for a ground: from `start` up to `end` in the text as it was given."""

    start: int
    end: int
    cue: Code
    why: Words = field(compare=False)


@dataclass(frozen=True, slots=True)
class GroundFound:
    """A ground: how sure, by which passages, and what it needs."""

    code: Code
    sure: int
    """Whole percent."""
    spans: tuple[Mark, ...]
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may hold. An advice, not the platform's decision."""

    grounds: tuple[GroundFound, ...]
    """Those that may hold, the surest first."""
    opinion: bool
    """None holds: an opinion about a real purchase, for all that its words say."""
    sure: int
    """Of the surest ground, or that it is an opinion; whole percent."""
    weighed: tuple[GroundFound, ...]
    """Every ground of the pack, those that don't hold included."""
    sarcastic: bool
    """Whether the text is ironical: irony about goods is an opinion about them."""


def check_size(text: str, policy: EligibilityPolicy) -> None:
    """Refuse what is no review: nothing at all, or too much."""
    if len(text) > policy.most:
        raise BadInput(
            "eligibility.too_long",
            hint_noop(
                "At most {most} characters can be judged at once. Send the part that counts."
            ),
            most=policy.most,
        )
    if not fold(text).text.strip():
        raise BadInput(
            "eligibility.empty", hint_noop("There is nothing to judge. Paste the review's words.")
        )


def judge(text: str, facts: Facts, policy: EligibilityPolicy) -> Verdict:
    """Weigh every ground of the pack by a review's words and what was answered."""
    check_size(text, policy)
    return _weigh(policy, facts, _Reading(text, policy).said())


def answered(facts: Facts, policy: EligibilityPolicy) -> Verdict:
    """The same of a review without words: by the answers alone."""
    return _weigh(policy, facts, Said())


@dataclass(frozen=True, slots=True)
class Found:
    """What the words say of one ground."""

    weight: float = 0.0
    spans: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What the words say of all of them."""

    grounds: Mapping[Code, Found] = field(default_factory=dict)
    cues: frozenset[Code] = frozenset()
    sarcastic: bool = False


def _weigh(policy: EligibilityPolicy, facts: Facts, said: Said) -> Verdict:
    """Add the answers to what was read, and say what that comes to."""
    weighed = tuple(
        _weighed(rule, said.grounds.get(rule.code, _NOTHING), facts) for rule in policy.grounds
    )
    ordered = sorted(weighed, key=lambda each: -each.sure)
    held = tuple(each for each in ordered if each.sure >= policy.eligible)
    surest = ordered[0].sure
    if held:
        return Verdict(held, False, surest, weighed, said.sarcastic)
    rule = policy.opinion
    used = rule.experience.weight if said.cues.intersection(rule.experience.cues) else 0.0
    sure = min(_percent(rule.base + used), 100 - surest)
    return Verdict((), True, sure, weighed, said.sarcastic)


_NOTHING = Found()


def _weighed(rule: GroundRule, found: Found, facts: Facts) -> GroundFound:
    odds = rule.base + found.weight
    for question in rule.questions:
        answer = facts.answers.get(question.code)
        if answer is not None:
            odds += question.if_yes if answer else question.if_no
    return GroundFound(rule.code, _percent(odds), found.spans, rule.needs)


def _percent(odds: float) -> int:
    share = 1 / (1 + math.exp(-max(-_CAP, min(_CAP, odds))))
    return max(_LEAST_SURE, min(_SUREST, round(100 * share)))


class _Reading:
    """One text, folded, with the places of every list that a cue asks for."""

    def __init__(self, text: str, policy: EligibilityPolicy) -> None:
        self.policy = policy
        self.folded = fold(text)
        self.text = self.folded.text.translate(policy.same.table())
        self._lists: dict[Code, list[tuple[int, int]]] = {}
        self._borders = [0, *(found.end() for found in _CLAUSE_END.finditer(self.text))]

    def said(self) -> Said:
        """What speaks for and against each ground."""
        weights: dict[Code, float] = {}
        marks: dict[Code, list[Mark]] = {}
        cues: set[Code] = set()
        for cue in self.policy.cues:
            places = list(self._counted(cue))
            if not places and not (cue.sarcasm and self.sarcastic):
                continue
            cues.add(cue.code)
            weights[cue.ground] = weights.get(cue.ground, 0.0) + cue.weight
            if cue.weight > 0:
                marks.setdefault(cue.ground, []).extend(self._mark(at, cue) for at in places)
        filler = self.policy.filler
        if filler is not None and self._filler():
            weights[filler.ground] = weights.get(filler.ground, 0.0) + filler.weight
            whole = self.folded.original(0, len(self.text))
            marks.setdefault(filler.ground, []).append(Mark(*whole, "filler", filler.why))
        found = {
            code: Found(weight, tuple(sorted(marks.get(code, ()))))
            for code, weight in weights.items()
        }
        return Said(found, frozenset(cues), self.sarcastic)

    @cached_property
    def sarcastic(self) -> bool:
        """Whether something in it is ironical."""
        return bool(self.policy.sarcasm) and finder(self.policy.sarcasm).found_in(self.text)

    @cached_property
    def _told(self) -> list[tuple[int, int]]:
        if not self.policy.told:
            return []
        reach = self.policy.told_reach
        return [(start, end + reach) for start, end in finder(self.policy.told).spans(self.text)]

    def _mark(self, place: tuple[int, int], cue: Cue) -> Mark:
        return Mark(*self.folded.original(*place), cue.code, cue.why)

    def _counted(self, cue: Cue) -> Iterator[tuple[int, int]]:
        for start, end in self._places(cue):
            if any(not self._near(name, start, end) for name in cue.near):
                continue
            if any(self._near(name, start, end) for name in cue.without):
                continue
            left, right = self._clause(start, end)
            if any(_within(self._list(name), left, right) for name in cue.unless):
                continue
            if cue.deniable and _DENIED.search(self.text[max(left, start - _BEFORE) : start]):
                continue
            if cue.weight > 0 and _within(self._told, start, end):
                continue
            yield start, end

    def _places(self, cue: Cue) -> Iterator[tuple[int, int]]:
        if cue.phrases:
            yield from finder(cue.phrases).spans(self.text)
        for name in cue.lists:
            yield from self._list(name)

    def _list(self, name: Code) -> list[tuple[int, int]]:
        if name not in self._lists:
            self._lists[name] = list(finder(self.policy.lists[name]).spans(self.text))
        return self._lists[name]

    def _near(self, name: Code, start: int, end: int) -> bool:
        reach = self.policy.reach
        return _within(self._list(name), start - reach, end + reach)

    def _clause(self, start: int, end: int) -> tuple[int, int]:
        """The clauses over which a passage reaches."""
        at = bisect_left(self._borders, start + 1) - 1
        after = bisect_left(self._borders, end)
        right = self._borders[after] if after < len(self._borders) else len(self.text)
        return self._borders[max(at, 0)], right

    def _filler(self) -> bool:
        rule = self.policy.filler
        shown = self.text.replace(" ", "").replace("\n", "")[:_LOOKED_AT]
        if rule is None or len(shown) < rule.shortest:
            return False
        distinct = len(set(shown)) / len(shown)
        if _HAN.search(self.text):
            return distinct <= rule.distinct
        return distinct <= _LATIN_DISTINCT or not finder((rule.plain_words,)).found_in(self.text)


def _within(places: list[tuple[int, int]], left: int, right: int) -> bool:
    """Whether one of these places, in the order of the text, touches a range."""
    at = bisect_left(places, (right, 0))
    return at > 0 and places[at - 1][1] > left
