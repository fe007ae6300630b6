"""`gongdao doctor`: it sees what is wrong, names it, and changes nothing."""

import json
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.parts.cli.running import environment, gongdao
from typer.testing import CliRunner

from gongdao.cli.main import app


def asked(env: dict[str, str], *words: str) -> tuple[int, dict[str, Any]]:
    done = gongdao("doctor", "--json", *words, env=env)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, json.loads(done.stdout)


def finding(told: dict[str, Any], what: str) -> dict[str, str]:
    found: dict[str, str] = next(one for one in told["findings"] if one["what"] == what)
    return found


def test_a_sound_installation_is_well(installation: dict[str, str]) -> None:
    code, told = asked(installation | {"GONGDAO_PROT": "80"}, "--rebuild-check")

    assert code == 0
    assert told["well"] is True
    assert told["differences"] == []
    assert finding(told, "record")["state"] == "fine"
    assert int(finding(told, "record")["detail"].split()[0]) > 200
    assert finding(told, "packs.cited")["detail"].startswith("1 cited")
    assert finding(told, "worker")["state"] == "watch"
    assert finding(told, "settings")["detail"] == "GONGDAO_PROT"


def test_secrets_are_masked_in_the_language_that_was_asked_for(
    installation: dict[str, str],
) -> None:
    secret = installation | {"GONGDAO_SMTP_URL": "smtps://me:hunter2@mail.example.org:465"}
    done = gongdao("doctor", env=secret)
    english = gongdao("doctor", "--lang", "en", env=installation).stdout

    assert done.returncode == 0, done.stderr
    assert "GONGDAO_SMTP_URL" in done.stdout
    assert "hunter2" not in done.stdout + done.stderr
    assert installation["GONGDAO_DATABASE_URL"] not in done.stdout + done.stderr
    assert "全部已应用" in done.stdout
    assert "all applied" not in done.stdout
    assert "迁移" not in english
    assert "all applied" in english


def test_a_row_changed_behind_the_back_is_named(installation: dict[str, str]) -> None:
    with psycopg.connect(installation["GONGDAO_DATABASE_URL"], autocommit=True) as session:
        (case,) = session.execute("select id from case_row limit 1").fetchone() or ("",)
        session.execute("update case_row set told = not told where id = %s", [case])
        try:
            code, told = asked(installation, "--rebuild-check")
        finally:
            session.execute("update case_row set told = not told where id = %s", [case])

    assert code == 1
    assert [(d["what"], d["id"], d["field"]) for d in told["differences"]] == [
        ("case", str(case), "told")
    ]


def test_an_open_or_missing_key_is_named_and_none_is_made(installation: dict[str, str]) -> None:
    keys = Path(installation["GONGDAO_DATA"]) / "keys"
    key, missing = keys / "fields.key", keys / "digest.key"
    key.chmod(0o644)
    missing.rename(missing.with_suffix(".away"))
    code, told = asked(installation)
    assert code == 1
    assert finding(told, "keys.fields")["hint"] == f"chmod 600 {key}"
    assert "not there" in finding(told, "keys.digests")["detail"]
    assert not missing.exists()

    key.chmod(0o600)
    missing.with_suffix(".away").rename(missing)


def test_nothing_at_all_is_said_and_left_as_it_is(tmp_path: Path) -> None:
    code, told = asked(environment(tmp_path / "data"))

    assert code == 1
    assert finding(told, "installation")["state"] == "broken"
    assert not (tmp_path / "data").exists()


def test_a_server_that_does_not_answer_is_named(installation: dict[str, str]) -> None:
    nowhere = installation | {"GONGDAO_DATABASE_URL": "postgresql://x@127.0.0.1:1/x"}
    code, told = asked(nowhere)

    assert code == 1
    assert finding(told, "database.server")["detail"] == "database.unreachable"


@pytest.mark.parametrize("words", [("doctor",), ("walkthrough",), ("account", "create")])
def test_help_works(words: tuple[str, ...]) -> None:
    done = CliRunner().invoke(app, [*words, "--help"])

    assert done.exit_code == 0
    assert "Usage" in done.stdout
