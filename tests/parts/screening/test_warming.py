"""What the first text would wait for is loaded before it comes, once, and fails in silence."""

import threading
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.stories.stage import stage_on_fakes

from gongdao import bootstrap
from gongdao.adapters.screening.model_shelf import ModelShelf
from gongdao.bootstrap.screening_now import ScreeningNow
from gongdao.bootstrap.warming import Warming


def looks(monkeypatch: pytest.MonkeyPatch, find: Any) -> None:
    """Let `find` look at texts in this process."""
    app = SimpleNamespace(screening=SimpleNamespace(now=SimpleNamespace(find=find)))
    monkeypatch.setattr(bootstrap, "app", lambda: app)


def test_some_words_are_looked_at_behind_the_back(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[str] = []
    looks(monkeypatch, found.append)
    Warming(after=0.0).begin().join(10)
    assert len(found) == 1


def test_a_process_that_ends_at_once_begins_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[str] = []
    looks(monkeypatch, found.append)
    warming = Warming(after=60.0)
    thread = warming.begin()
    warming.end()
    thread.join(10)
    assert not thread.is_alive()
    assert found == []


def test_what_goes_wrong_is_left_to_whoever_sends_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_text: str) -> None:
        raise OSError("there is no database")

    looks(monkeypatch, fail)
    Warming(after=0.0).begin().join(10)  # an error that leaves a thread would fail this test


def test_who_comes_while_it_is_read_waits_and_does_not_read_it_too(tmp_path: Path) -> None:
    records, asked = stage_on_fakes().records, []

    class Slow:
        def version(self) -> int:
            asked.append(1)
            time.sleep(0.1)
            return records.lessons.version()

        def now(self) -> Any:
            return records.lessons.now()

    lessons: Any = Slow()
    now = ScreeningNow(replace(records, lessons=lessons), ModelShelf(tmp_path, records.files))
    threads = [threading.Thread(target=now.find, args=("你好",)) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(20)
    assert len(asked) == 1
