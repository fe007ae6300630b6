"""Before an appeal is sent, over HTTP: the window missed, and the third violation of a kind."""

from typing import Any

import pytest
from django.test import Client
from tests.stories.stage import GROUNDS, Stage, show_on_pages, stage_on_postgres

from gongdao.domain.appeals.model import ForecastBasis
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import DecisionId

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Give a house whose clock the test moves, behind the API."""
    found = stage_on_postgres()
    show_on_pages(found, monkeypatch)
    return found


def respondent(stage: Stage, decision: DecisionId) -> Client:
    """The app of li_si, with the code of the notice."""
    li_si = stage.records.parties.by_account("li_si")
    with stage.records.work():
        code = stage.records.codes.issue(stage.decision(decision).case, li_si)
    return Client(headers={"X-Case-Code": code})


def post(client: Client, path: str, **body: Any) -> Any:
    return client.post(f"/api/v1{path}", body, content_type="application/json")


def test_whoever_missed_the_window_is_told_what_is_still_possible(shown: Stage) -> None:
    decision = shown.decided(shown.hire("ana", Role.REVIEWER))
    client = respondent(shown, decision)
    shown.clock.pass_(days=200)
    said = post(client, f"/decisions/{decision}/forecast", grounds=GROUNDS).json()
    assert [each["code"] for each in said["patterns"]][:1] == ["window_missed"]
    assert [each["code"] for each in said["routes"]][-1] == "court"
    assert (said["basis"], said["high"]) == ("none", 0)
    late = post(client, "/appeals", decision=decision, grounds=GROUNDS)
    assert (late.status_code, late.json()["code"]) == (409, "appeal.too_late")


def test_a_third_time_is_pointed_out_and_the_appeal_sent_anyway(shown: Stage) -> None:
    ana = shown.hire("ana", Role.REVIEWER)
    shown.hire("bo", Role.REVIEWER)
    decision = [shown.decided(ana) for _ in range(3)][-1]
    client = respondent(shown, decision)
    said = post(client, f"/decisions/{decision}/forecast", grounds="你们根本不懂，我没错。").json()
    codes = [each["code"] for each in said["patterns"]]
    assert {"repetition", "tone"} <= set(codes)
    assert said["basis"] == "claimed"
    assert said["claims"]
    filed = post(client, "/appeals", decision=decision, grounds=GROUNDS)
    assert filed.status_code == 201
    kept = shown.records.appeals.get(filed.json()["id"]).now.weighed
    assert kept is not None
    assert "repetition" in kept.patterns
    assert kept.basis is ForecastBasis.CLAIMED
    somebody = Client()
    assert post(somebody, f"/decisions/{decision}/forecast", grounds="").status_code == 404
