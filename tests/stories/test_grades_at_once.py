"""A grade that heals while something else happens to the account: one outcome, no standstill."""

import pytest
from tests.stories.stage import Stage, stage_on_postgres, violation
from tests.stories.test_grades_move_cases import about_li_si, waiting
from tests.stories.test_grades_of_accounts import Fallen, fallen
from tests.stories.test_races import behind

from gongdao.domain.flows.regrading import Regrading
from gongdao.domain.policy.grades import GradeCode


@pytest.fixture
def on(transactional_db: None) -> Fallen:
    """Give an account that is restricted until just now, and no worker has looked."""
    on = fallen(stage_on_postgres())
    on.stage.tick(hours=49)
    moment = on.account().next_look
    assert moment is not None
    on.stage.clock.pass_(hours=(moment - on.stage.clock()).total_seconds() / 3600 - 2)
    return on


def pass_it(stage: Stage) -> None:
    """The moment at which it heals."""
    stage.clock.pass_(hours=2.1)


def test_it_heals_once_and_a_violation_at_that_moment_is_told_anew(on: Fallen) -> None:
    stage = on.stage
    receipt = stage.accepted(on.bo, subject_ref="post-90")
    pass_it(stage)
    clock = Regrading(stage.records)
    with behind(stage, lambda: clock.look(9)) as second:
        stage.app.deciding.decide(receipt.case, violation(), on.bo)
    second[0].result()
    assert (on.now().grade, on.now().in_effect) == (GradeCode.D, GradeCode.C)
    assert on.told() == ["standing_fell", "standing_rose_time", "standing_fell"]


def test_it_waits_for_nobody_who_takes_a_case_about_it(on: Fallen) -> None:
    stage = on.stage
    taken, other = about_li_si(stage), about_li_si(stage)
    assert waiting(stage, other).repetition == 20
    pass_it(stage)
    clock = Regrading(stage.records)
    with behind(stage, lambda: clock.look(9)) as second:
        stage.app.pulling.take(taken, on.bo)
        assert second == []
    assert second[0].result() == 1
    assert [waiting(stage, each).repetition for each in (taken, other)] == [20, 0]
    assert on.told()[-1] == "standing_rose_time"
