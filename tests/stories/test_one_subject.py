"""A crowd reports one thing: one case, each report in it once, in the order in which they came."""

import pytest
from tests.stories.fast_client import Clients, Elsewhere, playing
from tests.stories.stage import Stage, show_on_pages, stage_on_postgres
from tests.stories.test_many_reports import APP, sorted_out

from gongdao import bootstrap
from gongdao.api.fast import FastIntake
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId
from gongdao.storage.models import CaseRow, ReportCase


@pytest.fixture
def house(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Give a house on real transactions, shown at every door."""
    stage = stage_on_postgres()
    show_on_pages(stage, monkeypatch)
    return stage


def test_three_thousand_reports_of_one_subject_are_one_case_in_order(house: Stage) -> None:
    key = bootstrap.api_keys().create("app", [Role.APP])
    clients = Clients(FastIntake(Elsewhere()), key)
    batches = [
        [{**APP, "statement": f"他在第 {n} 楼这样骂我，请处理。"} for n in range(at, at + 500)]
        for at in range(0, 3000, 500)
    ]

    async def in_turn() -> list[str]:
        return [line["report"] for batch in batches for line in (await clients.batch(batch)).lines]

    sent = playing(clients.route, in_turn)
    assert sorted_out() == len(set(sent)) == 3000
    row = CaseRow.objects.get()
    case = house.case(CaseId(str(row.id)))
    assert list(case.reports) == sent
    assert (case.counted + case.apart, row.counted + row.apart) == (3000, 3000)
    assert len(case.reporters) == ReportCase.objects.count() == 3000
    view = house.app.files.open(case.id, house.hire("ana", Role.REVIEWER))
    assert [report.id for report in view.reports] == sent[-len(view.reports) :]
    assert len(view.timeline) == 2
