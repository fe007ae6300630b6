"""People outside hold the operator to its log: a reporter with a file, a follower over HTTP."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django.live_server_helper import LiveServer
from tests.fakes.practice_tsa import PracticeTsa
from tests.stories.behind_the_back import sql
from tests.stories.stage import Stage, stage_on_postgres
from typer.testing import CliRunner

from gongdao.adapters import receipts
from gongdao.adapters.timestamps import request
from gongdao.bootstrap.public_log import inclusion_of_receipt, log, with_inclusion
from gongdao.cli.main import app as command_line
from gongdao.domain.evidence.checkpoint import COSIGNATURE, Key, Note, sign
from gongdao.domain.kernel.errors import GongdaoError

RUN = CliRunner()
MANY = """
    insert into event (stream, version, kind, at, actor_role, body, leaf)
    select gen_random_uuid(), 1, 'x', now(), 'system', '{}', sha256(n::text::bytea)
    from generate_series(1, 300) n
"""
TABLES = ("log_tile", "log_place", "log_checkpoint", "log_waiting")


def run(*words: object) -> Any:
    """What a command answers; an error of ours as its code."""
    done = RUN.invoke(command_line, [str(word) for word in words])
    if isinstance(done.exception, GongdaoError):
        return done.exception.code
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture
def kept(postgres: Stage, tmp_path: Path) -> Path:
    """A receipt's file with the proof that its report is in the log."""
    postgres.report()
    receipt = postgres.report()
    log().tick()
    path = tmp_path / "receipt.json"
    path.write_text(with_inclusion(receipts.document(receipt.signed), receipt.leaf), "utf-8")
    return path


def test_a_receipt_says_what_it_proves_and_what_not(kept: Path) -> None:
    said = run("verify", kept)
    (key,) = log().keys.public()
    known = json.loads(run("verify", kept, "--log-key", key, "--json").output)

    assert said.exit_code == 0
    assert "公开日志" in said.output
    assert "as number" in said.output
    assert "give --log-key" in said.output
    assert "That what was reported is true" in said.output
    assert known["inclusion"]["key_known"] is True
    assert known["inclusion"]["origin"] == key.name
    assert known["inclusion"]["size"] > known["inclusion"]["place"]


def test_a_receipt_without_a_proof_says_so_and_takes_one_beside_it(
    kept: Path, tmp_path: Path
) -> None:
    both = json.loads(kept.read_text("utf-8"))
    proof = tmp_path / "inclusion.json"
    proof.write_text(json.dumps(both.pop("inclusion")), "utf-8")
    kept.write_text(json.dumps(both), "utf-8")

    assert "no proof was given" in " ".join(run("verify", kept).output.split())
    assert json.loads(run("verify", kept, "--json").output)["inclusion"] is None
    assert "as number" in run("verify", kept, "--inclusion", proof).output


def tampered(proof: dict[str, Any]) -> dict[str, tuple[object, str]]:
    """Each field of a proof, changed, and what it is found by."""
    path = ["00" * 32, *proof["path"][1:]]
    text = proof["checkpoint"]
    return {
        "leaf": ("00" * 32, "verify.other_record"),
        "place": (proof["place"] + 1, "verify.not_in_log"),
        "size": (proof["size"] + 1, "verify.not_in_log"),
        "path": (path, "verify.not_in_log"),
        "checkpoint": (text.replace(str(proof["size"]), "9", 1), "verify.bad_checkpoint"),
        "log_key": (str(Key("a", bytes(32))), "verify.bad_checkpoint"),
        "format": ("x", "verify.bad_inclusion"),
    }


def test_any_change_of_a_proof_is_found(kept: Path) -> None:
    both = json.loads(kept.read_text("utf-8"))
    for field, (other, code) in tampered(both["inclusion"]).items():
        changed = {**both, "inclusion": {**both["inclusion"], field: other}}
        kept.write_text(json.dumps(changed), "utf-8")
        assert run("verify", kept) == code, field
    stranger = Key(log().keys.public()[0].name, bytes(32))
    kept.write_text(json.dumps(both), "utf-8")
    assert run("verify", kept, "--log-key", stranger) == "verify.bad_checkpoint"
    assert run("verify", kept, "--log-key", "x") == "verify.bad_log_key"


