"""The packet of a case: made for each chair, the same each time, and provable without us."""

import hashlib
import io
import json
import zipfile
from typing import Any

import pytest
from tests.stories.files_of import brought
from tests.stories.stage import Stage, show_on_pages

from gongdao.bootstrap import packets
from gongdao.domain.access.model import Caller
from gongdao.domain.evidence.packing import Wanted
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId


@pytest.fixture
def house(postgres: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    show_on_pages(postgres, monkeypatch)
    return postgres


@pytest.fixture
def ana(house: Stage) -> Caller:
    return house.hire("ana", Role.REVIEWER)


@pytest.fixture
def case(house: Stage, ana: Caller) -> CaseId:
    """Both sides brought something, it was decided, and the respondent appealed."""
    decision = house.decided(ana, caller=house.account("zhang_san"))
    case = house.decision(decision).case
    brought(house, case, house.account("zhang_san"), name="zhang_san 的截屏.png")
    brought(house, case, house.account("li_si"), name="说明.png")
    house.appealed(decision)
    return case


def made(case: CaseId, caller: Caller, wanted: Wanted | None = None) -> dict[str, bytes]:
    """The files of a packet by their paths within its folder."""
    ready = packets.make(case, caller, wanted or Wanted())
    whole = b"".join(ready.pieces())
    assert len(whole) == ready.size
    with zipfile.ZipFile(io.BytesIO(whole)) as held:
        assert held.testzip() is None
        return {name.partition("/")[2]: held.read(name) for name in held.namelist()}


def table(files: dict[str, bytes]) -> Any:
    return json.loads(files["data/packet.json"])


def test_every_hash_holds(case: CaseId, ana: Caller) -> None:
    files = made(case, ana)
    for name, below in (("manifest-sha256.txt", True), ("tagmanifest-sha256.txt", False)):
        lines = [line.split("  ") for line in files[name].decode().splitlines()]
        listed = {path: digest for digest, path in lines}
        assert {p: hashlib.sha256(files[p]).hexdigest() for p in listed} == listed
        apart = {"tagmanifest-sha256.txt", "signature.json"}
        assert set(listed) == {p for p in files if p.startswith("data/") is below} - apart
