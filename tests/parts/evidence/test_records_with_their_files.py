"""A record out of its file, with the files that lie beside it under the names that it gives."""

from hashlib import sha256
from pathlib import Path

import pytest

from gongdao.bootstrap import offline
from gongdao.domain.evidence.checked import Outcome
from gongdao.domain.evidence.record_file import EXHIBIT, NamedFile, RecordFile

CONTENT = b"a picture"


def outcomes(folder: Path, name: str) -> set[Outcome]:
    """What is said of a record that names one file."""
    named = NamedFile(name=name, sha256=sha256(CONTENT).hexdigest(), size=len(CONTENT))
    record = RecordFile(
        origin="https://a.example", what=EXHIBIT, record=None, files=(named,), inclusion=None
    )
    written = folder / "gongdao-exhibit.json"
    written.write_text(record.write())
    lines = offline.check_record(written, [], offline.trust(None, (), (), None), None).lines
    return {line.outcome for line in lines}


@pytest.mark.parametrize("name", ["a" * 4000, "../picture.png", "..", "/etc/hostname", "missing"])
def test_a_name_that_no_file_beside_it_has_is_unproven(tmp_path: Path, name: str) -> None:
    (tmp_path / "picture.png").write_bytes(b"something else")
    (tmp_path / "inside").mkdir()
    assert outcomes(tmp_path / "inside", name) == {Outcome.OPEN}


def test_another_file_under_the_name_is_found(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"something else")
    assert Outcome.FAILED in outcomes(tmp_path, "picture.png")
