"""Reports by the thousand: acknowledged means kept, and each comes into line by the usual rules."""

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from tests.stories.fast_client import Clients, Elsewhere, Said, playing
from tests.stories.http_teller import REPORT, Program, about, with_key
from tests.stories.stage import (
    Stage,
    refused,
    show_on_pages,
    stage_on_fakes,
    stage_on_postgres,
    submission,
)
from tests.stories.test_races import in_a_thread

from gongdao import bootstrap
from gongdao.adapters import receipts
from gongdao.api.fast import FastIntake
from gongdao.bootstrap import taking_in
from gongdao.domain.access.model import NOBODY, Caller
from gongdao.domain.flows.asking_owners import ASK_OWNER, AskingOwners
from gongdao.domain.flows.casefile import Arrived
from gongdao.domain.flows.confirming import CONFIRM, Confirming
from gongdao.domain.kernel.errors import Refused
from gongdao.domain.kernel.events import Role
from gongdao.storage.models import CaseRow, ReportCase, ReportRow, ReportsWaiting, SealedText

APP = {**REPORT, "contact": None}


@pytest.fixture
def house(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Give a house on real transactions, shown at every door."""
    stage = stage_on_postgres()
    show_on_pages(stage, monkeypatch)
    return stage


@pytest.fixture
def key(house: Stage) -> str:
    """Give the key of the operator's app."""
    del house
    return bootstrap.api_keys().create("app", [Role.APP])


def sent(key: str, *reports: Any, **headers: str) -> list[Said]:
    """Send these at once."""
    clients = Clients(FastIntake(Elsewhere()), key)

    async def all_at_once() -> list[Said]:
        return list(await asyncio.gather(*(clients.post(each, **headers) for each in reports)))

    return playing(clients.route, all_at_once)


def sorted_out() -> int:
    """Put everything in line that waits; how much that was."""
    sorter, done = taking_in.sorting(), 0
    while now := sorter.tick():
        done += now
    return done


def differences() -> list[Any]:
    """What the records and their log disagree on."""
    return list(bootstrap.record_differences(lambda _: None))


def test_every_report_has_a_receipt_at_once_and_comes_into_line(house: Stage, key: str) -> None:
    said = sent(key, *({**about(f"p-{n % 40}"), "contact": None} for n in range(120)))
    assert {each.status for each in said} == {201}
    for each in said:
        assert receipts.check(each.body, None).receipt == each.json["receipt"]
        assert each.json["case"] is None
    with refused("receipt.not_in_line"):
        house.records.codes.opens(said[0].json["receipt"])

    assert sorted_out() == 120
    assert (ReportRow.objects.count(), CaseRow.objects.count()) == (120, 40)
    assert not ReportsWaiting.objects.exists()
    for each in said:
        answer = each.json
        case, reporter = house.records.codes.opens(answer["receipt"])
        assert house.records.reports.leaf(answer["report"]) == answer["leaf"]
        assert reporter in house.case(case).reporters
    view, _ = house.app.files.by_code(said[0].json["receipt"])
    assert view.reports[0].statement == REPORT["statement"]
    assert [clock.kind for clock in view.clocks] == ["acceptance"]
    assert differences() == []


def _shapes(stage: Stage) -> list[tuple[Any, ...]]:
    """Every case as far as it does not depend on when it was put in line."""
    queued = {w.case: (w.rank, w.ready, w.language) for w in stage.records.queues.open(1000)}
    return sorted(
        (
            stage.records.opened(case.subject.ref),
            case.category,
            case.respondent is not None,
            len(case.reports),
            len(case.reporters),
            case.counted,
            case.apart,
            case.flood,
            queued[id_],
            [d.now.due_at for d in stage.records.deadlines.running(id_)],
        )
        for id_ in queued
        for case in [stage.case(id_)]
    )


def test_they_are_put_in_line_by_the_rules_that_hold_for_one(house: Stage, key: str) -> None:
    crowd: list[dict[str, Any]] = [
        *({"reporter_account": f"old-{n}"} for n in range(3)),
        *({"statement": "举报举报举报，请立即封号！！"} for _ in range(45)),
        *({"reporter_account": "old-1"} for _ in range(2)),
        {"ref": "another", "reporter_account": "old-1"},
        {"account": None, "reporter_account": "old-2"},
        {"category": "marketing", "reporter_account": "old-2"},
    ]
    one_by_one = stage_on_fakes()
    for stage in (house, one_by_one):
        for n in range(3):
            stage.account(f"old-{n}")
        stage.clock.pass_(days=60)
    for each in crowd:
        account = each.get("reporter_account")
        who = one_by_one.account(account) if account else NOBODY
        changes: dict[str, Any] = {"subject_ref": each.get("ref", "post-1"), "contact": None}
        changes |= {k: v for k, v in each.items() if k in {"statement", "category", "account"}}
        one_by_one.app.reporting.file(submission(**changes), who)
    said = sent(key, *(_as_json(each) for each in crowd))
    assert {each.status for each in said} == {201}
    assert sorted_out() == len(crowd)
    assert _shapes(house) == _shapes(one_by_one)
    assert any(shape[7] for shape in _shapes(house)), "a flood was among them"


def _as_json(changes: dict[str, Any]) -> dict[str, Any]:
    plain = submission()
    subject = {
        "kind": "content",
        "ref": changes.get("ref", "post-1"),
        "snapshot": plain.snapshot,
        "account": changes.get("account", plain.account),
    }
    found = {
        "subject": subject,
        "category": changes.get("category", plain.category),
        "statement": changes.get("statement", plain.statement),
    }
    account = changes.get("reporter_account")
    return {**found, "reporter_account": account} if account else found


def test_more_reports_join_a_case_that_a_reviewer_works_on(house: Stage, key: str) -> None:
    ana = house.hire("ana", Role.REVIEWER)
    first = house.report(subject_ref="post-81")
    sent(key, *(APP for _ in range(3)))
    house.app.investigating.accept(first.case, "内容清楚，予以受理并调查。", ana)
    assert sorted_out() == 3
    desk = house.app.files.open(first.case, ana)
    assert desk.arrived == Arrived(counted=4, apart=0, flood=False)
    house.app.investigating.note(first.case, "四份举报都说同一句话。", ana)
    assert differences() == []


def test_a_key_is_answered_once_and_the_same_on_both_routes(house: Stage, key: str) -> None:
    once = {"idempotency_key": "an-app-makes-it-unique"}
    first, second = sent(key, APP, APP, **once)
    (third,) = sent(key, APP, **once)
    assert first.body == second.body == third.body
    program = with_key(key)
    by_the_other = program.client.post(
        "/api/v1/reports",
        json.dumps(APP, ensure_ascii=False).encode(),
        content_type="application/json",
        headers={"Idempotency-Key": once["idempotency_key"]},
    )
    assert by_the_other.content == first.body
    (other,) = sent(key, about("p-2"), **once)
    assert (other.status, other.json["code"]) == (422, "idempotency.reused")
    assert sorted_out() == 1


def test_a_batch_is_answered_line_by_line(house: Stage, key: str) -> None:
    lines = [
        about("p-1"),
        b"{not json",
        {**about("p-2"), "statement": "短"},
        {**about("p-3"), "misspelt": 1},
        {**about("p-4"), "idempotency_key": "line-four-of-a-batch"},
        {**about("p-4"), "idempotency_key": "line-four-of-a-batch"},
    ]
    clients = Clients(FastIntake(Elsewhere()), key)
    said = playing(clients.route, lambda: clients.batch(lines, accept_language="en"))
    assert said.status == 200
    assert [line["line"] for line in said.lines] == [1, 2, 3, 4, 5, 6]
    assert [line["status"] for line in said.lines] == [201, 400, 422, 400, 201, 201]
    assert said.lines[1]["code"] == "batch.bad_line"
    assert "misspelt" in said.lines[3]["hint"]
    assert said.lines[2]["code"] == "report.statement_too_short"
    assert said.lines[4]["receipt"] == said.lines[5]["receipt"]
    assert sorted_out() == 2
    assert receipts.read(json.dumps(said.lines[0]).encode()).leaf == said.lines[0]["leaf"]


@pytest.mark.parametrize("number", [0, 501])
def test_a_batch_has_a_size(key: str, number: int) -> None:
    clients = Clients(FastIntake(Elsewhere()), key)
    said = playing(clients.route, lambda: clients.batch([b"{}"] * number))
    assert (said.status, said.json["code"]) == (400, "batch.wrong_size")


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"cookie": "sessionid=1"}, REPORT),
        ({"x_case_code": "AAAA-BBBB-CCCC-DDDD-EEEE"}, REPORT),
        ({"authorization": "Bearer gd_wrong"}, REPORT),
        ({"authorization": "Basic YTpi"}, REPORT),
        ({}, {**REPORT, "reporter_account": "somebody_else"}),
        ({}, {**REPORT, "group": "g-1"}),
        ({}, {**REPORT, "statement": "短"}),
        ({}, {**REPORT, "more": 1}),
        ({}, b"\xff\xfe"),
        ({}, b'{"subject": "\\ud800"}'),
    ],
)
def test_what_is_not_plain_goes_the_common_way_with_its_body(
    house: Stage, headers: dict[str, str], body: Any
) -> None:
    elsewhere = Elsewhere()
    clients = Clients(FastIntake(elsewhere))
    said = playing(clients.route, lambda: clients.post(body, **headers))
    assert said.status == 299
    raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    assert elsewhere.bodies == [raw]
    assert not ReportsWaiting.objects.exists()


