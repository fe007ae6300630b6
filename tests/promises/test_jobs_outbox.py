"""What an outbox promises, held by the fake and by the real one on PostgreSQL."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection, transaction
from tests.fakes.outbox import FakeOutbox
from tests.parts.worker.running import empty_queue, job_runner, wait_until

from gongdao.adapters.jobs import Backoff
from gongdao.domain.kernel.errors import PeerFailed, Refused
from gongdao.domain.kernel.outbox import Outbox
from gongdao.storage.outbox import PgOutbox, failed_jobs, waiting_jobs

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
    def work_off(
        self,
        handlers: Mapping[str, Callable[[Payload], None]],
        given_up: Mapping[str, Callable[[Payload, str], None]] | None = None,
    ) -> None: ...

    @abstractmethod
    def failed(self) -> list[Seen]: ...


class FakeWorld(World):
    def __init__(self) -> None:
        self.fake = FakeOutbox()
        self.outbox = self.fake

    def unit(self) -> AbstractContextManager[None]:
        return self.fake.unit()

    def work_off(
        self,
        handlers: Mapping[str, Callable[[Payload], None]],
        given_up: Mapping[str, Callable[[Payload, str], None]] | None = None,
    ) -> None:
        self.fake.work_off(handlers, ATTEMPTS, given_up)

    def failed(self) -> list[Seen]:
        return [Seen(job.key, job.attempts, job.error) for job in self.fake.failed()]


class PgWorld(World):
    def __init__(self) -> None:
        self.outbox = PgOutbox()

    def unit(self) -> AbstractContextManager[None]:
        return transaction.atomic()

    def work_off(
        self,
        handlers: Mapping[str, Callable[[Payload], None]],
        given_up: Mapping[str, Callable[[Payload, str], None]] | None = None,
    ) -> None:
        hasty = Backoff(ATTEMPTS, timedelta(milliseconds=1), timedelta(milliseconds=1))
        runner = job_runner(handlers, given_up=given_up or {}, backoff=hasty)
        runner.start()
        try:
            wait_until(lambda: not any(waiting_jobs().get(topic) for topic in handlers))
        finally:
            assert runner.stop(timedelta(seconds=5))

    def failed(self) -> list[Seen]:
        return [Seen(job.key, job.attempts, job.error) for job in failed_jobs()]


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
        done: list[Payload] = []
        with world.unit():
            world.outbox.post("mail", "n1", {"notice": "n1", "lang": "中文"})

        world.work_off({"mail": done.append})

        assert done == [{"notice": "n1", "lang": "中文"}]
        assert world.failed() == []

    def test_a_unit_of_work_rolled_back_leaves_no_job(self, world: World) -> None:
        done: list[str] = []
        with pytest.raises(RuntimeError):
            post_and_fail(world)
        with world.unit():
            world.outbox.post("mail", "n2", {"notice": "n2"})

        world.work_off({"mail": lambda payload: done.append(payload["notice"])})

        assert done == ["n2"]

    def test_a_key_posted_again_is_one_job_also_after_it_is_done(self, world: World) -> None:
        done: list[Payload] = []
        for _ in range(2):
            with world.unit():
                world.outbox.post("mail", "n1", {"notice": "n1"})
                world.outbox.post("mail", "n1", {"notice": "n1"})
            world.work_off({"mail": done.append})

        assert len(done) == 1

    def test_a_rolled_back_key_may_be_posted_later(self, world: World) -> None:
        done: list[Payload] = []
        with pytest.raises(RuntimeError):
            post_and_fail(world)
        with world.unit():
            world.outbox.post("mail", "n1", {})

        world.work_off({"mail": done.append})

        assert len(done) == 1

    def test_the_same_key_under_another_topic_is_another_job(self, world: World) -> None:
        done: list[str] = []
        with world.unit():
            world.outbox.post("mail", "n1", {})
            world.outbox.post("push", "n1", {})

        world.work_off(
            {"mail": lambda _: done.append("mail"), "push": lambda _: done.append("push")}
        )

        assert sorted(done) == ["mail", "push"]

    def test_every_one_of_many_jobs_is_done(self, world: World) -> None:
        done: set[str] = set()
        with world.unit():
            for number in range(60):
                world.outbox.post("mail", f"n{number}", {"notice": f"n{number}"})

        world.work_off({"mail": lambda payload: done.add(payload["notice"])})

        assert done == {f"n{number}" for number in range(60)}

    def test_a_handler_that_fails_once_is_called_again(self, world: World) -> None:
        calls: list[Payload] = []

        def moody(payload: Payload) -> None:
            calls.append(payload)
            if len(calls) == 1:
                raise PeerFailed("mail.unreachable", "Try later.")

        with world.unit():
            world.outbox.post("mail", "n1", {})
        world.work_off({"mail": moody})

        assert len(calls) == 2
        assert world.failed() == []

    def test_a_handler_that_always_fails_ends_visible_with_its_code(self, world: World) -> None:
        told: list[tuple[Payload, str]] = []

        def broken(_: Payload) -> None:
            raise PeerFailed("mail.unreachable", "Try later.")

        with world.unit():
            world.outbox.post("mail", "n1", {"notice": "n1"})
        world.work_off({"mail": broken}, {"mail": lambda *all_: told.append(all_)})

        assert world.failed() == [Seen("n1", ATTEMPTS, "mail.unreachable")]
        assert told == [({"notice": "n1"}, "mail.unreachable")]

    def test_what_is_refused_is_given_up_at_once(self, world: World) -> None:
        def refusing(_: Payload) -> None:
            raise Refused("mail.refused", "There is no such address.")

        with world.unit():
            world.outbox.post("mail", "n1", {})
        world.work_off({"mail": refusing})

        assert world.failed() == [Seen("n1", 1, "mail.refused")]

    def test_one_failing_job_holds_up_no_other(self, world: World) -> None:
        done: list[str] = []

        def picky(payload: Payload) -> None:
            if payload["notice"] == "n1":
                raise ValueError(payload["notice"])
            done.append(payload["notice"])

        with world.unit():
            for key in ("n1", "n2", "n3"):
                world.outbox.post("mail", key, {"notice": key})
        world.work_off({"mail": picky})

        assert sorted(done) == ["n2", "n3"]
        assert world.failed() == [Seen("n1", ATTEMPTS, "bug.ValueError")]

    def test_a_job_without_a_handler_waits_for_one(self, world: World) -> None:
        done: list[Payload] = []
        with world.unit():
            world.outbox.post("later", "n1", {})

        world.work_off({"mail": done.append})
        assert done == []
        world.work_off({"later": done.append})

        assert len(done) == 1


class TestFakeOutbox(Promises):
    @pytest.fixture
    def world(self) -> World:
        return FakeWorld()


@pytest.mark.django_db(transaction=True)
class TestPgOutbox(Promises):
    @pytest.fixture
    def world(self) -> World:
        empty_queue()
        return PgWorld()

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
