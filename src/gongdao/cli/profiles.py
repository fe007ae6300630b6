"""`gongdao profiles`: accounts of high profile, for whose appeals two people answer."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gongdao import bootstrap
from gongdao.cli.database import use_installation
from gongdao.domain.access.model import Caller
from gongdao.domain.kernel.events import Role

app = typer.Typer(no_args_is_help=True, help="Accounts for whose appeals two people answer.")
Account = Annotated[str, typer.Argument(metavar="ACCOUNT", help="As your app names it.")]
Why = Annotated[str, typer.Option("--why", help="The reason; it stays in the record.")]
_OPERATOR = Caller(None, frozenset({Role.OPERATOR}))
"""Whoever may use the command line of an installation is its operator."""


@app.command("mark")
def mark(account: Account, why: Why) -> None:
    """Mark an account as of high profile."""
    with use_installation():
        bootstrap.app().around_appeals.high_profile.mark(account, why, _OPERATOR)


@app.command("clear")
def clear(account: Account, why: Why) -> None:
    """Take the mark away; an outcome that is held already still needs its second person."""
    with use_installation():
        bootstrap.app().around_appeals.high_profile.clear(account, why, _OPERATOR)


@app.command("list")
def list_marks(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """List the marked accounts with their reasons, the latest first."""
    with use_installation():
        found = bootstrap.app().around_appeals.high_profile.marks(_OPERATOR)
    if as_json:
        lines = [
            {"account": one.account, "reasons": one.reasons, "since": one.since.isoformat()}
            for one in found
        ]
        print(json.dumps(lines, ensure_ascii=False, indent=1))
        return
    grid = Table("account", "since", "why", box=None, pad_edge=False)
    for one in found:
        grid.add_row(escape(one.account), f"{one.since:%Y-%m-%d}", escape(one.reasons))
    Console(highlight=False).print(grid)


def register(commands: typer.Typer) -> None:
    """Add these commands to the command line."""
    commands.add_typer(app, name="profiles")