def test_the_keys_of_people_and_revoked_ones_go_the_common_way(house: Stage) -> None:
    ana = house.hire("ana", Role.REVIEWER)
    assert ana.person is not None
    keys = bootstrap.api_keys()
    hers = keys.create("scripts", [Role.REVIEWER], "ana@staff.example")
    gone = keys.create("old app", [Role.APP])
    keys.revoke(keys.listed()[0].id)
    for secret in (hers, gone):
        assert [each.status for each in sent(secret, APP)] == [299]


def test_too_many_from_nobody_are_refused(house: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def allow(_address: str, _proof: str | None) -> None:
        raise Refused("rate.too_many", "Try again in {seconds} seconds.", seconds=7)

    monkeypatch.setattr(bootstrap, "allow_report", allow)
    (said,) = sent("", REPORT)
    assert (said.status, said.headers["retry-after"]) == (429, "7")
    assert not ReportsWaiting.objects.exists()


def test_what_the_database_refuses_is_said_not_to_be_kept(house: Stage, key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("alter table reports_waiting add constraint none check (count < 0)")
        try:
            said = sent(key, APP, APP)
        finally:
            cursor.execute("alter table reports_waiting drop constraint none")
    assert {(each.status, each.json["code"]) for each in said} == {(503, "intake.not_kept")}
    assert {each.headers["retry-after"] for each in said} == {"5"}
    assert sorted_out() == 0


def test_a_report_in_trouble_is_set_apart_and_comes_in_once_it_is_over(
    house: Stage, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = sent(key, *({**about(f"p-{n}"), "contact": None} for n in range(5)))
    place = _without(monkeypatch, said[2].json["report"])
    assert sorted_out() >= 4
    assert ReportRow.objects.count() == 4
    (row,) = ReportsWaiting.objects.all()
    assert (row.count, row.trouble, row.tries) == (1, "ValueError", 1)
    with refused("receipt.not_in_line"):
        house.records.codes.opens(said[2].json["receipt"])
    assert sorted_out() == 0

    place()
    house.clock.pass_(minutes=1)
    assert sorted_out() == 1
    house.records.codes.opens(said[2].json["receipt"])
    assert ReportRow.objects.count() == 5
    assert differences() == []


def _without(monkeypatch: pytest.MonkeyPatch, report: str) -> Callable[[], None]:
    """Let one report break the sorting, until what comes back is called."""
    from gongdao.domain.flows.sorting import Sorting  # noqa: PLC0415

    place = Sorting._place

    def broken(self: Any, waiting: Any, known: Any, batch: Any) -> None:
        if waiting.report.id == report:
            raise ValueError("a mistake of ours")
        place(self, waiting, known, batch)

    monkeypatch.setattr(Sorting, "_place", broken)
    return lambda: monkeypatch.setattr(Sorting, "_place", place)


def test_nothing_is_kept_twice_if_the_sorting_is_cut_off(
    house: Stage, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(key, *({**about(f"p-{n}"), "contact": None} for n in range(5)))
    with monkeypatch.context() as cut:
        cut.setattr("gongdao.storage.sorting_rows._promise_confirmations", _killed)
        with pytest.raises(CutOff):
            taking_in.sorting().tick()
    assert (ReportRow.objects.count(), SealedText.objects.count()) == (0, 0)
    assert sorted_out() == 5
    assert ReportRow.objects.count() == ReportCase.objects.count() == 5


class CutOff(BaseException):
    """The process ends here."""


def _killed(_placed: Any) -> None:
    raise CutOff


def test_who_left_an_address_is_told_once(house: Stage, key: str) -> None:
    sent(key, REPORT, {**about("p-2"), "contact": None})
    assert sorted_out() == 2
    with connection.cursor() as cursor:
        cursor.execute("select payload from pgqueuer where entrypoint = %s", [CONFIRM])
        ((payload,),) = cursor.fetchall()
    job = json.loads(bytes(payload))
    confirming = Confirming(house.records, house.app.reporting)
    confirming(job)
    confirming(job)
    assert house.told(job["case"]) == ["report_received"]


def test_the_owner_of_a_known_group_is_asked_once(house: Stage, key: str) -> None:
    app = Caller(None, frozenset({Role.APP}))
    house.app.owning.name("g-1", ("wang_wu",), "周末跑步群", 80, app)
    lone = {**about("p-3"), "group": "g-2"}
    sent(key, *({**each, "contact": None} for each in ({**about("p-1"), "group": "g-1"}, lone)))
    assert sorted_out() == 2
    with connection.cursor() as cursor:
        cursor.execute("select payload from pgqueuer where entrypoint = %s", [ASK_OWNER])
        ((payload,),) = cursor.fetchall()
    job = json.loads(bytes(payload))
    asking = AskingOwners(house.records, house.app.owning)
    asking(job)
    asking(job)
    (task,) = house.records.owner_tasks.of_case(job["case"])
    assert task.now.stage == "open"
    assert differences() == []


def test_only_the_app_says_in_which_group_it_lies(house: Stage, key: str) -> None:
    app = Caller(None, frozenset({Role.APP}))
    house.app.owning.name("g-1", ("wang_wu",), "周末跑步群", 80, app)
    theirs = Program().post("/reports", **about("p-1"), group="g-1")["case"]
    ours = with_key(key).post("/reports", **about("p-2"), group="g-1")["case"]
    assert len(house.records.owner_tasks.of_case(theirs)) == 0
    assert len(house.records.owner_tasks.of_case(ours)) == 1


def test_what_waits_is_encrypted(house: Stage, key: str) -> None:
    sent(key, REPORT)
    kept = bytes(ReportsWaiting.objects.get().packet)
    assert REPORT["statement"].encode() not in kept
    assert REPORT["contact"].encode() not in kept


def test_two_sorters_keep_each_report_once(house: Stage, key: str) -> None:
    sent(key, *({**about(f"p-{n}"), "contact": None} for n in range(30)))
    with ThreadPoolExecutor(2) as threads:
        ticks = [threads.submit(in_a_thread, taking_in.sorting().tick) for _ in range(2)]
        done = sum(tick.result() for tick in ticks)
    assert done + sorted_out() == ReportRow.objects.count() == 30


def test_anybody_may_report_here_too(house: Stage) -> None:
    (said,) = sent("", REPORT)
    assert said.status == 201
    assert sorted_out() == 1
    seen = Program().get(f"/receipts/{said.json['receipt']}")
    assert seen["seat"] == "reporter"
