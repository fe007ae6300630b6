"""A report in the browser: from the first step to the receipt, tracked and withdrawn."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Surf
from tests.browser.steps import follow, offers, receipt_code, says

SNAPSHOT = "你就是个废物，活着浪费粮食。"
STATEMENT = "他在评论里这样骂我，请处理。"
CODE = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){4}")


def fill_in(page: Page) -> None:
    """The first two steps; ends before the check."""
    page.check("input[name=kind][value=content]")
    page.fill("#id_ref", "post-81")
    page.fill("#id_account", "li_si")
    page.fill("#id_snapshot", SNAPSHOT)
    follow(page, "main form button[type=submit]")
    page.check("input[name=category][value=abuse]")
    page.fill("#id_statement", STATEMENT)
    follow(page, "main form button[type=submit]")


def sent(page: Page) -> str:
    """Send what is filled in; the code of the receipt."""
    follow(page, "main form button[type=submit]")
    found = CODE.search(receipt_code(page))
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
    says(page, "main", SNAPSHOT, STATEMENT)
    code = sent(page)
    says(page, "h1", receipt)
    expect(page.locator(".clock").first).to_be_visible()

    stranger = surf("/track/", language=language)
    stranger.fill("#code", f"  {code.lower().replace('-', ' ')} ")
    follow(stranger, "main form button[type=submit]")
    says(stranger, "h1", "post-81")
    follow(stranger, ".answer-actions a")
    follow(stranger, "main form button[type=submit]")
    says(stranger, ".answers", withdrawn)
    offers(stranger, ".answer-actions", times=0)


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

    assert CODE.search(receipt_code(page))


def test_going_back_after_sending_finds_the_receipt(surf: Surf) -> None:
    page = surf("/report/")
    fill_in(page)
    code = sent(page)
    page.go_back()

    page.wait_for_url("**/sent/")
    assert code in receipt_code(page)


def test_what_is_missing_is_said_first_and_nothing_is_lost(surf: Surf) -> None:
    page = surf("/report/", language="en")
    page.fill("#id_ref", "post-83")
    follow(page, "main form button[type=submit]")

    expect(page.locator(".error-summary")).to_be_focused()
    says(page, ".error-summary", "report.no_snapshot")
    assert page.input_value("#id_ref") == "post-83"
    page.click(".error-summary a[href='#id_snapshot']")
    expect(page.locator("#id_snapshot")).to_be_focused()


def test_an_app_prefills_the_first_step(surf: Surf) -> None:
    page = surf("/report/?kind=message&ref=msg-9&account=li_si&snapshot=hello&category=abuse")

    assert page.is_checked("input[name=kind][value=message]")
    assert page.input_value("#id_ref") == "msg-9"
    assert page.input_value("#id_snapshot") == "hello"
    assert "msg-9" not in page.url
    follow(page, "main form button[type=submit]")
    assert page.is_checked("input[name=category][value=abuse]")
