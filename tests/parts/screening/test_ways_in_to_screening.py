"""The same findings over the API, at the command line and from Python."""

import json
from pathlib import Path

import pytest
from django.test import Client
from typer.testing import CliRunner

from gongdao.bootstrap import screening
from gongdao.cli.main import app
from gongdao.domain.kernel.errors import BadInput
from gongdao.domain.policy.screening import Lane

ADVERT = "诚信代*开*发*票"
run = CliRunner().invoke


def test_python_finds_it_in_the_original_text() -> None:
    found = screening.screening(f"您好，{ADVERT}！")
    assert found.lane is not Lane.PUBLISH
    first = found.findings[0]
    assert f"您好，{ADVERT}！"[first.start : first.end] == "代*开*发*票"


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        screening.screening("好" * (screening.policy().most + 1))
    assert refused.value.code == "screening.too_long"


@pytest.mark.django_db
def test_the_api_answers_one_text_or_several() -> None:
    def post(body: object) -> object:
        answer = Client().post("/api/v1/screening", json.dumps(body), "application/json")
        assert answer.status_code == 200, answer.content
        assert answer.json()["stored"] is False
        return answer.json()["results"]

    one = post({"text": ADVERT})
    several = post({"texts": ["今天真好", ADVERT]})
    assert isinstance(one, list)
    assert isinstance(several, list)
    assert several[1] == one[0]
    assert one[0]["findings"][0]["passage"] == "代*开*发*票"
    assert several[0]["lane"] == "publish"


def test_the_command_reads_a_line_each(tmp_path: Path) -> None:
    file = tmp_path / "texts.txt"
    file.write_text(f"今天真好\n{ADVERT}\n", "utf-8")
    done = run(app, ["screen", str(file), "--json"])
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["lane"] == "publish" for each in lines] == [True, False]
    assert "代*开*发*票" in run(app, ["screen", str(file)]).stdout


@pytest.mark.parametrize(
    ("content", "code"), [(b"\xff\xfe", "screening.not_utf8"), (None, "screening.no_file")]
)
def test_a_file_that_cannot_be_read_is_said(
    tmp_path: Path, content: bytes | None, code: str
) -> None:
    file = tmp_path / "texts.txt"
    if content:
        file.write_bytes(content)
    failed = run(app, ["screen", str(file)]).exception
    assert isinstance(failed, BadInput)
    assert failed.code == code


def test_an_imported_list_is_read_at_once(tmp_path: Path) -> None:
    public = tmp_path / "public.txt"
    public.write_text("卖月亮\n月\n卖月亮\n", "utf-8")
    own = tmp_path / "own"
    done = run(app, ["lexicon", "import", str(public), "--category", "fraud", "--to", str(own)])
    assert "1 of 3" in done.stdout
    assert "fraud: 1" in run(app, ["lexicon", "check", str(own)]).stdout
    file = tmp_path / "texts.txt"
    file.write_text("谁要买？卖月亮", "utf-8")
    assert "卖月亮" in run(app, ["screen", str(file), "--lexicon", str(own)]).stdout


def test_training_says_which_data_are_missing(tmp_path: Path) -> None:
    failed = run(app, ["model", "train", "--data", str(tmp_path), "--out", str(tmp_path)]).exception
    assert isinstance(failed, BadInput)
    assert failed.code == "model.no_data"
