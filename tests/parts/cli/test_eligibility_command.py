"""`gongdao eligibility` as people and programs use it."""

import json
from pathlib import Path

import pytest
import typer
from tests.fakes.house import shipped_packs
from typer.testing import CliRunner, Result

from gongdao import bootstrap
from gongdao.cli import eligibility
from gongdao.domain.kernel.errors import BadInput

BOOK = shipped_packs()
APP = typer.Typer()
eligibility.register(APP)
THREAT, OPINION = "给我返50块，不然天天差评", "颜色不喜欢，洗一次就掉色"


@pytest.fixture(autouse=True)
def _packs_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every run would read all packs, which takes longer than what is tested here."""
    monkeypatch.setattr(bootstrap, "pack_book", lambda _root: BOOK)


def run(*words: str, given: str = "") -> Result:
    return CliRunner().invoke(APP, list(words), input=given.encode())


def test_programs_get_a_verdict_a_line(tmp_path: Path) -> None:
    file = tmp_path / "reviews.txt"
    file.write_text(f"\ufeff{THREAT}\n\n{OPINION}\n", encoding="utf-8")
    answer = run(str(file), "--json")
    assert answer.exit_code == 0, answer.output
    first, last = [json.loads(line) for line in answer.stdout.splitlines()]
    assert (first["line"], last["line"]) == (1, 3)
    assert [each["ground"] for each in first["grounds"]] == ["extortion"]
    for span in first["grounds"][0]["spans"]:
        assert THREAT[span["start"] : span["end"]] == span["passage"]
    assert (last["opinion"], last["decides"]) == (True, "platform")


def test_people_are_told_that_the_platform_decides() -> None:
    chinese = run("-", "--lang", "zh", given=f"{THREAT}\n{OPINION}").stdout
    assert "以差评敲诈勒索" in chinese
    assert "由平台决定" in chinese
    assert "The platform decides." in run("-", "--lang", "en", given=THREAT).stdout


def test_a_line_that_cannot_be_judged_is_named_and_the_rest_is(tmp_path: Path) -> None:
    answer = run("-", "--json", given=f"\u200b\n{OPINION}\n")
    assert isinstance(answer.exception, BadInput)
    assert answer.exception.code == "eligibility.some_lines"
    assert [json.loads(line).get("problem") for line in answer.stdout.splitlines()] == [
        "eligibility.empty",
        None,
    ]
    gone = run(str(tmp_path / "gone.txt"))
    assert isinstance(gone.exception, BadInput)
    assert gone.exception.code == "eligibility.no_file"
    broken = tmp_path / "broken.txt"
    broken.write_bytes(b"\xff\xfe")
    assert getattr(run(str(broken)).exception, "code", "") == "eligibility.not_utf8"
