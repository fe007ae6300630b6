"""The house pack's guidance: every category says both ways, and what it promises is kept."""

import pytest
from tests.parts.house_pack import shipped

from gongdao.domain.policy.guidance import Sign, guide
from gongdao.domain.policy.model import SubjectKind

CASES, POLICY = shipped.policy(), shipped.guidance()


@pytest.mark.parametrize("category", [each.code for each in CASES.categories])
def test_every_category_says_what_counts_what_does_not_and_what_to_collect(category: str) -> None:
    for kind in SubjectKind:
        found = guide(CASES, POLICY, category, kind)
        if category not in {each.code for each in CASES.categories if kind in each.subjects}:
            assert found is None
            continue
        assert found is not None
        assert 1 <= len(found.counts) <= 4
        assert 1 <= len(found.counts_not) <= 4
        signs = [item.sign for item in found.collect]
        assert {Sign.PLACE, Sign.MOMENT, Sign.KEPT} <= set(signs)
        assert (Sign.NUMBER in signs) == (kind in {"payment", "order", "review"})


def test_what_it_says_comes_from_the_clauses_likeliest_first() -> None:
    found = guide(CASES, POLICY, "abuse")
    clause = CASES.clause("abuse.insult")
    assert found is not None
    assert clause is not None
    assert found.counts[0] == clause.examples[0]
    assert found.counts_not[0] == clause.counter_examples[0]
    assert guide(CASES, POLICY, "no_such") is None


def test_categories_and_signs_that_it_names_exist() -> None:
    known = {each.code for each in CASES.categories}
    assert all(set(item.categories) <= known for item in POLICY.collect)
    assert len({item.code for item in POLICY.collect}) == len(POLICY.collect)
