"""`gongdao verify` checks a receipt; `gongdao keys` shows and changes what signs them."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from gongdao import bootstrap
from gongdao.cli.database import use_installation
from gongdao.domain.kernel.errors import BadInput, hint_noop

keys = typer.Typer(no_args_is_help=True, help="The keys that sign receipts.")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("verify")(verify)
    app.add_typer(keys, name="keys")


def verify(
    receipt: Annotated[Path, typer.Argument(help="The receipt: gongdao-receipt.json.")],
    trusted: Annotated[
        Path | None,
        typer.Option("--keys", help="The operator's public keys: the answer of /api/v1/keys."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check a signed receipt, offline. Exit 0: as it was signed. 1: not so. 2: unreadable."""
    found = bootstrap.verify_receipt(_read(receipt), None if trusted is None else _read(trusted))
    if as_json:
        known = trusted is not None
        print(json.dumps({"valid": True, "key_known": known, **asdict(found)}, ensure_ascii=False))
        return
    print(f"签名有效，内容未改动 · The signature is valid, and nothing was changed: {found.origin}")
    print(f"收到时间 · received  {found.received_at}")
    print(f"记录 · record    {found.leaf}")
    print(f"密钥 · key       {found.key}")
    if trusted is None:
        print(
            "请与运营者公布的密钥核对，或加上 --keys · "
            "Compare the key with the one that the operator publishes, or give --keys"
        )


@keys.command("list")
def list_keys(as_json: AsJson = False) -> None:
    """List every key that signs receipts, or did; the present one first."""
    with use_installation():
        found = bootstrap.signing_keys().public()
    if as_json:
        lines = [
            {
                "key": each.key,
                "public_key": each.public_key,
                "made_at": each.made_at.isoformat(),
                "retired_at": each.retired_at.isoformat() if each.retired_at else None,
            }
            for each in found
        ]
        print(json.dumps(lines, indent=1))
        return
    for each in found:
        state = f"retired {each.retired_at:%Y-%m-%d}" if each.retired_at else "signs"
        print(f"{each.key}  {each.public_key}  {state}")


@keys.command("rotate")
def rotate() -> None:
    """Sign with a new key from now on. Receipts signed before stay verifiable."""
    with use_installation():
        print(bootstrap.signing_keys().rotate().id)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise BadInput(
            "verify.no_file",
            hint_noop("The file {path} cannot be read: {why}."),
            path=str(path),
            why=problem.strerror or "unknown",
        ) from problem
