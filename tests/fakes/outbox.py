"""Doing what an outbox in memory promised; forgotten with the process, as the outbox is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.fakes.people import MemoryOutbox

from gongdao.adapters.jobs import Handler
from gongdao.adapters.problems import code_of
from gongdao.domain.kernel.errors import BadInput, NotFound, Refused


@dataclass(frozen=True, slots=True)
class FailedJob:
    key: str
    attempts: int
    error: str


@dataclass(slots=True)
class MemoryJobs:
    outbox: MemoryOutbox
    attempts: int = 3
    done: set[tuple[str, str]] = field(default_factory=set)
    failed: dict[tuple[str, str], FailedJob] = field(default_factory=dict)

    def work_off(self, handlers: Mapping[str, Handler]) -> None:
        """Do all jobs that have a handler; the pauses between attempts take no time."""
        for topic, handler in handlers.items():
            for key, payload in self.outbox.promised(topic).items():
                attempt = 0
                while (topic, key) not in self.done | self.failed.keys():
                    attempt += 1
                    self._try(topic, key, handler, payload, attempt)

    def _try(
        self, topic: str, key: str, handler: Handler, payload: Mapping[str, str], attempt: int
    ) -> None:
        last = attempt >= self.attempts
        try:
            handler(payload, last=last)
            self.done.add((topic, key))
        except Exception as problem:  # noqa: BLE001 - a handler may raise anything
            if last or isinstance(problem, Refused | NotFound | BadInput):
                self.failed[topic, key] = FailedJob(key, attempt, code_of(problem))
