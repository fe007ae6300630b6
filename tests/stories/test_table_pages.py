"""The pages on which a table is chosen, looked at, confirmed and followed, and the command."""

import json
import re
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.stories.merchants import merchant
from tests.stories.stage import Stage, show_on_pages
from tests.stories.test_dispute_pages import signed_in
from tests.stories.test_imports import TABLE
from typer.testing import CliRunner

from gongdao.cli import disputes
from gongdao.domain.flows.importing import TakeIn


def table(text: str) -> SimpleUploadedFile:
    """A table as a form brings it."""
    return SimpleUploadedFile("orders.csv", text.encode("gb18030"), "text/csv")


def test_a_table_is_looked_at_confirmed_and_followed(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_on_pages(postgres, monkeypatch)
    ours, boss = merchant(postgres)
    client, at = signed_in(boss.person), f"/merchants/o/{ours}/import/"
    said = {"where": "taobao", "most_stars": "2"}
    assert client.post(at, said).status_code == 400
    wrong = client.post(at, {**said, "table": table(TABLE + "1,茶,x,,,,,\n")}).content.decode()
    assert "Line 7" in wrong
    assert "Take it in" not in wrong
    seen = client.post(at, {**said, "table": table(TABLE)}).content.decode()
    assert "Take it in" in seen
    found = re.search(r'name="token" value="([^"]+)"', seen)
    assert found is not None
    chosen = re.findall(r'name="column-(\d+)".*?<option value="(\w+)" selected', seen, re.DOTALL)
    columns = {f"column-{number}": name for number, name in chosen}
    begun = client.post(at, {**said, **columns, "token": found[1], "read": "yes"})
    assert begun.status_code == 302
    follow = begun["Location"]
    assert 'http-equiv="refresh"' in client.get(follow).content.decode()
    TakeIn(postgres.app.disputes.importing)({"import": follow.rstrip("/").rsplit("/", 1)[-1]})
    done = client.get(follow).content.decode()
    assert "The table is taken in" in done
    assert 'http-equiv="refresh"' not in done
    (one,) = postgres.records.disputes.of_organisation(ours, 5)
    page = client.get(f"/merchants/d/{one.now.id}/").content.decode()
    assert "This order number stands in several of your orders." in page
    stranger = signed_in(postgres.account("li_si").person, "stranger")
    assert stranger.get(follow).status_code == 404


def test_the_command_takes_one_in_and_names_wrong_lines(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    show_on_pages(postgres, monkeypatch)
    ours, boss = merchant(postgres)
    signed_in(boss.person)
    monkeypatch.setattr(disputes, "use_installation", nullcontext)
    file = tmp_path / "orders.csv"
    file.write_bytes(TABLE.replace("评价内容", "话").encode())
    runner, who = CliRunner(), ["--organisation", ours, "--as", "boss@shop.example"]
    asked = ["import", str(file), *who, "--platform", "taobao", "--json"]
    for text in ("text=话", "order=订单编号", "stars=评价星级"):
        asked += ["--map", text]
    said = json.loads(runner.invoke(disputes.app, [*asked, "--look"]).stdout)
    assert (said["disputes"], said["kept"]) == (1, False)
    said = json.loads(runner.invoke(disputes.app, asked).stdout)
    assert (said["disputes"], said["kept"]) == (1, True)
    file.write_bytes((TABLE + "1,茶,x,,,,,\n").encode())
    wrong = runner.invoke(disputes.app, asked[:8])
    assert wrong.exit_code == 1
    assert wrong.stdout.startswith("7: ")
