"""`gongdao verify`: says in plain words what a file proves and what it does not, offline.

A receipt is checked here; what is said of a packet and of a record stands in `verify_lines.py`.
"""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gongdao.bootstrap import offline
from gongdao.bootstrap.offline import What
from gongdao.cli import verify_lines
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, hint_noop

Trusted = Annotated[
    Path | None,
    typer.Option("--keys", help="The operator's public keys: the answer of /api/v1/keys."),
]
Proof = Annotated[
    Path | None,
    typer.Option(
        help="The proof that it is in the public log, if it is not in the receipt's file: "
        "the answer of /api/v1/log/receipts/CODE."
    ),
]
LogKey = Annotated[
    list[str] | None, typer.Option(help="A key of the log, as its page /log/ shows it.")
]
Witness = Annotated[list[str] | None, typer.Option(help="The key of a witness that you trust.")]
Timestamp = Annotated[
    Path | None,
    typer.Option(help="An outside authority's answer (RFC 3161) about the log's checkpoint."),
]
Roots = Annotated[Path | None, typer.Option(help="The authority's root certificates (PEM).")]
Files = Annotated[
    list[Path] | None,
    typer.Option(
        "--file", help="The picture of an exhibit, if it does not lie beside its record by name."
    ),
]

if TYPE_CHECKING:
    from gongdao.domain.evidence.inclusion import Inclusion, Shown
    from gongdao.domain.evidence.stamped import Stamped
    from gongdao.domain.intake.receipt import SignedReceipt


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("verify")(verify)


