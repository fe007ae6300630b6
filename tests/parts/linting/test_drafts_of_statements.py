"""What statements can begin with: five for each family of clauses, calm by our own rules."""

from typing import Any

import pytest
from pydantic import ValidationError
from tests.parts.linting.shipped import marks, pack

from gongdao.domain.linting.model import Setting
from gongdao.domain.policy.drafts import DraftPolicy, templates

FEWEST = 5


def drafts() -> DraftPolicy:
    found = pack().drafts
    assert found is not None
    return found


def families() -> set[str]:
    cases = pack().cases
    assert cases is not None
    return {clause.code.partition(".")[0] for clause in cases.clauses}


def test_every_family_of_clauses_has_five_in_both_languages() -> None:
    for family in families():
        for language in ("zh-hans", "en"):
            found = templates(drafts(), f"{family}.anything", language)
            assert len({each.text for each in found}) >= FEWEST
    assert templates(drafts(), "unknown.clause", "en") == ()


def test_each_has_three_parts_and_its_fill_ins_are_marked() -> None:
    for family in families():
        for language, opening in (("zh-hans", "［"), ("en", "[")):
            for each in templates(drafts(), family, language):
                assert len(each.text.split("\n\n")) == 3
                assert each.text.count(opening) >= 5
                assert "{" not in each.text


def test_each_passes_our_own_rules() -> None:
    unknown = Setting()
    raised = [
        (family, each.code, marks(each.text, unknown))
        for family in sorted(families())
        for language in ("zh-hans", "en")
        for each in templates(drafts(), family, language)
        if marks(each.text, unknown)
    ]
    assert raised == []


@pytest.mark.parametrize(("gap", "why"), [("{thing}", "the gap thing"), ("{item", "braces")])
def test_a_gap_that_no_family_fills_is_refused(gap: str, why: str) -> None:
    written: Any = drafts().model_dump(mode="json")
    written["situations"][0]["facts"]["zh"] = gap
    with pytest.raises(ValidationError, match=why):
        DraftPolicy.model_validate(written)
