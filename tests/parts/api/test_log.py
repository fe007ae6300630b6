"""The public log over HTTP: as files for any program that knows C2SP, and as proofs."""

import base64
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.test import Client
from tests.parts.evidence import rfc9162
from tests.stories.behind_the_back import column, sql
from tests.stories.stage import Stage, show_on_pages, stage_on_postgres

from gongdao.adapters.signatures import signed_with
from gongdao.bootstrap.public_log import log
from gongdao.domain.evidence.checkpoint import (
    COSIGNATURE,
    Checkpoint,
    Key,
    Note,
    holds,
    sign,
    signed_by,
)
from gongdao.domain.evidence.tiles import HASH
from gongdao.domain.kernel.merkle import grows, leaf_hash, root_from

MANY = """
    insert into event (stream, version, kind, at, actor_role, body, leaf)
    select gen_random_uuid(), 1, 'x', now(), 'system', '{}', sha256(n::text::bytea)
    from generate_series(1, 300) n
"""
FOR_EVER = "public, max-age=31536000, immutable"


@pytest.fixture
def stage(db: None, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A house whose log has 300 entries and more."""
    stage = stage_on_postgres()
    show_on_pages(stage, monkeypatch)
    stage.report()
    sql(MANY)
    log().tick()
    return stage


def get(path: str, **headers: str) -> Any:
    return Client(headers=headers).get(path)


def size() -> int:
    return log().newest().checkpoint.size


def test_a_program_that_knows_the_format_reads_the_whole_log(stage: Stage) -> None:
    """It begins with the checkpoint, fetches every entry, and works the root out by itself."""
    answer = get("/log/checkpoint")
    note = Note.read(answer.content.decode())
    checkpoint = Checkpoint.read(note.text)
    (key,) = get("/api/v1/log").json()["keys"]

    full, rest = divmod(checkpoint.size, 256)
    names = [f"{n:03}" for n in range(full)] + ([f"{full:03}.p/{rest}"] if rest else [])
    bundles = b"".join(get(f"/log/tile/entries/{name}").content for name in names)
    entries = [bundles[at + 2 : at + 2 + HASH] for at in range(0, len(bundles), 2 + HASH)]
    hashes = b"".join(get(f"/log/tile/0/{name}").content for name in names)

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=1"
    assert signed_by(note, [Key.read(key)], signed_with)
    assert checkpoint.size > 300
    assert bundles[:2] == b"\x00\x20"
    assert rfc9162.mth(entries) == checkpoint.root
    assert hashes == b"".join(map(rfc9162.leaf, entries))
    assert get("/log/tile/1/000.p/1").content == rfc9162.mth(entries[:256])


def test_tiles_stay_as_they_are_and_may_be_kept_for_ever(stage: Stage) -> None:
    rest = size() % 256
    before = get(f"/log/tile/0/001.p/{rest}")
    stage.report()
    log().tick()
    after = get(f"/log/tile/0/001.p/{rest}")

    assert before.content == after.content
    assert len(after.content) == rest * HASH
    for answer in (after, get("/log/tile/0/000"), get("/log/tile/entries/000")):
        assert answer["Cache-Control"] == FOR_EVER
        assert answer["Content-Type"] == "application/octet-stream"
        assert "Set-Cookie" not in answer
        assert "Cookie" not in answer.get("Vary", ""), "a shared cache keeps one copy"


@pytest.mark.parametrize(
    "name",
    [
        "0/001",
        "0/1",
        "0/x000/001",
        "0/x001/000",
        "0/000.p/256",
        "0/000.p/0",
        "0/000.p/01",
        "00/000",
        "64/000",
        "-1/000",
        "entries/002.p/1",
        "9/000.p/1",
        "0/" + "x999/" * 9 + "999",
        "0/000.p/",
        "",
    ],
)
def test_there_is_no_other_tile(stage: Stage, name: str) -> None:
    assert get(f"/log/tile/{name}").status_code == 404


def test_the_log_before_it_begins(db: None) -> None:
    assert get("/log/checkpoint").status_code == 404
    assert get("/api/v1/log").json()["code"] == "log.not_begun"
    assert get("/log/").status_code == 200


def test_a_reporter_fetches_the_proof_and_anybody_can_check_it(stage: Stage) -> None:
    receipt = stage.report()
    early = get(f"/api/v1/receipts/{receipt.code}").json()["log"]
    before = size()
    log().tick()

    proof = get(f"/api/v1/log/receipts/{receipt.code}").json()
    by_leaf = get(f"/api/v1/log/inclusion/{receipt.leaf}").json()
    shown = get(f"/api/v1/receipts/{receipt.code}").json()["log"]
    checkpoint = Checkpoint.read(Note.read(proof["checkpoint"]).text)
    path = [bytes.fromhex(each) for each in proof["path"]]

    assert early == {"leaf": receipt.leaf, "place": None}
    assert shown == {"leaf": receipt.leaf, "place": proof["place"]}
    assert proof == by_leaf
    leaf = leaf_hash(bytes.fromhex(receipt.leaf))
    assert root_from(leaf, proof["place"], proof["size"], path) == checkpoint.root
    growth = get(f"/api/v1/log/consistency?first={before}&second={size()}").json()
    (kept,) = column("select note from log_checkpoint where size = %s", str(before))
    earlier = Checkpoint.read(Note.read(kept).text)
    steps = [bytes.fromhex(each) for each in growth["path"]]
    assert grows(before, size(), earlier.root, checkpoint.root, steps)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("inclusion/" + "0" * 64, 404, "log.no_such_leaf"),
        ("inclusion/xyz", 422, None),
        ("consistency?first=2&second=1", 400, "log.no_such_size"),
        ("consistency?first=1&second=9999999", 400, "log.no_such_size"),
        ("consistency?first=0&second=1", 422, None),
        ("receipts/AAAA-AAAA-AAAA-AAAA-AAAA", 404, "code.unknown"),
    ],
)
def test_what_there_is_no_proof_of(stage: Stage, path: str, status: int, code: str | None) -> None:
    answer = get(f"/api/v1/log/{path}")

    assert answer.status_code == status
    assert code is None or answer.json()["code"] == code


def test_nothing_published_says_who(stage: Stage) -> None:
    """An entry is a hash: no id, no name and no word of a record stands in what is published."""
    published = [get("/log/checkpoint"), get("/log/tile/entries/000"), get("/api/v1/log")]
    seen = b"".join(answer.content for answer in published)
    report = stage.report()

    assert report.report.encode() not in seen
    assert base64.b64decode(get("/log/checkpoint").content.split(b"\n")[2])
    assert len(get("/log/tile/entries/000").content) == 256 * (HASH + 2)


def test_a_named_witness_signs_below_the_checkpoint(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    named, stranger = (Key(f"{name}.example/w", public, COSIGNATURE) for name in ("a", "b"))
    config = replace(settings.CONFIG, log_witnesses=f"{named}")
    monkeypatch.setattr(settings, "CONFIG", config)
    note = Note.read(get("/log/checkpoint").content.decode())

    def hand_in(*keys: Key, text: str = note.text) -> Any:
        lines = [sign(key, text, private.sign, 1_790_000_000) for key in keys]
        body = {"note": Note(text, tuple(lines)).write()}
        return Client().post("/api/v1/log/cosignatures", body, content_type="application/json")

    assert hand_in(stranger).json()["code"] == "log.no_witness"
    assert hand_in(named, text=note.text.replace("\n3", "\n2", 1)).json()["code"] == "log.not_ours"
    assert get("/api/v1/log").json()["witnessed"] is None
    for _ in range(2):
        assert hand_in(named, stranger).json() == {"witnesses": [named.name]}

    shown = Note.read(get("/log/checkpoint").content.decode())
    assert [line.name for line in shown.signatures] == [note.signatures[0].name, named.name]
    assert holds(named, shown.signatures[1], note.text, signed_with)
    stage.report()
    log().tick()
    assert get("/api/v1/log").json()["witnessed"] == shown.write()
