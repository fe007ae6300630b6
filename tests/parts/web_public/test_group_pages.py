"""The owner's pages: their own groups alone, and never a trace of who reported, or when."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from tests.fakes.clock import MONDAY
from tests.stories.stage import Stage, show_on_pages, stage_on_postgres

from gongdao.domain.access.model import Caller
from gongdao.domain.flows.reporting import Receipt
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import PersonId

pytestmark = pytest.mark.django_db

WORDS = "我在北门看见他这样骂人"


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch, db: None) -> Stage:
    stage = stage_on_postgres(MONDAY)
    show_on_pages(stage, monkeypatch)
    return stage


def sign_in(client: Client, person: PersonId | None) -> Client:
    account = get_user_model().objects.create_user(
        f"{person}@example.org", name="somebody", party_id=person
    )
    client.force_login(account)
    return client


def in_group(stage: Stage) -> tuple[str, Receipt]:
    app = Caller(None, frozenset({Role.APP}))
    made = stage.app.owning.name("g-1", ["wang_wu"], "周末跑步群", 80, app)
    reporter = stage.account("qian_qi")
    receipt = stage.report(
        reporter, group="g-1", statement=WORDS, snapshot="qian_qi 你真是个废物。"
    )
    stage.tick(hours=24, minutes=7)  # at a minute of its own, so that times tell apart
    return made.id, receipt


def test_an_owner_answers_on_the_page_and_the_desk_shows_it(client: Client, stage: Stage) -> None:
    group, receipt = in_group(stage)
    sign_in(client, stage.account("wang_wu").person)
    (task,) = stage.app.owning.tasks(group, stage.account("wang_wu"))
    there = f"/mine/groups/{group}/"

    assert "周末跑步群" in client.get("/mine/groups/").content.decode()
    assert "废物" in client.get(there).content.decode()
    wrong = client.post(f"{there}{task.ref}/", {f"{task.ref}-note": "看过了"})
    assert wrong.status_code == 400
    assert "看过了" in wrong.content.decode()
    sent = {f"{task.ref}-action": "warned", f"{task.ref}-note": "已提醒他。"}
    assert client.post(f"{there}{task.ref}/", sent).status_code == 302
    assert client.post(f"{there}{task.ref}/", sent).status_code == 302  # pressed twice

    desk = Client()
    stage.hire("ana", Role.REVIEWER)
    desk.force_login(get_user_model().objects.get(email="ana@staff.example"))
    assert "已提醒他。" in desk.get(f"/desk/{receipt.case}/").content.decode()
    table = client.get(f"{there}duty.csv").content.decode()
    assert "warned" in table
    assert "已提醒他。" not in table


def test_no_page_and_no_answer_of_the_api_tells_who_reported(client: Client, stage: Stage) -> None:
    group, receipt = in_group(stage)
    sign_in(client, stage.account("wang_wu").person)
    api = f"/api/v1/owner/groups/{group}"
    places = [
        "/mine/", "/mine/inbox/", "/mine/groups/", f"/mine/groups/{group}/", f"{api}/tasks",
        f"/mine/groups/{group}/tools/", f"/mine/groups/{group}/duty/", f"{api}/duty",
        f"/mine/groups/{group}/duty.csv", "/api/v1/owner/groups", "/api/v1/notices",
    ]  # fmt: skip
    case = stage.case(receipt.case)
    opened = case.opened_at
    secret = ["qian_qi", WORDS, receipt.case, receipt.report, receipt.code, case.reporters[0]]
    secret += [f"{opened:%H:%M:%S}", f"T{opened:%H:%M}", receipt.leaf]
    for language in ("zh-hans", "en"):
        for place in places:
            answer = client.get(place, headers={"Accept-Language": language})
            assert answer.status_code == 200, place
            shown = answer.content.decode()
            assert not [word for word in secret if word in shown], place


def test_a_stranger_finds_no_group(client: Client, stage: Stage) -> None:
    group, _ = in_group(stage)
    (task,) = stage.app.owning.tasks(group, stage.account("wang_wu"))
    assert client.get("/mine/groups/").headers["Location"].startswith("/accounts/login/")
    sign_in(client, stage.account("li_si").person)
    there = f"/mine/groups/{group}/"

    assert "周末跑步群" not in client.get("/mine/groups/").content.decode()
    for place in ("", "tools/", "duty/", "duty.csv"):
        assert client.get(f"{there}{place}").status_code == 404
    assert client.post(f"{there}{task.ref}/", {f"{task.ref}-action": "warned"}).status_code == 404
    assert client.post(f"{there}tools/", {"slow_seconds": "0"}).status_code == 404


def test_tools_are_tried_and_saved(client: Client, stage: Stage) -> None:
    group, _ = in_group(stage)
    owner = stage.account("wang_wu")
    sign_in(client, owner.person)
    there = f"/mine/groups/{group}/tools/"
    given = {"words": "VX加我\n代购", "questions": "您从哪里来？", "slow_seconds": "30"}

    tried = client.post(there, {**given, "text": "要的ｖｘ加我", "try": "1"}).content.decode()
    assert "VX加我" in tried.rpartition('role="status"')[2]
    assert stage.app.owning.group(group, owner).words == ()
    assert client.post(there, {**given, "save": "1"}).status_code == 302
    assert stage.app.owning.group(group, owner).words == ("VX加我", "代购")
    wrong = client.post(there, {**given, "words": "字" * 41, "save": "1"})
    assert wrong.status_code == 400
    assert stage.app.owning.group(group, owner).slow_seconds == 30
