"""`gongdao lint` as people and programs use it."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from tests.fakes.house import shipped_packs
from typer.testing import CliRunner, Result

from gongdao import bootstrap
from gongdao.cli import lint
from gongdao.domain.kernel.errors import BadInput

BOOK = shipped_packs()
APP = typer.Typer()
lint.register(APP)


@pytest.fixture(autouse=True)
def _packs_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every run would read all packs, which takes longer than what is tested here."""
    monkeypatch.setattr(bootstrap, "pack_book", lambda _root: BOOK)


def run(*words: str, given: bytes = b"") -> Result:
    return CliRunner().invoke(APP, list(words), input=given)


def kinds(*words: str, given: str) -> list[Any]:
    answer = run("-", "--json", *words, given=given.encode())
    assert answer.exit_code == 0, answer.output
    return [each["kind"] for each in json.loads(answer.stdout)["findings"]]


def test_programs_get_the_place_the_reason_and_better_words(tmp_path: Path) -> None:
    file = tmp_path / "statement.txt"
    file.write_text("\ufeff各位好。\n你们根本不懂规则。", encoding="utf-8")
    answer = json.loads(run(str(file), "--json").stdout)
    assert answer["language"] == "zh-hans"
    (only,) = answer["findings"]
    assert only["span"] == {"start": 5, "end": 11}
    assert only["passage"] == "你们根本不懂"
    assert only["kind"] == "antagonistic"
    assert only["reason"]
    assert only["suggestion"]
    assert only["weight"] == 3


def test_people_see_the_passage_underlined() -> None:
    said = run("-", "--lang", "en", given="好。\nＡ😀 Shut up, please. Whatever.".encode()).stdout
    shown, below, *_ = said.splitlines()
    assert shown == "2: Ａ😀 Shut up, please. Whatever."
    assert below == " " * 8 + "~" * 7
    assert "you may always send it as it is" in said


def test_nothing_to_point_out_is_said_too() -> None:
    said = run("-", "--lang", "zh", given="我申请复核，请再看一次证据。".encode()).stdout
    assert said.startswith("没有发现需要提醒的地方")


def test_what_it_is_told_counts() -> None:
    assert kinds(given="见证据3。昨天我回复了他。") == ["vague_time"]
    assert kinds("--exhibits", "1,2", "--no-times", given="见证据3。昨天我回复了他。") == [
        "absent_exhibit"
    ]
    assert kinds("--exhibits", "", given="如附件。") == ["absent_exhibit"]
    assert kinds(given="收款人：陈晓明。") == ["personal_data"]
    assert kinds("--own", "陈晓明", given="收款人：陈晓明。") == []


@pytest.mark.parametrize(
    ("words", "given", "code"),
    [
        (["-"], b"", "lint.empty"),
        (["-"], "\u200b".encode() * 2_000, ""),
        (["-"], b"Shut up\xff\xfe", "lint.not_utf8"),
        (["-"], b"a" * 2_000_000, "lint.too_large"),
        (["-"], b"a" * 20_000, "lint.too_long"),
        (["no such file"], b"", "lint.no_file"),
        (["."], b"", "lint.no_file"),
        (["-", "--exhibits", "one"], b"x", "lint.bad_exhibits"),
    ],
)
def test_bad_input_is_said_and_nothing_else(words: list[str], given: bytes, code: str) -> None:
    answer = run(*words, given=given)
    if code:
        assert isinstance(answer.exception, BadInput)
        assert answer.exception.code == code
        assert answer.stdout == ""
    else:
        assert answer.exit_code == 0
