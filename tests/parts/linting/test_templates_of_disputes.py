"""What statements to outside platforms can begin with: dated, short, calm by our own rules."""

from typing import Any

import pytest
from pydantic import ValidationError
from tests.parts.linting.shipped import marks, pack

from gongdao.domain.disputes.events import DisputeKind
from gongdao.domain.linting.model import Setting
from gongdao.domain.policy.dispute_templates import DisputeTemplatePolicy, left_open

LANGUAGES = ("zh-hans", "en")
FEWEST, LONGEST = 5, 700


def shipped() -> DisputeTemplatePolicy:
    found = pack().dispute_templates
    assert found is not None
    return found


def test_there_are_five_at_least_and_one_for_every_kind() -> None:
    assert len(shipped().templates) >= FEWEST
    assert {k for each in shipped().templates for k in each.kinds} == {k.value for k in DisputeKind}


def test_those_for_a_ground_come_first_and_others_grounds_not_at_all() -> None:
    found = [each.code for each in shipped().fitting("review", ["extortion"])]
    assert found == ["review.extortion", "review.once_more"]
    assert [each.code for each in shipped().fitting("payment")] == ["payment.answer"]


def test_what_is_known_is_filled_in_and_the_rest_stays_marked() -> None:
    template = shipped().template("review.extortion")
    assert template is not None
    text = shipped().filled(template.text.zh, "zh-hans", {"order": "2026110100001"})
    assert text.startswith("订单2026110100001，")
    assert "［评价或投诉显示的日期］" in left_open(text)
    assert "{" not in text
    assert left_open("编号［3］，已核对。") == ("［3］",)
    assert left_open("订单 1，已核对。") == ()


def test_each_is_short_dated_and_passes_our_own_rules() -> None:
    for each in shipped().templates:
        for language in LANGUAGES:
            text = shipped().filled(each.text.in_(language), language, {})
            assert len(text) <= LONGEST
            assert ("日期" if language.startswith("zh") else "day") in text
            assert marks(text, Setting()) == [], each.code


@pytest.mark.parametrize(("gap", "why"), [("{thing}", "the gap thing"), ("{order", "expected")])
def test_a_gap_that_no_dispute_fills_is_refused(gap: str, why: str) -> None:
    written: Any = shipped().model_dump(mode="json")
    written["templates"][0]["text"]["zh"] = gap
    with pytest.raises(ValidationError, match=why):
        DisputeTemplatePolicy.model_validate(written)