def verify(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="PACKET|RECEIPT|EXHIBIT",
            help="A packet (its ZIP, or the folder that it was unpacked to), a signed receipt, or "
            "the record of an exhibit, a journal's entry, a pledge or a certificate.",
        ),
    ],
    *,
    trusted: Trusted = None,
    inclusion: Proof = None,
    log_key: LogKey = None,
    witness: Witness = None,
    timestamp: Timestamp = None,
    tsa_roots: Roots = None,
    files: Files = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Check a packet, a receipt or an exhibit, offline: what it proves, and what it does not.

    Exit 0: as it was signed and recorded. 1: something was changed. 2: unreadable.
    """
    what = offline.what_is(file)
    if what is not What.RECEIPT:
        brought = offline.trust(trusted, log_key or (), witness or (), tsa_roots)
        if what is What.PACKET:
            _holds_its_own(inclusion, timestamp, files)
            verify_lines.packet(offline.check_packet(file, brought), as_json=as_json)
        else:
            found = offline.check_record(file, files or (), brought, timestamp)
            verify_lines.record(found, as_json=as_json)
        return
    _receipt(file, trusted, inclusion, log_key, witness, timestamp, tsa_roots, as_json=as_json)


def _holds_its_own(*given: object) -> None:
    """What is beside a receipt lies within a packet: it is not passed over in silence."""
    if any(given):
        raise BadInput(
            "verify.not_for_packets",
            hint_noop("Leave out --inclusion, --timestamp and --file: a packet holds its own."),
        )


def _receipt(
    receipt: Path,
    trusted: Path | None,
    inclusion: Path | None,
    log_key: list[str] | None,
    witness: list[str] | None,
    timestamp: Path | None,
    tsa_roots: Path | None,
    *,
    as_json: bool,
) -> None:
    written = offline.read_file(receipt)
    found = offline.verify_receipt(written, None if trusted is None else offline.read_file(trusted))
    proof = offline.read_proof(written if inclusion is None else offline.read_file(inclusion))
    shown = None if proof is None else _in_log(found.leaf, proof, log_key, witness)
    stamped = None
    if timestamp is not None:
        roots = None if tsa_roots is None else offline.read_file(tsa_roots)
        stamped = offline.check_timestamp(offline.read_file(timestamp), shown, roots)
    known = trusted is not None
    if as_json:
        said = _for_programs(found, shown, known=known) | {"timestamp": _time_of(stamped)}
        print(json.dumps(said, ensure_ascii=False))
        return
    _print(
        found,
        _proven(found, shown) + _stamp_proves(stamped, wanted=True),
        _stamp_proves(stamped, wanted=False) + _not_proven(found, shown, known=known),
    )


def _in_log(
    leaf: str, proof: "Inclusion", log_key: list[str] | None, witness: list[str] | None
) -> "Shown":
    keys, witnesses = (tuple(map(offline.read_log_key, each or ())) for each in (log_key, witness))
    return offline.check_proof(proof, leaf, keys, witnesses)


def _stamp_proves(stamped: "Stamped | None", *, wanted: bool) -> list[str]:
    """What a timestamp proves, or what it does not while nobody vouches for it."""
    if stamped is None or stamped.verified is not wanted:
        return []
    at = stamped.at.astimezone(CHINA).isoformat()
    if wanted:
        return [
            (
                f"外部时间戳机构证明该检查点在 {at} 已存在 · An outside authority says that the "
                f"checkpoint was there at {at}"
            )
        ]
    return [
        (
            f"时间戳 {at} 出自可信机构：请加上 --tsa-roots · That a trusted authority gave the "
            f"time {at}: give --tsa-roots"
        )
    ]


def _time_of(stamped: "Stamped | None") -> dict[str, Any] | None:
    if stamped is None:
        return None
    return {"at": stamped.at.astimezone(CHINA).isoformat(), "verified": stamped.verified}


def _print(found: "SignedReceipt", proven: list[str], not_proven: list[str]) -> None:
    print("已证明 · Proven")
    for line in proven:
        print(f"  ✓ {line}")
    print("未证明 · Not proven")
    for line in not_proven:
        print(f"  – {line}")
    print(f"存证 · record  {found.leaf}")
    print(f"密钥 · key     {found.key}")


def _proven(found: "SignedReceipt", shown: "Shown | None") -> list[str]:
    signed = (
        "这份回执由下列密钥签署，此后内容未改动 · The key below signed this receipt, and nothing "
        f"in it was changed since: {found.origin}"
    )
    lines = [signed, f"举报的收到时间 · The report was received at {found.received_at}"]
    if shown is not None:
        at = shown.checkpoint
        lines.append(
            f"举报已登入公开日志，序号 {shown.place + 1}（共 {at.size} 条）· The report is in the "
            f"public log {at.origin}, as number {shown.place + 1} of {at.size}"
        )
        lines += [
            f"见证人在该时间看到同一日志 · The witness {name} saw the same log at {_moment(time)}"
            for name, time in shown.witnesses
        ]
    return lines


def _not_proven(found: "SignedReceipt", shown: "Shown | None", *, known: bool) -> list[str]:
    lines = []
    if not known:
        lines.append(
            "签署的密钥属于运营者：请与其公布的核对，或加上 --keys · That the key is the "
            "operator's: compare it with the one that is published, or give --keys"
        )
    if shown is None:
        lines.append(
            "举报已登入公开日志：没有附证明 · That the report is in the public log: no proof "
            f"was given ({found.origin}/api/v1/log/receipts/…)"
        )
    else:
        if not shown.key_known:
            lines.append(
                "日志的密钥属于运营者：请加上 --log-key · That the log's key is the operator's: "
                "give --log-key"
            )
        if not shown.witnesses:
            lines.append(
                "所有人看到的是同一份日志：没有可信的见证人签署 · That everybody is shown the "
                "same log: no witness that you trust signed it"
            )
    lines.append("举报内容属实 · That what was reported is true")
    return lines


def _for_programs(found: "SignedReceipt", shown: "Shown | None", *, known: bool) -> dict[str, Any]:
    said: dict[str, Any] = {"valid": True, "key_known": known, **asdict(found), "inclusion": None}
    if shown is not None:
        said["inclusion"] = {
            "origin": shown.checkpoint.origin,
            "place": shown.place,
            "size": shown.checkpoint.size,
            "root": shown.checkpoint.root.hex(),
            "key_known": shown.key_known,
            "witnesses": [{"name": name, "at": _moment(time)} for name, time in shown.witnesses],
        }
    return said


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(min(seconds, 2**35), UTC).astimezone(CHINA).isoformat()
