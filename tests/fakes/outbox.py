"""An outbox in memory. It keeps its promises within one process, and forgets them with it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from gongdao.adapters.jobs import Handler
from gongdao.adapters.problems import code_of
from gongdao.domain.kernel.errors import BadInput, NotFound, Refused


@dataclass(slots=True)
class FakeJob:
    topic: str
    key: str
    payload: Mapping[str, str]
    attempts: int = 0
    done: bool = False
    error: str = ""


@dataclass(slots=True)
class FakeOutbox:
    """`unit()` is a unit of work of its own; `jobs` is plain, for a fake that has its own."""

    jobs: list[FakeJob] = field(default_factory=list)

    def post(self, topic: str, key: str, payload: Mapping[str, str]) -> None:
        if not any((job.topic, job.key) == (topic, key) for job in self.jobs):
            self.jobs.append(FakeJob(topic, key, dict(payload)))

    @contextmanager
    def unit(self) -> Iterator[None]:
        before = len(self.jobs)
        try:
            yield
        except BaseException:
            del self.jobs[before:]
            raise

    def work_off(self, handlers: Mapping[str, Handler], attempts: int = 3) -> None:
        """Do all jobs that have a handler; the pauses between attempts take no time."""
        for job in [job for job in self.jobs if job.topic in handlers]:
            while not job.done and not job.error:
                _try(job, handlers[job.topic], attempts)

    def failed(self) -> list[FakeJob]:
        return [job for job in self.jobs if job.error]


def _try(job: FakeJob, handler: Handler, attempts: int) -> None:
    job.attempts += 1
    last = job.attempts >= attempts
    try:
        handler(job.payload, last=last)
        job.done = True
    except Exception as problem:  # noqa: BLE001 - a handler may raise anything
        if last or isinstance(problem, Refused | NotFound | BadInput):
            job.error = code_of(problem)
