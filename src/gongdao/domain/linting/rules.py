"""Reading a statement as a reviewer will: what would hurt it, where, and what to write instead."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.kernel.folding import Folded, fold
from gongdao.domain.linting.model import Finding, Language, Passage, Report, Setting
from gongdao.domain.linting.numbers import number
from gongdao.domain.linting.speech import Speech, speech
from gongdao.domain.policy.linting import Advised, Flaw, LintingPolicy, WordingRule
from gongdao.domain.policy.phrases import finder

_HAN = re.compile(r"[㐀-鿿]")
_LATIN_WORD = re.compile(r"[A-Za-z]+")
_FIGURES = re.compile(r"[0-9]{1,4}|[零一二三四五六七八九十两〇]{1,4}")
_OWN_BEFORE = 24
"""So many characters before a number may say whose it is."""


def language_of(text: str) -> Language:
    """The language that most of a text is in: a Chinese character counts as much as a word."""
    words = len(_LATIN_WORD.findall(text))
    return Language.CHINESE if len(_HAN.findall(text)) >= words else Language.ENGLISH


def check_size(text: str, policy: LintingPolicy) -> None:
    """Refuse what is no statement: nothing at all, or too much."""
    if len(text) > policy.most:
        raise BadInput(
            "lint.too_long",
            hint_noop("A text of at most {most} characters can be looked at. Send a part of it."),
            most=policy.most,
        )
    if not text.strip():
        raise BadInput("lint.empty", hint_noop("There is nothing to look at. Write some words."))


def lint(
    text: str,
    setting: Setting,
    policy: LintingPolicy,
    personal: Sequence[Passage] = (),
    words: Language | None = None,
) -> Report:
    """
    Everything that is pointed out in a statement, from its beginning on.

    `personal` are passages that look like personal data, `words` the language to explain in.
    """
    check_size(text, policy)
    language = setting.language or language_of(text)
    folded = fold(text)
    reader = _Reader(folded, speech(folded.text, policy.telling), policy, setting)
    found = [
        *reader.worded(),
        *reader.exhibits(),
        *reader.personal(text, personal),
    ]
    said = words or language
    return Report(language, tuple(_finding(each, said, language) for each in _apart(found)))


class _Noticed:
    """A passage of the original, and the rule that points it out."""

    __slots__ = ("advice", "code", "end", "kind", "start")

    def __init__(self, start: int, end: int, kind: Flaw, code: str, advice: Advised) -> None:
        self.start, self.end, self.kind, self.code, self.advice = start, end, kind, code, advice


class _Reader:
    """One statement, and what it is read by."""

    def __init__(
        self, folded: Folded, parts: Speech, policy: LintingPolicy, setting: Setting
    ) -> None:
        self.folded, self.speech, self.policy, self.setting = folded, parts, policy, setting
        self._there: Mapping[str, bool] = {
            name: finder(phrases).found_in(folded.text) for name, phrases in policy.lists.items()
        }

    def worded(self) -> Iterator[_Noticed]:
        """Passages that the pack's rules name."""
        for rule in self.policy.rules:
            if rule.kind is Flaw.VAGUE_TIME and not self.setting.times:
                continue
            if any(self._there[name] for name in rule.absent):
                continue
            noticed_to = 0
            for start, end in self._spans(rule.phrases):
                if start < noticed_to or self._harmless(rule, start, end):
                    continue
                yield self._noticed(start, end, rule.kind, rule.code, rule)
                # Once a sentence is enough to say it; what is absent, once in all.
                noticed_to = len(self.folded.text) if rule.absent else self.speech.ends(start)

    def exhibits(self) -> Iterator[_Noticed]:
        """Exhibits that are named and not there."""
        there, rule = self.setting.exhibits, self.policy.exhibits
        if there is None:
            return
        others = {start for start, _ in self._spans(rule.but_not)}
        named = list(self._spans(rule.numbered))
        for start, end in named:
            if start in others:
                continue
            figures = _FIGURES.findall(self.folded.text[start:end])
            if figures and number(figures[-1]) not in there:
                yield self._noticed(start, end, Flaw.ABSENT_EXHIBIT, "exhibit.numbered", rule)
        for start, end in self._spans(rule.unnumbered) if not there else ():
            if any(left < end and start < right for left, right in named):
                continue
            yield self._noticed(start, end, Flaw.ABSENT_EXHIBIT, "exhibit.none", rule)

    def personal(self, text: str, passages: Iterable[Passage]) -> Iterator[_Noticed]:
        """Personal data that does not seem to be the writer's own."""
        rule = self.policy.personal
        own = [fold(each).text.strip() for each in self.setting.own]
        mine = finder(rule.own)
        cued = [Passage(*self.folded.original(*each)) for each in self._spans(rule.cued)]
        for each in (*passages, *cued):
            before = fold(text[max(0, each.start - _OWN_BEFORE) : each.start]).text
            inside = fold(text[each.start : each.end]).text
            if mine.found_in(re.split(r"[。!?;\n,、]", before)[-1]) or any(
                name and (name in inside or inside in name) for name in own
            ):
                continue
            yield _Noticed(each.start, each.end, Flaw.PERSONAL_DATA, "personal.data", rule)

    def _spans(self, phrases: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        if phrases:
            yield from finder(phrases).spans(self.folded.text)

    def _harmless(self, rule: WordingRule, start: int, end: int) -> bool:
        telling, parts = self.policy.telling, self.speech
        if rule.quotable and parts.told(start, end):
            return True
        if rule.deniable and finder(telling.denied).found_in(parts.before(start)):
            return True
        if rule.calmed_by and self._any(rule.calmed_by, parts.sentence(start, following=1)):
            return True
        return bool(rule.spared_by) and self._any(rule.spared_by, parts.clause(start, end))

    def _any(self, names: Iterable[str], text: str) -> bool:
        lists = self.policy.lists
        return any(self._there[name] and finder(lists[name]).found_in(text) for name in names)

    def _noticed(self, start: int, end: int, kind: Flaw, code: str, advice: Advised) -> _Noticed:
        return _Noticed(*self.folded.original(start, end), kind, code, advice)


def _apart(found: Iterable[_Noticed]) -> list[_Noticed]:
    """The same without passages that lie within or across a weightier one of their kind."""
    kept: list[_Noticed] = []
    reach: dict[Flaw, int] = {}
    for each in sorted(found, key=lambda one: (one.start, -one.advice.weight, -one.end)):
        if each.start < reach.get(each.kind, 0):
            continue
        reach[each.kind] = each.end
        kept.append(each)
    return kept


def _finding(each: _Noticed, language: Language, written: Language) -> Finding:
    """Explained in the reader's language; what can take its place is in the statement's."""
    advice = each.advice
    better = advice.better.in_(written) if advice.better else None
    return Finding(
        start=each.start,
        end=each.end,
        kind=each.kind,
        code=each.code,
        reason=advice.reason.in_(language),
        suggestion=advice.suggestion.in_(language),
        weight=advice.weight,
        better="" if advice.leave_out else better,
    )
