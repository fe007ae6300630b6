"""Whatever is killed under load: each acknowledged report is there once, and the queue is whole.

The short form; `bench/faults.py` does the same twenty times, with the database too.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.fakes.smtp import FakeSmtp
from tests.stories.load import Load, mailed_once, whole
from tests.stories.programs import Programs, programs


@pytest.fixture
def smtp() -> Iterator[FakeSmtp]:
    """Give a mail server."""
    with FakeSmtp() as smtp:
        yield smtp


@pytest.fixture
def house(fresh_database: str, tmp_path: Path, smtp: FakeSmtp) -> Iterator[Programs]:
    """Give an installation of real programs, two of each."""
    with programs(fresh_database, tmp_path) as house:
        house.settings["GONGDAO_SMTP_URL"] = smtp.url
        house.start("web", "web2", "worker", "worker2")
        yield house


@pytest.mark.slow
def test_two_webs_and_two_workers_are_killed_and_start_again(
    house: Programs, smtp: FakeSmtp
) -> None:
    with Load(house, pause=0.05) as load:
        load.wait_for(30)
        said, grew = house.endless("web2", 100)
        assert b"413" in said
        assert grew < 32, "the web kept what it refused"
        house.kill("worker2")
        load.wait_for(30)
        house.kill("web")
        house.kill("worker")
        load.killed = 2
        time.sleep(0.5)
        house.start("web", "worker", "worker2")
        load.wait_for(30)
        house.query(_END_ALL)
        load.wait_for(30)
    assert load.unknown, "nobody was cut off: this shows nothing"
    whole(house, load)
    mailed_once(smtp, load)


_END_ALL = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
        and backend_type = 'client backend'
"""
