"""An entry is retired at the command line, left out by `gongdao screen`, restored by the API."""

import json
from pathlib import Path

import pytest
from tests.stories.http_teller import hired
from typer.testing import CliRunner, Result

from gongdao.bootstrap import app as joined
from gongdao.cli.main import app
from gongdao.domain.kernel.errors import GongdaoError, Refused
from gongdao.domain.kernel.events import SYSTEM, Role
from gongdao.domain.policy.screening import Category
from gongdao.domain.screening.entries import EntryProposed, stream_of

pytestmark = pytest.mark.django_db
WHY = "多份裁定认定是误报，先停用。"


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def refused(code: str, *words: str) -> None:
    problem = run(*words).exception
    assert isinstance(problem, GongdaoError)
    assert problem.code == code


def test_what_was_retired_is_not_matched_until_it_is_restored(tmp_path: Path) -> None:
    r, stream = joined().records, stream_of(Category.ABUSE, "智障")
    with r.work():
        step = EntryProposed(
            at=r.clock(), by=SYSTEM, category=Category.ABUSE, entry="智障", true=1, false=24
        )
        r.judged_entries.add(stream, [step], after=0)
    file = tmp_path / "texts.txt"
    file.write_text("你这个智障\n", "utf-8")

    def evidence(*words: str) -> str:
        return str(json.loads(run("screen", str(file), "--json", *words).stdout)["findings"])

    assert "智障 (plain)" in evidence()
    refused("lexicon.reasons", "lexicon", "retire", "智障", "--why", "短")
    refused("lexicon.which_entry", "lexicon", "retire", "智者", "--why", WHY)
    refused("lexicon.which_entry", "lexicon", "retire", "智障", "--category", "arms", "--why", WHY)
    assert "is retired" in run("lexicon", "retire", "智障", "--why", WHY).stdout
    refused("lexicon.entry_moved_on", "lexicon", "keep", "智障", "--why", WHY)
    assert "智障 (plain)" not in evidence()
    assert "智障 (plain)" in evidence("--alone")

    _, operator = hired("op", Role.OPERATOR)
    _, reviewer = hired("re", Role.REVIEWER)
    there, body = f"/api/v1/screening/entries/{stream}/restored", {"reasons": WHY}
    assert reviewer.client.post(there, body, "application/json").status_code == 404
    answer = operator.client.post(there, body, "application/json")
    assert (answer.status_code, answer.json()["stage"]) == (200, "restored")
    assert operator.client.post(there, body, "application/json").status_code == 409
    assert "智障 (plain)" in evidence()
    joined().screening.now.forget()


def test_a_database_that_cannot_be_asked_is_said_and_the_lists_read_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise Refused("database.not_ready", "Not ready.")

    monkeypatch.setattr("gongdao.cli.screen.use_installation", fails)
    file = tmp_path / "texts.txt"
    file.write_text("诚信代开发票", "utf-8")
    done = run("screen", str(file))
    assert "database.not_ready" in done.stderr
    assert "代开发票" in done.stdout
