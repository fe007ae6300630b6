"""The desk's queue stays up to date, and nothing moves under one's hands."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Scheme, Surf
from tests.browser.desks import at_the_desk
from tests.browser.steps import follow
from tests.browser.test_public_pages import LOOKS, faults
from tests.stories.stage import Stage

from gongdao.domain.kernel.events import Role

DRAFT = "这句话指向可以认出的人，正在写理由。"


def seen_again(page: Page) -> None:
    """What happens when the window is looked at again: the queue is asked for at once."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def hidden(page: Page, *, value: bool) -> None:
    """Say to the page that nobody sees it, or that somebody does."""
    word = str(value).lower()
    page.evaluate(
        f"Object.defineProperty(document, 'hidden', {{value: {word}, configurable: true}})"
    )


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_holding_a_case_and_trying_weights(
    surf: Surf, house: Stage, width: int, scheme: Scheme, language: str
) -> None:
    ana = house.hire("ana", Role.REVIEWER, Role.OPERATOR)
    house.hire("bo", Role.REVIEWER)
    case = house.report(category="threat").case
    page = at_the_desk(surf, ana, language=language, width=width, scheme=scheme)
    page.goto("/desk/")
    found = faults(page)
    follow(page, "[data-pull]")
    page.wait_for_url(re.compile(case))
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    found += faults(page)
    page.select_option("#hand-to", label="bo")
    page.fill("#hand-why", "忙")
    follow(page, "#hand-why >> xpath=ancestor::form >> button")
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.input_value("#hand-why") == "忙"
    found += faults(page)
    page.goto("/weights/")
    follow(page, "form.weights .actions button")
    page.locator("table").wait_for()
    found += faults(page)
    assert found == []


def test_a_new_case_comes_into_the_queue_and_nothing_is_lost(surf: Surf, house: Stage) -> None:
    ana = house.hire("ana", Role.REVIEWER)
    cases = [house.report(account=f"a{n}", subject_ref=f"p{n}").case for n in range(15)]
    page = at_the_desk(surf, ana, language="en")
    page.goto(f"/desk/{cases[3]}/")
    page.fill("#accept_reasons", DRAFT)
    page.locator(f"#queue-{cases[9]}").focus()
    page.evaluate("document.getElementById('queue').scrollTop = 400")
    line = page.locator(f"#queue-{cases[9]}")
    before = line.bounding_box()
    new = house.report(category="threat", account="new", subject_ref="new").case
    seen_again(page)
    expect(page.locator(f"#queue-{new}")).to_be_attached()
    expect(line).to_be_focused()
    after = line.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) <= 1
    assert page.input_value("#accept_reasons") == DRAFT
    page.focus("#accept_reasons")
    newest = house.report(category="threat", account="newest", subject_ref="newest").case
    seen_again(page)
    expect(page.locator(f"#queue-{newest}")).to_be_attached()
    expect(page.locator("#accept_reasons")).to_be_focused()
    page.keyboard.press("Escape")


def test_nobody_asks_while_the_page_is_hidden_or_a_category_is_picked(
    surf: Surf, house: Stage
) -> None:
    ana = house.hire("ana", Role.REVIEWER)
    house.report()
    page = at_the_desk(surf, ana, language="en")
    page.goto("/desk/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    ask = "htmx.trigger(document.getElementById('live-queue'), 'seen')"
    hidden(page, value=True)
    page.evaluate(ask)
    hidden(page, value=False)
    page.click(".narrow summary")
    page.focus("#narrow-category")
    page.evaluate(ask)
    assert [url for url in asked if "/desk/queue/" in url] == []
    page.focus("#case")
    with page.expect_response("**/desk/queue/**") as answer:
        page.evaluate(ask)
    assert answer.value.status == 204


def test_a_page_whose_sign_in_ran_out_stays_as_it_is(surf: Surf, house: Stage) -> None:
    ana = house.hire("ana", Role.REVIEWER)
    case = house.report().case
    page = at_the_desk(surf, ana, language="en")
    page.goto(f"/desk/{case}/")
    page.fill("#accept_reasons", DRAFT)
    page.context.clear_cookies()
    with page.expect_response("**/accounts/login/**"):
        seen_again(page)
    page.wait_for_timeout(200)
    expect(page.locator(f"#queue-{case}")).to_be_visible()
    assert page.input_value("#accept_reasons") == DRAFT
