"""The pages of a negotiation for both sides, and their files, in both languages."""

import json

import pytest
from django.test import Client
from tests.stories.merchants import merchant, review
from tests.stories.stage import Stage, show_on_pages
from tests.stories.talks import NAME, SUBJECT, WORD

from gongdao.domain.disputes.events import Ending
from gongdao.storage.models import Account

THREAT = {"do": "say", "text": "你等着瞧，我不会放过你。"}


def browser(stage: Stage, language: str = "en") -> tuple[Client, str, Stage]:
    """A member's browser, and the address of the talk about a dispute."""
    ours, boss = merchant(stage)
    dispute = review(stage, ours, boss, "wechat", text="包装破了。")
    account = Account.objects.create_user("b@shop.example", name="b", party_id=boss.person)
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    return client, dispute, stage


def a_threat_is_shown_first(theirs: Client, door: str, language: str) -> None:
    """What the other side writes is evidence: it is told once, and may send it as it is."""
    shown = theirs.post(door, THREAT).content.decode()
    chinese = language == "zh-hans"
    assert ("可以写得更友好" if chinese else "This could be friendlier") in shown
    assert ("这是威胁" if chinese else "This is a threat") in shown
    assert theirs.post(door, {**THREAT, "as_it_is": "1"}).status_code == 302


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_both_sides_settle_and_the_complaint_is_withdrawn(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    show_on_pages(postgres, monkeypatch)
    ours, dispute, stage = browser(postgres, language)
    at = f"/merchants/d/{dispute}/talk/"
    opened = ours.get(at).content.decode()
    assert ("2 hours" in opened) or ("2 小时" in opened)
    page = ours.post(at, {"do": "open", "subject": SUBJECT}).content.decode()
    code = page.split("<code>")[1].split("</code>")[0]
    door, theirs = f"/talk/{code}/", Client(headers={"accept-language": language})
    first = theirs.get(door).content.decode()
    assert all(each in first for each in (SUBJECT, "青禾茶铺"))
    assert theirs.post(door, {"word": "短", "name": NAME}).status_code == 400
    assert theirs.post(door, {"word": WORD, "name": NAME}).status_code == 302
    a_threat_is_shown_first(theirs, door, language)
    third = Client(headers={"accept-language": language})
    assert SUBJECT not in third.get(door).content.decode()
    assert third.post(door, {"word": "猜一猜暗语"}).status_code == 409
    assert third.get(f"{door}settlement.json").headers["content-type"].startswith("text/html")
    offer = {"do": "offer", "kind_1": "refund", "by_1": "inviter", "text_1": "退还货款。",
             "yuan_1": "15.50", "days": "3", "signed": "王掌柜"}  # fmt: skip
    silenced = ours.post(at, {**offer, "text_1": "退款，您把差评删掉。"})
    assert silenced.status_code == 409
    assert "settlement.forbidden_term" in silenced.content.decode()
    assert ours.post(at, {**offer, "yuan_1": "x"}).status_code == 400
    assert ours.post(at, offer).status_code == 302
    assert ours.post(at, {"do": "say", "text": "您好，我们来解决。"}).status_code == 302
    assert theirs.post(door, {"do": "accept", "offer": "1", "signed": NAME}).status_code == 302
    assert ours.post(at, {"do": "perform", "item": "1", "proof": "银行回单。"}).status_code == 302
    assert theirs.post(door, {"do": "confirm", "item": "1"}).status_code == 302
    assert theirs.post(door, {"do": "report", "message": "2"}).status_code == 302
    assert theirs.get(door).status_code == 200
    mine, other = ours.get(f"{at}settlement.json"), theirs.get(f"{door}settlement.json")
    assert json.loads(mine.content) == json.loads(other.content)
    assert ours.post(at, {"do": "close", "withdrawn_by": "complainant"}).status_code == 302
    now = stage.records.disputes.get(dispute).now
    assert now.ending is Ending.WITHDRAWN
    assert "¥15.50" in theirs.get(door).content.decode()
    assert theirs.post(door, {"do": "nothing"}).status_code == 400


def test_a_stranger_is_told_that_there_is_nothing(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_on_pages(postgres, monkeypatch)
    client, dispute, _ = browser(postgres)
    at = f"/merchants/d/{dispute}/talk/"
    client.post(at, {"do": "open", "subject": SUBJECT})
    other = Client()
    _, stranger = merchant(postgres, "bie_ren", "别家")
    account = Account.objects.create_user("s@shop.example", name="s", party_id=stranger.person)
    other.force_login(account)
    for address in (at, f"{at}settlement.json", "/talk/AAAA-BBBB-CCCC-DDDD-EEEE/"):
        assert other.get(address).status_code == 404
    assert other.post(at, {"do": "stop"}).status_code == 404
