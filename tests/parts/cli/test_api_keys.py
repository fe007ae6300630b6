"""Keys at the command line: made once, listed without their secret, closed for good."""

import json

import pytest
from typer.testing import CliRunner, Result

from gongdao import bootstrap
from gongdao.cli.main import app
from gongdao.domain.kernel.errors import GongdaoError
from gongdao.domain.kernel.events import Role

pytestmark = pytest.mark.django_db


def api_key(*words: str) -> Result:
    return CliRunner().invoke(app, ["api-key", *words])


def test_a_key_is_made_listed_and_revoked() -> None:
    secret = json.loads(api_key("create", "app server", "--json").stdout)["key"]
    holder = bootstrap.api_keys().holder(secret)
    assert holder is not None
    assert holder.caller.roles == {Role.APP}

    listed = api_key("list", "--json")
    (key,) = json.loads(listed.stdout)
    assert (key["name"], key["roles"], key["revoked_at"]) == ("app server", ["app"], None)
    assert secret not in listed.stdout

    assert api_key("revoke", key["id"]).exit_code == 0
    assert bootstrap.api_keys().holder(secret) is None
    assert "revoked" in api_key("list").stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("create", "x", "--role", "king"), "account.unknown_role"),
        (("create", "x", "--role", "reviewer"), "api_key.needs_a_person"),
        (("revoke", "nothing"), "not_found"),
    ],
)
def test_what_is_not_allowed_is_refused(words: tuple[str, ...], code: str) -> None:
    problem = api_key(*words).exception

    assert isinstance(problem, GongdaoError)
    assert problem.code == code
