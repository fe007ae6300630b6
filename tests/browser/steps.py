"""What a visitor does, and what a page then says; each waited for.

A click comes back as soon as the next page is on its way, and a page that is half there says
nothing yet. So whatever leads to another page goes through `follow`, and what stands on a page is
asked with `says`, or with Playwright's `expect`: neither looks only once.
"""

from playwright.sync_api import Page, expect


def follow(page: Page, selector: str) -> None:
    """Press what leads to another page, and wait until that one is whole."""
    with page.expect_event("load"):
        page.click(selector)


def says(page: Page, where: str, *texts: str) -> None:
    """The first such place shows each text, or does so in a moment."""
    place = page.locator(where).first
    for text in texts:
        expect(place).to_contain_text(text, use_inner_text=True)


def offers(page: Page, selector: str, *, times: int) -> None:
    """The page has so many of these, or does so in a moment."""
    expect(page.locator(selector)).to_have_count(times)


def receipt_code(page: Page) -> str:
    """The code on the page of the receipt, as it is read aloud."""
    page.locator(".receipt-code").wait_for()
    return page.inner_text(".receipt-code").replace("\n", "")
