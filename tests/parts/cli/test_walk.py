"""The walkthrough's story on fakes: what was asked is what happened."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import pytest
from tests.stories.stage import Stage, stage_on_fakes

from gongdao.cli.posts import Post
from gongdao.cli.walk import BIAS, INSULT, Walk, Walked
from gongdao.cli.walk_words import WORDS
from gongdao.domain.kernel.events import Role

T = TypeVar("T")


def plainly(_stage: str, things: Sequence[T], /) -> Iterable[T]:
    return things


@pytest.fixture
def stage() -> Stage:
    return stage_on_fakes()


def walk_in(stage: Stage, language: str = "zh") -> Walk:
    staff = [stage.hire(name, Role.REVIEWER) for name in ("a", "b", "c")]
    return Walk(stage.app, staff, WORDS[language], language, plainly)


def through(walk: Walk, posts: list[Post]) -> list[Walked]:
    walked = walk.file(posts)
    walk.accept(walked)
    walk.decide(walked)
    walk.review(walk.appeal(walked))
    return walked


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_second_violation_is_appealed_and_half_of_these_overturned(
    stage: Stage, language: str
) -> None:
    posts = [Post(n, f"第 {n} 条", offensive=n % 2 == 0, account=f"u{n}") for n in range(16)]
    walked = through(walk_in(stage, language), posts)

    appealed = [one for one in walked if one.appeal is not None]
    assert sum(one.violation for one in walked) == 8
    assert sum(one.violation for one in appealed) == 4
    assert sum(not one.violation for one in appealed) == 2
    assert sum(one.overturned for one in appealed) == 2
    for one in walked:
        assert one.decision is not None
        outcome = stage.decision(one.decision).outcome.value
        assert outcome == ("violation" if one.violation else "no_violation")


def test_a_topic_that_names_a_group_leads_to_the_rule_against_bias(stage: Stage) -> None:
    posts = [Post(1, "甲", offensive=True, topic="region"), Post(2, "乙", offensive=True)]
    walked = through(walk_in(stage), posts)

    clauses = [stage.decision(one.decision).clause for one in walked if one.decision]
    assert clauses == [BIAS, INSULT]


def test_without_labels_every_second_post_is_a_violation(stage: Stage) -> None:
    walked = through(walk_in(stage), [Post(n, "x") for n in range(5)])

    assert [one.violation for one in walked] == [True, False, True, False, True]


def test_what_the_rules_refuse_is_counted_and_the_rest_goes_on(stage: Stage) -> None:
    walk = walk_in(stage)
    posts = [Post(2, ""), Post(3, "长" * 6000), Post(4, "好"), Post(5, "")]
    walked = through(walk, posts)

    assert [one.post.line for one in walked] == [4]
    lines = {code: [line for line, _ in found] for code, found in walk.refused.items()}
    assert lines == {"report.no_snapshot": [2, 5], "report.snapshot_too_long": [3]}
