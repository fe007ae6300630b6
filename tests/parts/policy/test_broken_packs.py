"""
Each folder below broken/ is a pack with mistakes; expected.txt says what must be said of it.

After a deliberate change of wording, write the files anew with WRITE_GOLDEN=1 and read the
difference before committing it.
"""

import os
from pathlib import Path

import pytest

from gongdao.domain.kernel.errors import PackInvalid
from gongdao.domain.policy.reading import check_pack, parse_pack

BROKEN = Path(__file__).parent / "broken"
FOLDERS = sorted(path.name for path in BROKEN.iterdir())


def files_of(folder: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (BROKEN / folder).glob("*.yaml")}


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_problem_is_said_with_its_line(folder: str) -> None:
    said = "".join(f"{problem}\n" for problem in check_pack(files_of(folder), "sample"))
    golden = BROKEN / folder / "expected.txt"
    if os.environ.get("WRITE_GOLDEN"):
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_broken_pack_is_not_read(folder: str) -> None:
    with pytest.raises(PackInvalid) as refusal:
        parse_pack(files_of(folder), "sample")
    first = check_pack(files_of(folder), "sample")[0]
    assert refusal.value.code == "pack.invalid"
    assert str(first) in refusal.value.hint
