"""Grounds of a dispute: read, asked, chosen; and what to do where it is a mere opinion."""

from typing import Any

import pytest
from django.test import Client
from tests.stories.merchants import EXTORTION, merchant, review
from tests.stories.stage import Stage, refused, show_on_pages

from gongdao.domain.disputes.events import DisputeKind
from gongdao.domain.kernel.errors import BadInput, NotFound, Refused
from gongdao.storage.models import Account

OPINION = "颜色跟图片差太多，洗一次就掉色，不值这个价。"


def test_extortion_is_found_and_chosen_with_what_it_needs(fakes: Stage) -> None:
    ours, boss = merchant(fakes)
    dispute, judging = review(fakes, ours, boss), fakes.app.disputes.judging
    seen = judging.of(dispute, {}, boss)
    assert seen.verdict is not None
    first = seen.offered[0]
    assert (first.code, first.of_platform is not None) == ("extortion", True)
    assert first.found is not None
    assert "communication" in [need.kind.value for need in first.found.needs]
    passages = [EXTORTION[mark.start : mark.end] for mark in first.found.spans]
    assert any("返50" in each for each in passages)
    after = judging.choose(dispute, ["extortion"], boss)
    assert (after.dispute.grounds, after.against, after.is_opinion) == (("extortion",), (), False)
    assert after.dispute.found[0].ground == "extortion"


def test_one_may_choose_against_the_advice_and_that_is_noted(fakes: Stage) -> None:
    ours, boss = merchant(fakes)
    dispute, judging = review(fakes, ours, boss, text=OPINION), fakes.app.disputes.judging
    assert judging.of(dispute, {}, boss).is_opinion
    assert judging.choose(dispute, ["competitor"], boss).against == ("competitor",)
    answered = judging.choose(
        dispute, ["extortion"], boss, {"chat_demand": True, "fair_refund": False}
    )
    assert answered.against == ()
    none = judging.choose(dispute, [], boss)
    assert none.is_opinion
    assert none.dispute.judged
    assert none.dispute.is_open


def test_what_cannot_be_chosen_is_refused_and_strangers_find_nothing(fakes: Stage) -> None:
    ours, boss = merchant(fakes)
    dispute, stories = review(fakes, ours, boss), fakes.app.disputes
    with refused("eligibility.unknown_ground", BadInput):
        stories.judging.choose(dispute, ["opinion"], boss)
    with refused("eligibility.unknown_question", BadInput):
        stories.judging.of(dispute, {"weather": True}, boss)
    stranger = fakes.account("li_si")
    with refused("not_found", NotFound):
        stories.judging.of(dispute, {}, stranger)
    with refused("not_found", NotFound):
        stories.judging.choose(dispute, ["extortion"], stranger)
    stories.working.drop(dispute, "算了。", boss)
    with refused("dispute.ended", Refused):
        stories.judging.choose(dispute, ["extortion"], boss)


def test_other_kinds_have_the_grounds_that_the_platforms_pack_lists(fakes: Stage) -> None:
    ours, boss = merchant(fakes)
    judging = fakes.app.disputes.judging
    kinds = (DisputeKind.SANCTION, DisputeKind.COMPLAINT)
    sanction, complaint = (
        judging.of(review(fakes, ours, boss, "wechat", of=kind), {}, boss) for kind in kinds
    )
    pack = fakes.records.packs.at(sanction.dispute.pack)
    assert [each.code for each in sanction.offered] == [row.code for row in pack.violations]
    assert [each.code for each in complaint.offered] == [row.code for row in pack.complaints]
    assert sanction.verdict is None
    chosen = judging.choose(sanction.dispute.id, [sanction.offered[0].code], boss)
    assert (chosen.dispute.judged, chosen.against) == (True, ())


def _client(stage: Stage, person: Any, name: str, language: str) -> Client:
    account = Account.objects.create_user(f"{name}@shop.example", name=name, party_id=person)
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    return client


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-hans", ("文字里没有发现可申诉的理由", "公开回复", "没有：这是意见", "可以这样做")),
        (
            "en",
            ("In the words no ground was found", "Reply in public", "None: it is an", "Instead"),
        ),
    ],
)
def test_a_subjective_review_is_told_to_reply_instead(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch, language: str, said: tuple[str, ...]
) -> None:
    show_on_pages(postgres, monkeypatch)
    ours, boss = merchant(postgres)
    dispute = review(postgres, ours, boss, text=OPINION)
    client = _client(postgres, boss.person, "boss", language)
    url = f"/merchants/d/{dispute}/grounds/"
    page = client.get(url).content.decode()
    assert all(each in page for each in said[:3])
    assert client.post(url).status_code == 400
    assert client.post(url, {"none": "1"}).status_code == 302
    assert said[3] in client.get(url).content.decode()
    assert postgres.app.disputes.files.open(dispute, boss).now.judged
    api = f"/api/v1/disputes/{dispute}"
    got = client.post(f"{api}/eligibility", {"answers": {}}, content_type="application/json")
    assert got.status_code == 200, got.content
    assert [each["code"] for each in got.json()["instead"]] == ["reply", "talk", "service"]
    body, key = {"chosen": ["extortion"], "answers": {"chat_demand": True}}, "grounds-20261122-0001"
    for _ in range(2):
        chosen = client.post(
            f"{api}/grounds", body, content_type="application/json", HTTP_IDEMPOTENCY_KEY=key
        )
        assert chosen.status_code == 201
    assert chosen.json()["against"] == []
    stranger = _client(postgres, postgres.account("li_si").person, "stranger", language)
    assert stranger.get(url).status_code == 404
    for name, sent in (("eligibility", {"answers": {}}), ("grounds", {"chosen": []})):
        path = f"{api}/{name}"
        assert stranger.post(path, sent, content_type="application/json").status_code == 404


def test_marks_are_shown_beside_words_and_answers_are_kept_in_the_form(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_on_pages(postgres, monkeypatch)
    ours, boss = merchant(postgres)
    dispute = review(postgres, ours, boss)
    client = _client(postgres, boss.person, "boss", "zh-hans")
    page = client.get(f"/merchants/d/{dispute}/grounds/?q_chat_demand=yes").content.decode()
    assert "<mark>" in page
    assert 'href="#note-1"' in page
    assert 'name="q_chat_demand" value="yes"' in page
    assert "很可能成立" in page
    posted = client.post(
        f"/merchants/d/{dispute}/grounds/", {"ground": ["extortion"], "q_chat_demand": "yes"}
    )
    assert posted.status_code == 302
    assert "您选择了：利用差评敲诈勒索" in client.get(posted["Location"]).content.decode()


def test_texts_are_judged_over_http_without_an_account(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_on_pages(postgres, monkeypatch)
    sent = {"texts": [EXTORTION, OPINION]}
    got = Client().post("/api/v1/eligibility", sent, content_type="application/json")
    assert got.status_code == 200
    extortion, opinion = got.json()["results"]
    assert [each["ground"] for each in extortion["grounds"]] == ["extortion"]
    assert opinion["opinion"]
    assert got.json()["decides"] == "platform"
    empty = Client().post("/api/v1/eligibility", {"texts": [" "]}, content_type="application/json")
    assert empty.json()["code"] == "eligibility.empty"
