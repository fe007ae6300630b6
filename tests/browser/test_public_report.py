"""A report in the browser: from the first step to the receipt, tracked and withdrawn."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Surf

SNAPSHOT = "你就是个废物，活着浪费粮食。"
STATEMENT = "他在评论里这样骂我，请处理。"
CODE = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){4}")


def fill_in(page: Page) -> None:
    """The first two steps; ends before the check."""
    page.check("input[name=kind][value=content]")
    page.fill("#id_ref", "post-81")
    page.fill("#id_account", "li_si")
    page.fill("#id_snapshot", SNAPSHOT)
    page.click("main form button[type=submit]")
    page.check("input[name=category][value=abuse]")
    page.fill("#id_statement", STATEMENT)
    page.click("main form button[type=submit]")


def sent(page: Page) -> str:
    """Send what is filled in; the code of the receipt."""
    page.click("main form button[type=submit]")
    found = CODE.search(page.inner_text(".receipt-code").replace("\n", ""))
    assert found is not None
    return found.group()


@pytest.mark.parametrize(
    ("language", "receipt", "withdrawn"),
    [
        ("zh-hans", "我们收到了您的举报", "您撤回了举报"),
        ("en", "We have your report", "withdr"),
    ],
)
def test_a_report_gets_a_receipt_and_is_tracked_and_withdrawn(
    surf: Surf, language: str, receipt: str, withdrawn: str
) -> None:
    page = surf("/report/", language=language)
    fill_in(page)
    assert SNAPSHOT in page.inner_text("main")
    assert STATEMENT in page.inner_text("main")
    code = sent(page)
    assert receipt in page.inner_text("h1")
    assert page.locator(".clock").is_visible()

    stranger = surf("/track/", language=language)
    stranger.fill("#code", f"  {code.lower().replace('-', ' ')} ")
    stranger.click("main form button[type=submit]")
    assert "post-81" in stranger.inner_text("h1")
    stranger.click(".answer-actions a")
    stranger.click("main form button[type=submit]")
    assert withdrawn in stranger.inner_text(".answers")
    assert stranger.locator(".answer-actions").count() == 0


def test_a_report_is_sent_without_javascript(surf: Surf) -> None:
    page = surf("/report/", script=False)
    fill_in(page)

    assert CODE.fullmatch(sent(page))


def test_a_report_is_sent_by_keyboard_alone(surf: Surf) -> None:
    page = surf("/report/", language="en")
    keys = page.keyboard

    def reach(selector: str) -> None:
        for _ in range(40):
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            keys.press("Tab")
        raise AssertionError(f"{selector} is not reached with the Tab key")

    reach("input[name=kind]")
    keys.press("ArrowDown")
    reach("#id_ref")
    keys.type("post-82")
    reach("#id_snapshot")
    keys.type("Buy here, everything is real.")
    reach("main form button[type=submit]")
    keys.press("Enter")
    page.wait_for_url("**/what-happened/")
    reach("input[name=category]")
    keys.press("Space")
    reach("#id_statement")
    keys.type("None of it is true.")
    reach("main form button[type=submit]")
    keys.press("Enter")
    page.wait_for_url("**/check/")
    reach("main form button[type=submit]")
    keys.press("Enter")
    page.wait_for_url("**/sent/")

    assert CODE.search(page.inner_text(".receipt-code"))


def test_going_back_after_sending_finds_the_receipt(surf: Surf) -> None:
    page = surf("/report/")
    fill_in(page)
    code = sent(page)
    page.go_back()

    page.wait_for_url("**/sent/")
    assert code in page.inner_text(".receipt-code").replace("\n", "")


def test_what_is_missing_is_said_first_and_nothing_is_lost(surf: Surf) -> None:
    page = surf("/report/", language="en")
    page.fill("#id_ref", "post-83")
    page.click("main form button[type=submit]")

    expect(page.locator(".error-summary")).to_be_focused()
    assert "report.no_snapshot" in page.inner_text(".error-summary")
    assert page.input_value("#id_ref") == "post-83"
    page.click(".error-summary a[href='#id_snapshot']")
    expect(page.locator("#id_snapshot")).to_be_focused()


def test_an_app_prefills_the_first_step(surf: Surf) -> None:
    page = surf("/report/?kind=message&ref=msg-9&account=li_si&snapshot=hello&category=abuse")

    assert page.is_checked("input[name=kind][value=message]")
    assert page.input_value("#id_ref") == "msg-9"
    assert page.input_value("#id_snapshot") == "hello"
    assert "msg-9" not in page.url
    page.click("main form button[type=submit]")
    assert page.is_checked("input[name=category][value=abuse]")
