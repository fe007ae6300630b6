"""A firm, the roster and a calendar feed on their pages, from the application to the proof."""

import re
from typing import Any

import icalendar
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.parts.web_desk.at_the_desk import page
from tests.parts.web_desk.conftest import SignIn
from tests.stories.files_of import PNG, sent
from tests.stories.stage import Stage
from tests.stories.test_firms import NUMBER

from gongdao.storage.models import Account
from gongdao.storage.rebuild import differences

APPLY = {
    "name": "北京示例有限公司",
    "number": NUMBER,
    "representative": "王五",
    "signature": "王五",
    "agreed": "on",
}


def account(stage: Stage, name: str) -> Client:
    """Somebody with an account of the app who signs in here."""
    party = stage.records.parties.by_account(name)
    made = Account.objects.create_user(f"{name}@example.org", name=name, party_id=party)
    client = Client(headers={"accept-language": "en"})
    client.force_login(made)
    return client


def licence() -> SimpleUploadedFile:
    return SimpleUploadedFile("licence.png", PNG, "image/png")


def test_a_firm_applies_is_checked_and_answers_at_level_2(
    stage: Stage, sign_in: SignIn, ana: Client
) -> None:
    shop = account(stage, "li_si")
    assert "legal representative" in page(shop, "/mine/firm/").lower()
    wrong = shop.post("/mine/firm/", {**APPLY, "number": NUMBER[:-1] + "X", "file": licence()})
    assert (wrong.status_code, "firm.bad_number" in wrong.content.decode()) == (400, True)
    assert shop.post("/mine/firm/", {**APPLY, "file": licence()}).status_code == 302
    listed = page(ana, "/desk/firms/")
    assert "too few to tell" in listed
    (firm,) = set(re.findall(r"/desk/firms/([\w-]+)/", listed))
    assert NUMBER in page(ana, f"/desk/firms/{firm}/")
    words = {"words": "执照与公示信息一致。"}
    assert ana.post(f"/desk/firms/{firm}/", {"do": "accept", **words}).status_code == 302
    for given in ({"what": "hours", "minutes": "120"}, {"what": "passed"}):
        sent = {"record": "1", "words": "线上证书", **given}
        assert ana.post(f"/desk/firms/{firm}/", sent).status_code == 302
    bad = ana.post(f"/desk/firms/{firm}/", {"record": "1", "what": "deposit", "words": "x"})
    assert "firm.bad_amount" in bad.content.decode()
    assert "Your cases may use the lane" in page(shop, "/mine/firm/")
    entered = {"tier": "l2", "received": "2026-03-02 08:30", "words": "12315 转来：耳机无声。"}
    made = shop.post("/mine/firm/complaints/new/", entered)
    assert made.status_code == 302, made.content.decode()
    shown = page(shop, made["Location"])
    duty = re.findall(r'name="duty" value="([\w-]+)"', shown)[0]
    assert shop.post(made["Location"], {"duty": duty, "words": ""}).status_code == 400
    proof = {"duty": duty, "words": "视频已发送", "file": licence()}
    assert shop.post(made["Location"], proof).status_code == 302
    assert "视频已发送" in page(shop, made["Location"])
    assert page(ana, made["Location"], 404)
    assert page(sign_in("ou"), f"/desk/firms/{firm}/", 404)
    assert list(differences(stage.app.reweighing.weighing)) == []
    (notice,) = set(re.findall(r"/mine/inbox/([\w-]+)/", page(shop, "/mine/inbox/")))
    assert 'href="/mine/firm/"' in page(shop, f"/mine/inbox/{notice}/")


