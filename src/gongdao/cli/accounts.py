"""`gongdao account`: who may sign in, and as what."""

import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gongdao import bootstrap
from gongdao.cli.database import use_installation
from gongdao.domain.access.model import Caller
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.kernel.events import Role

if TYPE_CHECKING:
    from gongdao.bootstrap import AccountLine

app = typer.Typer(no_args_is_help=True, help="Accounts: who may sign in, and in which roles.")


class StaffRole(StrEnum):
    """What an account may be given."""

    REVIEWER = "reviewer"
    SENIOR_REVIEWER = "senior_reviewer"
    POLICY_KEEPER = "policy_keeper"
    AUDITOR = "auditor"
    OPERATOR = "operator"


Email = Annotated[str, typer.Argument(help="The address that the account signs in with.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Roles = Annotated[
    list[StaffRole] | None, typer.Option("--role", help="A role; name it again for several.")
]


@app.command("create")
def create(
    email: Email,
    roles: Roles = None,
    name: Annotated[str, typer.Option(help="The name that colleagues see.")] = "",
    invite: Annotated[
        bool, typer.Option("--invite", help="Print a link to set a password with, and ask none.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make an account. The password is asked for, or read from standard input."""
    with use_installation() as config:
        password = None if invite else _password()
        wanted = [Role(role) for role in roles or ()]
        line = bootstrap.accounts().create(email, name, wanted, password=password)
        link = config.address + bootstrap.accounts().invitation(email) if invite else None
    _print([line], as_json=as_json, link=link)


@app.command("invite")
def invite(email: Email, as_json: AsJson = False) -> None:
    """Print a link with which somebody sets a new password; it works once, for three days."""
    with use_installation() as config:
        line = bootstrap.accounts().get(email)
        link = config.address + bootstrap.accounts().invitation(email)
    _print([line], as_json=as_json, link=link)


@app.command("role")
def role(
    email: Email,
    add: Annotated[list[StaffRole] | None, typer.Option(help="Give this role.")] = None,
    remove: Annotated[list[StaffRole] | None, typer.Option(help="Take this role.")] = None,
    as_json: AsJson = False,
) -> None:
    """Give and take roles. One operator always stays."""
    given, taken = ([Role(each) for each in several or ()] for several in (add, remove))
    with use_installation():
        line = bootstrap.accounts().set_roles(email, given, taken)
    _print([line], as_json=as_json)


@app.command("disable")
def disable(email: Email, as_json: AsJson = False) -> None:
    """Close an account: its sessions end at once, what it did stays."""
    with use_installation():
        line = bootstrap.accounts().set_active(email, active=False)
    _print([line], as_json=as_json)


@app.command("enable")
def enable(email: Email, as_json: AsJson = False) -> None:
    """Open a closed account again."""
    with use_installation():
        line = bootstrap.accounts().set_active(email, active=True)
    _print([line], as_json=as_json)


@app.command("list")
def list_accounts(as_json: AsJson = False) -> None:
    """List every account with its roles."""
    with use_installation():
        lines = bootstrap.accounts().all()
    _print(lines, as_json=as_json)


@app.command("trail")
def trail(email: Email, as_json: AsJson = False) -> None:
    """Show what happened to the safety of an account, the latest first: no address and no code."""
    with use_installation():
        person = bootstrap.accounts().get(email).party
        operator = Caller(None, frozenset({Role.OPERATOR}))
        lines = bootstrap.app().protection.freezing.trail_of(person, operator)
    if as_json:
        found = [
            {"at": line.at.isoformat(), "kind": line.kind, "detail": line.detail} for line in lines
        ]
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    grid = Table(box=None, pad_edge=False)
    for head in ("at", "what", "detail"):
        grid.add_column(head, overflow="fold")
    for line in lines:
        at = line.at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
        grid.add_row(at, line.kind, escape(line.detail))
    Console(highlight=False).print(grid)


def register(commands: typer.Typer) -> None:
    """Add these commands to the command line."""
    commands.add_typer(app, name="account")


def _password() -> str:
    """Asked for twice in a terminal; from elsewhere, the first line of standard input."""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise BadInput(
            "account.no_password",
            hint_noop("Give the password on standard input, or ask for a link with --invite."),
        )
    return password


def _print(lines: "list[AccountLine]", *, as_json: bool, link: str | None = None) -> None:
    if as_json:
        found = [_for_programs(line) | ({"link": link} if link else {}) for line in lines]
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    grid = Table(box=None, pad_edge=False)
    for head in ("address", "name", "roles", "state"):
        grid.add_column(head, overflow="fold")
    for line in lines:
        state = "closed" if not line.active else "open" if line.has_password else "no password"
        grid.add_row(escape(line.email), escape(line.name), " ".join(line.roles) or "–", state)
    Console(highlight=False).print(grid)
    if link:
        print(link)


def _for_programs(line: "AccountLine") -> dict[str, object]:
    return {
        "email": line.email,
        "name": line.name,
        "roles": list(line.roles),
        "active": line.active,
        "has_password": line.has_password,
        "joined_at": line.joined_at.isoformat(),
    }
