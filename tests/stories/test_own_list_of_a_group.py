"""A group's own list lets its owner look first; it deletes nothing, and silence lets appear."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from tests.fakes.clock import MONDAY
from tests.stories.posts_of import APP, BAD, MILD, WORST, hand_in, post, with_three_words
from tests.stories.stage import (
    Stage,
    refused,
    show_on_pages,
    stage_on_fakes,
    stage_on_postgres,
)

from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.screening import Lane
from gongdao.domain.screening.model import Source
from gongdao.domain.screening.posts import Level, Opinion, PostStage

OWN = "周末拼*團去爬山，報名找我。"
"""Nothing that the house's lists know; the owner's list has 拼团."""


@pytest.fixture
def house() -> Stage:
    return with_own_list(with_three_words(stage_on_fakes()))


def with_own_list(stage: Stage, words: str = "拼团\n的\nVIP") -> Stage:
    group = stage.app.owning.name("g-1", ["wang_wu"], "周末跑步群", 80, APP)
    stage.app.owning.set_tools(group.id, words, "", 0, stage.account("wang_wu"))
    return stage


def in_group(stage: Stage, text: str, author: str = "li_si", **more: Any) -> str:
    return hand_in(stage, text, author=author, place="g-1", **more)


def test_a_post_with_a_word_of_the_list_waits_for_the_owner_who_lets_it_appear(
    house: Stage,
) -> None:
    of = in_group(house, OWN)
    view = post(house, of)

    assert (view.lane, view.level, view.for_owner_alone) == (Lane.PUBLISH, Level.OWNER, True)
    assert view.until == house.clock() + timedelta(hours=4)
    (found,) = view.found
    assert (found.passage, found.source, found.category) == ("拼*團", Source.GROUP, None)
    assert found.name.zh == "本群自己的词表"
    assert house.told(CaseId(of), Reader.AUTHOR) == ["held_for_owner"]
    house.app.screening.looks.release(of, "", house.account("wang_wu"))
    assert post(house, of).stage is PostStage.RELEASED
    assert house.records.labels.counted() == []


def test_an_owner_who_does_not_look_holds_nothing_back(house: Stage) -> None:
    of, mild = in_group(house, OWN), in_group(house, MILD + OWN)
    wished = in_group(house, OWN, wish=house.clock() + timedelta(hours=9))

    house.tick(hours=4, minutes=1)
    assert [post(house, each).stage for each in (of, mild)] == [PostStage.APPEARED] * 2
    assert post(house, of).because == "time_came"
    assert post(house, wished).waits
    house.tick(hours=5)
    assert post(house, wished).stage is PostStage.APPEARED
    assert house.told(CaseId(of), Reader.AUTHOR) == ["held_for_owner"]


def test_the_owner_may_hand_it_to_the_reviewers_and_never_withholds_it(house: Stage) -> None:
    of, owner = in_group(house, OWN), house.account("wang_wu")
    ana = house.hire("ana", Role.REVIEWER)

    with refused("held.not_your_turn"):
        house.app.screening.looks.release(of, "", ana)
    house.app.screening.looks.pass_on(of, Opinion.UNSURE, "", owner)
    assert post(house, of).level is Level.DESK
    house.tick(days=3)
    assert post(house, of).because == "nobody_looked"


def test_what_is_graver_keeps_its_way_and_an_owners_own_post_does_not_wait(house: Stage) -> None:
    bad, worst = in_group(house, BAD + OWN), in_group(house, WORST + OWN)
    own = in_group(house, OWN, author="wang_wu")

    assert post(house, own).stage is PostStage.APPEARED
    assert [post(house, each).level for each in (bad, worst)] == [Level.OWNER, Level.DESK]
    assert not post(house, bad).for_owner_alone
    assert {e.source for e in post(house, worst).found} == {Source.LEXICON, Source.GROUP}
    house.tick(hours=5)
    assert post(house, bad).level is Level.DESK


@pytest.mark.parametrize("text", ["这是我们的路线。", "拼。团在哪里？", "vips 在这里", "爬山"])
def test_one_character_ends_of_sentences_and_parts_of_words_hold_nothing(
    house: Stage, text: str
) -> None:
    assert post(house, in_group(house, text)).stage is PostStage.APPEARED
    assert post(house, hand_in(house, OWN)).stage is PostStage.APPEARED  # in no group


def test_a_change_is_looked_at_with_the_list_as_it_is_now(house: Stage) -> None:
    of, posts = in_group(house, OWN), house.app.screening.posts
    group = post(house, of).group or ""
    house.app.owning.set_tools(group, "爬山", "", 0, house.account("wang_wu"))

    posts.edit(of, "ＶＩＰ去爬 山", house.account("li_si"))
    assert [each.passage for each in post(house, of).found] == ["爬 山"]
    posts.edit(of, "VIP", house.account("li_si"))
    assert post(house, of).stage is PostStage.APPEARED


@pytest.mark.django_db
def test_author_owner_and_reviewer_read_whose_list_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = with_own_list(with_three_words(stage_on_postgres(MONDAY)))
    show_on_pages(stage, monkeypatch)
    of = in_group(stage, OWN)
    group = post(stage, of).group

    def read(name: str, place: str, **sent: object) -> str:
        users, person = get_user_model().objects, stage.account(name).person
        assert person is not None
        account = users.filter(party_id=person).first() or users.create_user(
            f"{name}@example.org", name=name, party_id=person
        )
        client = Client()
        client.force_login(account)
        answer = client.post(place, sent) if sent else client.get(place)
        assert answer.status_code == 200
        return answer.content.decode()

    mine = read("li_si", f"/mine/posts/{of}/")
    assert "本群自己的词表" in mine
    assert "看上去像是" not in mine
    assert "拼*團" in read("wang_wu", f"/mine/groups/{group}/")
    tried = {"words": "拼团\n的", "slow_seconds": "0", "text": OWN, "try": "1"}
    page = read("wang_wu", f"/mine/groups/{group}/tools/", **tried)
    assert "<strong>" in page.split('role="status"')[1].split("拼团")[0]
    answer = stage.app.screening.looks.of_group(group or "", stage.account("wang_wu"))
    assert answer[0].found[0].score is None
