"""A receipt is signed at once, holds what was received, and is checked without us."""

import json
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.stories.http_teller import HttpTeller, Program
from tests.stories.stage import Stage, refused
from typer.testing import CliRunner

from gongdao import bootstrap
from gongdao.adapters import receipts
from gongdao.cli.main import app as command_line
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, Refused
from gongdao.domain.kernel.ids import ReportId
from gongdao.storage.signing_keys import Received, Signer


def test_every_report_gets_a_signed_receipt(stage: Stage) -> None:
    receipt = stage.report()
    signed = receipt.signed
    receipts.verify(signed, None)
    receipts.verify(signed, {signed.key: signed.public_key})
    assert (signed.receipt, signed.report, signed.leaf) == (
        receipt.code,
        receipt.report,
        receipt.leaf,
    )
    assert signed.leaf == stage.records.reports.leaf(receipt.report)
    assert signed.received_at == "2026-03-02T09:00:00+08:00"


def test_any_change_of_a_receipt_is_found(stage: Stage) -> None:
    signed = stage.report().signed
    lines = {name: kept for name, kept in asdict(signed).items() if isinstance(kept, str)}
    others: dict[str, Any] = {
        name: ("0" if kept[0] != "0" else "1") + kept[1:] for name, kept in lines.items()
    }
    others |= {"position": 1, "size": 2, "path": ("00" * 32,)}
    for field, other in others.items():
        changed = replace(signed, **{field: other})
        with pytest.raises(Refused, match=r"verify\.changed"):
            receipts.verify(changed, None)
    with refused("verify.unknown_key"):
        receipts.verify(signed, {})


def test_receipts_signed_together_each_prove_themselves() -> None:
    now = datetime(2026, 3, 2, 9, tzinfo=CHINA)
    signer = Signer.of(b"k" * 32, "https://gongdao.example")
    for size in (1, 2, 3, 5, 8, 13):
        one, *others = together = signer.sign(
            [Received(f"CODE-{n}", ReportId(f"r{n}"), now, "ab" * 32) for n in range(size)]
        )
        for receipt in together:
            assert receipts.check(receipts.document(receipt).encode(), None) == receipt
        for other in others:
            for taken in ("path", "position"):
                with refused("verify.changed"):
                    receipts.verify(replace(one, **{taken: getattr(other, taken)}), None)


@pytest.mark.parametrize(
    "written",
    [b"", b"{}", b"[1]", b"\xff\xfe", b'{"format": "gongdao.receipt.v1"}', b"[" * 70_000],
)
def test_what_is_no_receipt_is_said_to_be_none(written: bytes) -> None:
    with pytest.raises(BadInput, match=r"verify\.unreadable"):
        receipts.read(written)


@pytest.mark.django_db
def test_the_file_is_checked_offline_and_old_keys_still_count(tmp_path: Path) -> None:
    teller = HttpTeller()
    teller.report()
    kept, keys = tmp_path / "receipt.json", tmp_path / "keys.json"
    kept.write_text(json.dumps(teller.receipt, ensure_ascii=False), "utf-8")
    bootstrap.signing_keys().rotate()
    teller.report("post-82")
    keys.write_text(json.dumps(Program().get("/keys")), "utf-8")
    assert teller.receipt["signed"]["key"] != json.loads(kept.read_text("utf-8"))["signed"]["key"]

    run = CliRunner()
    done = run.invoke(command_line, ["verify", str(kept), "--keys", str(keys), "--json"])
    assert done.exit_code == 0
    assert json.loads(done.output)["valid"] is True
    broken = kept.read_text("utf-8").replace(teller.receipt["signed"]["origin"], "https://x.cn")
    kept.write_text(broken, "utf-8")
    refusal = run.invoke(command_line, ["verify", str(kept)])
    assert isinstance(refusal.exception, Refused)
    assert refusal.exception.code == "verify.changed"


@pytest.mark.django_db
def test_only_one_key_signs_at_a_time() -> None:
    keys = bootstrap.signing_keys()
    first, second = keys.rotate().id, keys.rotate().id
    shown = keys.public()
    assert [each.key for each in shown if each.retired_at is None] == [second]
    assert first in {each.key for each in shown if each.retired_at is not None}
