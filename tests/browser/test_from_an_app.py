"""From a link in an app to the receipt: the steps are counted, and the guidance comes along."""

from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Scheme, Surf
from tests.browser.steps import follow, offers, receipt_code
from tests.browser.test_public_pages import LOOKS, faults
from tests.browser.test_public_report import CODE, STATEMENT
from tests.parts.web_public.test_report_links import GIVEN, app_key, signed

MOST_STEPS = 3


def steps_to_the_receipt(page: Page) -> int:
    """Press the one button of each page until the receipt is there; how often."""
    for step in range(1, MOST_STEPS + 2):
        if page.locator("#id_statement").count():
            page.fill("#id_statement", STATEMENT)
        follow(page, "main form button[type=submit]:not(.button-quiet)")
        if page.locator(".receipt-code").count():
            assert CODE.search(receipt_code(page))
            return step
    raise AssertionError("no receipt")


@pytest.mark.usefixtures("transactional_db")
def test_with_all_filled_in_it_takes_three_steps_and_signed_two(surf: Surf) -> None:
    link = f"/report/?{urlencode(GIVEN, quote_via=quote)}"
    assert steps_to_the_receipt(surf(link, script=False)) == MOST_STEPS
    own, _ = app_key()
    assert steps_to_the_receipt(surf(signed(GIVEN, own), script=False)) == MOST_STEPS - 1


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_the_guidance_comes_with_the_choice(
    surf: Surf, width: int, scheme: Scheme, language: str
) -> None:
    own, _ = app_key()
    link = signed({**GIVEN, "url": "https://a.example/9"}, own)
    page = surf(link, width=width, scheme=scheme, language=language)
    expect(page.locator("#guidance-title")).to_be_attached()
    page.fill("#id_statement", STATEMENT)
    first = page.inner_text("#guidance-title")
    page.check("input[name=category][value=fraud]")
    expect(page.locator("#guidance-title")).not_to_have_text(first)
    assert page.input_value("#id_statement") == STATEMENT
    found = faults(page)
    follow(page, "main form button[type=submit]")
    found += faults(page)
    page.goto("/report/")
    found += faults(page)
    assert found == []


def test_without_javascript_a_button_shows_it_and_nothing_is_lost(surf: Surf) -> None:
    link = urlencode({**GIVEN, "category": ""}, quote_via=quote)
    page = surf(f"/report/?{link}", script=False)
    follow(page, "main form button[type=submit]")
    offers(page, "#guidance-title", times=0)
    page.check("input[name=category][value=abuse]")
    page.fill("#id_statement", "短")
    follow(page, "button[name=stay]")
    offers(page, "#guidance-title", times=1)
    expect(page.locator("#id_statement")).to_have_value("短")
    offers(page, ".error-summary", times=0)
