"""Drafts and the statement that answers make: the rules alone, and the house's questions."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.fakes.house import shipped_packs

from gongdao.domain.appeals.differences import compared
from gongdao.domain.appeals.drafts import (
    Draft,
    check_length,
    check_names,
    forgotten_at,
    write,
)
from gongdao.domain.appeals.statement import Makings, Origin, compose, gaps_left, text_of, whole
from gongdao.domain.kernel.errors import BadInput, MovedOn, Refused
from gongdao.domain.kernel.ids import DecisionId, PackRef, PersonId
from gongdao.domain.linting.model import Setting
from gongdao.domain.linting.rules import lint
from gongdao.domain.policy.basics import SubjectKind
from gongdao.domain.policy.questions import Part

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
EMPTY = Draft(DecisionId("d"), PersonId("p"))
PACK = shipped_packs().at(PackRef("house", "2026-11-01"))
assert PACK.questions is not None
assert PACK.drafts is not None
assert PACK.linting is not None
QUESTIONS, TEMPLATES, LINTING = PACK.questions, PACK.drafts, PACK.linting
FAMILIES = [family.code for family in TEMPLATES.families]
SITUATIONS = ["", "own", *(situation.code for situation in TEMPLATES.situations)]


def makings(situation: str, language: str = "zh", family: str = "abuse") -> Makings:
    asked = QUESTIONS.asked(family, SubjectKind.CONTENT, situation)
    answers = {each.code: each.example.in_(language) for each in asked}
    decided = {"decided": "2026年3月2日12:00", "clause": "辱骂他人", "number": "ABC"}
    return Makings(
        TEMPLATES, QUESTIONS, asked, family, situation, answers, decided, [1, 2], language
    )


def test_two_windows_meet_only_where_they_write_the_same_passage() -> None:
    first = write(EMPTY, {"answer_when": "20:15"}, 0, "one", NOON)
    both = write(first, {"answer_device": "Mate 60"}, 0, "two", NOON)
    assert both.texts == {"answer_when": "20:15", "answer_device": "Mate 60"}
    with pytest.raises(MovedOn, match=r"draft\.moved_on"):
        write(both, {"answer_when": "20:16"}, 0, "two", NOON)
    assert write(both, {"answer_when": "20:16"}, 0, "one", NOON).version == 3, "its own words"
    assert write(both, {"answer_when": "20:16"}, 2, "two", NOON).version == 3, "it had read them"
    assert write(both, {"answer_when": "20:15"}, 0, "two", NOON) is both, "nothing differs"
    with pytest.raises(MovedOn):
        write(both, {"answer_when": ""}, 0, "", NOON)


def test_what_does_not_fit_or_is_not_known_is_refused_with_what_would() -> None:
    with pytest.raises(Refused) as refused:
        check_length("字" * 801, 800)
    assert (refused.value.code, refused.value.facts["most"]) == ("draft.too_long", 800)
    with pytest.raises(BadInput, match=r"draft\.unknown_field.*wish"):
        check_names({"nothing": ""}, {"wish": 80})


def test_a_draft_outlives_its_window_by_the_packs_time() -> None:
    month = timedelta(days=30)
    assert forgotten_at(NOON + month, NOON, month) == NOON + 2 * month
    assert forgotten_at(None, NOON, month) == NOON + month


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_answer_stands_in_its_part_and_is_shown_as_filled_in(
    situation: str, language: str
) -> None:
    for family in FAMILIES:
        of = makings(situation, language, family)
        composed = compose(of)
        for question in of.asked:
            found = [p for p in composed[question.feeds] if p.question == question.code]
            assert len(found) == 1, (family, question.code)
            assert found[0].origin is Origin.ANSWER
            assert of.answers[question.code].rstrip("。.") in found[0].text
        assert composed[Part.FACTS][1].origin is Origin.DECISION
        text = text_of(composed[Part.FACTS])
        assert "  " not in text


def test_brackets_are_filled_in_order_and_the_rest_stay_open() -> None:
    of = makings("mended")
    facts = text_of(compose(of)[Part.FACTS])
    assert (
        "2026年11月3日20:15，我用华为 Mate 60，微信安卓版在店铺首页的活动页发布了这条发言" in facts
    )
    assert gaps_left(facts) == ["［编号］"]
    change = text_of(compose(of)[Part.CHANGE])
    assert "我已于2026年11月3日21:02［删除或修改］它，见证据1、证据2。" in change
    bare = replace(of, answers={}, exhibits=[])
    assert "［证据编号］" in gaps_left(text_of(compose(bare)[Part.CHANGE]))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("situation", SITUATIONS)
def test_what_the_house_asks_for_passes_its_own_rules_of_wording(
    situation: str, language: str
) -> None:
    for family in FAMILIES:
        of = makings(situation, language, family)
        parts = {part: text_of(pieces) for part, pieces in compose(of).items()}
        text = whole(TEMPLATES, parts, language).text
        found = lint(text, Setting(exhibits=frozenset({1, 2})), LINTING).findings
        assert [(f.code, text[f.start : f.end]) for f in found] == [], (family, situation)


def test_a_statement_says_where_its_parts_begin() -> None:
    made = whole(TEMPLATES, {Part.FACTS: " 一。 ", Part.CHANGE: "二。"}, "zh")
    assert made.text == "事实：一。\n\n我会怎样改：二。"
    assert [made.text[at : at + 2] for at in made.begins.values()] == ["一。", "二。"]


def test_two_versions_are_compared_word_by_word() -> None:
    mine, other = compared("我用 iPhone 发了。", "我用 Huawei 发了。")
    assert [s.text for s in mine if s.differs] == ["iPhone"]
    assert [s.text for s in other if s.differs] == ["Huawei"]
    assert compared("", "a")[0] == ()
