"""`gongdao api-key`: keys for programs, such as the operator's own app server."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gongdao import bootstrap
from gongdao.cli.database import use_installation
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.kernel.events import Role

app = typer.Typer(no_args_is_help=True, help="Keys for programs that use the API.")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


@app.command("create")
def create(
    name: Annotated[str, typer.Argument(help="What it is for, such as `app server`.")],
    roles: Annotated[
        list[str] | None,
        typer.Option("--role", help="A role; name it again for several. Default: app."),
    ] = None,
    person: Annotated[
        str | None, typer.Option(help="The account that it acts as; an app's key has none.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a key and print it. It is shown this once; only its digest is kept."""
    wanted = [_role(word) for word in roles or [Role.APP.value]]
    with use_installation():
        secret = bootstrap.api_keys().create(name, wanted, person)
    print(json.dumps({"name": name, "key": secret}, ensure_ascii=False) if as_json else secret)


@app.command("list")
def list_keys(as_json: AsJson = False) -> None:
    """List every key, without its secret."""
    with use_installation():
        lines = bootstrap.api_keys().listed()
    found = [
        {
            "id": line.id,
            "name": line.name,
            "roles": list(line.roles),
            "created_at": line.created_at.isoformat(),
            "revoked_at": line.revoked_at.isoformat() if line.revoked_at else None,
        }
        for line in lines
    ]
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    grid = Table("id", "name", "roles", "state", box=None, pad_edge=False)
    for line in lines:
        state = f"revoked {line.revoked_at:%Y-%m-%d}" if line.revoked_at else "open"
        grid.add_row(line.id, escape(line.name), " ".join(line.roles), state)
    Console(highlight=False).print(grid)


@app.command("revoke")
def revoke(key_id: Annotated[str, typer.Argument(metavar="ID", help="As in the list.")]) -> None:
    """Close a key for good."""
    with use_installation():
        bootstrap.api_keys().revoke(key_id)


def register(commands: typer.Typer) -> None:
    """Add these commands to the command line."""
    commands.add_typer(app, name="api-key")


def _role(word: str) -> Role:
    try:
        return Role(word)
    except ValueError:
        raise BadInput(
            "account.unknown_role",
            hint_noop("Give one of these roles: {known}."),
            known=", ".join(role for role in Role if role is not Role.SYSTEM),
        ) from None
