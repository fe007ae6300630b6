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
    assert "device" in filed.weighed.missing
