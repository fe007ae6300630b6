"""`gongdao walkthrough` as people and programs use it: in a database of its own."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from tests.parts.cli.conftest import OneAtATime
from tests.parts.cli.running import environment, gongdao

TABLE = "正文,标注,账号\n" + "".join(f"第 {n} 条内容,{n % 2},u{n % 3}\n" for n in range(1, 11))


def databases(url: str) -> set[str]:
    """Those of walkthroughs: other tests make others at the same time."""
    ours = "select datname from pg_database where datname like 'gongdao_walkthrough_%'"
    with psycopg.connect(url) as session:
        return {name for (name,) in session.execute(ours)}


def test_totals_are_what_was_asked_for_and_nothing_is_left(
    tmp_path: Path, server_url: str, one_at_a_time: OneAtATime
) -> None:
    table = tmp_path / "内容.csv"
    table.write_text(TABLE + ",1,u9\n" + "长" * 6000 + ",0,u9\n", encoding="gb18030")
    env = environment(tmp_path / "data", server_url)

    with one_at_a_time():
        before = databases(server_url)
        done = gongdao("walkthrough", "--input", table, "--json", "--lang", "en", env=env)
        left = databases(server_url) - before

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    wanted = {"reports": 10, "cases": 10, "decisions": 10, "appeals": 5, "sanctions": 5}
    wanted |= {"overturned": 2, "upheld": 3, "changed": 0, "lifted": 2}
    assert {key: told[key] for key in wanted} == wanted
    assert told["notices"] > 40
    assert told["leaves"] > told["notices"]
    assert told["input"]["encoding"] == "GB18030"
    assert told["input"]["posts"] == 12
    assert told["refused"] == {"report.no_snapshot": [12], "report.snapshot_too_long": [13]}
    assert left == set()
    assert list((tmp_path / "data" / "walkthrough").iterdir()) == []


@pytest.mark.slow
def test_it_tells_the_story_of_our_own_posts_on_an_embedded_server(open_folder: Path) -> None:
    done = gongdao("walkthrough", "--lang", "zh", env=environment(open_folder / "data"))

    assert done.returncode == 0, done.stderr
    for words in ("回执", "处置决定与理由说明", "申诉理由", "撤销了原决定", "合计", "已经删除"):
        assert words in done.stdout
    assert "Traceback" not in done.stderr
    assert list((open_folder / "data" / "walkthrough").iterdir()) == []


def test_kept_it_says_where(installation: dict[str, str], server_url: str) -> None:
    database = urlsplit(installation["GONGDAO_DATABASE_URL"]).path.removeprefix("/")
    assert database in databases(server_url)
    assert (Path(installation["GONGDAO_DATA"]) / "keys" / "fields.key").is_file()


@pytest.mark.parametrize(("language", "words"), [("zh", "检查"), ("en", "Check the path")])
def test_bad_input_is_said_in_the_chosen_language(
    tmp_path: Path, language: str, words: str
) -> None:
    missing = tmp_path / "nothing.csv"
    env = environment(tmp_path / "data")

    done = gongdao("walkthrough", "--input", missing, "--lang", language, env=env)

    assert done.returncode == 2
    assert done.stderr.startswith("posts.no_file: ")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data").exists()
