"""The two stories of filing over HTTP: by the pages in both languages, and by the API."""

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.stories.files_of import PNG
from tests.stories.merchants import merchant, review
from tests.stories.stage import Stage, show_on_pages
from tests.stories.test_chains_of_disputes import brought, not_received
from tests.stories.test_dispute_pages import signed_in
from tests.stories.test_looks import OwnView

API = "/api/v1"
JSON = "application/json"


@pytest.fixture
def shown(postgres: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The house on pages, whose pictures are their own views."""
    sight = postgres.with_(examiner=OwnView())
    show_on_pages(sight, monkeypatch)
    return sight


def test_not_received_on_jd_by_the_pages(shown: Stage) -> None:
    dispute, boss = not_received(shown)
    exhibit = brought(shown, dispute, boss, "track.png")
    client = signed_in(boss.person, language="zh-hans")
    for language, sure, way in (
        ("en", "Not received", "Where to go"),
        ("zh-hans", "说“没收到”，记录显示已送达", "商家后台"),
    ):
        read = {"accept-language": language}
        chain = client.get(f"/merchants/d/{dispute}/chain/", headers=read).content.decode()
        assert sure in chain
        assert "本人签收" in chain
        filing = client.get(f"/merchants/d/{dispute}/filing/", headers=read).content.decode()
        assert way in filing
    frame = f"/merchants/d/{dispute}/chain/{exhibit}/"
    assert "checked><span>已签收" in client.get(frame).content.decode()
    assert client.post(frame, {"line": "3"}).status_code == 302
    asked = client.get(f"/merchants/d/{dispute}/filing/?template=review.once_more")
    assert "［" in asked.content.decode()
    place = f"/merchants/d/{dispute}/filing/"
    text = "2026年2月23日10:41，包裹由本人签收，见证据1。"
    kept = client.post(place, {"do": "statement", "text": text})
    assert kept.status_code == 302
    made = client.post(place, {"do": "packet", "exhibit": [exhibit]})
    with ZipFile(BytesIO(made.content)) as archive:
        assert archive.namelist() == ["statement.txt", "01-exhibit-1.jpg", "list.txt"]
        assert archive.read("statement.txt").decode() == text
    proof = SimpleUploadedFile("filed.png", PNG, "image/png")
    told: dict[str, Any] = {"do": "filed", "instance": "platform", "reference": "JD-1"}
    done = client.post(place, told | {"file": proof})
    assert done.status_code == 302
    now = shown.app.disputes.disputing.held(dispute, boss)[0].now
    assert now.last is not None
    assert now.last.proof is not None
    stranger = signed_in(shown.account("li_si").person, "stranger")
    for page in ("chain/", "filing/", f"chain/{exhibit}/"):
        assert stranger.get(f"/merchants/d/{dispute}/{page}").status_code == 404


def test_dianping_on_a_closed_day_by_the_api(shown: Stage) -> None:
    ours, boss = merchant(shown)
    text = "2月22日晚上去吃的，服务员爱理不理。"
    dispute = review(shown, ours, boss, "dianping", text=text, shown_on=date(2026, 2, 25))
    client = signed_in(boss.person)
    at = f"{API}/disputes/{dispute}"

    def post(path: str, body: Any) -> int:
        return client.post(f"{at}{path}", body, content_type=JSON).status_code

    assert post("/chain/days", {"days": [{"step": "closed", "day": "2026-02-22"}]}) == 201
    (found,) = client.get(f"{at}/chain").json()["contradictions"]
    assert (found["kind"], found["theirs"]["words"]) == ("closed_day", "2月22日")
    filing = client.get(f"{at}/filing").json()
    assert filing["limits"]["characters"] is None
    assert filing["entry"][0]["basis"] == "claimed"
    drafted = client.get(f"{at}/statement?template=review.no_visit").json()
    assert drafted["filled"]["到店日期"] == "2026年2月22日"
    assert post("/statement", {"text": drafted["text"], "template": "review.no_visit"}) == 201
    assert post("/filing", {"reference": "DP-9"}) == 201
    assert post("/filing", {}) == 409
    assert client.get(f"{at}/filing").json()["stage"] == "filed"
    packet = client.get(f"{at}/filing/packet")
    assert packet["Content-Type"] == "application/zip"
    stranger = signed_in(shown.account("li_si").person, "stranger")
    assert stranger.get(f"{at}/chain").status_code == 404
