"""What somebody can do who has the session, the password or the mailbox, and what they cannot."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.test import Client
from tests.stories.stage import Stage
from tests.stories.test_frozen_accounts_over_http import (
    HOME,
    NEW,
    PASSWORD,
    THIEF,
    account,
    browser,
    protected,
    sign_in,
    stage,
    text,
)

from gongdao.domain.access.model import Caller
from gongdao.domain.kernel.ids import PersonId
from gongdao.storage.models import Account
from gongdao.storage.protection_models import SignedInRow
from gongdao.web.accounts import AccountAdapter

pytestmark = pytest.mark.django_db
__all__ = ["stage"]

EMAIL = "/accounts/email/"
CHANGES: tuple[tuple[str, dict[str, str]], ...] = (
    (EMAIL, {"email": THIEF, "action_add": ""}),
    ("/accounts/2fa/totp/activate/", {"code": "123456"}),
    ("/accounts/2fa/webauthn/add/", {"name": "mine", "credential": "{}"}),
    ("/accounts/2fa/recovery-codes/generate/", {}),
    ("/mine/protection/code/", {}),
    ("/mine/protection/backup/", {"do": "name", "given": THIEF}),
)


def say_it_again(client: Client, answer: Any) -> Any:
    """Give the password where it is asked for once more."""
    again = answer.headers["Location"]
    assert again.startswith("/accounts/reauthenticate/")
    return client.post(again, {"password": PASSWORD})


def links_in(letters: list[Any]) -> list[str]:
    found = re.findall(
        r"http://testserver(/accounts/\S+/)", "\n".join(str(m.body) for m in letters)
    )
    return [str(each) for each in found]


def test_a_session_without_the_password_changes_nothing(stage: Stage) -> None:
    person = account(stage)
    thief = browser("Mozilla (Windows) Edg/1")
    before = thief.session.session_key
    assert sign_in(thief) == 302
    assert thief.session.session_key != before  # what was planted before is nobody's
    wrong = []
    for path, given in CHANGES:
        answer = thief.post(path, given)
        assert answer.headers["Location"].startswith("/accounts/reauthenticate/"), path
        wrong.append(thief.post(answer.headers["Location"], {"password": "guessed"}).status_code)
    assert wrong == [200] * len(CHANGES)
    gone = thief.post("/accounts/password/change/", {"oldpassword": "x", "password1": NEW})
    assert gone.status_code == 200
    view = stage.app.protection.mine.of(Caller(person))
    assert (view.backup, view.code_made_at) == (None, None)
    assert EmailAddress.objects.get().email == HOME
    assert not Authenticator.objects.exists()


def test_an_address_that_waits_to_be_confirmed_is_no_second_door(stage: Stage) -> None:
    account(stage)
    home, thief = browser("Mozilla (Linux) Firefox/1"), browser("Mozilla (Windows) Edg/1")
    code = protected(stage, home)
    stage.clock.pass_(days=10)
    assert sign_in(thief) == 302
    say_it_again(thief, thief.post(EMAIL, {"email": THIEF, "action_add": ""}))
    thief.post(EMAIL, {"email": THIEF, "action_primary": ""})
    assert Account.objects.filter(email=HOME).exists()
    waiting = links_in(mail.outbox)
    assert len(waiting) == 1
    frozen = home.post("/freeze/", {"code": code})  # where the owner is signed in, an hour later
    assert (frozen.status_code, "/accounts/logout/" in frozen.content.decode()) == (200, False)
    mail.outbox.clear()
    thief.post(waiting[0])
    thief.post("/accounts/password/reset/", {"email": THIEF})
    assert links_in(mail.outbox) == ["/accounts/signup/"]
    assert EmailAddress.objects.get().email == HOME
    home.post("/accounts/password/reset/", {"email": HOME})
    form = home.get(links_in(mail.outbox)[-1]).headers["Location"]
    refused = home.post(form, {"password1": NEW, "password2": NEW})
    assert (refused.status_code, "protection.is_frozen" in refused.content.decode()) == (409, True)
    assert Account.objects.get(email=HOME).check_password(PASSWORD)


def test_a_change_during_the_freezing_is_taken_back(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    account(stage)
    home, thief = browser("Mozilla (Linux) Firefox/1"), browser("Mozilla (Windows) Edg/1")
    code = protected(stage, home)
    assert sign_in(thief) == 302
    plain = AccountAdapter.set_password

    def slowly(self: AccountAdapter, user: Any, password: str) -> None:
        stage.app.protection.freezing.freeze(code)
        plain(self, user, password)

    monkeypatch.setattr(AccountAdapter, "set_password", slowly)
    given = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert thief.post("/accounts/password/change/", given).status_code == 400  # no session left
    assert Account.objects.get(email=HOME).check_password(PASSWORD)


def test_nobody_who_guesses_shuts_the_owners_door(stage: Stage) -> None:
    person = account(stage)
    home, stranger = browser("Mozilla (Linux) Firefox/1"), browser("Mozilla Chrome/1")
    code = protected(stage, home)
    user = Account.objects.get(party_id=person)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    codes = RecoveryCodes.activate(user).generate_codes()
    assert {len(each) for each in codes} == {20}
    home.post("/accounts/logout/")
    tried = [sign_in(stranger, "wrong") for _ in range(7)]
    assert tried == [200] * 7
    assert (
        "reset"
        in stranger.post("/accounts/login/", {"login": HOME, "password": "w"}).content.decode()
    )
    again = home.post("/accounts/login/", {"login": HOME, "password": PASSWORD})
    assert again.headers["Location"].startswith("/accounts/2fa/authenticate/")
    mail.outbox.clear()
    other = browser("Mozilla (iPhone) Safari/1")  # a new phone, under attack
    other.post("/accounts/password/reset/", {"email": HOME})
    form = other.get(links_in(mail.outbox)[-1]).headers["Location"]
    found = other.post(form, {"password1": NEW, "password2": NEW})
    assert found.headers["Location"].startswith("/accounts/2fa/authenticate/")
    stage.clock.pass_(days=10)
    Authenticator.objects.update(created_at=stage.clock())
    stage.clock.pass_(days=10)
    stage.app.protection.freezing.freeze(code)
    given = {"address": HOME, "how": "recovery_code"}
    for number in range(8):
        said = stranger.post("/freeze/back/", {**given, "recovery_code": f"{number:020d}"})
        assert said.status_code in {404, 409}
    spaced = " ".join(codes[0][i : i + 4] for i in range(0, 20, 4))
    begun = home.post("/freeze/back/", {**given, "recovery_code": spaced})
    assert 'id="return-code"' in begun.content.decode()


def test_a_new_password_ends_what_runs_elsewhere_and_the_list_says_so(stage: Stage) -> None:
    person = account(stage)
    home, thief = browser("Mozilla (Linux) Firefox/1"), browser("Mozilla (Windows) Edg/1")
    assert [sign_in(home), sign_in(thief)] == [302, 302]
    given = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert home.post("/accounts/password/change/", given).status_code == 302
    assert [c.get("/mine/").status_code for c in (home, thief)] == [200, 302]
    listed = text(home, "/mine/protection/").partition("freeze-title")[0]
    assert "Sign out there" not in listed
    said = ("Known since", "this browser", "signed out", "Take off the list")
    assert [listed.count(each) for each in said] == [2, 1, 1, 2]  # each time is said once
    assert SignedInRow.objects.filter(person=person).count() == 1
    kinds = [line.kind for line in stage.app.protection.mine.of(Caller(PersonId(person))).trail]
    assert kinds[:2] == ["sessions_ended", "sign_in_changed"]
