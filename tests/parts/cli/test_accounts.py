"""Accounts: made, changed and closed at the command line, opened by an invitation."""

import json
from pathlib import Path

import pytest
from django.test import Client
from tests.parts.cli.running import environment, gongdao
from tests.stories.stage import refused
from typer.testing import CliRunner, Result

from gongdao import bootstrap
from gongdao.cli.main import app
from gongdao.domain.kernel.errors import BadInput, NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.protection.events import Change
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


def account(*words: str, said: str | None = None) -> Result:
    return CliRunner().invoke(app, ["account", *words], input=said)


@pytest.mark.django_db
def test_the_commands_make_list_change_and_close() -> None:
    made = account("create", "op@example.org", "--role", "operator", "--invite", "--json")
    (line,) = json.loads(made.stdout)
    assert line["roles"] == ["operator"]
    assert line["link"].startswith("http://127.0.0.1:8000/accounts/password/reset/key/")

    assert account("create", "b@example.org", said=f"{PASSWORD}\n").exit_code == 0
    assert account("role", "b@example.org", "--add", "auditor", "--add", "operator").exit_code == 0
    assert account("disable", "op@example.org").exit_code == 0
    listed = json.loads(account("list", "--json").stdout)
    assert [(one["email"], one["roles"], one["active"]) for one in listed] == [
        ("op@example.org", ["operator"], False),
        ("b@example.org", ["auditor", "operator"], True),
    ]
    assert account("enable", "op@example.org").exit_code == 0
    assert "b@example.org" in account("list").stdout
    assert "/password/reset/key/" in account("invite", "b@example.org").stdout


@pytest.mark.django_db
def test_the_trail_names_kinds_and_moments() -> None:
    made = bootstrap.accounts().create("c@example.org", "C", [], password=PASSWORD)
    mine = bootstrap.app().protection.mine
    mine.sign_in_changed(made.party, Change.PASSWORD)
    mine.address_changed(made.party, "c@example.org", "d@example.org")

    found = json.loads(account("trail", "c@example.org", "--json").stdout)
    assert [(one["kind"], one["detail"]) for one in found] == [
        ("address_changed", ""),
        ("sign_in_changed", "password"),
        ("begun", ""),
    ]
    shown = account("trail", "c@example.org").stdout
    assert "address_changed" in shown
    assert "@" not in shown


@pytest.mark.django_db
def test_without_a_password_or_an_invitation_no_account_is_made() -> None:
    problem = account("create", "c@example.org", said="").exception

    assert isinstance(problem, BadInput)
    assert problem.code == "account.no_password"
    assert json.loads(account("list", "--json").stdout) == []


def test_a_refusal_is_one_line_and_ends_with_its_code(installation: dict[str, str]) -> None:
    weak = gongdao("account", "create", "x@example.org", env=installation, said="short\n")

    assert weak.returncode == 2
    assert weak.stderr.startswith("account.weak_password: ")
    assert "Traceback" not in weak.stderr


def test_without_an_installation_nothing_is_made(tmp_path: Path) -> None:
    done = gongdao("account", "list", env=environment(tmp_path / "data"))

    assert done.returncode == 1
    assert done.stderr.startswith("database.not_ready: ")
    assert not (tmp_path / "data").exists()
