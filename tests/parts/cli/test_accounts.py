"""Accounts: made, changed and closed at the command line, opened by an invitation."""

import json
from pathlib import Path

import pytest
from django.test import Client
from tests.parts.cli.running import environment, gongdao
from tests.stories.stage import refused

from gongdao import bootstrap
from gongdao.domain.kernel.errors import BadInput, NotFound
from gongdao.domain.kernel.events import Role
from gongdao.storage.accounts import PgAccounts
from gongdao.storage.models import Account

PASSWORD = "a long enough pass phrase"


@pytest.fixture
def accounts(db: None) -> PgAccounts:
    return bootstrap.accounts()


def test_an_account_signs_in_with_its_roles(accounts: PgAccounts) -> None:
    made = accounts.create(
        " Ana@Example.org ", "Ana", [Role.AUDITOR, Role.REVIEWER], password=PASSWORD
    )

    assert made.email == "ana@example.org"
    assert made.roles == (Role.REVIEWER, Role.AUDITOR)
    found = Account.objects.get(email="ana@example.org")
    assert found.check_password(PASSWORD)
    assert bootstrap.caller_of(found).roles == {Role.REVIEWER, Role.AUDITOR}
    assert [line.email for line in accounts.all()] == ["ana@example.org"]


def test_an_invitation_sets_a_password_once(accounts: PgAccounts, client: Client) -> None:
    accounts.create("bo@example.org", "Bo", [])
    link = accounts.invitation("bo@example.org")
    page = client.get(link, follow=True)
    form = page.redirect_chain[-1][0]

    answer = client.post(form, {"password1": PASSWORD, "password2": PASSWORD})

    assert answer.status_code == 302
    assert Account.objects.get(email="bo@example.org").check_password(PASSWORD)
    again = Client().get(link, follow=True)
    assert again.redirect_chain == []


def test_one_operator_always_stays(accounts: PgAccounts) -> None:
    accounts.create("a@example.org", "A", [Role.OPERATOR])
    accounts.create("b@example.org", "B", [Role.REVIEWER])
    accounts.set_active("b@example.org", active=False)

    with refused("account.last_operator"):
        accounts.set_roles("a@example.org", [], [Role.OPERATOR])
    with refused("account.last_operator"):
        accounts.set_active("a@example.org", active=False)

    accounts.set_active("b@example.org", active=True)
    accounts.set_roles("b@example.org", [Role.OPERATOR], [Role.REVIEWER])
    accounts.set_roles("a@example.org", [], [Role.OPERATOR])
    assert accounts.get("a@example.org").roles == ()
    assert accounts.get("b@example.org").roles == (Role.OPERATOR,)


def test_bad_accounts_are_refused(accounts: PgAccounts) -> None:
    accounts.create("a@example.org", "A", [])

    with refused("account.exists"):
        accounts.create("A@example.org", "A", [])
    with refused("account.bad_email", BadInput):
        accounts.create("nobody", "A", [])
    with refused("account.weak_password", BadInput):
        accounts.create("c@example.org", "C", [], password="short")
    with refused("account.unknown_role", BadInput):
        accounts.create("c@example.org", "C", [Role.RESPONDENT])
    with refused("account.unknown", NotFound):
        accounts.set_roles("c@example.org", [Role.AUDITOR], [])
    assert [line.email for line in accounts.all()] == ["a@example.org"]


def test_the_commands_make_list_and_close(installation: dict[str, str]) -> None:
    made = gongdao(
        *("account", "create", "op@example.org", "--role", "operator", "--invite", "--json"),
        env=installation,
    )
    assert made.returncode == 0, made.stderr
    (line,) = json.loads(made.stdout)
    assert line["roles"] == ["operator"]
    assert line["link"].startswith("http://127.0.0.1:8000/accounts/password/reset/key/")

    weak = gongdao("account", "create", "x@example.org", env=installation, said="short\n")
    assert weak.returncode == 2
    assert weak.stderr.startswith("account.weak_password: ")

    last = gongdao("account", "disable", "op@example.org", env=installation)
    assert last.returncode == 1
    assert last.stderr.startswith("account.last_operator: ")

    listed = json.loads(gongdao("account", "list", "--json", env=installation).stdout)
    assert "op@example.org" in {line["email"] for line in listed}
    assert "x@example.org" not in {line["email"] for line in listed}


def test_without_an_installation_nothing_is_made(tmp_path: Path) -> None:
    done = gongdao("account", "list", env=environment(tmp_path / "data"))

    assert done.returncode == 1
    assert done.stderr.startswith("database.not_ready: ")
    assert not (tmp_path / "data").exists()
