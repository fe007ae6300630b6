"""Both sides of a negotiation are programs: what they agree on, and who gets in."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.stories.http_teller import API
from tests.stories.merchants import merchant, person, review
from tests.stories.stage import Stage, show_on_pages
from tests.stories.talks import NAME, SUBJECT, WORD

from gongdao.domain.disputes.events import Ending
from gongdao.domain.kernel.ids import DisputeId
from gongdao.storage.models import Account

REFUND = {"kind": "refund", "by": "inviter", "text": "退还破损部分的货款。", "amount_fen": 1550}
UNKNOWN = "00000000-0000-7000-8000-000000000000"


def soon(stage: Stage) -> str:
    """Until when offers hold here."""
    return (stage.clock() + timedelta(days=3)).isoformat()


class Speaker:
    """A program on one side."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str, status: int = 200) -> Any:
        answer = self.client.get(f"{API}{path}")
        assert answer.status_code == status, answer.content.decode()
        return answer.json()

    def post(self, path: str, status: int = 200, key: str = "", **body: Any) -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        answer = self.client.post(
            f"{API}{path}", body, content_type="application/json", headers=headers
        )
        assert answer.status_code == status, answer.content.decode()
        return answer.json()


def signed_in(party: str, name: str, language: str = "en") -> Speaker:
    """A member's program."""
    account = Account.objects.create_user(f"{name}@shop.example", name=name, party_id=party)
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    return Speaker(client)


def holder(code: str, mark: str = "", language: str = "en") -> Speaker:
    """A program with the code, and with what its device was given, if anything."""
    given = {"X-Talk-Code": code} | ({"X-Talk-Mark": mark} if mark else {})
    return Speaker(Client(headers={**given, "accept-language": language}))


