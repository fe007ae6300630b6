"""The board, the page of following up and the robots, as pages and over HTTP."""

import re
from typing import Any

import pytest
from tests.stories.merchants import EXTORTION, merchant, review
from tests.stories.stage import Stage, show_on_pages
from tests.stories.test_dispute_pages import signed_in
from tests.stories.test_following_disputes import REJECTION, filed, judged

from gongdao.domain.disputes.events import DisputeKind
from gongdao.domain.disputes.model import DisputeStage
from gongdao.domain.kernel.ids import DisputeId


def test_the_board_and_the_follow_up_in_both_languages(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_on_pages(postgres, monkeypatch)
    ours, boss = merchant(postgres)
    dispute = review(postgres, ours, boss, platform="wechat", of=DisputeKind.SANCTION)
    review(postgres, ours, boss, platform="jd")
    client = signed_in(boss.person)
    english = client.get(f"/merchants/o/{ours}/?kind=sanction").content.decode()
    assert EXTORTION in english
    assert "Judge the grounds" in english
    chinese = client.get(f"/merchants/o/{ours}/", headers={"accept-language": "zh-hans"})
    page = chinese.content.decode()
    assert "平台的规则没有写明时限" in page
    assert "还剩" in page
    ticked = client.post(f"/merchants/o/{ours}/checked/", {"dispute": dispute})
    assert ticked.status_code == 302
    assert postgres.records.disputes.get(dispute).now.checked_on is not None
    judged(postgres, dispute, boss, "appeal")
    filed(postgres, dispute, boss)
    follow = f"/merchants/d/{dispute}/follow/"
    page = client.get(follow).content.decode()
    assert "A look-out" in page
    assert client.post(f"{follow}answer/", {}).status_code == 400
    sent = client.post(f"{follow}answer/", {"outcome": "rejected", "words": REJECTION})
    assert sent.status_code == 302
    page = client.get(follow, headers={"accept-language": "zh-hans"}).content.decode()
    assert "证据不足" in page
    assert "据称" in page
    again = client.post(f"{follow}further/", {"to": "second"})
    assert again.status_code == 400
    assert "dispute.nothing_new" in again.content.decode()
    assert f"/merchants/d/{dispute}/chain/" in again.content.decode()
    assert "003_a154" not in again.content.decode()
    called: dict[str, Any] = {"whom": "客服", "minutes": "5", "words": "请加急", "when": ""}
    assert client.post(f"{follow}call/", called).status_code == 302
    assert client.post(f"{follow}further/", {"to": "senior"}).status_code == 302


def test_robots_are_set_up_on_a_page_and_strangers_find_none_of_it(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_on_pages(postgres, monkeypatch)
    ours, boss = merchant(postgres)
    client = signed_in(boss.person)
    follow = f"/merchants/d/{review(postgres, ours, boss)}/follow/"
    stranger = signed_in(postgres.account("bie_ren").person, "stranger")
    for each in (f"/merchants/o/{ours}/", follow, f"/merchants/o/{ours}/robots/"):
        assert stranger.get(each).status_code == 404
    robots = f"/merchants/o/{ours}/robots/"
    bad = {"kind": "wecom", "url": "https://example.org/x", "secret": ""}
    assert client.post(robots, bad).status_code == 400
    good = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc-1"
    assert client.post(robots, {**bad, "url": good}).status_code == 302
    assert good not in client.get(robots).content.decode()


def test_the_same_over_http(postgres: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    show_on_pages(postgres, monkeypatch)
    ours, boss = merchant(postgres)
    dispute = review(postgres, ours, boss)
    client = signed_in(boss.person)
    stranger = signed_in(postgres.account("bie_ren").person, "stranger")

    def post(path: str, body: dict[str, Any], by: Any = client) -> Any:
        return by.post(f"/api/v1/{path}", body, content_type="application/json")

    board = client.get(f"/api/v1/organisations/{ours}/board").json()
    (judge,) = [each for each in board["columns"] if each["step"] == "judge"]
    assert [line["id"] for line in judge["lines"]] == [dispute]
    assert stranger.get(f"/api/v1/organisations/{ours}/board").status_code == 404
    assert post(f"disputes/{dispute}/checks", {}).status_code == 200
    judged(postgres, dispute, boss, "extortion")
    filed(postgres, dispute, boss)
    moment = postgres.clock().isoformat()
    calls = {"called_at": moment, "whom": "客服", "said": "加急", "minutes": 3}
    acts: tuple[tuple[str, dict[str, Any], int], ...] = (
        ("more-asked", {"what": "聊天记录"}, 200),
        ("more-sent", {}, 200),
        ("calls", calls, 200),
        ("outcome", {"outcome": "rejected", "words": REJECTION}, 200),
        ("further", {"to": "second"}, 409),
        ("further", {"to": "senior"}, 200),
        ("outcome", {"outcome": "rejected", "words": "主观感受"}, 200),
        ("end", {"how": "rejected"}, 200),
    )
    for name, body, status in acts:
        assert post(f"disputes/{dispute}/{name}", body, stranger).status_code == 404
        answer = post(f"disputes/{dispute}/{name}", body)
        assert answer.status_code == status, (name, answer.content)
    assert postgres.records.disputes.get(DisputeId(dispute)).now.stage is DisputeStage.ENDED


def test_robots_over_http(postgres: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    show_on_pages(postgres, monkeypatch)
    ours, boss = merchant(postgres)
    client = signed_in(boss.person)
    robots = f"organisations/{ours}/robots"
    url = "https://oapi.dingtalk.com/robot/send?access_token=abc"
    body = {"kind": "dingtalk", "url": url, "secret": "SECabc"}
    made = client.post(f"/api/v1/{robots}", body, content_type="application/json")
    assert made.status_code == 201
    listed = client.get(f"/api/v1/{robots}").content.decode()
    assert made.json()["id"] in listed
    assert url not in listed
    gone = f"/api/v1/{robots}/{made.json()['id']}/remove"
    removed = client.post(gone, {}, content_type="application/json")
    assert removed.status_code == 200


def test_every_page_of_a_dispute_shows_the_same_clock_and_the_board_leads_on(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_on_pages(postgres, monkeypatch)
    ours, boss = merchant(postgres)
    dispute = review(postgres, ours, boss, platform="wechat", of=DisputeKind.SANCTION)
    client, shown = signed_in(boss.person), set[str]()
    for path in ("", "filing/", "follow/"):
        page = client.get(f"/merchants/d/{dispute}/{path}").content.decode()
        assert "Time to file" in page, path
        assert "No time limit is running" not in page, path
        shown.update(re.findall(r"(\d+ days? \d+ hours?) left", page))
    assert len(shown) == 1
    board = client.get(f"/merchants/o/{ours}/").content.decode()
    for on in ("start", "import", "numbers", "team"):
        assert f"/merchants/o/{ours}/{on}/" in board
    door = client.get("/merchants/").content.decode()
    assert f"/merchants/o/{ours}/" in door
    assert "/merchants/compare/" in door


def test_whoever_is_alone_begins_at_the_door(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_on_pages(postgres, monkeypatch)
    person = postgres.account("wang_wu")
    client = signed_in(person.person)
    assert 'action="/merchants/start/"' in client.get("/merchants/").content.decode()
    assert client.get("/merchants/start/").headers["location"] == "/merchants/"
    begun = client.post("/merchants/start/")
    (mine,) = postgres.app.disputes.organising.mine(person)
    assert begun.headers["location"] == f"/merchants/o/{mine.id}/start/"
    assert mine.alone
