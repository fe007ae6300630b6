"""The freeze code throws two browsers out. A passkey comes, signs in alone and second, and goes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from tests.browser.conftest import Surf
from tests.browser.test_public_pages import faults
from tests.stories.test_frozen_accounts_over_http import QUICK

from gongdao.bootstrap import accounts

SCREEN = 560
"""Pixels that a small telephone shows of a page below its own bars."""
ADDRESS, PASSWORD = "li@home.example", "correct-horse-battery"


@pytest.fixture(autouse=True)
def quick(settings: Settings) -> None:
    """Passwords are kept by a quick digest: a slow one proves nothing here."""
    settings.PASSWORD_HASHERS = QUICK


@contextmanager
def an_authenticator(page: Page) -> Iterator[None]:
    """A phone with a fingerprint, as the browser's own tests have it."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield
    wire.send("WebAuthn.disable")
    wire.detach()


def signed_in() -> str:
    """The session of a browser that signed in, where how it did is not what is looked at."""
    client = Client()
    client.force_login(get_user_model().objects.get(email=ADDRESS))
    return str(client.session.session_key)


def sign_in(page: Page) -> None:
    """With the password, on the page for it."""
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(ADDRESS)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form:has([name=password]) button[type=submit]").click()


def say_it_again(page: Page) -> None:
    """The password is asked for once more before anything is changed."""
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def freeze_code(page: Page) -> str:
    """Make one, and write it down."""
    page.goto("/mine/protection/")
    page.get_by_role("button", name="Make a freeze code").click()
    say_it_again(page)
    return page.locator("#freeze-code").inner_text()


@pytest.mark.usefixtures("house")
def test_the_owner_sees_the_second_browser_and_shuts_it_out(surf: Surf) -> None:
    accounts().create(ADDRESS, "li", [], password=PASSWORD)
    home = surf(None, language="en")
    away = surf(None, width=360, scheme="dark")
    sign_in(home)
    expect(home).to_have_url(re.compile("/mine/$"))
    code = freeze_code(home)
    found = faults(home)
    sign_in(away)
    expect(away).to_have_url(re.compile("/mine/$"))

    home.goto("/mine/protection/")
    expect(home.get_by_role("button", name="Sign out there")).to_have_count(1)
    away.goto("/mine/protection/")  # the thief looks around, unhurried
    found += faults(away)

    anybody = surf("/freeze/", width=360, scheme="dark")  # at night, in a hurry
    found += faults(anybody)
    box = anybody.locator("main form button").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < SCREEN
    anybody.locator("#code").fill(code.lower())
    anybody.locator("main form button").click()
    expect(anybody.locator("a.button[href='/freeze/back/']")).to_be_visible()
    found += faults(anybody)
    for page in (away, home):
        page.locator("a[href='/mine/']").first.click()
        expect(page).to_have_url(re.compile("/accounts/login/"))
    for path in ("/freeze/back/", "/freeze/back/code/", "/freeze/back/finish/"):
        anybody.goto(path)
        found += faults(anybody)
    assert found == []
    assert get_user_model().objects.get(email=ADDRESS).frozen_at is not None


@pytest.mark.usefixtures("house")
def test_a_passkey_signs_in_alone_and_as_second_step_and_is_removed(surf: Surf) -> None:
    accounts().create(ADDRESS, "li", [], password=PASSWORD)
    page = surf(None, language="en", session=signed_in())
    with an_authenticator(page):
        page.goto("/accounts/2fa/webauthn/add/")
        found = faults(page)  # is it you?
        say_it_again(page)
        expect(page.get_by_role("heading", name="Add a passkey")).to_be_visible()
        found += faults(page)
        page.get_by_role("button", name="Add it").click()
        expect(page).to_have_url(re.compile("recovery-codes"))
        found += faults(page)

        page.context.clear_cookies()
        page.goto("/accounts/login/")
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page).to_have_url(re.compile("/mine/$"))
        page.context.clear_cookies()
        sign_in(page)  # the password alone opens nothing any more
        expect(page.get_by_role("heading", name="Second step")).to_be_visible()
        found += faults(page)
        page.get_by_role("button", name="Use the passkey").click()
        expect(page).to_have_url(re.compile("/mine/$"))

        page.goto("/accounts/2fa/webauthn/")
        found += faults(page)
        page.get_by_role("link", name="Remove").click()
        page.get_by_role("link", name="Use the passkey").click()  # instead of the password
        found += faults(page)
        page.get_by_role("button", name="Use the passkey").click()
        page.get_by_role("button", name="Remove").click()
        expect(page.get_by_text("None yet.")).to_be_visible()
    assert found == []
