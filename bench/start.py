"""How long `./dev run` takes until its first page: on a fresh clone, and once everything is there.

    ./dev bench start

A clone of this checkout's last commit in a temporary folder, with the packages in the cache of the
machine's own package client. `start.first_s` includes the virtual environment, the installation,
the first PostgreSQL and every migration; `start.warm_s` is the median of `WARM_RUNS` starts after.
"""

import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
from bench._figures import figure, say

ROOT = Path(__file__).resolve().parents[1]
WARM_RUNS = 5
LIMIT_WARM = 6.0
LONGEST = 300.0


def main() -> None:
    """Start once on nothing, then again and again."""
    home = Path(tempfile.mkdtemp(prefix="gongdao-start-"))
    home.chmod(0o711)
    try:
        clone = home / "gongdao"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        first = started(clone)
        warm = []
        for _ in range(WARM_RUNS):
            warm.append(started(clone))
            say(f"warm: {warm[-1]:.2f} s")
        median = statistics.median(warm)
        figure("start.warm_s", median, "s", f"≤ {LIMIT_WARM:.0f}", "limit", LIMIT_WARM)
        figure("start.first_s", first, "s", "as measured", "warm start in the same run", median)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def started(clone: Path) -> float:
    """Seconds from the command to the first page; the installation is stopped again."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # Nothing of this shell's settings: Python keeps what it compiled, as it does by itself.
    apart = ("GONGDAO_", "PYTHON")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(apart)}
    environment["GONGDAO_PORT"] = str(port)
    begun = time.perf_counter()
    child = subprocess.Popen(
        [str(clone / "dev"), "run"],
        cwd=clone,
        env=environment,
        stdout=sys.stderr,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not answers(port):
            if child.poll() is not None or time.perf_counter() - begun > LONGEST:
                raise RuntimeError("the first page never came")
            time.sleep(0.02)
        return time.perf_counter() - begun
    finally:
        child.send_signal(signal.SIGINT)
        child.wait(60)


def answers(port: int) -> bool:
    """Whether the front page is served."""
    try:
        return httpx.get(f"http://127.0.0.1:{port}/").status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


if __name__ == "__main__":
    main()
