"""The reader of pictures as the worker sees it: a process that is started when there is a job."""

import json
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any

from gongdao.adapters.confined import environment
from gongdao.domain.evidence.looking_ports import NotRead
from gongdao.domain.evidence.reading import Box, Corners, ReadLine, ReadPicture

LOADS_WITHIN = 120.0
"""Seconds in which the models are there, on a slow machine too."""
READS_WITHIN = 300.0
"""Seconds for one picture; a stitched one of 8 000 rows takes 30 on two cores."""
IDLE_FOR = 600.0
"""After so many seconds without a job the process ends and gives its 800 MB back."""
PROGRAM = (sys.executable, "-P", "-m", "gongdao.adapters.picture_reading.child")
NEEDED = ("rapidocr", "onnxruntime")


@dataclass(slots=True)
class ReadingProcess:
    """Reads one picture after another in a process of its own; any thread may ask."""

    program: tuple[str, ...] = PROGRAM
    loads_within: float = LOADS_WITHIN
    reads_within: float = READS_WITHIN
    idle_for: float = IDLE_FOR
    _turn: threading.Lock = field(default_factory=threading.Lock, init=False)
    _child: "_Child | None" = field(default=None, init=False)

    @property
    def name(self) -> str:
        """Which program reads, with its version: a finding says by what it was made."""
        try:
            return f"rapidocr {version('rapidocr')}"
        except PackageNotFoundError:
            return "none"

    def read(self, content: bytes) -> ReadPicture:
        """Everything read in a picture; NotRead says why where nothing could be."""
        with self._turn:
            child = self._child or self._started()
            try:
                answer = child.ask(content, self.reads_within)
            except (OSError, queue.Empty, ValueError) as problem:
                self._child = None
                child.end()
                raise NotRead("reading.interrupted") from problem
            self._rest_later(child)
        if "read" not in answer:
            raise NotRead(str(answer.get("error", "reading.no_picture")))
        return picture_of(answer["read"])

    def stop(self) -> None:
        """End the process, if there is one."""
        with self._turn:
            if self._child is not None:
                self._child.end()
                self._child = None

    def _started(self) -> "_Child":
        if self.program == PROGRAM and not installed():
            raise NotRead("reading.not_installed")
        child = _Child(self.program)
        try:
            hello = child.hear(self.loads_within)
        except (OSError, queue.Empty, ValueError) as problem:
            child.end()
            raise NotRead("reading.not_started") from problem
        if not hello.get("ready"):
            child.end()
            raise NotRead(str(hello.get("error", "reading.not_started")))
        self._child = child
        return child

    def _rest_later(self, child: "_Child") -> None:
        """End the process once nobody has asked for a while."""
        child.asked_at = time.monotonic()
        if child.watched:
            return
        child.watched = True
        threading.Thread(target=self._watch, args=(child,), name="reading", daemon=True).start()

    def _watch(self, child: "_Child") -> None:
        while True:
            time.sleep(max(0.05, child.asked_at + self.idle_for - time.monotonic()))
            with self._turn:
                if self._child is not child:
                    return
                if time.monotonic() - child.asked_at >= self.idle_for:
                    self._child = None
                    child.end()
                    return


class _Child:
    """The process, and a thread that hears it, so that one can wait for a while only."""

    def __init__(self, program: tuple[str, ...]) -> None:
        self.asked_at, self.watched = time.monotonic(), False
        self._folder = tempfile.TemporaryDirectory(prefix="gongdao-read-")
        self._process = subprocess.Popen(
            program,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._folder.name,
            env=environment(self._folder.name),
        )
        self._heard: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=self._listen, name="reading-ear", daemon=True).start()

    def ask(self, content: bytes, within: float) -> Mapping[str, Any]:
        """Hand a picture over and wait for what was read in it."""
        to = self._process.stdin
        assert to is not None  # noqa: S101 - it was opened as a pipe
        to.write(b"%d\n" % len(content) + content)
        to.flush()
        return self.hear(within)

    def hear(self, within: float) -> Mapping[str, Any]:
        """The next answer; ValueError once the process is gone."""
        answer: Mapping[str, Any] = json.loads(self._heard.get(timeout=within))
        return answer

    def end(self) -> None:
        """Stop it at once: it holds nothing that must be kept."""
        self._process.kill()
        self._process.wait()
        self._folder.cleanup()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was still to be written is not wanted any more
                    continue

    def _listen(self) -> None:
        out = self._process.stdout
        assert out is not None  # noqa: S101 - it was opened as a pipe
        try:
            for line in out:
                self._heard.put(line)
        except ValueError:  # it was closed
            pass
        self._heard.put(b"")


def installed() -> bool:
    """Whether what reads pictures is installed; nothing is imported to find out."""
    return all(find_spec(name) is not None for name in NEEDED)


def _corners(said: Sequence[Sequence[float]] | None) -> Corners | None:
    if said is None:
        return None
    a, b, c, d = ((x, y) for x, y in said)
    return (a, b, c, d)


def picture_of(plain: Mapping[str, Any]) -> ReadPicture:
    """What a process or a file wrote down, as it was."""
    return ReadPicture(
        width=plain["width"],
        height=plain["height"],
        lines=[
            ReadLine(
                text=line["text"],
                box=Box(**line["box"]),
                confidence=line["confidence"],
                corners=_corners(line["corners"]),
            )
            for line in plain["lines"]
        ],
        photographed=plain["photographed"],
        of=(plain["of"][0], plain["of"][1]) if plain.get("of") else None,
    )
