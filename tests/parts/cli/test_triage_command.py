"""What other weights would do, before anything is saved."""

import json
from pathlib import Path

import pytest
from tests.parts.cli.running import gongdao

from gongdao.domain.kernel.errors import PackInvalid
from gongdao.domain.policy.reading import read_weights


def test_what_if_is_told_for_programs(installation: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "weights.yaml"
    file.write_text("{source: house, as_of: 2026-11-21, basis: house, harm: {other: 99}}", "utf-8")
    done = gongdao("triage", "what-if", "--weights", file, "--json", env=installation)
    assert done.returncode == 0, done.stderr
    assert set(json.loads(done.stdout)) == {"cases", "moved", "moves"}


@pytest.mark.parametrize("text", ["[1]", "harm: {other: -1}", "{source: x"])
def test_weights_that_cannot_be_read_are_named(text: str) -> None:
    with pytest.raises(PackInvalid, match=r"triage\.bad_weights"):
        read_weights(text, "weights.yaml")
