"""An exhibit's record is given out alone, and proves itself to whoever has the file."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.stories.files_of import PNG, brought
from tests.stories.stage import Stage, show_on_pages
from typer.testing import CliRunner

from gongdao import bootstrap
from gongdao.bootstrap.giving import giving
from gongdao.bootstrap.public_log import log
from gongdao.cli.main import app as command_line
from gongdao.domain.access.model import Caller
from gongdao.domain.evidence import record_file
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import ExhibitId


def checked(*arguments: object) -> tuple[int, dict[str, str]]:
    """How the command ends, and how each line of it."""
    done = CliRunner().invoke(command_line, ["verify", *map(str, arguments), "--json"])
    said: Any = json.loads(done.output)
    return done.exit_code, {line["code"]: line["outcome"] for line in said["lines"]}


def test_an_exhibit_proves_itself_with_its_file_beside_it(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    show_on_pages(postgres, monkeypatch)
    ana, zhang = postgres.hire("ana", Role.REVIEWER), postgres.account("zhang_san")
    case = postgres.decision(postgres.decided(ana, caller=zhang)).case
    li = postgres.account("li_si")
    exhibit = brought(postgres, case, li, name="说明.png")
    waiting = giving().exhibit(exhibit, ana)
    assert waiting.inclusion is None
    log().tick()
    given = giving().exhibit(exhibit, ana)
    assert record_file.read(given.write().encode()) == given
    record, picture = tmp_path / "record.json", tmp_path / "说明.png"
    record.write_text(given.write(), "utf-8")
    assert checked(record)[1]["exhibits.not_given"] == "not proven"
    picture.write_bytes(PNG)
    ended, said = checked(record, "--log-key", str(log().keys.public()[0]))
    proven = {code for code, outcome in said.items() if outcome == "proven"}
    assert (ended, proven) == (
        0,
        {"records.alone", "exhibits.holds", "texts.holds", "log.holds"},
    )
    picture.write_bytes(PNG + b"x")
    ended, said = checked(record)
    assert (ended, said["exhibits.changed"]) == (1, "failed")
    other = tmp_path / "other.png"
    other.write_bytes(PNG)
    assert checked(record, "--file", other)[0] == 0
    changed = given.write().replace("exhibit.received", "exhibit.derived", 1)
    record.write_text(changed, "utf-8")
    assert checked(record, "--file", other)[1]["log.not_there"] == "failed"
    of_party(exhibit, li, record, other)
    with pytest.raises(NotFound):
        giving().exhibit(exhibit, zhang)
    with pytest.raises(NotFound):
        giving().exhibit(exhibit, postgres.account("wang_wu"))


def of_party(exhibit: ExhibitId, owner: Caller, record: Path, picture: Path) -> None:
    """Whoever brought it learns nothing of the case from it, and what is not proven is said."""
    given = giving().exhibit(exhibit, owner)
    assert (given.record, given.texts) == (None, ())
    assert given.inclusion is not None
    assert given.files[0].name == "说明.png"
    record.write_text(given.write(), "utf-8")
    ended, said = checked(record, "--file", picture)
    assert ended == 0
    assert said["records.withheld"] == said["exhibits.no_record"] == "not proven"
    assert said["log.holds"] == "proven"


@pytest.mark.django_db
def test_a_stranger_finds_no_record_at_the_doors() -> None:
    bootstrap.app()
    nothing = "01890000-0000-7000-8000-000000000001"
    client = Client()
    assert client.get(f"/api/v1/evidence/{nothing}/record").status_code in {401, 403, 404}
    assert client.get(f"/api/v1/receipts/AAAA/evidence/{nothing}/record").status_code == 404
