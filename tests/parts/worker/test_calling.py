"""From a decision over the real queue and the real sender to the receiver of the how-to."""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from tests.parts.worker.running import empty_queue, job_runner, wait_until
from tests.stories.stage import Stage, stage_on_postgres
from tests.stories.webhooks_of import OPERATOR

from gongdao.adapters import chance
from gongdao.adapters.jobs import Backoff
from gongdao.adapters.webhook_post import HttpPost
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.announcing import WEBHOOK
from gongdao.domain.flows.calling import Calling
from gongdao.domain.flows.webhook_desk import WebhookDesk
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.outgoing.model import Message, MessageId, MessageKind, SendingState
from gongdao.storage import webhooks
from gongdao.storage.webhook_tables import WebhookMessage

EXAMPLE = Path(__file__).resolve().parents[3] / "docs" / "examples" / "receive_webhooks.py"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage() -> Iterator[Stage]:
    empty_queue()
    yield stage_on_postgres(chance.now())
    empty_queue()


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def is_open(port: int) -> bool:
    with socket.socket() as sock:
        return sock.connect_ex(("127.0.0.1", port)) == 0


def test_the_example_is_short() -> None:
    lines = [line for line in EXAMPLE.read_text("utf-8").splitlines() if line.strip()]
    assert len(lines) - 1 <= 20, "as the how-to says, without its docstring"


def test_the_receiver_of_the_how_to_is_told_though_it_comes_late(stage: Stage) -> None:
    port = free_port()
    desk = WebhookDesk(stage.records, HttpPost(), chance.random_bytes)
    shown = desk.add(f"http://127.0.0.1:{port}/", OPERATOR)
    hasty = Backoff(200, timedelta(milliseconds=20), timedelta(milliseconds=50))
    runner = job_runner({WEBHOOK: Calling(stage.records, HttpPost())}, backoff=hasty)
    runner.start()
    stage.decided(stage.hire("ana", Role.REVIEWER))
    app = Caller(None, frozenset({Role.APP}))
    group = stage.app.owning.name("g-1", ["wang_wu"], "周末跑步群", 80, app)
    stage.app.owning.set_tools(group.id, "代购", "您从哪里来？", 30, stage.account("wang_wu"))
    wait_until(lambda: len(desk.sendings(OPERATOR)[-1].attempts) > 0)

    command = [sys.executable, str(EXAMPLE), shown.secret, str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as receiver:
        try:
            wait_until(
                lambda: all(s.state is SendingState.DELIVERED for s in desk.sendings(OPERATOR))
            )
        finally:
            assert runner.stop(timedelta(seconds=5))
            receiver.terminate()
        out = receiver.stdout.read().decode() if receiver.stdout else ""

    told = ["decision.made post-81", "group.tools_changed g-1", "sanction.imposed post-81"]
    assert sorted(out.splitlines()) == told
    assert out.index("decision.made") < out.index("sanction.imposed")
    tried = [[a.error for a in s.attempts] for s in reversed(desk.sendings(OPERATOR))]
    assert tried[0][0] == "webhook.unreachable"
    assert [attempts[-1] for attempts in tried] == [None, None, None]


def test_the_receiver_of_the_how_to_takes_no_forged_message(stage: Stage) -> None:
    port = free_port()
    desk = WebhookDesk(stage.records, HttpPost(), chance.random_bytes)
    shown = desk.add(f"http://127.0.0.1:{port}/", OPERATOR)
    command = [sys.executable, str(EXAMPLE), shown.secret + "AAAA", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as receiver:
        try:
            wait_until(lambda: is_open(port))
            answer = HttpPost().send(
                f"http://127.0.0.1:{port}/",
                {"webhook-id": "m", "webhook-timestamp": "1", "webhook-signature": "v1,AAAA"},
                "{}",
            )
        finally:
            receiver.terminate()
        assert receiver.stdout is not None
        assert receiver.stdout.read() == b""

    assert answer.status == 401


def message(stage: Stage, subject: str) -> Message:
    return Message(
        id=MessageId(stage.records.new_id()),
        kind=MessageKind.DECISION_MADE,
        subject=subject,
        case=CaseId(stage.records.new_id()),
        about=None,
        body="{}",
        at=stage.clock(),
    )


def test_of_two_writers_on_one_subject_the_second_stands_behind(stage: Stage) -> None:
    desk = WebhookDesk(stage.records, HttpPost(), chance.random_bytes)
    desk.add("https://app.example.org/", OPERATOR)
    entered, kept = threading.Event(), threading.Event()
    order: list[tuple[str, int]] = []

    def slow() -> None:
        with transaction.atomic():
            order.append(("first", len(stage.records.webhooks.enter(message(stage, "a")))))
            entered.set()
            kept.wait(0.3)
            order.append(("kept", 0))
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert entered.wait(5)
    with transaction.atomic():
        assert len(stage.records.webhooks.enter(message(stage, "b"))) == 1
        turns = stage.records.webhooks.enter(message(stage, "a"))
        order.append(("second", len(turns)))
    thread.join()

    assert order == [("first", 1), ("kept", 0), ("second", 0)]


def test_old_messages_are_forgotten_but_not_those_that_wait(stage: Stage) -> None:
    records = stage.records
    desk = WebhookDesk(records, HttpPost(), chance.random_bytes)
    target = desk.add("https://app.example.org/", OPERATOR).target
    with records.work():
        records.webhooks.enter(message(stage, "a"))
    assert webhooks.forget(chance.now() + timedelta(days=1)) == 0

    desk.remove(target, OPERATOR)
    assert webhooks.forget(chance.now() - timedelta(days=1)) == 0
    assert webhooks.forget(chance.now() + timedelta(days=1)) == 2
    assert WebhookMessage.objects.count() == 0
