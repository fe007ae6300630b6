"""Time on task: whatever pages claim, no more is counted than passed on the wall."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fakes.house import shipped_packs
from tests.fakes.training import shipped_courses

from gongdao.domain.kernel.events import Actor, Role
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.training import rules
from gongdao.domain.training.model import Learner, LearnerId, after

BEGIN = datetime(2026, 11, 2, 1, tzinfo=UTC)
BY = Actor(Role.LEARNER, PersonId("p"))
PACK = shipped_packs().versions("house")[0].training
COURSES = shipped_courses().all()
PLACES = [(course.code, section) for course in COURSES for section in course.sections]

Said = tuple[int, int, int, int, bool]
words = st.tuples(
    st.integers(0, 5_000),  # seconds until the page says something
    st.integers(0, 90_000),  # what it claims
    st.integers(0, 20_000),  # so long ago it was opened
    st.integers(0, len(PLACES) - 1),
    st.booleans(),  # whether a script measured it
)


@settings(max_examples=150, deadline=None)
@given(st.lists(words, max_size=25))
def test_no_more_counts_than_passed_on_the_wall(
    said: list[Said],
) -> None:
    assert PACK is not None
    learner, now, counted = Learner(LearnerId("l"), PersonId("p")), BEGIN, 0
    for wait, claimed, ago, place, measured in said:
        now += timedelta(seconds=wait)
        course, section = PLACES[place]
        opened = max(BEGIN, now - timedelta(seconds=ago))
        given_to = (learner, course, section)
        step = (
            rules.count(*given_to, claimed, opened, PACK.time, BY, now)
            if measured
            else rules.count_turn(*given_to, opened, PACK.time, BY, now)
        )
        assert 0 <= step.seconds <= max(PACK.time.beat_most, section.reading(PACK.time))
        if step.seconds:
            learner = after(learner, step)
        counted += step.seconds
        assert learner.seconds(course, section.code) <= section.most(PACK.time)
    assert counted <= (now - BEGIN).total_seconds()
    assert counted == sum(learner.spent.values())


def test_a_page_that_lay_open_counts_nothing_without_a_script() -> None:
    assert PACK is not None
    course, section = PLACES[0]
    learner = Learner(LearnerId("l"), PersonId("p"))
    rule = PACK.time
    at_once = BEGIN + timedelta(seconds=rule.away_after)
    kept = rules.count_turn(learner, course, section, BEGIN, rule, BY, at_once)
    assert kept.seconds == section.reading(rule)
    late = at_once + timedelta(seconds=1)
    assert rules.count_turn(learner, course, section, BEGIN, rule, BY, late).seconds == 0
