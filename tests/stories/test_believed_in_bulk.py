"""Reports that are put in line by the thousand: believed, and set aside, by the same rules."""

import pytest
from tests.stories.http_teller import about
from tests.stories.stage import Stage, show_on_pages, stage_on_postgres, violation
from tests.stories.test_cried_wolf import limited, taking_up
from tests.stories.test_many_reports import differences, sent, sorted_out

from gongdao import bootstrap
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.confirming import Confirming
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, PersonId


@pytest.fixture
def house(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Give a house on real transactions, shown at every door."""
    stage = stage_on_postgres()
    show_on_pages(stage, monkeypatch)
    return stage


def test_records_of_reporters_count_in_bulk(house: Stage) -> None:
    key = bootstrap.api_keys().create("app", [Role.APP])
    ana, wolf, good = house.hire("ana", Role.REVIEWER), "wang_wu", house.account("zhao_liu")
    limited(house, house.account(wolf), ana)
    for _ in range(6):
        receipt = house.accepted(ana, good)
        house.app.deciding.decide(receipt.case, violation(), ana)
    plain = {"contact": None}
    bodies = [
        {**about("b-1"), **plain, "reporter_account": wolf},
        {**about("b-1"), **plain, "reporter_account": wolf, "category": "threat"},
        {**about("b-1"), **plain},
        {**about("b-2"), **plain, "reporter_account": "zhao_liu"},
        {**about("b-3"), **plain},
    ]
    said = [each.json["receipt"] for each in sent(key, *bodies)]
    assert sorted_out() == len(bodies)
    cases = [house.records.codes.opens(code)[0] for code in said]
    assert [house.case(case).stage.value for case in cases] == ["set_aside", *["received"] * 4]
    assert len(set(cases)) == len(bodies)
    (later,) = sent(key, {**about("b-3"), **plain, "reporter_account": "zhao_liu"})
    assert sorted_out() == 1
    assert house.records.codes.opens(later.json["receipt"])[0] == cases[4]
    waiting = [house.records.queues.get(case) for case in cases]
    assert waiting[0] is None
    figures = [each.credibility for each in waiting if each is not None]
    assert figures[1] == 0.5 < figures[2] == figures[3]
    assert differences() == []
    told_and_revived(house, cases[0], ana)


def told_and_revived(house: Stage, case: CaseId, ana: Caller) -> None:
    """The worker tells its reporter that it is set aside; then it is taken up."""
    held = house.case(case)
    confirming = Confirming(house.records, house.app.reporting)
    confirming({"report": held.reports[0], "case": case}, last=False)
    confirming({"report": held.reports[0], "case": case}, last=False)
    assert house.told(case) == ["report_set_aside"]
    taking_up(house).grave(case, ana)
    assert [each.now.kind.value for each in house.records.deadlines.running(case)] == ["acceptance"]
    assert house.records.queues.get(case) is not None
    assert house.records.misuses.aside(PersonId(held.reporters[0])) == []
    assert differences() == []
