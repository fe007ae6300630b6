"""Two browsers of one person at once: one line of tries, and no page that breaks."""

import pytest
from tests.stories.stage import Stage, stage_on_postgres, violation
from tests.stories.test_races import behind
from tests.stories.test_training import STEP, learning, read

from gongdao.domain.kernel.events import Role


@pytest.fixture
def house(transactional_db: None) -> Stage:
    """Give a house whose transactions are real ones."""
    return stage_on_postgres()


def test_what_is_begun_at_once_on_a_course_and_a_way_back_is_one_try(house: Stage) -> None:
    ana, li_si = house.hire("ana", Role.REVIEWER), house.account("li_si")
    read(house, li_si, "community_rules", minutes=0)
    cases = [house.decided(ana, violation("abuse.insult"), subject_ref=f"p-{n}") for n in range(2)]
    way = house.records.ways_back.of_case(house.case_of(cases[1]).id)[0].now.id
    study = learning(house).studying
    with behind(house, lambda: study.begin_exam("community_rules", li_si)) as second:
        paper = house.app.around_appeals.ways_back.begin_quiz(way, STEP, li_si)
    assert second[0].result() == paper


def test_of_two_first_pages_at_once_none_breaks(house: Stage) -> None:
    li_si, study = house.account("li_si"), learning(house).studying
    one, other = (each.code for each in house.records.courses.all()[:2])
    with behind(house, lambda: read(house, li_si, other, minutes=0)) as second:
        read(house, li_si, one, minutes=0)
    second[0].result()
    learner = study.mine(li_si)
    assert learner is not None
    assert {one, other} <= set(learner.courses)