class Invited:
    """One negotiation that somebody was invited to."""

    def __init__(self, stage: Stage, monkeypatch: pytest.MonkeyPatch, language: str = "en") -> None:
        show_on_pages(stage, monkeypatch)
        organisation, boss = merchant(stage)
        self.stage, self.language = stage, language
        self.dispute: DisputeId = review(stage, organisation, boss, "wechat", text="包装破了。")
        self.ours = signed_in(person(boss), "boss", language)
        made = self.ours.post(f"/disputes/{self.dispute}/settlements", 201, subject=SUBJECT)
        self.code, self.at = made["code"], f"/settlements/{made['id']}"
        assert made["link"].endswith(f"/talk/{self.code}/")

    def enter(self) -> Speaker:
        """The other side comes in first."""
        door = holder(self.code, language=self.language)
        assert door.get("/settlements/invitation")["subject"] == SUBJECT
        entered = door.post("/settlements/entry", word=WORD, name=NAME)
        assert f"/settlements/{entered['settlement']}" == self.at
        return holder(self.code, entered["mark"], self.language)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_complaint_is_withdrawn_after_programs_settled(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    talk = Invited(postgres, monkeypatch, language)
    ours, theirs, at = talk.ours, talk.enter(), talk.at
    hello = "您好，您反映的问题我们看到了，很抱歉。您希望怎么解决？"
    assert ours.post(f"{at}/messages/look", text=hello)["stored"] is False
    first = ours.post(f"{at}/messages", 201, "a-key-of-enough-length", text=hello)
    assert ours.post(f"{at}/messages", 201, "a-key-of-enough-length", text=hello) == first
    terms = {"until": soon(postgres), "signed": "王掌柜"}
    bought = {**REFUND, "text": "退款，您把差评删掉。"}
    ours.post(f"{at}/offers", 422, items=[bought], signed="王掌柜", until="2026-01-05T10:00:00")
    assert ours.post(f"{at}/offers", 409, items=[bought], **terms)["code"] == (
        "settlement.forbidden_term"
    )
    ours.post(f"{at}/offers", 201, items=[REFUND], **terms)
    theirs.post(f"{at}/offers/1/accept", signed=NAME)
    ours.post(f"{at}/items/1/perform", proof="银行回单：当天到账。")
    theirs.post(f"{at}/items/1/contest", why="还没有到账。")
    ours.post(f"{at}/items/1/perform", proof="银行回单：昨天到账。")
    theirs.post(f"{at}/items/1/confirm")
    reported = theirs.post(f"{at}/messages/1/report", 201, why="这句话让我不舒服。")
    assert Client().get(f"{API}/receipts/{reported['receipt']}").status_code == 200
    mine, other = (each.get(at) for each in (ours, theirs))
    assert (mine["side"], other["side"]) == ("inviter", "invited")
    assert mine["messages"][0]["reported"] is None
    assert other["messages"][0]["reported"] == reported["case"]
    assert mine["agreement"] == other["agreement"]
    assert mine["agreement"]["items"][0]["item"]["amount_fen"] == REFUND["amount_fen"]
    assert ours.get(f"{at}/export") == theirs.get(f"{at}/export")
    theirs.post(f"{at}/close", 404)
    ours.post(f"{at}/close", withdrawn_by="complainant", note="对方撤回了投诉。")
    assert postgres.records.disputes.get(talk.dispute).now.ending is Ending.WITHDRAWN
    assert theirs.get(at)["ending"] == "withdrawn"


def test_a_third_person_with_the_code_is_noticed_even_with_a_key(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = Invited(postgres, monkeypatch)
    theirs, third = talk.enter(), holder(talk.code)
    seen = third.get("/settlements/invitation")
    assert seen == {"came": True, "inviter": None, "subject": None, "until": None}
    third.get(talk.at, 404)
    third.get(f"{talk.at}/export", 404)
    third.post(f"{talk.at}/stop", 404)
    holder(talk.code, "f" * 32).get(talk.at, 404)
    tried = third.post("/settlements/entry", 409, "a-key-of-enough-length", word="猜一猜暗语")
    assert tried["code"] == "settlement.wrong_word"
    assert len(theirs.get(talk.at)["wrong_words"]) == 1
    assert len(talk.ours.get(talk.at)["wrong_words"]) == 1
    third.post("/settlements/suspicion")
    talk.ours.post(f"{talk.at}/offers", 201, items=[REFUND], signed="王掌柜", until=soon(postgres))
    doubted = theirs.post(f"{talk.at}/offers/1/accept", 409, signed=NAME)
    assert doubted["code"] == "settlement.suspected"
    assert theirs.get(talk.at)["suspected"]
    theirs.post(f"{talk.at}/suspicion/clear", 404)
    talk.ours.post(f"{talk.at}/suspicion/clear")
    assert not theirs.get(talk.at)["suspected"]


def test_codes_and_negotiations_of_others_are_not_found(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = Invited(postgres, monkeypatch)
    theirs = talk.enter()
    _, other = merchant(postgres, "bie_ren", "别家")
    stranger = signed_in(person(other), "stranger")
    nobody = Speaker(Client(headers={"accept-language": "en"}))
    absent = [each.get(f"/settlements/{UNKNOWN}", 404) for each in (stranger, nobody, theirs)]
    there = [each.get(talk.at, 404) for each in (stranger, nobody)]
    assert all(each == absent[0] for each in [*absent, *there])
    stranger.get(f"/disputes/{talk.dispute}/settlements", 404)
    (found,) = talk.ours.get(f"/disputes/{talk.dispute}/settlements")["settlements"]
    assert talk.at.endswith(found["id"])
    guesses = [
        holder("AAAA-BBBB-CCCC-DDDD-EEEE").client.get(f"{API}{talk.at}").status_code
        for _ in range(40)
    ]
    assert guesses[0] == 404
    assert guesses[-1] == 429


def test_stopped_taken_back_declined_and_printed(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = Invited(postgres, monkeypatch)
    at, first = talk.at, talk.code
    talk.code = talk.ours.post(f"{at}/invitation", 201)["code"]
    holder(first).get("/settlements/invitation", 404)
    ours, theirs = talk.ours, talk.enter()
    terms: dict[str, Any] = {"until": soon(postgres), "items": [REFUND]}
    ours.post(f"{at}/offers", 201, signed="王掌柜", **terms)
    ours.post(f"{at}/offers/1/take-back")
    theirs.post(f"{at}/offers", 201, signed=NAME, **terms)
    ours.post(f"{at}/offers/2/decline")
    assert [each["state"] for each in ours.get(at)["offers"]] == ["taken_back", "declined"]
    theirs.post(f"{at}/messages", 201, text="给我返50块，不然天天差评。")
    assert ours.get(at)["messages"][0]["found"]
    assert theirs.get(at)["messages"][0]["found"] == []
    theirs.post(f"{at}/messages/1/keep", 404)
    ours.post(f"{at}/messages/1/keep", 201)
    theirs.post(f"{at}/stop")
    assert ours.post(f"{at}/messages", 409, text="再说一句。")["code"] == "settlement.stopped"
    printed = theirs.client.get(f"{API}{at}/export.pdf?language=en")
    assert printed.content.startswith(b"%PDF")
