"""`gongdao packs` as people and programs use it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.parts.policy.samples import figure, pack
from typer.testing import CliRunner, Result

from gongdao.adapters.pack_files import read_pack_texts
from gongdao.cli.packs import app
from gongdao.domain.kernel.errors import BadInput, NotFound, PackInvalid
from gongdao.domain.policy.pack import RulePack
from gongdao.domain.policy.reading import dump_pack

OLD = pack("2026-11-01", appeal={"window": figure("7d")})
NEW = pack("2026-12-01", since="2026-12-01", appeal={"window": figure("3d")})


def lay(folder: Path, written: RulePack) -> None:
    folder.mkdir(parents=True)
    for name, text in dump_pack(written).items():
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two versions of one platform's pack: the newer in front, the older in its own folder."""
    lay(tmp_path / "sample", NEW)
    lay(tmp_path / "sample" / "2026-11-01", OLD)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), env={"COLUMNS": "120", "TERM": "dumb"})


def test_packs_are_found_with_their_versions_and_drafts_passed_over(root: Path) -> None:
    (root / "sample" / "examples").mkdir()
    (root / "sample" / "examples" / "posts.yaml").write_text("- x")
    assert sorted(read_pack_texts(root)) == ["sample", "sample/2026-11-01"]


def test_list_names_each_version(root: Path) -> None:
    listed = json.loads(run("list", "--root", str(root), "--json").stdout)
    assert [(p["platform"], p["version"]) for p in listed] == [
        ("sample", "2026-12-01"),
        ("sample", "2026-11-01"),
    ]
    assert all(len(p["digest"]) == 64 for p in listed)
    assert "样例" in run("list", "--root", str(root)).stdout


@pytest.mark.parametrize(("day", "window"), [("2026-11-30", "7 天"), ("2026-12-01", "3 天")])
def test_show_gives_the_pack_in_force_on_a_day(root: Path, day: str, window: str) -> None:
    shown = run("show", "sample", "--on", day, "--root", str(root))
    assert shown.exit_code == 0
    assert window in shown.stdout


def test_show_gives_a_version_by_name_as_json(root: Path) -> None:
    shown = run("show", "sample", "--version", "2026-11-01", "--root", str(root), "--json")
    assert json.loads(shown.stdout)["pack"]["appeal"]["window"][0]["value"] == "7d"


def test_compare_says_figures_sources_and_that_they_are_claims() -> None:
    words = ("compare", "wechat", "taobao", "jd", "--about", "appeal", "--on", "2026-11-21")
    zh, en = run(*words).stdout, run(*words, "--lang", "en").stdout
    for said in (
        "7 天",
        "85%",
        "1–2 个工作日",
        "000_e0db3b226a0a5e32",
        "未经核实",
        "另一说法",
        "取较长的工作日",
    ):
        assert said in zh
    for said in ("7 days", "85%", "1–2 working days", "not verified", "also said"):
        assert said in en


def test_compare_as_json_keeps_both_languages_and_the_basis() -> None:
    told = run("compare", "weibo", "--about", "report", "--on", "2026-11-21", "--json")
    rows = {row["key"]: row["cells"][0][0] for row in json.loads(told.stdout)["rows"]}
    entry = rows["report.discovery"]
    assert (entry["text"], entry["basis"]) == ({"zh": "82%", "en": "82%"}, "claimed")


def test_compare_says_when_there_is_nothing_to_compare() -> None:
    told = run("compare", "douyin", "--about", "aids", "--on", "2026-11-21")
    assert "没有写到“辅助验证”" in told.stderr


def test_diff_shows_the_values_before_and_after(root: Path) -> None:
    words = ("diff", "sample", "2026-11-01", "2026-12-01", "--root", str(root))
    told = run(*words)
    assert "- 7d" in told.stdout
    assert "+ 3d" in told.stdout
    kinds = {change["kind"] for change in json.loads(run(*words, "--json").stdout)}
    assert kinds == {"changed"}


def test_check_of_good_packs_ends_well(root: Path) -> None:
    checked = run("check", str(root))
    assert (checked.exit_code, checked.stdout, checked.stderr) == (0, "", "0 problems\n")


def test_check_names_file_and_line_and_ends_with_two(root: Path) -> None:
    file = root / "sample" / "pack.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "banner: 1\n", encoding="utf-8")
    last = len(file.read_text(encoding="utf-8").splitlines())
    checked = run("check", str(root))
    assert checked.exit_code == 2
    assert f"sample/pack.yaml:{last}: pack.unknown_key: banner:" in checked.stdout
    problems = json.loads(run("check", str(root), "--json").stdout)
    assert [(p["code"], p["line"]) for p in problems] == [("pack.unknown_key", last)]
    assert isinstance(run("list", "--root", str(root)).exception, PackInvalid)


def test_what_is_not_there_is_refused_with_a_hint(root: Path) -> None:
    assert isinstance(run("show", "nix").exception, NotFound)
    early = run("compare", "sample", "--on", "2020-01-01", "--root", str(root))
    assert isinstance(early.exception, NotFound)
    assert isinstance(run("list", "--root", str(root / "nowhere")).exception, BadInput)
    assert run("compare", "wechat", "--on", "soon").exit_code == 2
    assert run("compare", "wechat", "--about", "weather").exit_code == 2


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["show", "nix"], 1, b"pack.unknown"),
        (["list", "--root", "/nowhere"], 2, b"pack.no_folder"),
        (["show", "wechat", "--about", "appeal"], 0, "微信".encode()),
    ],
)
def test_the_program_ends_as_promised_whatever_the_locale(
    words: list[str], code: int, said: bytes
) -> None:
    environ = {"LC_ALL": "en_US.ISO-8859-1", "PYTHONIOENCODING": "latin-1", "PATH": "/usr/bin"}
    ended = subprocess.run(
        [sys.executable, "-m", "gongdao", "packs", *words],
        env=environ,
        capture_output=True,
        check=False,
    )
    assert ended.returncode == code
    assert said in ended.stdout + ended.stderr
    assert b"Traceback" not in ended.stderr


def test_own_figures_stand_below_the_claims_and_never_among_them(tmp_path: Path) -> None:
    own = tmp_path / "numbers.json"
    few = {"platform": "jd", "rate": {"n": 3, "upheld": 3}, "days": None, "answers": 0}
    ours = {"platform": "taobao", "rate": {"n": 22, "upheld": 11}, "days": 2.0, "answers": 22}
    own.write_text(json.dumps({"platforms": [ours, few]}), encoding="utf-8")
    words = ("compare", "taobao", "jd", "wechat", "--about", "review", "--on", "2026-11-21")
    told = run(*words, "--lang", "en", "--own", str(own)).output
    assert "taobao: upheld 50% (n = 22); 2 days to an answer" in told
    assert "jd: upheld too few to tell (n = 3)" in told
    assert "wechat: no disputes" in told
    assert json.loads(run(*words, "--own", str(own), "--json").output)["own"][0] == ours
    own.write_text("{}", encoding="utf-8")
    refused = run(*words, "--own", str(own)).exception
    assert isinstance(refused, BadInput)
    assert refused.code == "packs.own_unreadable"
