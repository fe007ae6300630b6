"""Programs under one hand are started again when they end, and made to stop when they must."""

import subprocess
import time

import pytest

from gongdao.cli import children
from gongdao.cli.children import Child, Household


def shell(name: str, script: str) -> Child:
    return Child(name, ("/bin/sh", "-c", script))


def test_whoever_ends_starts_again_after_a_growing_pause() -> None:
    said: list[str] = []
    broken = shell("web", "exit 3")
    broken.pause = 0.05
    with Household([broken], said.append) as house:
        end = time.monotonic() + 10
        while len(said) < 3 and time.monotonic() < end:
            house.look()
            time.sleep(0.01)
    assert len(said) == 3
    assert all("web" in each and "3" in each for each in said)
    assert broken.pause == pytest.approx(0.4)


def test_a_program_that_does_not_listen_is_made_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "STOP_SECONDS", 0.3)
    deaf = shell("web", "trap '' TERM; while :; do sleep 1; done")
    with Household([deaf], print) as house:
        time.sleep(0.2)
        process = deaf.process
        assert process is not None
        house.stop()
        assert process.returncode == -9


def test_its_standard_input_ends_with_us() -> None:
    listening = shell("worker", "read -r _; read -r _ || exit 7")
    with Household([listening], print):
        process = listening.process
        assert process is not None
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(10) == 7


def test_who_needs_what_is_not_there_yet_waits_until_it_is_told() -> None:
    patient = shell("web", "read -r _ && exit 3")
    patient.ready = False
    with Household([patient], print):
        assert patient.process is not None
        with pytest.raises(subprocess.TimeoutExpired):
            patient.process.wait(0.3)
        patient.tell()
        assert patient.process.wait(20) == 3
        patient.let_go()
        patient.start()
        assert patient.process is not None
        assert patient.process.wait(20) == 3, "it is told again whenever it starts again"
