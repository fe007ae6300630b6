"""The queue over HTTP: next, claim, priority, spread."""

import pytest
from tests.stories.http_teller import HttpTeller, hired

from gongdao.domain.kernel.events import Role

pytestmark = pytest.mark.django_db


def test_a_case_is_pulled_weighed_and_given_on_over_http() -> None:
    teller = HttpTeller()
    teller.report()
    case = teller.receipt["case"]
    (_, ana), (_, bo) = hired("a2", Role.REVIEWER), hired("b2", Role.REVIEWER)

    assert teller.app.client.post(
        f"/api/v1/cases/{case}/spread", {"views": 999}, content_type="application/json"
    ).json() == {"done": True}
    assert ana.post("/queue/next")["case"] == case
    assert bo.post("/queue/next")["case"] is None
    priority = ana.get(f"/cases/{case}/priority")
    assert [factor["kind"] for factor in priority["factors"]] == [
        "harm", "spread", "growth", "credibility", "vulnerability",
        "repetition", "waiting",
    ]  # fmt: skip
    assert priority["points"] == sum(factor["points"] for factor in priority["factors"])
    names = {each["name"]: each["person"] for each in ana.get(f"/cases/{case}/colleagues")}
    why = "请你接手，我今天没有时间办完。"
    ana.post(f"/cases/{case}/claim", action="hand_over", to=names["b2"], reasons=why)
    assert bo.get(f"/cases/{case}/priority")["holder"] == names["b2"]
    bo.post(f"/cases/{case}/claim", action="release")
    assert bo.get(f"/cases/{case}/priority")["holder"] is None
