"""
The running postmaster: found, stopped, and tied to our own life.

The pid file alone proves nothing: after a crash it stays behind, and in a container its number
soon belongs to somebody else. A postmaster is known by its working folder, which is its data.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from gongdao.adapters.embedded_postgres.places import Places

TICK = 0.02
PATIENCE = ((signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0))
"""How a postmaster is asked to stop, and for how many seconds each: gently first."""
PROC = Path("/proc")
PID_LINE, STATUS_LINE = 0, 7


def waited(condition: Callable[[], bool], seconds: float) -> bool:
    """Wait until the condition holds; False if it does not within that time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(TICK)
    return True


def postmaster(places: Places) -> int | None:
    """Find the process that serves this data, whoever started it."""
    pid = _written(places, PID_LINE)
    if pid.isdigit() and works_in(int(pid), places.data):
        return int(pid)
    return None


def is_ready(places: Places, pid: int) -> bool:
    """Whether this postmaster takes connections: it says so in its pid file."""
    ours = _written(places, PID_LINE) == str(pid)
    return ours and _written(places, STATUS_LINE) == "ready"


def drop_stale_pid_file(places: Places) -> None:
    """
    Remove a pid file whose number now belongs to another program.

    PostgreSQL would take that program for its postmaster. Where the number belongs to nobody it
    copes by itself, and better: the file tells it whether old sessions still hold its memory.
    """
    pid = _written(places, PID_LINE)
    if not (pid.isdigit() and PROC.is_dir() and _exists(int(pid))):
        return
    everybody = (int(each.name) for each in PROC.iterdir() if each.name.isdigit())
    if not any(works_in(each, places.data) for each in everybody):
        places.pid_file.unlink(missing_ok=True)


def stop(pid: int, places: Places, *, reap: Callable[[], object] = lambda: None) -> None:
    """Stop a postmaster, gently first. `reap` collects it if it is a child of ours."""

    def gone() -> bool:
        reap()
        return not works_in(pid, places.data)

    for how, seconds in PATIENCE:
        if gone():
            return
        os.kill(pid, how)
        if waited(gone, seconds):
            return


def leash(pid: int, places: Places) -> "subprocess.Popen[bytes]":
    """
    Tie a postmaster to our own life: whatever ends us, even SIGKILL, stops it.

    A shell waits for the end of a pipe whose other end only we hold. It runs as the server's
    account, so that it could never hit another program.
    """
    owner = places.owner
    return subprocess.Popen(
        ["/bin/sh", "-c", 'read -r _; kill -INT "$0"', str(pid)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        user=owner.user,
        group=owner.group,
        extra_groups=owner.groups,
        cwd="/",
    )


def release(leashed: "subprocess.Popen[bytes]") -> None:
    """Take the leash off without stopping the server."""
    leashed.kill()
    leashed.wait()
    if leashed.stdin:
        leashed.stdin.close()


def works_in(pid: int, folder: Path) -> bool:
    """Whether a live process has this working folder. A zombie has none."""
    if PROC.is_dir():
        try:
            return (PROC / str(pid) / "cwd").readlink() == folder.resolve()
        except OSError:
            return False
    said = subprocess.run(
        ["ps", "-o", "stat=,command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return str(folder) in said.stdout and not said.stdout.startswith("Z")


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _written(places: Places, line: int) -> str:
    """Read one line of the pid file; empty where there is none yet."""
    try:
        lines = places.pid_file.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return lines[line].strip() if line < len(lines) else ""
