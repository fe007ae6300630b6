"""Whatever is killed under load: each acknowledged report is there once, and the queue is whole.

The short form; `bench/faults.py` does the same twenty times, with the database too.
"""

import time
from pathlib import Path
from typing import Any

import pytest
from tests.stories.load import Load, whole
from tests.stories.programs import Programs, programs


@pytest.fixture
def house(fresh_database: str, tmp_path: Path) -> Any:
    """Give an installation of real programs."""
    with programs(fresh_database, tmp_path) as house:
        house.start("web", "worker")
        yield house


@pytest.mark.slow
def test_web_and_worker_are_killed_and_start_again(house: Programs) -> None:
    with Load(house) as load:
        load.wait_for(60)
        house.kill("worker")
        load.wait_for(60)
        house.kill("web")
        time.sleep(0.5)
        house.start("web", "worker")
        load.wait_for(60)
        house.query(_END_ALL)
        load.wait_for(60)
    assert load.unknown, "nobody was cut off: this shows nothing"
    whole(house, load)


_END_ALL = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
"""
