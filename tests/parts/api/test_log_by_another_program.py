"""A program that is not ours reads the log as it is served, and checks it by its own lights.

`aics-tlog` (Apache-2.0) was written apart from us, after the same documents. It needs Python 3.12.
"""

from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.test import Client
from tests.stories.behind_the_back import sql
from tests.stories.stage import Stage, show_on_pages, stage_on_postgres

from gongdao.bootstrap.public_log import log
from gongdao.domain.evidence.checkpoint import COSIGNATURE, Key, Note, sign

other = pytest.importorskip("aics_tlog", reason="it needs Python 3.12 or later")
MANY = """
    insert into event (stream, version, kind, at, actor_role, body, leaf)
    select gen_random_uuid(), 1, 'x', now(), 'system', '{}', sha256(n::text::bytea)
    from generate_series(1, %s::int) n
"""


class Served:
    """How the other program reads tiles: here out of our answers."""

    def read_tile(self, level: int, index: int, width: int | None) -> bytes | None:
        return fetched(f"tile/{level}/{index:03}", width)

    def read_entry_bundle(self, index: int, width: int | None) -> bytes | None:
        return fetched(f"tile/entries/{index:03}", width)


def fetched(name: str, width: int | None) -> bytes | None:
    partial = f".p/{width}" if width not in {None, 256} else ""
    answer = Client().get(f"/log/{name}{partial}")
    return answer.content if answer.status_code == 200 else None


@pytest.fixture
def stage(db: None, monkeypatch: pytest.MonkeyPatch) -> Stage:
    stage = stage_on_postgres()
    show_on_pages(stage, monkeypatch)
    stage.report()
    return stage


@pytest.mark.parametrize("count", ["10", "700"])
def test_the_whole_log_and_its_proofs_hold(stage: Stage, count: str) -> None:
    log().tick()
    before = log().newest().checkpoint
    sql(MANY, count)
    receipt = stage.report()
    log().tick()
    now = log().newest().checkpoint

    other.audit_tiles(Served(), now.size, now.root, entries=True)
    proof = Client().get(f"/api/v1/log/inclusion/{receipt.leaf}").json()
    path = [bytes.fromhex(each) for each in proof["path"]]
    leaf = bytes.fromhex(receipt.leaf)
    assert other.verify_leaf_inclusion(leaf, proof["place"], now.size, path, now.root)
    assert path == other.inclusion_proof_from_tiles(Served(), proof["place"], now.size)
    growth = Client().get(f"/api/v1/log/consistency?first={before.size}&second={now.size}").json()
    steps = [bytes.fromhex(each) for each in growth["path"]]
    assert other.verify_consistency(before.size, now.size, before.root, now.root, steps)
    assert steps == other.consistency_proof_from_tiles(Served(), before.size, now.size)


def test_the_checkpoint_and_a_witnesss_line_hold(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    log().tick()
    private = Ed25519PrivateKey.generate()
    witness = Key("witness.example/w", private.public_key().public_bytes_raw(), COSIGNATURE)
    monkeypatch.setattr(settings, "CONFIG", replace(settings.CONFIG, log_witnesses=f"{witness}"))
    text = log().newest().checkpoint.text()
    note = Note(text, (sign(witness, text, private.sign, 1_790_000_000),)).write()
    Client().post("/api/v1/log/cosignatures", {"note": note}, content_type="application/json")

    served = other.parse_note(Client().get("/log/checkpoint").content.decode())
    (key,) = Client().get("/api/v1/log").json()["keys"]
    keys: list[Any] = [other.parse_vkey(str(witness))]
    checked = other.verify_checkpoint(served, other.parse_vkey(key), keys, 1)
    assert checked.ok, checked
