"""The pages of an organisation, in both languages: from the door to a colleague who joined."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from tests.fakes.clock import MONDAY
from tests.stories.merchants import colleague, merchant, review
from tests.stories.stage import Stage, show_on_pages, stage_on_postgres

from gongdao.domain.access.model import Caller

pytestmark = pytest.mark.django_db
SignIn = Callable[[Caller], Client]


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch, db: None) -> Stage:
    stage = stage_on_postgres(MONDAY)
    show_on_pages(stage, monkeypatch)
    return stage


@pytest.fixture
def sign_in() -> SignIn:
    def signed_in(caller: Caller) -> Client:
        client = Client(headers={"accept-language": "en"})
        account = get_user_model().objects.create_user(
            f"{caller.person}@example.org", name="somebody", party_id=caller.person
        )
        client.force_login(account)
        return client

    return signed_in


def test_from_the_door_to_a_colleague_who_joined(stage: Stage, sign_in: SignIn) -> None:
    assert "/accounts/login/?next=/merchants/" in Client().get("/merchants/").content.decode()
    boss, wang = stage.account("lao_ban"), stage.account("wang_wu")
    client, other = sign_in(boss), sign_in(wang)
    team = client.post("/merchants/found/", {"name": "青禾茶铺"}).headers["Location"]
    assert client.post("/merchants/found/", {"name": " "}).status_code == 400
    shown = client.post(f"{team}invite/", {"role": "agent"}).content.decode()
    [code] = set(re.findall(r"/merchants/join/([0-9A-Z-]{24})/", shown))
    assert code not in client.get(team).content.decode()
    asked = other.post("/merchants/join/", {"code": code.lower()}).headers["Location"]
    assert "青禾茶铺" in other.get(asked).content.decode()
    assert "/accounts/login/" in Client().get(asked).content.decode()
    assert other.post(asked, {"name": ""}).status_code == 400
    assert other.post(asked, {"name": "小王"}).headers["Location"] == team
    assert "小王" in client.get(team).content.decode()
    assert other.get(asked).status_code == 404
    last = client.post(f"{team}leave/")
    assert last.status_code == 409
    assert "last owner" in last.content.decode()
    assert other.post(f"{team}leave/").status_code == 302
    assert other.get(team).status_code == 404


def test_shops_duty_templates_and_the_audit(stage: Stage, sign_in: SignIn) -> None:
    ours, boss = merchant(stage)
    wang = colleague(stage, ours, boss, "小王")
    client, at = sign_in(boss), f"/merchants/o/{ours}"
    assert client.post(f"{at}/shops/", {"platform": "taobao", "name": "旗舰店"}).status_code == 302
    assert "旗舰店" in client.get(f"{at}/shops/").content.decode()
    roster = {"table": "Mon,09:00,18:00,小王", "responsible": str(boss.person)}
    assert client.post(f"{at}/duty/", roster).status_code == 302
    assert client.post(f"{at}/duty/", {**roster, "table": "Mon,9"}).status_code == 400
    kept = {"title": "本店用", "text": "订单{order}，见证据。", "kinds": ["review"]}
    assert client.post(f"{at}/templates/", kept).status_code == 302
    assert client.post(f"{at}/templates/", {**kept, "kinds": []}).status_code == 400
    assert "本店用" in client.get(f"{at}/templates/").content.decode()
    audit = client.get(f"{at}/audit/").content.decode()
    assert "Kept a template" in audit
    for page in ("team", "shops", "duty", "templates", "flags", "audit"):
        chinese = client.get(f"{at}/{page}/", headers={"accept-language": "zh-hans"})
        assert chinese.status_code == 200
        assert not re.search(r"<h1>[A-Za-z ]+</h1>", chinese.content.decode())
    assert sign_in(wang).get(f"{at}/audit/").status_code == 409


def test_a_dispute_is_given_noted_and_its_buyer_flagged(stage: Stage, sign_in: SignIn) -> None:
    ours, boss = merchant(stage)
    wang = colleague(stage, ours, boss, "小王")
    dispute = review(stage, ours, boss, other_side="momo_88")
    client, at = sign_in(boss), f"/merchants/d/{dispute}"
    assert client.post(f"{at}/team/", {"person": str(wang.person)}).status_code == 302
    assert client.post(f"{at}/team/note/", {"text": "先核对物流。"}).status_code == 302
    flag = {"reason": "extortion", "days": "30", "note": ""}
    assert client.post(f"{at}/flag/", flag).status_code == 400
    assert client.post(f"{at}/flag/", {**flag, "confirmed": "on"}).status_code == 302
    page = client.get(f"{at}/").content.decode()
    assert "小王 works on it." in page
    assert "先核对物流。" in page
    assert "Asked for something extra" in page
    flags = client.get(f"/merchants/o/{ours}/flags/").content.decode()
    assert "momo_88" in flags
    [held] = re.findall(r'name="flag" value="([0-9a-f-]+)"', flags)
    assert client.post(f"/merchants/o/{ours}/flags/end/", {"flag": held}).status_code == 302
    assert "momo_88" not in client.get(f"/merchants/o/{ours}/flags/").content.decode()
