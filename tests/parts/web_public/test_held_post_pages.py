"""The pages of texts that wait, over HTTP: for their author, a group's owner and the desk."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from tests.fakes.clock import MONDAY
from tests.stories.http_teller import API, HttpTeller, Program
from tests.stories.posts_of import APP, BAD, CLEAN, MILD, WORST, hand_in, post, with_three_words
from tests.stories.stage import INSULT, REASONS, Stage, show_on_pages, stage_on_postgres

from gongdao.domain.flows import handing_in, post_looks
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.screening.posts import PostStage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch, db: None) -> Stage:
    stage = with_three_words(stage_on_postgres(MONDAY))
    show_on_pages(stage, monkeypatch)
    return stage


def signed_in(person: PersonId | None) -> Client:
    client = Client()
    assert person is not None
    users = get_user_model().objects
    account = users.filter(party_id=person).first() or users.create_user(
        f"{person}@example.org", name="somebody", party_id=person
    )
    client.force_login(account)
    return client


def read(client: Client, place: str, status: int = 200) -> str:
    answer = client.get(place)
    assert answer.status_code == status
    return answer.content.decode()


def test_an_author_sees_when_and_why_edits_and_takes_back(stage: Stage) -> None:
    of, other = hand_in(stage, MILD, reference="draft-7"), hand_in(stage, BAD)
    mine, stranger = (
        signed_in(stage.account("li_si").person),
        signed_in(stage.account("zhao").person),
    )

    assert "draft-7" in read(mine, "/mine/posts/")
    there = f"/mine/posts/{of}/"
    page = read(mine, there)
    assert "笨手笨脚" in page
    assert "辱骂或歧视" in page
    assert "precision" not in page
    assert "(plain)" not in page  # nothing of the list itself
    read(stranger, there, 404)
    assert stranger.post(f"{there}taken-back/", {"version": 1}).status_code == 404
    assert mine.post(there, {"text": " ", "version": 1}).status_code == 400
    assert mine.post(there, {"text": CLEAN, "version": 9}).status_code == 409
    assert mine.post(there, {"text": CLEAN, "version": 1}).status_code == 302
    assert post(stage, of).stage is PostStage.APPEARED
    assert mine.post(f"/mine/posts/{other}/taken-back/", {"version": 1}).status_code == 302
    assert mine.post(f"/mine/posts/{other}/taken-back/", {"version": 1}).status_code == 302
    assert post(stage, other).stage is PostStage.TAKEN_BACK
    inbox = read(mine, "/mine/inbox/")
    assert "draft-7" in inbox


def test_an_owner_looks_on_the_page_of_the_group(stage: Stage) -> None:
    group = stage.app.owning.name("g-1", ["wang_wu"], "周末跑步群", 80, APP).id
    first, second = hand_in(stage, BAD, place="g-1"), hand_in(stage, BAD, place="g-1")
    owner, stranger = (signed_in(stage.account(n).person) for n in ("wang_wu", "li_si"))
    there = f"/mine/groups/{group}/"

    page = read(owner, there)
    assert page.count("蠢如木头") >= 2
    assert "(plain)" not in page
    assert "80" not in page.split("posts-title")[1].split("waiting-title")[0]  # no score
    assert stranger.post(f"{there}posts/{first}/", {"do": "release"}).status_code == 404
    assert owner.post(f"{there}posts/{first}/", {"do": "withhold"}).status_code == 404
    assert (
        owner.post(f"{there}posts/{first}/", {"do": "release", "version": "1"}).status_code == 302
    )
    assert owner.post(f"{there}posts/{first}/", {"do": "release"}).status_code == 302
    assert owner.post(f"{there}posts/{second}/", {"do": "pass_on"}).status_code == 302
    assert post(stage, first).stage is PostStage.RELEASED
    assert str(post(stage, second).level) == "desk"


def test_the_desk_releases_withholds_and_asks_another_person(stage: Stage) -> None:
    fine, bad, worst = hand_in(stage, BAD), hand_in(stage, BAD), hand_in(stage, WORST)
    ana = signed_in(stage.hire("ana", Role.REVIEWER).person)
    stranger = signed_in(stage.account("li_si").person)
    there = "/desk/screening/"

    assert read(ana, there).count("data-queue-item") == 3
    read(stranger, there, 404)
    read(stranger, f"{there}{fine}/", 404)
    page = read(ana, f"{there}{bad}/")
    assert '<mark class="found">蠢如木头' in page
    assert "蠢如木头 (plain)" in page
    assert "80" in page
    said = {"release-version": 1, "do": "release"}
    assert ana.post(f"{there}{fine}/", said).status_code == 302
    assert ana.post(f"{there}{fine}/", said).status_code == 409
    empty = ana.post(f"{there}{bad}/", {"do": "withhold", "withhold-version": 1})
    assert empty.status_code == 400
    why = {"clause": INSULT, "findings": "这句话是指着对方说的。", "reasons": REASONS, "version": 1}
    sent = {f"withhold-{name}": value for name, value in why.items()}
    assert ana.post(f"{there}{bad}/", {"do": "withhold", **sent}).status_code == 302
    assert post(stage, bad).stage is PostStage.WITHHELD
    assert "release-note" not in read(ana, f"{there}{worst}/")  # two people
    opinion = {"do": "pass_on", "pass_on-version": 1, "pass_on-opinion": "withhold"}
    assert ana.post(f"{there}{worst}/", opinion).status_code == 302
    assert '<form method="post" data-step' not in read(ana, f"{there}{worst}/")
    author = read(stranger, f"/mine/posts/{bad}/")
    assert f"/mine/{post(stage, bad).case}/" in author


def test_what_comes_a_moment_too_late_is_not_lost(stage: Stage) -> None:
    of = hand_in(stage, BAD)
    ana = signed_in(stage.hire("ana", Role.REVIEWER).person)
    me = signed_in(stage.account("li_si").person)
    there, mine = f"/desk/screening/{of}/", f"/mine/posts/{of}/"
    why = {"clause": INSULT, "findings": "指着对方说的话。", "reasons": REASONS, "version": 1}
    sent = {"do": "withhold", **{f"withhold-{name}": value for name, value in why.items()}}

    stage.app.screening.posts.edit(of, f"{BAD}真的。", stage.account("li_si"))
    late = ana.post(there, sent)
    page = late.content.decode()
    assert late.status_code == 409
    assert "真的。" in page
    assert REASONS in page
    assert 'name="withhold-version" value="2"' in page  # of what the page shows now
    stage.tick(days=3)
    late = ana.post(there, {**sent, "withhold-version": 2})
    assert late.status_code == 409
    assert REASONS in late.content.decode()
    late = me.post(mine, {"text": "改得太晚的一句。", "version": 2})
    assert late.status_code == 409
    assert "改得太晚的一句。" in late.content.decode()
    assert post(stage, of).stage is PostStage.APPEARED


def test_the_desk_and_authors_turn_pages(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post_looks, "_PAGE", 2)
    monkeypatch.setattr(handing_in, "MINE_SHOWN", 2)
    monkeypatch.setattr("gongdao.web.screening.mine.MINE_SHOWN", 2)
    posts = [hand_in(stage, BAD) for _ in range(3)]
    ana = signed_in(stage.hire("ana", Role.REVIEWER).person)
    me = signed_in(stage.account("li_si").person)

    page = read(ana, "/desk/screening/")
    assert page.count("data-queue-item") == 2
    assert f"?after={posts[1]}" in page
    page = read(ana, f"/desk/screening/?after={posts[1]}")
    assert page.count("data-queue-item") == 1
    assert "pager-older" not in page
    assert f"/desk/screening/{posts[0]}/" in read(ana, f"/desk/screening/{posts[2]}/")
    page = read(me, "/mine/posts/")
    assert f"?before={posts[1]}" in page
    assert posts[0] in read(me, f"/mine/posts/?before={posts[1]}")
    other = signed_in(stage.account("zhao").person)
    read(other, f"/mine/posts/?before={posts[1]}", 404)
    read(ana, "/desk/screening/?after=%00", 404)


def test_the_app_hands_in_reads_lists_edits_and_takes_back() -> None:
    app = HttpTeller().app

    def send(place: str, body: object, status: int) -> dict[str, object]:
        answer = app.client.post(f"{API}{place}", body, content_type="application/json")
        assert answer.status_code == status, answer.content
        found: dict[str, object] = json.loads(answer.content)
        return found

    given = {"author": "li_si", "text": "加我微信看福利", "reference": "draft-1"}
    made = send("/screening/posts", given, 201)
    assert (made["lane"], made["state"], made["level"]) == ("delay", "waiting", "clock")
    assert made["appears_at"] == made["appears_by"] is not None
    assert send("/screening/posts", given, 409)["code"] == "held.waits_already"
    there = f"/screening/posts/{made['id']}"
    assert (
        send(f"{there}/edited", {"text": "周末爬山", "version": 7}, 409)["code"] == "held.moved_on"
    )
    assert send(f"{there}/edited", {"text": "周末一起去爬山吧。"}, 200)["state"] == "appeared"
    second = send("/screening/posts", {**given, "reference": "draft-2"}, 201)
    gone = send(f"/screening/posts/{second['id']}/taken-back", {}, 200)
    assert gone["state"] == "taken_back"
    page = app.client.get(f"{API}/screening/posts?limit=1").json()
    assert [each["id"] for each in page["posts"]] == [second["id"]]
    rest = app.client.get(f"{API}/screening/posts?cursor={page['cursor']}").json()
    assert [each["id"] for each in rest["posts"]] == [made["id"]]
    assert rest["cursor"] is None
    for cursor in ("x", "00000000-0000-7000-8000-000000000000", "%00"):
        wrong = app.client.get(f"{API}/screening/posts?cursor={cursor}")
        assert (wrong.status_code, wrong.json()["code"]) == (400, "page.broken_cursor")
    long = send("/screening/posts", {**given, "text": "长" * 30_000}, 400)
    assert long["code"] == "held.too_long"
    assert send("/screening/posts", {**given, "text": "长" * 1_000_000}, 413)
    odd = app.client.post(
        f"{API}/screening/posts", b'{"text": "\xff"}', content_type="application/json"
    )
    assert odd.status_code == 400
    assert Program().client.get(f"{API}{there}").status_code == 404


def test_a_day_that_is_full_is_refused_with_when_the_next_text_fits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage = with_three_words(stage_on_postgres(MONDAY), posts_per_day=lambda _: 1)
    show_on_pages(stage, monkeypatch)
    app = HttpTeller().app
    answers = [
        app.client.post(
            f"{API}/screening/posts",
            {"author": "li_si", "text": CLEAN, "reference": f"draft-{n}"},
            content_type="application/json",
        )
        for n in (1, 2)
    ]
    assert [each.status_code for each in answers] == [201, 429]
    assert answers[1]["Retry-After"] == "86400"
    problem = answers[1].json()
    assert problem["code"] == "held.day_is_full"
    assert "24 " in problem["hint"]  # in the language that was asked for