def test_a_witness_that_is_trusted_is_named(kept: Path) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PrivateKey,
    )

    private = Ed25519PrivateKey.generate()
    witness = Key("witness.example/w", private.public_key().public_bytes_raw(), COSIGNATURE)
    both = json.loads(kept.read_text("utf-8"))
    note = Note.read(both["inclusion"]["checkpoint"])
    line = sign(witness, note.text, private.sign, 1_790_000_000)
    both["inclusion"]["checkpoint"] = note.with_signatures([line]).write()
    kept.write_text(json.dumps(both), "utf-8")

    assert "witness.example" not in run("verify", kept).output
    assert "witness.example/w saw the same log" in run("verify", kept, "--witness", witness).output


def test_a_timestamp_says_that_the_checkpoint_was_there(kept: Path, tmp_path: Path) -> None:
    tsa = PracticeTsa(datetime(2026, 3, 2, 9, tzinfo=UTC))
    text = Note.read(json.loads(kept.read_text("utf-8"))["inclusion"]["checkpoint"]).text
    reply, roots, alone = (tmp_path / name for name in ("reply.tsr", "roots.pem", "alone.json"))
    reply.write_bytes(tsa.answer(request(sha256(text.encode()).digest(), b"\x01")))
    roots.write_bytes(tsa.pem())
    without = json.loads(kept.read_text("utf-8")) | {"inclusion": None}
    alone.write_text(json.dumps(without), "utf-8")

    said = run("verify", kept, "--timestamp", reply, "--tsa-roots", roots)
    proven, not_proven = said.output.split("Not proven")
    assert "2026-03-02T17:00:00+08:00" in proven
    assert "give --tsa-roots" not in not_proven
    assert "give --tsa-roots" in run("verify", kept, "--timestamp", reply).output
    known = json.loads(run("verify", kept, "--timestamp", reply, "--json").output)
    assert known["timestamp"] == {"at": "2026-03-02T17:00:00+08:00", "verified": False}
    reply.write_bytes(tsa.answer(request(sha256(b"other").digest(), b"\x01")))
    assert run("verify", kept, "--timestamp", reply) == "timestamp.about_other"
    assert run("verify", alone, "--timestamp", reply) == "verify.no_checkpoint"


@pytest.mark.django_db(transaction=True)
def test_a_follower_sees_growth_and_keeps_both_sides_of_a_fork(
    live_server: LiveServer, tmp_path: Path
) -> None:
    stage, state = stage_on_postgres(), tmp_path / "state.json"
    follow = ("log", "follow", f"{live_server.url}/log", "--state", state)
    assert run(*follow) == "log.no_key", "nothing is published yet"
    stage.report()
    log().tick()

    assert "first time" in run(*follow).output
    assert "As it was" in run(*follow).output
    sql(MANY)
    log().tick()
    assert "Goes on" in run(*follow).output

    rewrite()
    forked = run(*follow, "--json")
    assert forked.exit_code == 1
    (fork,) = json.loads(forked.output)["forks"]
    notes = [Note.read(fork[side]) for side in ("first", "second")]
    assert notes[0].text != notes[1].text
    assert {note.signatures[0].key for note in notes} == {log().keys.public()[0].id}
    assert json.loads(state.read_text("utf-8"))["forks"][0]["second"] == fork["second"]
    assert run("log", "follow", "http://127.0.0.1:9/log", "--state", state) == "log.other_state"


def rewrite() -> None:
    """What only somebody with the database and the key can do: make another log."""
    with connection.cursor() as cursor:
        cursor.execute(f"truncate {', '.join(TABLES)}")
        cursor.execute(
            "insert into log_waiting (entries) select string_agg(sha256(n::text::bytea), ''::bytea)"
            " from generate_series(1, 400) n"
        )
    log().tick()


def test_a_code_that_is_on_no_receipt_has_no_proof(postgres: Stage) -> None:
    with pytest.raises(GongdaoError, match=r"log\.no_report"):
        inclusion_of_receipt("AAAA-AAAA-AAAA-AAAA-AAAA")
