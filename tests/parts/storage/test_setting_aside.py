"""The how-to sets a month of reports aside while reports come in: none is lost, no code is dead."""

import re
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Self
from uuid import uuid4

import psycopg
import pytest
from django.test import Client
from tests.stories.stage import Stage, no_violation, show_on_pages, stage_on_postgres

from gongdao.domain.flows.reporting import Receipt
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.events import Role

PAGE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "set-old-reports-aside.md"
MONTHS = {"2026_05": "2027_05", "2026-05": "2027-05", "2026-06": "2027-06"}
"""The page's month, and one in which no other test reports."""
_ROW = """
    insert into report (id, received_at, reporter, code, body, leaf)
    values (%s, '2027-06-07 08:00+00', %s, '', '', '')
"""


def steps() -> dict[str, list[str]]:
    """The page's statements by the title of their section."""
    text = PAGE.read_text("utf-8")
    for written, mine in MONTHS.items():
        text = text.replace(written, mine)
    found: dict[str, list[str]] = {}
    for part in text.split("\n## ")[1:]:
        blocks = re.findall(r"```sql\n(.*?)```", part, flags=re.DOTALL)
        found[part[:1]] = [one for block in blocks for one in block.split(";\n") if one.strip()]
    return found


@pytest.fixture
def keeper(transactional_db: None, server_url: str) -> Iterator[psycopg.Connection]:
    """Somebody at `psql`, with both months made."""
    from django.db import connection  # noqa: PLC0415 – names the test's database

    name = str(connection.settings_dict["NAME"])
    with psycopg.connect(server_url, dbname=name, autocommit=True) as session:
        for month in ("2027-05-01", "2027-06-01"):
            made = session.execute("select gongdao_report_month(%s)", [month]).fetchone()
            assert made == (True,)
        yield session
        session.execute("drop table report_2027_05, report_2027_06")


@pytest.fixture
def old(keeper: psycopg.Connection, monkeypatch: pytest.MonkeyPatch) -> tuple[Stage, Receipt]:
    """A report of May 2027."""
    stage = stage_on_postgres(datetime(2027, 5, 6, 10, tzinfo=CHINA))
    show_on_pages(stage, monkeypatch)
    receipt = stage.report(statement="那天在群里骂人。")
    return stage, receipt


class Reporters:
    """They keep reporting, each report its own transaction, until they are told to stop."""

    def __init__(self, server_url: str, name: str) -> None:
        self.session = psycopg.connect(server_url, dbname=name, autocommit=True)
        self.acknowledged = 0
        self.enough = threading.Event()
        self.problems: list[Exception] = []
        self.thread = threading.Thread(target=self._report)

    def __enter__(self) -> Self:
        self.thread.start()
        until = time.monotonic() + 20
        while not self.acknowledged and not self.problems and time.monotonic() < until:
            time.sleep(0.005)
        return self

    def __exit__(self, *_: object) -> None:
        self.enough.set()
        self.thread.join()
        self.session.close()

    def _report(self) -> None:
        try:
            while not self.enough.wait(0.002):
                self.session.execute(_ROW, [uuid4(), uuid4()])
                self.acknowledged += 1
        except Exception as problem:  # noqa: BLE001 – whatever a reporter would have been told
            self.problems.append(problem)


def test_a_month_is_set_aside_and_attached_again_while_reports_come_in(
    keeper: psycopg.Connection, old: tuple[Stage, Receipt], server_url: str, client: Client
) -> None:
    stage, receipt = old
    todo, track = steps(), f"/track/{receipt.code}/"
    assert "那天在群里骂人。" in client.get(track).content.decode()
    early = keeper.execute(todo["2"][0]).fetchone()
    ana = stage.hire("ana", Role.REVIEWER)
    stage.app.investigating.accept(receipt.case, "内容清楚，予以受理并调查。", ana)
    stage.app.deciding.decide(receipt.case, no_violation(), ana)
    with Reporters(server_url, keeper.info.dbname) as reporters:
        sizes = keeper.execute(todo["1"][0]).fetchall()
        running = [keeper.execute(one).fetchone() for one in todo["2"]]
        with pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState, match="default partition"):
            keeper.execute("alter table report detach partition report_2027_05 concurrently")
        for number in "345":
            for statement in todo[number]:
                keeper.execute(statement)
        before = reporters.acknowledged
        aside = client.get(track).content.decode()
        view, _ = stage.app.files.by_code(receipt.code)
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
            keeper.execute("update report_2027_05 set body = ''")
        for statement in todo["6"]:
            keeper.execute(statement)

    assert reporters.problems == []
    assert before > 0
    assert keeper.execute("select count(*) from report_2027_06").fetchone() == (
        reporters.acknowledged,
    )
    assert {"report_2027_05", "report_2027_06", "report_other"} <= {name for name, *_ in sizes}
    assert early == (1,)  # its case was not decided yet
    assert running == [(0,), (0,)]
    assert (view.stage, view.reports) == ("decided", ())
    assert "那天在群里骂人。" not in aside
    assert "存档" in aside
    assert "那天在群里骂人。" in client.get(track).content.decode()
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        keeper.execute("update report set body = '' where received_at < '2027-06-01'")
