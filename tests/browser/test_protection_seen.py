"""A passkey is added, signs in and is removed; a second browser is shut out by the freeze code."""

import re

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect
from tests.browser.conftest import Surf

from gongdao.bootstrap import accounts

ADDRESS, PASSWORD = "li@home.example", "correct-horse-battery"


def with_authenticator(page: Page) -> None:
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


def sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(ADDRESS)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile("/mine/$"))


def say_it_again(page: Page) -> None:
    """The password is asked for once more before anything is changed."""
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


@pytest.mark.usefixtures("house")
def test_a_passkey_signs_in_and_a_frozen_account_shuts_both_browsers_out(surf: Surf) -> None:
    accounts().create(ADDRESS, "li", [], password=PASSWORD)
    home, away = surf(None, language="en"), surf(None, language="en")
    with_authenticator(home)
    sign_in(home)
    home.goto("/accounts/2fa/webauthn/add/")
    say_it_again(home)
    home.get_by_role("button", name="Add it").click()
    expect(home).to_have_url(re.compile("recovery-codes"))
    home.goto("/mine/protection/")
    home.get_by_role("button", name="Make a freeze code").click()
    code = home.locator("#freeze-code").inner_text()
    home.context.clear_cookies()

    home.goto("/accounts/login/")
    home.get_by_role("button", name="Sign in with a passkey").click()
    expect(home).to_have_url(re.compile("/mine/$"))
    away.context.add_cookies(
        [{**cookie, "name": cookie["name"]} for cookie in home.context.cookies()]  # type: ignore[typeddict-item]
    )
    away.goto("/mine/protection/")
    expect(away.get_by_role("heading", name="Safety of the account")).to_be_visible()

    stranger = surf("/freeze/", language="en", width=360)
    stranger.get_by_label("Your freeze code").fill(code.lower())
    stranger.get_by_role("button", name="Freeze the account").click()
    expect(stranger.get_by_role("heading", name="The account is frozen")).to_be_visible()
    for page in (home, away):
        page.goto("/mine/protection/")
        expect(page).to_have_url(re.compile("/accounts/login/"))
    home.get_by_role("button", name="Sign in with a passkey").click()
    expect(home).to_have_url(re.compile("/freeze/back/"))
    assert get_user_model().objects.get(email=ADDRESS).frozen_at is not None
