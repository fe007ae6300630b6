"""The pages and letters of signing in are ours, in both languages, and there are no others."""

from pathlib import Path

import pytest
from allauth.account import urls as all_of_accounts
from django.core import mail
from django.template import Engine
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, reverse

import gongdao.web
from gongdao.web.account_urls import urlpatterns

OURS = Path(gongdao.web.__file__).parent / "templates"
LETTERS = (
    "email_confirmation",
    "email_confirmation_signup",
    "password_reset_key",
    "unknown_account",
    "account_already_exists",
)
SAID = {
    "account": (
        *("cannot_delete_primary_email", "email_confirmation_failed", "email_confirmation_sent"),
        *("email_confirmed", "email_deleted", "logged_in", "logged_out", "password_changed"),
        *("password_set", "primary_email_set", "unverified_primary_email"),
    ),
    "mfa": (
        *("recovery_codes_generated", "totp_activated", "totp_deactivated"),
        *("webauthn_added", "webauthn_removed"),
    ),
}
THEIRS = ("Email", " token", "帐号", "帐户", "您的帐", "你的")


def shown() -> list[str]:
    """The template of every page that can be reached."""
    views = [getattr(pattern.callback, "view_class", None) for pattern in urlpatterns]
    names = [str(getattr(view, "template_name", None) or "") for view in views]
    return sorted({name for name in names if name.endswith(".html")})


def found_at(name: str) -> Path:
    """Where the template of a name lies."""
    return Path(Engine.get_default().get_template(name).origin.name)


def test_every_page_letter_and_message_is_a_template_of_ours() -> None:
    names = [*shown(), "account/verification_sent.html"]
    names += [
        f"account/email/{each}_{part}.txt" for each in LETTERS for part in ("subject", "message")
    ]
    names += [f"{app}/messages/{each}.txt" for app, all_ in SAID.items() for each in all_]
    assert len(shown()) > 15
    strange = [name for name in names if OURS not in found_at(name).parents]
    assert strange == []


def test_what_is_not_needed_is_not_there() -> None:
    named = {p.name for p in all_of_accounts.urlpatterns if isinstance(p, URLPattern)}
    assert named - {p.name for p in urlpatterns} == {"account_confirm_login_code"}
    with pytest.raises(NoReverseMatch):
        reverse("account_confirm_login_code")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_stranger_reads_our_words(language: str) -> None:
    client = Client(headers={"accept-language": language})
    for path in (
        *("login/", "signup/", "password/reset/", "password/reset/done/", "confirm-email/"),
        *("confirm-email/abc/", "password/reset/key/1-abc/", "inactive/"),
    ):
        page = client.get(f"/accounts/{path}").content.decode()
        main = page.partition("<main")[2].partition("</main>")[0]
        assert [each for each in THEIRS if each in main and language != "en"] == [], path
        assert "<h1>" in main, path
    client.post("/accounts/password/reset/", {"email": "nobody@home.example"})
    letter = mail.outbox[-1]
    assert ("没有账号" in letter.subject) == (language != "en")
    assert "testserver!" not in str(letter.body)
