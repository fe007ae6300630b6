"""The operator marks an account as of high profile, and takes the mark away."""

import json

import pytest
from typer.testing import CliRunner, Result

from gongdao.cli.main import app
from gongdao.domain.kernel.errors import Refused

pytestmark = pytest.mark.django_db
WHY = "粉丝很多的公众人物账号。"


def profiles(*words: str) -> Result:
    return CliRunner().invoke(app, ["profiles", *words])


def test_an_account_is_marked_listed_and_cleared() -> None:
    assert profiles("mark", "li_si", "--why", WHY).exit_code == 0
    assert isinstance(profiles("mark", "li_si", "--why", WHY).exception, Refused)
    (one,) = json.loads(profiles("list", "--json").stdout)
    assert (one["account"], one["reasons"]) == ("li_si", WHY)
    assert "li_si" in profiles("list").stdout
    assert profiles("clear", "li_si", "--why", WHY).exit_code == 0
    assert json.loads(profiles("list", "--json").stdout) == []
