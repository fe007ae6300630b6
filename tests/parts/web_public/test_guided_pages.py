"""The guided appeal on its pages: every screen, two windows, far too much text, wrong codes."""

import re

import pytest
from django.test import Client
from tests.parts.web_public.test_code_pages import respondents_code
from tests.stories.stage import Stage, show_on_pages, stage_on_postgres, violation

from gongdao.domain.kernel.events import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    found = stage_on_postgres()
    show_on_pages(found, monkeypatch)
    return found


@pytest.fixture
def door(stage: Stage) -> str:
    """Where the guided appeal against a decision begins."""
    ana = stage.hire("ana", Role.REVIEWER)
    stage.hire("bo", Role.REVIEWER)
    receipt = stage.accepted(ana)
    stage.app.deciding.decide(receipt.case, violation(), ana)
    return f"/appeal/{respondents_code(stage, receipt)}/write/"


def seen(client: Client, url: str, language: str = "zh-hans") -> str:
    answer = client.get(url, headers={"accept-language": language})
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.content.decode()


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def say(client: Client, url: str, **fields: str) -> str:
    """Open a screen and send what was written there; where it leads."""
    page = seen(client, url)
    sent = {"seen": hidden(page, "seen"), "window": hidden(page, "window"), **fields}
    answer = client.post(url, sent)
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def test_every_screen_shows_the_clock_and_leads_to_the_next(client: Client, door: str) -> None:
    screens = ["decision", "situation", "ask-when", "wish", "materials", "statement"]
    for screen in ["", *(f"{each}/" for each in [*screens, "wording", "check"])]:
        assert "window-clock" in seen(client, door + screen), screen
    assert client.get(f"{door}ask-nothing/").status_code == 404
    assert say(client, f"{door}situation/", situation="context") == f"{door}ask-when/"
    assert say(client, f"{door}ask-when/", answer_when="2026年3月1日20:15") == f"{door}ask-device/"


def test_what_was_saved_is_filled_in_and_sent(client: Client, stage: Stage, door: str) -> None:
    say(client, f"{door}situation/", situation="context")
    say(client, f"{door}ask-when/", answer_when="2026年3月1日20:15")
    say(client, f"{door}wish/", wish="lift")
    page = seen(Client(), f"{door}statement/")
    assert '<mark class="filled filled-answer">2026年3月1日20:15</mark>' in page
    assert '<mark class="open-gap">［设备型号］</mark>' in page
    sent = client.post(f"{door}check/").headers["Location"]
    assert "2026年3月1日20:15，我用" in seen(client, sent)
    appeal = stage.app.files.by_code(door.split("/")[2])[0].appeals[0]
    filed = stage.records.appeals.get(appeal.id).now
    assert (filed.filing.channel, filed.filing.wish) == ("web", "lift")
    assert filed.weighed is not None
    assert "account_of_use" in filed.weighed.missing


def test_the_second_of_two_windows_is_told_and_shown_both(client: Client, door: str) -> None:
    url = f"{door}ask-what/"
    windows = [seen(client, url) for _ in range(2)]
    texts = ["我转发了供应商的海报。", "我转发了朋友的海报，当天撤下。"]
    sent = [
        {"seen": hidden(page, "seen"), "window": hidden(page, "window"), "answer_what": text}
        for page, text in zip(windows, texts, strict=True)
    ]
    assert client.post(url, sent[0]).status_code == 302
    assert client.post(url, {**sent[0], "answer_what": "改过"}).status_code == 302, "its own words"
    client.post(url, sent[0])
    second = client.post(url, sent[1], headers={"accept-language": "zh-hans"})
    page = second.content.decode()
    assert second.status_code == 409
    assert "draft.moved_on" in page
    assert "<mark>供应商</mark>" in page
    assert "<mark>朋友</mark>" in page
    assert texts[0] in seen(client, url), "the other one stands"
    kept = {**sent[1], "seen": hidden(page, "seen"), "window": hidden(page, "window")}
    assert client.post(url, kept).status_code == 302
    assert texts[1] in seen(client, url)


