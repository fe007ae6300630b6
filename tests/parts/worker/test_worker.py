"""The worker as a program, and its signs of life."""

import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from tests.parts.worker.running import empty_queue, environment, wait_until

from gongdao.storage.heartbeats import FORGOTTEN_AFTER, Beat, beat, beats, stop_beating

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _empty() -> None:
    empty_queue()


def test_the_last_sign_of_each_part_is_kept() -> None:
    beat("one:1", ["clock", "jobs"], NOW)
    beat("one:1", ["clock"], NOW + timedelta(seconds=10))

    assert beats() == [
        Beat("one:1", "clock", NOW + timedelta(seconds=10)),
        Beat("one:1", "jobs", NOW),
    ]


def test_a_worker_that_stops_in_good_order_leaves_no_sign() -> None:
    beat("one:1", ["clock"], NOW)
    beat("two:2", ["clock"], NOW)

    stop_beating("one:1")

    assert [each.worker for each in beats()] == ["two:2"]


def test_workers_long_gone_are_forgotten() -> None:
    beat("one:1", ["clock"], NOW)
    beat("two:2", ["clock"], NOW + FORGOTTEN_AFTER + timedelta(seconds=1))

    assert [each.worker for each in beats()] == ["two:2"]


@pytest.mark.slow
def test_the_program_beats_and_stops_cleanly_on_sigterm() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "gongdao.worker"], env=environment(), stderr=subprocess.PIPE
    ) as worker:
        try:
            wait_until(lambda: {each.part for each in beats()} >= {"clock"}, 30)
            began = time.monotonic()
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(10) == 0
            assert time.monotonic() - began < 5
        finally:
            worker.kill()
        assert worker.stderr is not None
        said = worker.stderr.read().decode()

    assert "worker.started" in said
    assert "worker.stopped" in said
    assert "bug." not in said
    assert beats() == []
