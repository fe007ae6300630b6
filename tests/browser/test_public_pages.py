"""Every public page: axe finds nothing, nothing sticks out at 360 pixels, in both languages."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Page
from tests.browser.axe import sticks_out, violations
from tests.browser.conftest import Scheme, Surf
from tests.browser.steps import follow
from tests.browser.test_public_report import fill_in, sent
from tests.stories.stage import GROUNDS, Stage, violation

from gongdao.domain.kernel.events import Role

LOOKS: list[tuple[int, Scheme, str]] = [(1280, "light", "zh-hans"), (360, "dark", "en")]
WIDTHS = (360, 1280)
OPEN_PAGES = (
    "/report/",
    "/track/",
    "/appeal/",
    "/rules/",
    "/rules/dingtalk/",
    "/rules/compare/",
    "/log/",
    "/merchants/",
    "/track/0000-0000/",
)


def faults(page: Page) -> list[str]:
    """What is wrong with how a page is made: by axe as it is, and by its width on any screen."""
    found = violations(page)
    shown = page.viewport_size
    assert shown is not None
    for width in sorted(WIDTHS, key=lambda width: width != shown["width"]):  # as it is, first
        if width != shown["width"]:
            page.set_viewport_size({"width": width, "height": shown["height"]})
        if too_wide := sticks_out(page):
            found.append(f"{too_wide}px too wide at {width}")
    page.set_viewport_size(shown)
    return [f"{page.url}: {each}" for each in found]


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_pages_that_anybody_can_open(surf: Surf, width: int, scheme: Scheme, language: str) -> None:
    found = []
    page = surf("/", width=width, scheme=scheme, language=language)
    for path in OPEN_PAGES:
        page.goto(path)
        found += faults(page)
    assert found == []


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_the_pages_of_a_report(surf: Surf, width: int, scheme: Scheme, language: str) -> None:
    page = surf("/report/", width=width, scheme=scheme, language=language)
    follow(page, "main form button[type=submit]")
    found = faults(page)
    fill_in(page)
    found += faults(page)
    page.goto("/report/what-happened/")
    found += faults(page)
    page.goto("/report/check/")
    code = sent(page)
    found += faults(page)
    for path in (f"/track/{code}/", f"/track/{code}/withdraw/"):
        page.goto(path)
        found += faults(page)
    assert found == []


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_the_pages_of_the_person_concerned(
    surf: Surf, house: Stage, width: int, scheme: Scheme, language: str
) -> None:
    ana = house.hire("ana", Role.REVIEWER)
    house.hire("bo", Role.REVIEWER)
    receipt = house.accepted(ana)
    house.app.investigating.request_answer(receipt.case, "请说明您为什么在评论里这样说。", ana)
    letter = house.last_letter(receipt.case, "answer_requested")
    code = letter.partition("/answer/")[2].partition("/")[0]
    page = surf(f"/answer/{code}/", width=width, scheme=scheme, language=language)
    found = faults(page)
    page.fill("#id_text", GROUNDS)
    follow(page, "main form button[type=submit]")
    found += faults(page)
    house.app.deciding.decide(receipt.case, violation(), ana)
    for path in (f"/appeal/{code}/", f"/appeal/{code}/write/at-once/"):
        page.goto(path)
        found += faults(page)
    page.goto(f"/track/{receipt.code}/")
    found += faults(page)
    assert found == []


@pytest.fixture
def signed_in(house: Stage) -> str:
    """Somebody who reported, and about whom there is a decision; the session's cookie."""
    ana = house.hire("ana", Role.REVIEWER)
    person = house.account("li_si")
    account = get_user_model().objects.create_user(
        "li.si@example.org", name="li.si", party_id=person.person
    )
    house.decided(ana)
    house.report(person, account="zhang_san")
    client = Client()
    client.force_login(account)
    return client.cookies["sessionid"].value


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_my_pages(surf: Surf, signed_in: str, width: int, scheme: Scheme, language: str) -> None:
    page = surf(None, width=width, scheme=scheme, language=language, session=signed_in)
    found = []
    for path in ("/mine/", "/mine/inbox/", "/mine/settings/", "/appeal/"):
        page.goto(path)
        found += faults(page)
    page.goto("/mine/inbox/")
    follow(page, ".notice a")
    found += faults(page)
    follow(page, "main .button")
    found += faults(page)
    assert found == []
