"""What fails again and again, in one story or with one row, keeps nothing else from its time."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, cast

import pytest
from tests.stories.posts_of import MILD, hand_in, with_three_words
from tests.stories.stage import Stage
from tests.stories.test_grades_of_accounts import fallen, person

from gongdao.domain.flows.holding import Holding
from gongdao.domain.flows.posts_over_time import PostsOverTime
from gongdao.domain.flows.regrading import Regrading
from gongdao.domain.kernel.events import Role
from gongdao.domain.screening.posts import HeldPostId, PostStage


class Unreadable(LookupError):
    """A row that no program of ours can read."""


@dataclass(frozen=True, slots=True)
class Failing:
    """A story that fails whenever it looks."""

    def end_due(self, limit: int) -> int:
        raise Unreadable(limit)


@dataclass(frozen=True, slots=True)
class Stumbling:
    """Something of the records that fails over one row."""

    kept: Any
    over: str

    def __getattr__(self, name: str) -> Any:
        whole: Callable[..., Any] = getattr(self.kept, name)

        def asked(*given: Any, **named: Any) -> Any:
            if given and given[0] == self.over:
                raise Unreadable(self.over)
            return whole(*given, **named)

        return asked


def stage_of(stage: Stage, post: str) -> PostStage:
    return stage.records.held_posts.get(HeldPostId(post)).now.stage


def test_a_text_appears_in_its_time_although_another_story_fails(fakes: Stage) -> None:
    stage = with_three_words(fakes)
    post = hand_in(stage, MILD)
    stage.clock.pass_(hours=1)

    with pytest.raises(Unreadable):
        replace(stage.app.passing, holding=cast("Holding", Failing())).tick()

    assert stage_of(stage, post) is PostStage.APPEARED


def test_a_text_appears_in_its_time_although_the_one_before_cannot_be_read(fakes: Stage) -> None:
    stage = with_three_words(fakes)
    lost = hand_in(stage, MILD)
    stage.clock.pass_(seconds=1)
    post = hand_in(stage, MILD)
    stage.clock.pass_(hours=1)
    kept: Any = Stumbling(stage.records.held_posts, lost)

    with pytest.raises(Unreadable):
        PostsOverTime(replace(stage.records, held_posts=kept)).look(10)

    assert (stage_of(stage, lost), stage_of(stage, post)) == (
        PostStage.WAITING,
        PostStage.APPEARED,
    )


def test_a_grade_heals_in_its_time_although_the_one_before_cannot_be_read(fakes: Stage) -> None:
    on = fallen(fakes)
    dan = on.stage.hire("dan", Role.REVIEWER)
    for _ in range(3):
        on.stage.decided(dan, account="qian_qi")
    on.stage.clock.pass_(days=800)
    r, lost = on.stage.records, person(on.li_si)
    due = {each.now.person for each in r.grades.to_look_at(r.clock(), 10)}
    assert due == {lost, person(on.stage.account("qian_qi"))}
    kept: Any = Stumbling(r.grades, lost)

    with pytest.raises(Unreadable):
        Regrading(replace(r, grades=kept)).look(10)

    assert [each.now.person for each in r.grades.to_look_at(r.clock(), 10)] == [lost]