def test_the_roster_is_set_shown_and_a_complaint_taken(
    stage: Stage, sign_in: SignIn, ana: Client
) -> None:
    chief = sign_in("cy")
    assert "There is no roster yet" in page(ana, "/desk/duty/")
    table = {"responsible": "cy", "table": "Mon,09:00,18:00,ana\nMon,18:00,24:00,zoe\n"}
    wrong = chief.post("/desk/duty/roster/", table)
    assert (wrong.status_code, "roster.unknown_person" in wrong.content.decode()) == (400, True)
    table["table"] = "Mon,09:00,18:00,ana\nMon,18:00,24:00,bo\n"
    assert chief.post("/desk/duty/roster/", table).status_code == 302
    assert ana.post("/desk/duty/roster/", table).status_code == 404
    assert ana.post("/desk/duty/note/", {"words": "明早 12315 来电。"}).status_code == 302
    board = page(ana, "/desk/duty/")
    assert "ana is on duty until" in board
    assert "Nobody is on duty" in board
    assert "from-18 wide-18" in board
    made = ana.post(
        "/desk/duty/complaints/new/",
        {"tier": "l1", "received": "2026-03-02 08:30", "words": "网信办转办。"},
    )
    assert ana.post(made["Location"], {"take": "1"}).status_code == 302
    assert "ana sees to it" in page(ana, "/desk/duty/")
    assert page(account(stage, "li_si"), "/desk/duty/", 404)


def test_a_calendar_address_is_shown_once_and_revoked(stage: Stage) -> None:
    li_si = account(stage, "li_si")
    made = li_si.post("/mine/calendar/").content.decode()
    (path,) = re.findall(r"(/calendar/[\w-]+\.ics)", made)
    assert path not in page(li_si, "/mine/calendar/")
    answer = Client().get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert icalendar.Calendar.from_ical(answer.content).walk("VEVENT") == []
    assert Client().get("/calendar/guessed.ics").status_code == 404
    for _ in range(30):
        last = Client().get(path)
    assert (last.status_code, "Retry-After" in last.headers) == (429, True)
    li_si.post("/mine/calendar/", {"revoke": "1"})
    assert "You have no address yet" in page(li_si, "/mine/calendar/")


def test_the_api_says_the_same(stage: Stage, ana: Client) -> None:
    shop = account(stage, "li_si")

    def ask(client: Client, method: str, path: str, **body: object) -> tuple[int, Any]:
        send = getattr(client, method)
        given = {"data": body, "content_type": "application/json"} if method != "get" else {}
        answer = send(f"/api/v1/{path}", **given)
        return answer.status_code, answer.json()

    assert ask(shop, "get", "firm") == (200, None)
    given = {k: v for k, v in APPLY.items() if k != "agreed"}
    token = sent(stage)
    status, made = ask(shop, "post", "firm", **given, agreed=True, upload=token)
    assert status == 201, made
    reasons = {"accept": True, "reasons": "执照与公示信息一致。"}
    assert ask(shop, "post", f"firms/{made['id']}/decision", **reasons)[0] == 404
    assert ask(ana, "post", f"firms/{made['id']}/decision", **reasons)[0] == 200
    _, mine = ask(shop, "get", "firm")
    assert (mine["stage"], mine["missing"]) == ("verified", ["hours", "exam"])
    _, entered = ask(shop, "post", "firm/complaints", tier="l3", about="发货慢。")
    (shown,) = ask(shop, "get", "firm/complaints")[1]["complaints"]
    duty = f"firm/complaints/{entered['id']}/duties/{shown['duties'][0]['id']}"
    assert ask(shop, "post", duty, proof="邮件 10:20 已发")[0] == 200
    assert not ask(shop, "get", "firm/complaints")[1]["complaints"][0]["open"]
    assert ask(ana, "get", "duty")[1]["on_duty"] == ""
    assert ask(shop, "get", "duty")[0] == 404
    assert ask(Client(), "get", "lane")[1]["median_minutes"] is None
    status, feed = ask(shop, "post", "calendar")
    assert (status, ".ics" in feed["url"]) == (201, True)
    assert ask(shop, "post", "calendar/revoke")[0] == 200
