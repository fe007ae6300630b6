"""The page of a dispute, for its members alone, in both languages."""

import pytest
from django.test import Client
from tests.stories.merchants import EXTORTION, merchant, review
from tests.stories.stage import Stage, refused, show_on_pages

from gongdao.domain.disputes.model import DisputeStage
from gongdao.domain.kernel.errors import BadInput, Refused
from gongdao.domain.kernel.ids import PersonId
from gongdao.storage.models import Account


def signed_in(person: PersonId | None, name: str = "boss", language: str = "en") -> Client:
    """A browser in which a party is signed in."""
    account = Account.objects.create_user(f"{name}@shop.example", name=name, party_id=person)
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    return client


def test_one_gives_it_up_and_takes_it_up_again(stage: Stage) -> None:
    ours, boss = merchant(stage)
    dispute = review(stage, ours, boss, order="A1", stars=1)
    stories = stage.app.disputes
    told = stories.files.told(dispute, boss)
    assert (told.text, told.order, told.stars) == (EXTORTION, "A1", 1)
    stories.working.drop(dispute, "只是意见。", boss)
    with refused("dispute.ended", Refused):
        stories.working.change(dispute, told, boss)
    stories.working.spend(dispute, 12, "work", boss)
    with refused("dispute.bad_minutes", BadInput):
        stories.working.spend(dispute, 0, "work", boss)
    with refused("dispute.no_words", BadInput):
        stories.working.reopen(dispute, " ", boss)
    stories.working.reopen(dispute, "找到了聊天记录。", boss)
    with refused("dispute.is_open", Refused):
        stories.working.reopen(dispute, "再来。", boss)
    view = stories.files.open(dispute, boss)
    assert (view.now.stage, view.now.minutes) == (DisputeStage.PREPARING, 12)
    kinds = [each.kind for each in view.timeline]
    assert kinds[-1] == "dispute.reopened"
    assert view.timeline[-1].text == "找到了聊天记录。"
    assert all(len(each.leaf) == 64 for each in view.timeline)
    later = review(stage, ours, boss, order="A1")
    assert [each.id for each in stories.files.open(later, boss).same_order] == [dispute]


def test_the_page_says_where_it_stands_and_what_comes_next(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_on_pages(postgres, monkeypatch)
    ours, boss = merchant(postgres)
    dispute = review(postgres, ours, boss, order="2026110100001", stars=1)
    client = signed_in(boss.person)
    page = client.get(f"/merchants/d/{dispute}/").content.decode()
    assert "In preparation: nothing was filed yet" in page
    assert "2026110100001" in page
    assert EXTORTION in page
    chinese = client.get(f"/merchants/d/{dispute}/", headers={"accept-language": "zh-hans"})
    assert "准备中" in chinese.content.decode()
    stranger = signed_in(postgres.account("li_si").person, "stranger")
    assert stranger.get(f"/merchants/d/{dispute}/").status_code == 404
    wrong = client.post(f"/merchants/d/{dispute}/facts/", {"noticed": "yesterday"})
    assert wrong.status_code == 400
    right = {"noticed": "2026-01-02", "order": "B2", "amount": "128.50", "text": "差评。"}
    assert client.post(f"/merchants/d/{dispute}/facts/", right).status_code == 302
    facts = postgres.app.disputes.files.open(dispute, boss).now.facts
    assert (facts.amount_fen, facts.stars) == (12850, None)
    assert client.post(f"/merchants/d/{dispute}/do/drop/", {"words": ""}).status_code == 302
    assert client.post(f"/merchants/d/{dispute}/do/drop/", {"words": ""}).status_code == 400
    assert client.post(f"/merchants/d/{dispute}/do/other/").status_code == 404
    assert stranger.post(f"/merchants/d/{dispute}/do/reopen/", {"words": "x"}).status_code == 404
