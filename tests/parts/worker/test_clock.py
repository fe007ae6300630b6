"""The clock loop: rhythm, errors, stopping. Time is handed in."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from gongdao.domain.kernel.errors import PeerFailed
from gongdao.worker.clock import Clock, Errand


@dataclass
class Stopping(threading.Event):
    """Never really waits: waiting moves the time on, and the end comes by itself."""

    until: float = 10.0
    time: float = 0.0
    rests: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        self.rests.append(timeout)
        self.time += timeout
        if self.time >= self.until:
            self.set()
        return self.is_set()


def play(*errands: Errand, until: float = 10.0, between: Callable[[], object] = int) -> Stopping:
    stopping = Stopping(until)
    Clock(errands=errands, stopping=stopping, between=between, now=lambda: stopping.time).run()
    return stopping


def test_each_errand_keeps_its_own_rhythm() -> None:
    done: list[str] = []

    def noting(name: str) -> Callable[[], int]:
        def note() -> int:
            done.append(name)
            return 0

        return note

    play(Errand("often", noting("often"), 1), Errand("seldom", noting("seldom"), 4), until=9)

    assert done.count("often") == 9
    assert done.count("seldom") == 3


def test_a_full_round_is_followed_by_another_without_a_rest() -> None:
    amounts = iter([100, 100, 7])

    stopping = play(Errand("deadlines", lambda: next(amounts), 60, full=100), until=1)

    assert stopping.rests == [0, 0, 60]


def test_an_error_stops_nothing_and_is_logged_once_by_its_code(
    caplog: pytest.LogCaptureFixture,
) -> None:
    calls: list[int] = []

    def moody() -> int:
        calls.append(1)
        if len(calls) <= 3:
            raise PeerFailed("database.away", "13800138000 is in these words.")
        return 0

    with caplog.at_level(logging.WARNING):
        play(Errand("deadlines", moody, 1), until=6)

    assert len(calls) == 6
    assert [record.getMessage() for record in caplog.records] == [
        "database.away errand=deadlines",
        "database.away errand=deadlines is over",
    ]


def test_a_bug_is_logged_with_its_lines_and_without_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken() -> int:
        raise ValueError("13800138000")

    with caplog.at_level(logging.WARNING):
        play(Errand("deadlines", broken, 1), until=1)

    assert "bug.ValueError errand=deadlines" in caplog.text
    assert "test_clock.py" in caplog.text
    assert "13800138000" not in caplog.messages[0]


def test_connections_are_looked_after_between_errands() -> None:
    looked: list[int] = []

    play(Errand("a", int, 1), until=3, between=lambda: looked.append(1))

    assert len(looked) == 3


def test_nothing_is_begun_once_it_is_to_stop() -> None:
    stopping = Stopping()
    stopping.set()

    Clock(errands=[Errand("a", lambda: 1 // 0, 1)], stopping=stopping, between=int).run()

    assert stopping.rests == []
