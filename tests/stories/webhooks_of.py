"""A stage whose app is told, and a queue that a test works off by hand."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.stories.stage import Stage

from gongdao.adapters import chance
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.announcing import WEBHOOK
from gongdao.domain.flows.calling import Calling
from gongdao.domain.flows.webhook_desk import WebhookDesk
from gongdao.domain.kernel.errors import GongdaoError, PeerFailed
from gongdao.domain.kernel.events import Role
from gongdao.domain.outgoing.model import Answer

OPERATOR = Caller(None, frozenset({Role.OPERATOR}))
URL = "https://app.example.org/told"


@dataclass(slots=True)
class Queue:
    """Promised jobs, by hand: what fails goes to the end of the line."""

    jobs: dict[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    failures: dict[tuple[str, str], int] = field(default_factory=dict)

    def post(self, topic: str, key: str, payload: Mapping[str, str]) -> None:
        self.jobs.setdefault((topic, key), payload)


@dataclass(slots=True)
class Receiver:
    """A Post that answers as a test wants, and keeps what came."""

    answer: Callable[[str, dict[str, Any]], int] = lambda _url, _body: 204
    came: list[tuple[str, Mapping[str, str], str]] = field(default_factory=list)
    delivered: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def check(self, url: str) -> None:
        assert url.startswith("https://")

    def send(self, url: str, headers: Mapping[str, str], body: str) -> Answer:
        self.came.append((url, headers, body))
        status = self.answer(url, json.loads(body))
        if not status:
            raise PeerFailed("webhook.unreachable", "The receiver did not answer.")
        if status == 204:
            self.delivered.append((url, json.loads(body)))
        return Answer(status, "thank you")

    def types(self, url: str = URL) -> list[str]:
        """What was delivered to an address, by its type."""
        return [body["type"] for at, body in self.delivered if at == url]


@dataclass(frozen=True, slots=True)
class Told:
    """A stage, its operator's desk of webhooks, and the app that is told."""

    stage: Stage
    queue: Queue
    receiver: Receiver
    desk: WebhookDesk
    attempts: int = 3

    def work_off(self, rounds: int = 100) -> None:
        """Do what was promised, again and again, until nothing is left or rounds are over."""
        calling = Calling(self.stage.records, self.receiver)
        for _ in range(rounds):
            waiting = [key for key in self.queue.jobs if key[0] == WEBHOOK]
            if not waiting:
                return
            for key in waiting:
                self._do(calling, key)

    def _do(self, calling: Calling, key: tuple[str, str]) -> None:
        failed = self.queue.failures.get(key, 0)
        payload = self.queue.jobs.pop(key)
        try:
            calling(payload, last=failed + 1 >= self.attempts)
        except PeerFailed:
            self.queue.failures[key] = failed + 1
            if failed + 1 < self.attempts:
                self.queue.jobs[key] = payload
        except GongdaoError:
            self.queue.failures[key] = self.attempts


def told(stage: Stage, *urls: str) -> Told:
    """The stage, with an app that is told at these addresses."""
    queue, receiver = Queue(), Receiver()
    stage = stage.with_(outbox=queue)
    desk = WebhookDesk(stage.records, receiver, chance.random_bytes)
    for url in urls or (URL,):
        desk.add(url, OPERATOR)
    return Told(stage, queue, receiver, desk)
