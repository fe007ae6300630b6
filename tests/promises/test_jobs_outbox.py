"""What an outbox promises, held by the fake and by the real one on PostgreSQL."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from tests.fakes.memory import Memory
from tests.fakes.outbox import MemoryJobs
from tests.fakes.people import MemoryOutbox
from tests.parts.worker.running import empty_queue, job_runner, wait_until

from gongdao.adapters.jobs import Backoff, Handler
from gongdao.domain.kernel.errors import PeerFailed, Refused
from gongdao.domain.kernel.outbox import Outbox
from gongdao.storage.outbox import (
    KEPT_FOR,
    PgOutbox,
    failed_jobs,
    forget_finished,
    try_again,
    waiting_jobs,
)

Payload = Mapping[str, str]
ATTEMPTS = 3


@dataclass(frozen=True)
class Seen:
    key: str
    attempts: int
    error: str


class World(ABC):
    outbox: Outbox

    @abstractmethod
    def unit(self) -> AbstractContextManager[None]: ...

    @abstractmethod
    def work_off(self, handlers: Mapping[str, Handler]) -> None: ...

    @abstractmethod
    def failed(self) -> list[Seen]: ...


class MemoryWorld(World):
    def __init__(self) -> None:
        self.memory = Memory()
        self.outbox: MemoryOutbox = MemoryOutbox(self.memory)
        self.jobs = MemoryJobs(self.outbox, ATTEMPTS)

    def unit(self) -> AbstractContextManager[None]:
        return self.memory()

    def work_off(self, handlers: Mapping[str, Handler]) -> None:
        self.jobs.work_off(handlers)

    def failed(self) -> list[Seen]:
        return [Seen(job.key, job.attempts, job.error) for job in self.jobs.failed.values()]


class PgWorld(World):
    def __init__(self) -> None:
        self.outbox = PgOutbox()

    def unit(self) -> AbstractContextManager[None]:
        return transaction.atomic()

    def work_off(self, handlers: Mapping[str, Handler]) -> None:
        hasty = Backoff(ATTEMPTS, timedelta(milliseconds=1), timedelta(milliseconds=1))
        runner = job_runner(handlers, backoff=hasty)
        runner.start()
        try:
            wait_until(lambda: not any(waiting_jobs().get(topic) for topic in handlers))
        finally:
            assert runner.stop(timedelta(seconds=5))

    def failed(self) -> list[Seen]:
        return [Seen(job.key, job.attempts, job.error) for job in failed_jobs()]


@dataclass
class Each:
    """A handler that keeps what it was given, and then does as it is told."""

    then: Callable[[Payload], None] = lambda _: None
    given: list[Payload] = field(default_factory=list)
    lasts: list[bool] = field(default_factory=list)

    def __call__(self, payload: Payload, *, last: bool) -> None:
        self.given.append(payload)
        self.lasts.append(last)
        self.then(payload)

    @property
    def notices(self) -> list[str]:
        return sorted(payload["notice"] for payload in self.given)


def post(world: World, *keys: str, topic: str = "mail") -> None:
    with world.unit():
        for key in keys:
            world.outbox.post(topic, key, {"notice": key})


def post_and_fail(world: World) -> None:
    with world.unit():
        world.outbox.post("mail", "n1", {})
        raise RuntimeError


class Promises:
    """One class for both."""

    @pytest.fixture
    def world(self) -> World:
        raise NotImplementedError

    def test_a_kept_unit_of_work_has_its_job_done_with_its_payload(self, world: World) -> None:
        mail = Each()
        with world.unit():
            world.outbox.post("mail", "n1", {"notice": "n1", "lang": "中文"})

        world.work_off({"mail": mail})

        assert mail.given == [{"notice": "n1", "lang": "中文"}]
        assert world.failed() == []

    def test_a_unit_of_work_rolled_back_leaves_no_job(self, world: World) -> None:
        mail = Each()
        with pytest.raises(RuntimeError):
            post_and_fail(world)
        post(world, "n2")

        world.work_off({"mail": mail})

        assert mail.notices == ["n2"]

    def test_a_key_posted_again_is_one_job_also_after_it_is_done(self, world: World) -> None:
        mail = Each()
        for _ in range(2):
            post(world, "n1", "n1")
            world.work_off({"mail": mail})

        assert mail.notices == ["n1"]

    def test_a_rolled_back_key_may_be_posted_later(self, world: World) -> None:
        mail = Each()
        with pytest.raises(RuntimeError):
            post_and_fail(world)
        post(world, "n1")

        world.work_off({"mail": mail})

        assert mail.notices == ["n1"]

    def test_the_same_key_under_another_topic_is_another_job(self, world: World) -> None:
        mail, push = Each(), Each()
        post(world, "n1")
        post(world, "n1", topic="push")

        world.work_off({"mail": mail, "push": push})

        assert (mail.notices, push.notices) == (["n1"], ["n1"])

    def test_every_one_of_many_jobs_is_done(self, world: World) -> None:
        mail = Each()
        keys = [f"n{number:02}" for number in range(60)]
        post(world, *keys)

        world.work_off({"mail": mail})

        assert mail.notices == keys  # in whatever order they were done

    def test_a_handler_that_fails_once_is_called_again(self, world: World) -> None:
        mail = Each()

        def once(_: Payload) -> None:
            if len(mail.given) == 1:
                raise PeerFailed("mail.unreachable", "Try later.")

        mail.then = once
        post(world, "n1")
        world.work_off({"mail": mail})

        assert mail.notices == ["n1", "n1"]
        assert world.failed() == []

    def test_a_handler_that_always_fails_ends_visible_with_its_code(self, world: World) -> None:
        mail = Each(unreachable)
        post(world, "n1")

        world.work_off({"mail": mail})

        assert mail.lasts == [False, False, True]
        assert world.failed() == [Seen("n1", ATTEMPTS, "mail.unreachable")]

    def test_what_is_refused_is_given_up_at_once(self, world: World) -> None:
        mail = Each(refused)
        post(world, "n1")

        world.work_off({"mail": mail})

        assert mail.notices == ["n1"]
        assert world.failed() == [Seen("n1", 1, "mail.refused")]

    def test_one_failing_job_holds_up_no_other(self, world: World) -> None:
        mail = Each(lambda payload: None if payload["notice"] != "n1" else broken())
        post(world, "n1", "n2", "n3")

        world.work_off({"mail": mail})

        assert {"n2", "n3"} <= set(mail.notices)
        assert world.failed() == [Seen("n1", ATTEMPTS, "bug.ValueError")]

    def test_a_job_without_a_handler_waits_for_one(self, world: World) -> None:
        mail, later = Each(), Each()
        post(world, "n1", topic="later")

        world.work_off({"mail": mail})
        assert later.given == []
        world.work_off({"later": later})

        assert later.notices == ["n1"]


def unreachable(_: Payload) -> None:
    raise PeerFailed("mail.unreachable", "Try later.")


def refused(_: Payload) -> None:
    raise Refused("mail.refused", "There is no such address.")


def broken() -> None:
    raise ValueError("13800138000 said something")


class TestMemoryOutbox(Promises):
    @pytest.fixture
    def world(self) -> World:
        return MemoryWorld()


@pytest.mark.django_db(transaction=True)
class TestPgOutbox(Promises):
    @pytest.fixture
    def world(self) -> World:
        empty_queue()
        return PgWorld()

    def test_words_of_an_error_are_not_kept(self, world: World) -> None:
        post(world, "n1")
        world.work_off({"mail": Each(lambda _: broken())})

        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*), count(traceback) FROM pgqueuer_log")
            assert cursor.fetchone() == (1 + 2 * ATTEMPTS, ATTEMPTS)
            cursor.execute("SELECT FROM pgqueuer_log WHERE traceback::text LIKE '%1380013%'")
            assert cursor.fetchall() == []

    def test_a_given_up_job_can_be_tried_again(self, world: World) -> None:
        mail = Each(refused)
        post(world, "n1")
        world.work_off({"mail": mail})
        mail.then = lambda _: None

        assert try_again([job.id for job in failed_jobs()]) == 1
        world.work_off({"mail": mail})

        assert (mail.notices, failed_jobs()) == (["n1", "n1"], [])

    def test_what_finished_long_ago_is_forgotten_but_no_open_job(self, world: World) -> None:
        post(world, "done", "failed")
        fail = Each(lambda payload: refused(payload) if payload["notice"] == "failed" else None)
        world.work_off({"mail": fail})
        post(world, "waiting")
        later = datetime.now(UTC) + KEPT_FOR + timedelta(days=1)

        assert forget_finished(later) == 3 + 1  # queued, picked, successful; and the key
        assert forget_finished(later) == 0
        assert [job.key for job in failed_jobs()] == ["failed"]
        assert waiting_jobs() == {"mail": 1}

    def test_two_units_of_work_racing_for_a_key_promise_one_job(self, world: World) -> None:
        posted = threading.Event()
        problems: list[Exception] = []

        def second() -> None:
            try:
                posted.wait(5)
                with transaction.atomic():
                    PgOutbox().post("mail", "n1", {"from": "second"})
            except Exception as problem:  # noqa: BLE001 - told to the test
                problems.append(problem)
            finally:
                connection.close()

        other = threading.Thread(target=second)
        other.start()
        with world.unit():
            world.outbox.post("mail", "n1", {"from": "first"})
            posted.set()
            other.join(0.2)
            assert other.is_alive(), "the second waits until the first is kept or not"
        other.join(5)

        assert problems == []
        assert waiting_jobs() == {"mail": 1}
