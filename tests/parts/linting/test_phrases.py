"""The language of phrases: what it means, and that nothing written in it can run away."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.parts.linting.shipped import policy

from gongdao.domain.policy import phrases
from gongdao.domain.policy.linting import MOST_TRIES

_PARSER: Any = re._parser  # type: ignore[attr-defined]  # the only reader of expressions there is


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("you (people|guys) lie", "well, you guys lie", "you guys lie"),
        ("you[ clearly] lie", "you lie", "you lie"),
        ("承认{4}钱", "我承认骗了他的钱", "承认骗了他的钱"),
        ("承认{2}钱", "我承认骗了他的钱", ""),
        ("承认{9}钱", "我承认。钱", ""),
        ("#月#日", "十一月3日", "十一月3日"),
        ("我不知道$", "我不知道, 是吗", "我不知道"),
        ("我不知道$", "我不知道他", ""),
        ("^随便", "我随便", ""),
        ("^随便", "好, 随便", "随便"),
        ("ass", "passage", ""),
        ("pass", "passage", ""),
        ("废物|白痴", "白痴", "白痴"),
    ],
)
def test_what_a_phrase_finds(phrase: str, text: str, found: str) -> None:
    spans = list(phrases.Finder.of([phrase]).spans(text))
    assert [text[start:end] for start, end in spans] == ([found] if found else [])


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("(你", "missing"),
        ("你)", "stands alone"),
        ("{3}你", "begin with something"),
        ("[你]", "match anywhere"),
        ("你{99}", "from 1 to 20"),
        ("你{x}", "a gap is written"),
        ("You", "write you for You"),
        ("你，", "write 你, for 你，"),
        ("((((((你))))))", "deep"),
        ("你{20}我{20}他{20}她", "comparisons"),
        ("", "match anywhere"),
        ("你$们", "stands alone"),
    ],
)
def test_what_cannot_be_used_is_said(phrase: str, why: str) -> None:
    with pytest.raises(ValueError, match=re.escape(why)):
        phrases.read(phrase)


def shipped() -> list[str]:
    rules = policy()
    several = [rule.phrases for rule in rules.rules] + list(rules.lists.values())
    return [each for phrase in several for each in phrase]


def repeats(parsed: Any, inside: int = 0) -> Iterator[tuple[int, int]]:
    """How often each repetition may go on, and within how many others it stands."""
    for op, argument in parsed:
        if str(op) in {"MAX_REPEAT", "MIN_REPEAT"}:
            _, most, body = argument
            yield int(most), inside
            yield from repeats(body, inside + (int(most) > 1))
        elif str(op) == "SUBPATTERN":
            yield from repeats(argument[-1], inside)
        elif str(op) == "BRANCH":
            for branch in argument[1]:
                yield from repeats(branch, inside)


def test_no_shipped_phrase_can_run_away() -> None:
    for phrase in shipped():
        for most, inside in repeats(_PARSER.parse(phrases.read(phrase).expression)):
            assert most <= 20, phrase
            assert inside == 0, phrase
    assert sum(phrases.read(each).tries for each in shipped()) <= MOST_TRIES


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="你我ab(|)[]{}128#^$ .*+?\\", max_size=24))
def test_whatever_is_written_is_bounded_or_refused(phrase: str) -> None:
    try:
        read = phrases.read(phrase)
    except ValueError:
        return
    assert 0 < read.tries <= phrases.MOST_TRIES
    assert all(
        most <= 20 and inside == 0 for most, inside in repeats(_PARSER.parse(read.expression))
    )
    list(phrases.Finder.of([phrase]).spans("你我ab12 (.*)" * 4))


def test_a_text_costs_at_most_one_try_a_place_and_phrase() -> None:
    """Counted, not timed: the candidates of a text, each with the phrases that begin so."""
    finder = phrases.Finder.of(shipped())
    text = "我们承认昨天you都是我的" * 40
    tried = sum(len(finder.by_start.get(char, ())) for char in text)
    assert tried <= len(text) * len(shipped()) / 4
