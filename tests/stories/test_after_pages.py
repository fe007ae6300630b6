"""What comes after a dispute, numbers and the comparison: by page and API, in both languages."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.stories.merchants import merchant, review
from tests.stories.stage import Stage, show_on_pages
from tests.stories.test_dispute_pages import signed_in

from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.events import (
    DisputeFiled,
    DisputeKind,
    DisputeOutcomeRecorded,
    Instance,
    Outcome,
)
from gongdao.domain.kernel.ids import OrganisationId

API = "/api/v1"
ARTICLE = re.compile(r"\d{3}_[0-9a-f]{16}")
PUT_UP = "感谢您写下感受，没有让您满意，我们很抱歉。需要帮助时请在平台内联系客服。"


def decided(
    stage: Stage, ours: OrganisationId, boss: Caller, outcome: Outcome, **told: Any
) -> None:
    """A dispute that was filed two hours later, and answered after two days."""
    dispute = review(stage, ours, boss, noticed_at=stage.clock() - timedelta(hours=2), **told)
    stories = stage.app.disputes
    held, by = stories.disputing.held(dispute, boss)
    now = stage.clock()
    reason = None if outcome is Outcome.UPHELD else "opinion"
    filed = DisputeFiled(
        at=now, by=by, instance=Instance.PLATFORM, reference=None, statement=None,
        exhibits=(), proof=None,
    )  # fmt: skip
    answered = DisputeOutcomeRecorded(
        at=now + timedelta(days=2), by=by, outcome=outcome, reason=reason, words=None
    )
    with stage.records.work():
        stories.disputing.add(held, filed, answered)


@pytest.fixture
def pages(postgres: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    show_on_pages(postgres, monkeypatch)
    return postgres


def test_a_reply_is_drafted_looked_at_and_recorded(pages: Stage) -> None:
    ours, boss = merchant(pages)
    dispute = review(pages, ours, boss, text="颜色不喜欢。", order="2026110100001")
    client = signed_in(boss.person)
    where = f"/merchants/d/{dispute}/after/"
    page = client.get(where).content.decode()
    assert "How long a reply may be on this platform is unknown here." in page
    assert "It is no legal advice." in page
    given = {"draft": "1", "pattern": "facts", "issue": "the colour", "facts": "", "done": ""}
    page = client.post(where, given).content.decode()
    assert "About the colour we have looked at our record" in page
    assert "[What have you done, or what do you offer to do?]" in page
    bad = client.post(where, {"up": "1", "text": f"{PUT_UP}订单 2026110100001"})
    assert bad.status_code == 400
    assert "<mark>2026110100001</mark>" in bad.content.decode()
    assert client.post(where, {"up": "1", "text": PUT_UP}).status_code == 302
    chinese = client.get(where, headers={"accept-language": "zh-hans"}).content.decode()
    assert "您的回复已经发布。" in chinese
    assert PUT_UP in chinese
    assert "不是法律意见" in chinese
    stranger = signed_in(pages.account("li_si").person, "li_si")
    assert stranger.get(where).status_code == 404
    assert stranger.post(f"{where}paper/", {"paper": "legal_file"}).status_code == 404


def test_where_no_buyer_wrote_nobody_is_answered_or_flagged(pages: Stage) -> None:
    ours, boss = merchant(pages)
    client = signed_in(boss.person)
    sanction = review(pages, ours, boss, platform="wechat", of=DisputeKind.SANCTION)
    bought = review(pages, ours, boss)
    after = client.get(f"/merchants/d/{sanction}/after/").content.decode()
    assert "No buyer wrote anything here" in after
    assert "reply-title" not in after
    assert "file-title" in after
    assert client.post(f"/merchants/d/{sanction}/after/", {"up": "1"}).status_code == 404
    assert "/flag/" not in client.get(f"/merchants/d/{sanction}/").content.decode()
    assert "/flag/" in client.get(f"/merchants/d/{bought}/").content.decode()
    said = client.post(
        f"{API}/disputes/{sanction}/after/replies", {"text": PUT_UP},
        content_type="application/json",
    )  # fmt: skip
    assert (said.status_code, said.json()["code"]) == (409, "reply.no_buyer")


def test_articles_are_cited_by_their_titles(pages: Stage) -> None:
    ours, boss = merchant(pages)
    dispute = review(pages, ours, boss)
    client = signed_in(boss.person)
    for page in ("", "grounds/", "filing/", "follow/", "talk/", "after/"):
        text = client.get(f"/merchants/d/{dispute}/{page}").content.decode()
        assert ARTICLE.search(text) is None, page


def test_the_file_for_a_lawyer_is_printed(pages: Stage) -> None:
    ours, boss = merchant(pages)
    dispute = review(pages, ours, boss, reference="R-9")
    client = signed_in(boss.person)
    where = f"/merchants/d/{dispute}/after/paper/"
    file = client.post(where, {"paper": "legal_file", "language": "zh"})
    assert file["Content-Type"] == "application/pdf"
    assert file.content.startswith(b"%PDF")
    assert b"pdfaid" in file.content
    assert client.post(where, {"paper": "market_report_121"}).status_code == 404  # not in March


def test_the_same_over_the_api(pages: Stage) -> None:
    ours, boss = merchant(pages)
    dispute = review(pages, ours, boss, text="颜色不喜欢。", other_side="小雨点")
    client = signed_in(boss.person)
    where = f"{API}/disputes/{dispute}/after"
    found = client.get(where).json()
    assert (found["reply"], found["most"]) == (None, None)
    assert {each["code"] for each in found["papers"]} == {
        "market_report_20", "association_mediation", "cyberspace_report",
    }  # fmt: skip
    look = client.post(
        f"{where}/looks", {"text": f"小雨点，{PUT_UP}"}, content_type="application/json"
    ).json()
    assert [(each["kind"], each["start"]) for each in look["private"]] == [("name", 0)]
    refused = client.post(
        f"{where}/replies", {"text": f"小雨点，{PUT_UP}"}, content_type="application/json"
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "reply.personal_data")
    for _ in range(2):  # the same key does it once
        done = client.post(
            f"{where}/replies", {"text": PUT_UP}, content_type="application/json",
            headers={"Idempotency-Key": "0f8fad5b-d9cb-469f-a165-70867728950e"},
        )  # fmt: skip
        assert done.status_code == 200
    assert client.get(f"{where}?language=en").json()["reply"] == PUT_UP
    stranger = signed_in(pages.account("li_si").person, "li_si")
    for path in (where, f"{API}/organisations/{ours}/numbers"):
        assert stranger.get(path).status_code == 404


def test_numbers_say_how_few_they_are(pages: Stage) -> None:
    ours, boss = merchant(pages)
    for n in range(22):
        outcome = Outcome.UPHELD if n < 11 else Outcome.REJECTED
        decided(pages, ours, boss, outcome, order=f"A{n}" if n < 12 else "")
    decided(pages, ours, boss, Outcome.PARTLY, platform="jd")
    client = signed_in(boss.person)
    found = client.get(f"{API}/organisations/{ours}/numbers").json()
    taobao, jd = found["by_platform"]
    assert (taobao["n"], taobao["upheld"], taobao["too_few"]) == (22, 11, False)
    assert (taobao["low"], taobao["high"]) == (0.3072, 0.6928)  # Wilson, 11 of 22
    assert (jd["n"], jd["partly"], jd["too_few"]) == (1, 1, True)
    assert found["reasons"] == [{"code": "opinion", "n": 12}]
    (order,) = (each for each in found["helped"] if each["material"] == "order")
    assert (order["with_n"], order["with_rejected"]) == (12, 1)
    assert (order["without_n"], order["without_rejected"]) == (11, 10)
    assert order["says"] == "too_few"
    (theirs,) = (each for each in found["platforms"] if each["platform"] == "taobao")
    assert (theirs["days"], theirs["answers"]) == (2.0, 22)
    table = client.get(f"/merchants/o/{ours}/numbers/disputes.csv").content.decode()
    assert "platform,taobao,22,11,0,11,0.307,0.693,no\r\n" in table
    where = f"/merchants/o/{ours}/numbers/"
    english = client.get(where).content.decode()
    assert "31–69%" in english
    assert "too few to tell" in english
    assert "23 disputes, 23 of them answered." in english
    chinese = client.get(where, headers={"accept-language": "zh-hans"}).content.decode()
    assert "同时出现不等于因果" in chinese
    assert signed_in(pages.account("li_si").person, "li_si").get(where).status_code == 404


def test_anybody_compares_and_a_member_sees_their_own_beside(pages: Stage) -> None:
    where = "/merchants/compare/?p=taobao&p=jd"
    public = Client().get(where, headers={"accept-language": "en"}).content.decode()
    assert "claimed" in public
    assert "Your own: upheld" not in public
    ours, boss = merchant(pages)
    decided(pages, ours, boss, Outcome.UPHELD)
    mine = signed_in(boss.person).get(where).content.decode()
    assert "Your own: upheld" in mine
    assert "(n = 1)" in mine
    assert "no disputes yet" in mine
