"""The import contracts bite: each planted import breaks the contract that it is planted against."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = "from importlinter.cli import lint_imports_command as run; run()"

LAYERS = "Ways in stand on the site, the site on storage and adapters, all of them on the domain"
PARTS = "In the domain flows join the parts, and no part knows another"
ANATOMY = "In a part the rules see its model and no port"
PURE = "The domain does no input and no output, reads no clock and draws no chance"
BOOTSTRAP = "Ways in reach outside only through bootstrap"
CIRCLES = "No circles"
CONTRACTS = (LAYERS, PARTS, ANATOMY, PURE, BOOTSTRAP, CIRCLES)

Plant = tuple[str, str, str]
"""A contract, the file of a planted line, and the line."""

PLANTS: list[Plant] = [
    (LAYERS, "storage/codec.py", "import gongdao.web.doors"),
    (LAYERS, "domain/flows/records.py", "import gongdao.storage.models"),
    (LAYERS, "adapters/chance.py", "import gongdao.bootstrap"),
    (LAYERS, "web/urls.py", "import gongdao.cli.main"),
    (LAYERS, "utils/__init__.py", ""),
    (PARTS, "domain/intake/rules.py", "import gongdao.domain.appeals.model"),
    (PARTS, "domain/decisions/model.py", "import gongdao.domain.deadlines.model"),
    (PARTS, "domain/access/rules.py", "import gongdao.domain.flows.records"),
    (PARTS, "domain/kernel/ids.py", "import gongdao.domain.policy.model"),
    (PARTS, "domain/policy/book.py", "import gongdao.domain.intake.model"),
    (PARTS, "domain/helpers/__init__.py", ""),
    (ANATOMY, "domain/decisions/rules.py", "import gongdao.domain.decisions.ports"),
    (ANATOMY, "domain/appeals/model.py", "import gongdao.domain.appeals.rules"),
    (ANATOMY, "domain/intake/manager.py", ""),
    (PURE, "domain/flows/records.py", "import django.db"),
    (PURE, "domain/kernel/clock.py", "import time"),
    (PURE, "domain/kernel/ids.py", "import random"),
    (PURE, "domain/policy/reading.py", "from pathlib import Path"),
    (PURE, "domain/notices/rules.py", "import httpx"),
    (BOOTSTRAP, "web/urls.py", "import gongdao.storage.models"),
    (BOOTSTRAP, "api/urls.py", "from gongdao.adapters import chance"),
    (CIRCLES, "web/doors.py", "import gongdao.web.context"),
    (CIRCLES, "domain/flows/clocks.py", "import gongdao.domain.flows.reporting"),
]


def batches() -> list[list[Plant]]:
    """The plants in as few runs as will do: in one run each breaks a contract of its own."""
    found: list[list[Plant]] = []
    for plant in PLANTS:
        for batch in found:
            if all(plant[0] != other[0] and plant[1] != other[1] for other in batch):
                batch.append(plant)
                break
        else:
            found.append([plant])
    return found


def module_of(file: str) -> str:
    """The last part of the module's name."""
    return Path(file).parent.name if file.endswith("__init__.py") else Path(file).stem


def said_of(contract: str, said: str) -> str:
    """What is said of a broken contract, up to the next one."""
    about = said.partition("Broken contracts")[2].partition(f" {contract} --")[2]
    others = (f" {each} --" for each in CONTRACTS if each != contract)
    return about[: min((at for at in map(about.find, others) if at >= 0), default=len(about))]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the source to where it may be spoilt."""
    folder = tmp_path_factory.mktemp("planted")
    ignored = shutil.ignore_patterns("__pycache__", "static", "templates", "locale")
    shutil.copytree(ROOT / "src", folder / "src", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@contextmanager
def planted(file: Path, line: str) -> Iterator[None]:
    """The file with one more line, or made with it; as before at the end."""
    was = file.read_text() if file.exists() else None
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{was or ''}\n{line}\n")
    try:
        yield
    finally:
        if was is not None:
            file.write_text(was)
        elif file.name == "__init__.py":
            shutil.rmtree(file.parent)
        else:
            file.unlink()


def lint(folder: Path) -> str:
    """What the linter says, on one line."""
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    return " ".join((done.stdout + done.stderr).split())


def test_the_source_as_it_is_keeps_every_contract(copy: Path) -> None:
    said = lint(copy)
    assert "0 broken" in said, said
    for contract in CONTRACTS:
        assert f"{contract} KEPT" in said


@pytest.mark.parametrize("batch", batches(), ids=lambda batch: f"{len(batch)} plants")
def test_a_planted_import_breaks_its_contract(copy: Path, batch: list[Plant]) -> None:
    """What is said of each contract names the module that its plant stands in."""
    with ExitStack() as stack:
        for _, file, line in batch:
            stack.enter_context(planted(copy / "src" / "gongdao" / file, line))
        said = lint(copy)
    for contract, file, _ in batch:
        assert f"{contract} BROKEN" in said
        assert f".{module_of(file)}" in said_of(contract, said), (contract, file, said)