def test_two_windows_on_two_questions_do_not_disturb_each_other(client: Client, door: str) -> None:
    first, second = (seen(client, f"{door}ask-{each}/") for each in ("when", "device"))
    for page, name, text in ((first, "when", "20:15"), (second, "device", "Mate 60")):
        sent = {"seen": hidden(page, "seen"), "window": hidden(page, "window")}
        answer = client.post(f"{door}ask-{name}/", {**sent, f"answer_{name}": text})
        assert answer.status_code == 302


def test_two_megabytes_are_refused_with_what_fits_and_nothing_saved_is_lost(
    client: Client, door: str
) -> None:
    url = f"{door}ask-what/"
    say(client, url, answer_what="我转发了海报。")
    page = seen(client, url)
    sent = {"seen": hidden(page, "seen"), "window": hidden(page, "window")}
    answer = client.post(url, {**sent, "answer_what": "字" * 660_000})
    said = answer.content.decode()
    assert answer.status_code == 400
    assert "draft.too_long" in said
    assert "800" in said
    assert "字" * 20_000 in said
    assert "字" * 20_001 not in said
    assert "我转发了海报。" in seen(client, url)


def test_it_saves_while_one_types(client: Client, door: str) -> None:
    url = f"{door}ask-what/"
    page = seen(client, url)
    sent = {"seen": hidden(page, "seen"), "window": hidden(page, "window"), "autosave": "yes"}
    htmx = {"HX-Request": "true", "accept-language": "en"}
    answer = client.post(url, {**sent, "answer_what": "我转"}, headers=htmx)
    assert 'name="seen" value="1" hx-swap-oob="true"' in answer.content.decode()
    client.post(url, {**sent, "answer_what": "我转发"}, headers=htmx)
    assert "我转发" in seen(client, url)
    other = {**sent, "window": "another", "answer_what": "不同"}
    assert "draft.moved_on" in client.post(url, other, headers=htmx).content.decode()


def test_one_press_takes_a_better_wording(client: Client, stage: Stage, door: str) -> None:
    say(client, f"{door}ask-what/", answer_what="你们根本不懂规则。闭嘴。我在引用别人的话。")
    url = f"{door}wording/"
    page = seen(client, url)
    assert "改成“我的理解与处理决定不同”" in page
    assert "删去“闭嘴”" in page
    for number, passage in ((1, "你们根本不懂"), (1, "闭嘴")):
        page = seen(client, url)
        assert hidden(page, f"was-{number}") == passage
        sent = {"seen": hidden(page, "seen"), "window": "w", "accept": str(number)}
        assert client.post(url, {**sent, f"was-{number}": passage}).status_code == 302
    text = seen(client, f"{door}check/")
    assert "我的理解与处理决定不同。我在引用别人的话。" in text
    assert "闭嘴" not in text


def test_a_draft_is_nobody_elses(client: Client, stage: Stage, door: str) -> None:
    say(client, f"{door}ask-what/", answer_what="只有我自己知道的事。")
    other = stage.report(account="wang_wu")
    assert "只有我自己知道" not in client.get(f"/appeal/{other.code}/write/").content.decode()
    decision = stage.app.files.by_code(door.split("/")[2])[0].decisions[0].id
    path = f"/api/v1/decisions/{decision}/appeal-draft"
    assert client.get(path, headers={"X-Case-Code": other.code}).status_code == 404
    mine = {"X-Case-Code": door.split("/")[2]}
    draft = client.get(path, headers=mine).json()
    assert draft["texts"] == {"answer_what": "只有我自己知道的事。"}
    put = {"version": draft["version"], "texts": {"wish": "milder"}}
    for status in (200, 409):
        answer = client.put(path, put, content_type="application/json", headers=mine)
        put["texts"] = {"wish": "lift"}
        assert answer.status_code == status, answer.content
    assert answer.json()["code"] == "draft.moved_on"
