"""The clock is set back: nothing is lost, nothing changes places, and no limit goes wild."""

import json
from datetime import timedelta
from typing import Any

import pytest
from tests.fakes.clock import SettableClock
from tests.stories.fast_client import Clients, Elsewhere, playing
from tests.stories.http_teller import about
from tests.stories.stage import Stage, refused, show_on_pages, stage_on_postgres
from tests.stories.test_many_reports import differences, sorted_out

from gongdao import bootstrap
from gongdao.adapters import receipts
from gongdao.api.fast import FastIntake
from gongdao.domain.kernel.errors import Refused
from gongdao.domain.kernel.events import Role
from gongdao.storage import idempotency, rate_limits
from gongdao.storage.heartbeats import beat, beats
from gongdao.storage.models import ReportsWaiting

BACK = timedelta(hours=3)


@pytest.fixture
def house(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Give a house on real transactions, shown at every door."""
    stage = stage_on_postgres()
    show_on_pages(stage, monkeypatch)
    return stage


def said(key: str, *statements: str) -> list[dict[str, Any]]:
    """The receipts of reports of one subject, sent one after the other."""
    clients = Clients(FastIntake(Elsewhere()), key)

    async def in_turn() -> list[dict[str, Any]]:
        found = []
        for statement in statements:
            answer = await clients.post({**about("p-1"), "contact": None, "statement": statement})
            assert answer.status == 201
            assert receipts.check(answer.body, None).receipt == answer.json["receipt"]
            found.append(answer.json)
        return found

    return playing(clients.route, in_turn)


def test_reports_stay_in_the_order_in_which_they_came(house: Stage) -> None:
    key = bootstrap.api_keys().create("app", [Role.APP])
    ana = house.hire("ana", Role.REVIEWER)
    first = said(key, "第一份举报，说得清清楚楚。", "第二份举报，说得清清楚楚。")
    house.clock.set_back(hours=3)
    second = said(key, "第三份举报，说得清清楚楚。")
    assert sorted_out() == 3
    house.clock.set_back(hours=3)
    third = said(key, "第四份举报，说得清清楚楚。")
    assert sorted_out() == 1
    house.clock.pass_(days=1)
    fourth = said(key, "第五份举报，说得清清楚楚。")
    assert sorted_out() == 1

    sent = [*first, *second, *third, *fourth]
    case, _ = house.records.codes.opens(sent[0]["receipt"])
    desk = house.app.files.open(case, ana)
    assert [report.id for report in desk.reports] == [each["report"] for each in sent]
    assert [report.reporter for report in desk.reports] == [1, 2, 3, 4, 5]
    times = [report.received_at for report in desk.reports]
    assert times[2] == times[0] - BACK, "a receipt says what the clock said"
    assert house.case(case).counted == 5
    house.clock.set_back(days=2)
    house.app.investigating.accept(case, "内容清楚，予以受理并调查。", ana)
    kinds = [entry.kind for entry in house.app.files.open(case, ana).timeline]
    assert kinds == ["case.opened", "case.reports_joined", "case.accepted"]
    assert differences() == []


def test_a_key_is_answered_as_before_and_a_repeat_counts_once(house: Stage) -> None:
    key = bootstrap.api_keys().create("app", [Role.APP])
    sent = {**about("p-1"), "contact": None, "reporter_account": "zhang_san"}
    clients = Clients(FastIntake(Elsewhere()), key)

    async def twice() -> list[bytes]:
        once = {"idempotency_key": "the-clock-is-set-back"}
        before = await clients.post(sent, **once)
        house.clock.set_back(hours=3)
        after = await clients.post(sent, **once)
        more = await clients.post(sent, idempotency_key="the-same-thing-once-more")
        return [before.body, after.body, more.body]

    before, after, more = playing(clients.route, twice)
    assert before == after != more
    assert sorted_out() == 2
    case, _ = house.records.codes.opens(json.loads(before)["receipt"])
    assert (house.case(case).counted, house.case(case).apart) == (1, 1)


def test_what_was_put_off_is_not_put_off_until_the_clock_is_there_again(house: Stage) -> None:
    key = bootstrap.api_keys().create("app", [Role.APP])
    said(key, "第一份举报，说得清清楚楚。")
    ReportsWaiting.objects.update(tries=3, trouble="x", not_before=house.clock() + BACK)
    assert sorted_out() == 1


def test_a_claimed_case_is_given_to_nobody_else_and_comes_free(house: Stage) -> None:
    ana, bo = house.hire("ana", Role.REVIEWER), house.hire("bo", Role.REVIEWER)
    case = house.report().case
    assert house.app.pulling.next(ana) == case
    house.clock.set_back(hours=3)
    assert house.app.pulling.next(bo) is None
    house.app.pulling.keep(case, ana)
    house.clock.pass_(hours=4)
    assert house.app.pulling.next(bo) == case


def test_a_deadline_is_missed_once_however_often_its_moment_comes(house: Stage) -> None:
    case = house.report().case
    (clock,) = house.records.deadlines.running(case)
    house.clock.go_to(clock.now.due_at + timedelta(minutes=1))
    house.app.passing.tick()
    house.clock.set_back(hours=3)
    house.app.passing.tick()
    house.clock.pass_(hours=6)
    house.app.passing.tick()
    kinds = [r.event.kind for r in house.records.deadlines.history(clock.now.id)]
    assert kinds.count("deadline.missed") == 1


@pytest.mark.django_db
def test_a_rate_limit_makes_nobody_wait_for_longer_than_a_minute() -> None:
    secrets, clock = bootstrap.app().secrets, SettableClock()

    def ask() -> None:
        rate_limits.allow(secrets, "clock", "192.0.2.9", 2, clock())

    ask()
    ask()
    with refused("rate.too_many"):
        ask()
    clock.set_back(hours=3)
    ask()
    ask()
    with pytest.raises(Refused) as limited:
        ask()
    assert limited.value.facts["seconds"] in range(1, 61)


@pytest.mark.django_db
def test_signs_of_life_and_kept_answers_outlast_it() -> None:
    clock = SettableClock()
    beat("one:1", ["clock"], clock())
    clock.set_back(hours=3)
    beat("one:1", ["clock"], clock())
    assert [each.at for each in beats()] == [clock()]
    assert idempotency.forget(clock()) == 0
