"""`gongdao log`: how far the public log is, its key, and whether it is what the records make it."""

import json
import sys
from dataclasses import asdict
from itertools import islice
from typing import Annotated

import typer

from gongdao.bootstrap import public_log
from gongdao.cli.bars import bar
from gongdao.cli.database import use_installation
from gongdao.cli.follow import follow
from gongdao.domain.evidence.tiles import HASH
from gongdao.domain.kernel.errors import BadInput, hint_noop

log = typer.Typer(no_args_is_help=True, help="The public log: its place, its key, and checking it.")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
SHOWN = 1000
"""So many faults are printed; that there are more is said."""


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    log.command("follow")(follow)
    app.add_typer(log, name="log")


@log.command("show")
def show(as_json: AsJson = False) -> None:
    """Show how far the log is, and the key by which anybody checks it."""
    with use_installation():
        now = public_log.log().newest()
        keys = [str(key) for key in public_log.log().keys.public(now.checkpoint.origin)]
        waiting = public_log.waiting()
    if as_json:
        print(
            json.dumps(
                {
                    "origin": now.checkpoint.origin,
                    "size": now.checkpoint.size,
                    "root": now.checkpoint.root.hex(),
                    "signed_at": now.at.isoformat(),
                    "waiting": waiting,
                    "keys": keys,
                    "checkpoint": now.note.write(),
                },
                ensure_ascii=False,
            )
        )
        return
    print(now.note.write(), end="")
    print(f"签署时间 · signed   {now.at:%Y-%m-%d %H:%M:%S%z}")
    print(f"等待入册 · waiting  {waiting}")
    for key in keys:
        print(f"日志公钥 · key      {key}")


@log.command("add-key")
def add_key() -> None:
    """Sign with one more key, beside those that do. Tell it to everybody who follows the log."""
    with use_installation():
        print(public_log.log().add_key())


@log.command("retire-key")
def retire_key(
    key: Annotated[str, typer.Argument(help="Its id: the hex digits after the first +.")],
) -> None:
    """Sign with this key no more. What it signed stays checkable; the last one cannot go."""
    with use_installation():
        public_log.log().retire_key(key)


@log.command("check")
def check(as_json: AsJson = False) -> None:
    """Work the whole log out anew, and find every record in it. Exit 0: sound. 1: it is not."""
    with use_installation(), bar("log", public_log.amount(), quiet=as_json) as tick:
        found = list(islice(public_log.faults(tick), SHOWN))
        size = public_log.log().size()
    if as_json:
        faults = [asdict(fault) for fault in found]
        print(json.dumps({"sound": not found, "size": size, "faults": faults}, ensure_ascii=False))
    else:
        for fault in found:
            print(f"✗ {fault.what} {fault.id}: {fault.says}")
        verdict = "与全部记录相符 · agrees with every record"
        if found:
            more = "+" if len(found) == SHOWN else ""
            verdict = f"{len(found)}{more} 处不符 · {len(found)}{more} faults"
        print(f"{size} 条 · entries: {verdict}")
    sys.exit(1 if found else 0)


@log.command("stamp")
def stamp(
    digest: Annotated[str, typer.Argument(help="A SHA-256 hash, hex.")],
    about: Annotated[str, typer.Option(help="What it is of, in a word.")] = "hash",
) -> None:
    """Have a hash timestamped by the authority that is set; the worker asks for it."""
    try:
        raw = bytes.fromhex(digest)
    except ValueError:
        raw = b""
    if len(raw) != HASH:
        raise BadInput("log.no_hash", hint_noop("Give a SHA-256 hash: 64 hex digits."))
    with use_installation():
        public_log.stamp(raw, about)
