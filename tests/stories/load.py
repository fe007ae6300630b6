"""Senders who go on while programs are killed, and what must be there afterwards."""

import threading
import time
from dataclasses import dataclass, field
from typing import Any, Self

from tests.fakes.smtp import FakeSmtp
from tests.stories.programs import Programs

SENDERS = 6
AT_ONCE = 10
"""So many mails may be under way in a worker."""


@dataclass(slots=True)
class Load:
    """Senders who go on whatever happens, and remember what was acknowledged."""

    house: Programs
    pause: float = 0.0
    """Seconds between a sender's reports: who waits for a program to end need not keep it busy."""
    acknowledged: dict[str, dict[str, Any]] = field(default_factory=dict)
    killed: int = 0
    """How many workers were."""
    unknown: set[str] = field(default_factory=set)
    over: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Self:
        for sender in range(SENDERS):
            self.threads.append(threading.Thread(target=self._send, args=(sender,)))
            self.threads[-1].start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()

    def wait_for(self, number: int) -> None:
        """Let so many more be acknowledged."""
        until, wanted = time.monotonic() + 60, len(self.acknowledged) + number
        while len(self.acknowledged) < wanted and time.monotonic() < until:
            time.sleep(0.02)
        assert len(self.acknowledged) >= wanted

    def _send(self, sender: int) -> None:
        number = 0
        while not self.over.is_set():
            number += 1
            once = f"sender-{sender}-report-{number}"
            answer = self.house.post(report(once, number), once)
            if answer is None:
                self.unknown.add(once)
                time.sleep(0.05)
            else:
                self.acknowledged[once] = answer
                time.sleep(self.pause)


def report(once: str, number: int) -> dict[str, Any]:
    """Every third is of the same post; the others are of posts of their own."""
    subject = {
        "kind": "content",
        "ref": "post-of-many" if number % 3 == 0 else once,
        "snapshot": "你就是个废物，活着浪费粮食。",
        "account": "li_si",
    }
    sent = {"subject": subject, "category": "abuse", "statement": "他在评论里这样骂我，请处理。"}
    return {**sent, "contact": f"{once}@example.net"} if number % 10 == 0 else sent


def drained(house: Programs) -> None:
    """Wait until everything is in line."""
    until = time.monotonic() + 60
    while house.query("select count(*) from reports_waiting") != [(0,)]:
        assert time.monotonic() < until, "the queue is not emptied"
        time.sleep(0.1)


def whole(house: Programs, load: Load) -> None:
    """Each acknowledged report is there once, with its case and its place in the queue."""
    for once in load.unknown:  # sent again under its key: kept now, or answered as it was kept
        number = int(once.rpartition("-")[2])
        answer = house.post(report(once, number), once)
        assert answer is not None
        load.acknowledged[once] = answer
    drained(house)
    reports = {str(id_): leaf for id_, leaf in house.query("select id, leaf from report")}
    known = {answer["report"]: answer["leaf"] for answer in load.acknowledged.values()}
    assert len(known) == len(load.acknowledged)
    assert {id_: bytes(leaf).hex() for id_, leaf in reports.items()} == known
    assert house.query("select count(distinct report), count(*) from report_case") == [
        (len(known), len(known))
    ]
    assert house.query("select id from case_row except select id from triage_row") == []
    assert house.check() == ""


def mailed_once(smtp: FakeSmtp, load: Load) -> None:
    """Everybody who left an address has one mail; whoever has two has the same one twice.

    A worker that is killed between the mail server's answer and its own note sends it again: that
    cannot be helped, and the Message-ID says so to every program that reads mail.
    """
    wanted = {f"{once}@example.net" for once in load.acknowledged if once.endswith("0")}
    until = time.monotonic() + 60
    while {to for mail in list(smtp.taken) for to in mail.recipients} != wanted:
        assert time.monotonic() < until, "mails are missing"
        time.sleep(0.1)
    names = {(mail.recipients, mail.message["Message-ID"]) for mail in list(smtp.taken)}
    assert len(names) == len(wanted)
    assert len(smtp.taken) <= len(wanted) + AT_ONCE * load.killed
