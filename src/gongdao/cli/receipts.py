"""`gongdao keys` shows and changes the keys that sign receipts."""

import json
from typing import Annotated

import typer

from gongdao import bootstrap
from gongdao.cli.database import use_installation

keys = typer.Typer(no_args_is_help=True, help="The keys that sign receipts.")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.add_typer(keys, name="keys")


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
