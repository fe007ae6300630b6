"""The pages of merchants: axe finds nothing, nothing sticks out, and the keyboard is enough."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import expect
from tests.browser.conftest import Scheme, Surf
from tests.browser.test_desk import reach
from tests.browser.test_public_pages import LOOKS, faults
from tests.stories.merchants import merchant, review
from tests.stories.stage import Stage

from gongdao.domain.access.model import Caller
from gongdao.domain.kernel.ids import DisputeId

STEPS = ("", "grounds/", "chain/", "filing/", "follow/", "talk/", "after/", "facts/")


def session_of(boss: Caller) -> str:
    """The session of somebody who signed in."""
    account = get_user_model().objects.create_user(
        "boss@example.org", name="boss", party_id=boss.person
    )
    client = Client()
    client.force_login(account)
    return client.cookies["sessionid"].value


def begun(house: Stage) -> tuple[str, DisputeId, str]:
    """An organisation with one dispute: its address, the dispute, and its owner's session."""
    ours, boss = merchant(house)
    dispute = review(house, ours, boss, order="2601000000000001", stars=1)
    return f"/merchants/o/{ours}/", dispute, session_of(boss)


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_the_pages_of_a_merchant(
    surf: Surf, house: Stage, width: int, scheme: Scheme, language: str
) -> None:
    ours, dispute, session = begun(house)
    page = surf(None, width=width, scheme=scheme, language=language, session=session)
    paths = ["/merchants/", "/merchants/compare/"]
    paths += [ours + each for each in ("", "start/", "import/", "team/", "training/", "numbers/")]
    paths += [f"/merchants/d/{dispute}/{each}" for each in STEPS]
    found = []
    for path in paths:
        page.goto(path)
        found += faults(page)
    assert found == []


def test_from_the_board_to_the_filing_by_keyboard_alone(surf: Surf, house: Stage) -> None:
    ours, dispute, session = begun(house)
    page = surf(ours, language="en", session=session)
    page.keyboard.press("j")
    expect(page.locator(":focus")).to_have_attribute("href", f"/merchants/d/{dispute}/follow/")
    with page.expect_event("load"):
        page.keyboard.press("Enter")
    page.goto(f"/merchants/d/{dispute}/")
    reach(page, f"a[href='/merchants/d/{dispute}/filing/']")
    with page.expect_event("load"):
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Statement")
