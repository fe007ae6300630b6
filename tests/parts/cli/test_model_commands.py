"""`gongdao lexicon numbers` and `gongdao model …` on an installation."""

import json
from pathlib import Path

import pytest
from tests.fakes.vault import MemoryFiles
from tests.stories.test_models_change import WHY, model
from typer.testing import CliRunner, Result

from gongdao.adapters.screening.model_shelf import ModelShelf
from gongdao.bootstrap import app as joined
from gongdao.cli.main import app
from gongdao.domain.kernel.errors import BadInput, GongdaoError, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = joined().screening.now
    monkeypatch.setattr(now, "shelf", ModelShelf(tmp_path / "shelf", MemoryFiles()))
    now.forget()


def run(*words: str) -> Result:
    return CliRunner().invoke(app, [str(each) for each in words])


def fails(kind: type[GongdaoError], code: str, *words: str) -> None:
    problem = run(*words).exception
    assert isinstance(problem, kind)
    assert problem.code == code


def test_a_model_is_shadowed_put_live_and_taken_back(tmp_path: Path) -> None:
    file = str(model(tmp_path / "made", "cli"))
    assert run("lexicon", "numbers").stdout.startswith("0 decided texts teach")
    assert json.loads(run("lexicon", "numbers", "--json").stdout)["labels"] == 0
    fails(Refused, "model.no_shadow_runs", "model", "shadow", "report")
    assert run("model", "shadow", "start", file).exit_code == 0
    told = run("model", "shadow", "report").stdout
    assert "screening-cli: 0 texts in 0 days" in told
    assert json.loads(run("model", "shadow", "report", "--json").stdout)["texts"] == 0
    fails(Refused, "model.shadow_too_short", "model", "go-live", file)
    fails(BadInput, "lexicon.reasons", "model", "go-live", file, "--without-shadow", "短")
    assert "is live" in run("model", "go-live", file, "--without-shadow", WHY).stdout
    fails(Refused, "model.no_shadow_runs", "model", "shadow", "stop")
    assert "is live again" in run("model", "roll-back").stdout
    assert json.loads(run("model", "card", file).stdout)["version"] == "screening-cli"


def test_models_are_compared_and_what_cannot_be_learned_is_refused(tmp_path: Path) -> None:
    file = str(model(tmp_path / "made", "cli"))
    told = run("model", "compare", "shipped", file, "--show").stdout
    assert "harmless, everyday: 0 -> " in told
    assert "the new model knows nothing of fraud" in told
    assert told.splitlines()[-1].startswith("It cannot be called better")
    found = json.loads(run("model", "compare", "shipped", file, "--json").stdout)
    assert {each["n"] for each in found["harmless"]} == {40}
    assert isinstance(found["differing"], int)
    fails(BadInput, "model.same", "model", "compare", "shipped", "shipped")
    fails(BadInput, "model.nothing_to_learn", "model", "train", "--out", str(tmp_path))
    fails(BadInput, "model.no_labels", "model", "train", "--labels", "--out", str(tmp_path))
