"""Credibility over HTTP: one's own page, the record of a reporter at the desk, and as JSON."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.stories.stage import Stage, show_on_pages
from tests.stories.test_cried_wolf import WHY, cried, limited

from gongdao.domain.access.model import Caller
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import PersonId
from gongdao.storage.models import Account

pytestmark = pytest.mark.django_db


def signed_in(who: Caller, name: str) -> Client:
    """A browser of somebody; who has no sign-in yet gets one."""
    person = who.person or ""
    account = Account.objects.filter(party_id=person).first()
    if account is None:
        email = f"{name}@example.org"
        account = Account.objects.create_user(email, name=name, roles=[], party_id=person)
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def test_the_pages_of_credibility(postgres: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    show_on_pages(postgres, monkeypatch)
    ana, wolf = postgres.hire("ana", Role.REVIEWER), postgres.account("wang_wu_secret")
    mine, desk = signed_in(wolf, "wolf"), signed_in(ana, "ana")
    assert "like every newcomer" in text(mine, "/mine/credibility/")

    last = cried(postgres, wolf, ana, 3)[-1]
    page = f"/desk/{last.case}/reporters/1/"
    assert "enough for a warning" in text(desk, page)
    assert "wang_wu" not in text(desk, page)
    empty = desk.post(page, {"step": "warn", "warn-words": " "})
    assert (empty.status_code, "To mend" in empty.content.decode()) == (400, True)
    assert desk.post(page, {"step": "warn", "warn-words": WHY}).status_code == 302
    odd = {"step": "limit", "limit-gravity": WHY, "limit-intention": WHY, "limit-words": WHY}
    refused = desk.post(page, {**odd, "limit-days": 7})
    assert "The warning helped" in refused.content.decode()
    postgres.clock.pass_(hours=1)
    last = cried(postgres, wolf, ana)[-1]
    page = f"/desk/{last.case}/reporters/1/"
    assert desk.post(page, {**odd, "limit-days": 31}).status_code == 400
    assert desk.post(page, {**odd, "limit-days": 7}).status_code == 302
    kept = postgres.report(wolf)
    assert "set aside" in text(mine, f"/mine/{kept.case}/")
    seen = text(mine, "/mine/credibility/")
    assert "1 report is set aside" in seen


def test_after_the_measure_ones_own_word_is_enough(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_on_pages(postgres, monkeypatch)
    ana, wolf = postgres.hire("ana", Role.REVIEWER), postgres.account("wang_wu_secret")
    mine, desk = signed_in(wolf, "wolf"), signed_in(ana, "ana")
    last = limited(postgres, wolf, ana)
    kept = [postgres.report(wolf) for _ in range(5)]
    page, own = f"/desk/{last.case}/reporters/1/", "/mine/credibility/"
    until = postgres.clock() + timedelta(days=14)
    assert f"is over on {until.day} March" in text(mine, f"/mine/{kept[0].case}/")
    early = mine.post(own, {"take_up": ""}, follow=True)
    assert "The measure is in force" in early.content.decode()
    postgres.tick(days=14)
    assert text(mine, own).count("Have it looked at") == 5
    track = f"/track/{kept[0].code}/"
    nobody = Client(headers={"accept-language": "en"})
    assert "Have it looked at now" in text(nobody, track)
    for _ in range(2):
        assert nobody.post(f"{track}take-up/", follow=True).redirect_chain == [(track, 302)]
    assert mine.post(own, {"take_up": kept[1].case}).status_code == 302
    assert mine.post(own, {"take_up": "x"}).status_code == 404
    by_code = f"/api/v1/receipts/{kept[2].code}/take-up"
    assert Client().post(by_code, {}, content_type="application/json").status_code == 200
    assert "Take all of them up" in text(desk, page)
    assert desk.post(f"{page}revive/", {"aside": kept[3].case}).status_code == 302
    assert desk.post(f"{page}revive/", {}).status_code == 302
    assert [postgres.sees(each).stage for each in kept] == ["received"] * 5
    empty = mine.post("/api/v1/standing/credibility/take-up", {}, content_type="application/json")
    assert empty.json()["type"] == "urn:gongdao:misuse.nothing_aside"


def test_the_pages_of_an_appeal(postgres: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    show_on_pages(postgres, monkeypatch)
    ana, bo = postgres.hire("ana", Role.REVIEWER), postgres.hire("bo", Role.REVIEWER)
    wolf = postgres.account("wang_wu_secret")
    mine, desk, second = signed_in(wolf, "wolf"), signed_in(ana, "ana"), signed_in(bo, "bo")
    last = limited(postgres, wolf, ana)
    kept = postgres.report(wolf)
    about = postgres.records.misuses.of(PersonId(wolf.person or ""))
    assert about is not None
    measure = about.now.measures[0].id
    grounds = {"about": measure, "object-words": "我的举报是真的，请看截图。"}
    assert mine.post("/mine/credibility/", grounds).status_code == 302
    assert mine.post("/mine/credibility/", {**grounds, "about": "x"}).status_code == 404
    assert "我的举报是真的" in text(second, "/desk/objections/")
    decision = {"about": measure, f"{measure}-words": WHY, "outcome": "overturn"}
    refused = desk.post("/desk/objections/", decision)
    assert "Somebody else must hear" in refused.content.decode()
    assert second.post("/desk/objections/", decision).status_code == 302
    assert postgres.sees(kept).stage == "received"
    assert "Overturned on your appeal" in text(mine, "/mine/credibility/")
    for path in (
        f"/desk/{last.case}/reporters/1/",
        "/desk/objections/",
        f"/desk/{last.case}/reporters/9/",
    ):
        assert mine.get(path).status_code == 404
    inbox = text(mine, "/mine/inbox/")
    assert "The measure on your reports has ended" in inbox


def test_the_same_as_json(postgres: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    show_on_pages(postgres, monkeypatch)
    ana, wolf = postgres.hire("ana", Role.REVIEWER), postgres.account("wang_wu_secret")
    last = limited(postgres, wolf, ana)
    kept = postgres.report(wolf)
    mine, desk = signed_in(wolf, "wolf"), signed_in(ana, "ana")
    own = mine.get("/api/v1/standing/credibility").json()
    assert (own["counts"]["manifestly_unfounded"], own["set_aside"]) == (4, 1)
    assert [each["kind"] for each in own["measures"]] == ["measure", "warning"]
    answer = desk.get(f"/api/v1/cases/{last.case}/reporters/1/credibility")
    seen = answer.json()
    assert seen["credibility"]["limited"] is True
    assert [each["case"] for each in seen["credibility"]["aside"]] == [kept.case]
    assert "wang_wu" not in answer.content.decode()
    assert str(wolf.person) not in answer.content.decode()
    code = {"X-Case-Code": kept.code}
    assert Client(headers=code).get("/api/v1/standing/credibility").status_code == 404
