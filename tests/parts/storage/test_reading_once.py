"""A page that only looks reads each record once, and whoever changes something reads it anew."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.stories.stage import Stage, stage_on_postgres

from gongdao import bootstrap
from gongdao.domain.kernel.events import Role
from gongdao.storage.streams import read_events
from gongdao.storage.work import unit_of_work


@pytest.fixture
def house(db: None) -> Stage:
    """Give a new, empty house on PostgreSQL."""
    return stage_on_postgres()


def test_each_stream_is_read_once_within_it(house: Stage) -> None:
    case = house.report().case
    cases = house.app.records.cases
    with bootstrap.read_once(), CaptureQueriesContext(connection) as asked:
        first, again = cases.get(case), cases.get(case)
        assert [r.version for r in cases.history(case)] == [1]
    assert first == again
    assert len(asked) == 1


def test_whoever_changes_something_reads_it_anew(house: Stage) -> None:
    case = house.report().case
    cases = house.app.records.cases
    with bootstrap.read_once():
        before = cases.get(case)
        house.app.investigating.accept(
            case, "内容清楚，予以受理并调查。", house.hire("ana", Role.REVIEWER)
        )
        with unit_of_work():
            assert cases.get(case).version > before.version
    assert cases.get(case).version > before.version


def test_nothing_is_asked_for_nothing(house: Stage) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert list(read_events([])) == []
    assert not asked.captured_queries
