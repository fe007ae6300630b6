"""The same findings over the API, at the command line and from Python."""

import json
from pathlib import Path

import pytest
from django.test import Client
from typer.testing import CliRunner

from gongdao import bootstrap
from gongdao.bootstrap import screening
from gongdao.cli.main import app
from gongdao.domain.kernel.errors import BadInput, Refused
from gongdao.domain.kernel.events import Role
from gongdao.domain.policy.screening import Lane
from gongdao.site.config import Config

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

    assert Client().post("/api/v1/screening", "{}", "application/json").json()["code"] == (
        "screening.nothing"
    )
    assert post({"text": "好" * 300_000}) != []  # 900 KB
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
    done = run(app, ["screen", str(file), "--alone", "--json"])
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["lane"] == "publish" for each in lines] == [True, False]
    assert "代*开*发*票" in run(app, ["screen", str(file), "--alone"]).stdout


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


@pytest.mark.django_db
def test_strangers_are_slowed_down_by_how_much_they_send_and_the_app_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(screening, "LOOKS_PER_MINUTE", 3)
    key = bootstrap.api_keys().create("app", [Role.APP])
    much = json.dumps({"texts": ["好" * 20_000] * 3})

    def answers(client: Client) -> list[int]:
        return [
            client.post("/api/v1/screening", much, "application/json").status_code for _ in range(3)
        ]

    assert answers(Client()) == [200, 429, 429]
    refused = Client().post("/api/v1/screening", much, "application/json")
    assert int(refused.headers["Retry-After"]) > 50  # all of it has to be earned back
    assert answers(Client(headers={"Authorization": f"Bearer {key}"})) == [200, 200, 200]


def test_an_imported_list_is_read_at_once(tmp_path: Path) -> None:
    public = tmp_path / "public.txt"
    public.write_text("卖月亮\n月\n卖月亮\n", "utf-8")
    own = tmp_path / "own"
    done = run(app, ["lexicon", "import", str(public), "--category", "fraud", "--to", str(own)])
    assert "1 of 3" in done.stdout
    assert "fraud: 1" in run(app, ["lexicon", "check", str(own)]).stdout
    file = tmp_path / "texts.txt"
    file.write_text("谁要买？卖月亮", "utf-8")
    assert "卖月亮" in run(app, ["screen", str(file), "--alone", "--lexicon", str(own)]).stdout


@pytest.mark.parametrize(
    ("content", "words", "code"),
    [
        ("卖月亮\n".encode() + "发票\n".encode("gbk"), (), "lexicon.not_utf8"),
        ("卖月亮\n".encode(), ("--encoding", "klingon"), "lexicon.no_encoding"),
        ("月\n日\n".encode(), (), "lexicon.nothing_kept"),
        (b"", (), "lexicon.nothing_kept"),
        ("\n".join(f"{n:06}号" for n in range(200_001)).encode(), (), "lexicon.too_large"),
    ],
)
def test_a_broken_list_is_refused_and_nothing_is_written(
    tmp_path: Path, content: bytes, words: tuple[str, ...], code: str
) -> None:
    public, own = tmp_path / "public.txt", tmp_path / "own"
    public.write_bytes(content)
    there = ["lexicon", "import", str(public), "--category", "fraud", "--to", str(own), *words]
    failed = run(app, there).exception
    assert isinstance(failed, BadInput)
    assert failed.code == code
    assert not own.exists()


def test_what_is_no_word_is_left_out_and_said_and_no_list_is_overwritten(tmp_path: Path) -> None:
    public, own = tmp_path / "public.txt", tmp_path / "own"
    lines = ["卖月亮 precision=0.9", "卖.*亮", "^傻", "卖星星,abuse,3", "卖 月亮", "月", "卖太阳"]
    public.write_bytes("\r\n".join(lines).encode("gb18030"))
    there = ["lexicon", "import", str(public), "--category", "fraud", "--to", str(own)]
    done = run(app, [*there, "--encoding", "gb18030"])
    assert "2 of 7" in done.stdout
    assert "no word but a pattern: 2 (line 2: 卖.*亮, 3: ^傻)" in done.stdout
    assert "several words on one line: 1 (line 4: 卖星星,abuse,3)" in done.stdout
    kept = (own / "fraud-public.txt").read_text("utf-8")
    assert "卖月亮 precision=0.9\n卖太阳\n" in kept
    failed = run(app, [*there, "--encoding", "gb18030"]).exception
    assert isinstance(failed, Refused)
    assert failed.code == "lexicon.exists"
    assert run(app, [*there, "--encoding", "gb18030", "--replace"]).exit_code == 0


def test_a_broken_list_of_ones_own_leaves_the_shipped_ones_at_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fraud-ours.txt").write_text("卖月亮 colour=red\n", "utf-8")
    monkeypatch.setenv(screening.OWN_LISTS, str(tmp_path))
    ready = screening.screener.__wrapped__()
    assert ready.lists_failed == "lexicon.bad_line"
    assert ready.look(ADVERT, screening.policy()).lane is not Lane.PUBLISH
    problem = screening.own_lists_problem()
    assert problem is not None
    assert "fraud-ours.txt" in str(problem)
    assert screening.OWN_LISTS in {described.name for described in Config().describe()}
    monkeypatch.setenv(screening.OWN_LISTS, str(tmp_path / "nowhere"))
    assert screening.screener.__wrapped__().lists_failed == "lexicon.no_folder"


def test_training_says_which_data_are_missing(tmp_path: Path) -> None:
    failed = run(app, ["model", "train", "--data", str(tmp_path), "--out", str(tmp_path)]).exception
    assert isinstance(failed, BadInput)
    assert failed.code == "model.no_data"
