"""Programs that run beside each other under one hand: started, watched, started again, stopped."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
STEADY_SECONDS = 60.0
"""Who has run for so long starts again with the shortest pause."""
STOP_SECONDS = 15.0
TICK = 0.2

Say = Callable[[str], None]


@dataclass(slots=True)
class Child:
    """One program. Its standard input is a pipe that ends with us, which tells it to stop."""

    name: str
    command: Sequence[str]
    process: "subprocess.Popen[bytes] | None" = None
    pause: float = FIRST_PAUSE
    since: float = 0.0
    again_at: float = 0.0
    ready: bool = True
    """Whether all is there that it needs; until then it may load itself, and no more."""

    def start(self) -> None:
        """Start it, in a session of its own: Ctrl-C in the terminal is for us alone."""
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, start_new_session=True)
        self.since = time.monotonic()
        if self.ready:
            self.tell()

    def tell(self) -> None:
        """Say that all is ready for it, now and whenever it starts again."""
        self.ready = True
        if self.process and self.process.stdin:
            with contextlib.suppress(OSError):  # it has ended: whoever looks starts it again
                os.write(self.process.stdin.fileno(), b"\n")

    def ended(self) -> int | None:
        """Give the exit code once it has ended."""
        return self.process.poll() if self.process else None

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal, if it still runs."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(number)

    def let_go(self) -> None:
        """Close what we hold of it."""
        if self.process and self.process.stdin:
            self.process.stdin.close()
        self.process = None


@dataclass(slots=True)
class Household:
    """The programs of one installation. Leaving the context stops them all."""

    children: list[Child]
    say: Say

    def __enter__(self) -> Self:
        for child in self.children:
            child.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def add(self, child: Child) -> None:
        """Start one more."""
        self.children.append(child)
        child.start()

    def look(self) -> None:
        """Start again whoever has ended, after a pause that grows each time."""
        now = time.monotonic()
        for child in self.children:
            code = child.ended()
            if code is not None:
                self._plan(child, code, now)
            elif child.process is None and now >= child.again_at:
                child.start()

    def _plan(self, child: Child, code: int, now: float) -> None:
        if now - child.since > STEADY_SECONDS:
            child.pause = FIRST_PAUSE
        self.say(
            f"{child.name} 已退出（{code}），{child.pause:.0f} 秒后重启 · "
            f"{child.name} ended ({code}); it starts again in {child.pause:.0f} s"
        )
        child.let_go()
        child.again_at = now + child.pause
        child.pause = min(child.pause * 2, LONGEST_PAUSE)

    def stop(self) -> None:
        """Ask all of them to stop, and make those that do not."""
        for child in self.children:
            child.signal(signal.SIGTERM)
        end = time.monotonic() + STOP_SECONDS
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.signal(signal.SIGKILL)
                child.process.wait()
            child.let_go()

    def kill(self) -> None:
        """Stop all of them at once."""
        for child in self.children:
            child.signal(signal.SIGKILL)
