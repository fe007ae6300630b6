"""`gongdao webhook`: where the operator's app is told of measures and decisions."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gongdao import bootstrap
from gongdao.cli.database import use_installation
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.webhook_desk import Shown
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.outgoing.model import Sending, SendingId, SendingState, TargetId

app = typer.Typer(no_args_is_help=True, help="Where your app is told of measures and decisions.")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
TargetIdArg = Annotated[str, typer.Argument(metavar="ID", help="As in the list.")]
_OPERATOR = Caller(None, frozenset({Role.OPERATOR}))
"""Whoever may use the command line of an installation is its operator."""


@app.command("add")
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="https; http for this machine alone.")],
    as_json: AsJson = False,
) -> None:
    """Send messages to an address from now on. Its secret is shown this once."""
    with use_installation():
        shown = bootstrap.webhooks().add(url, _OPERATOR)
    _print_secret(shown, as_json=as_json)


@app.command("list")
def list_targets(as_json: AsJson = False) -> None:
    """List every address, without its secret."""
    with use_installation():
        targets = bootstrap.webhooks().listed(_OPERATOR)
    if as_json:
        found = [
            {
                "id": target.id,
                "url": target.url,
                "added_at": target.added_at.isoformat(),
                "overlap_until": _iso(target.overlap_until),
            }
            for target in targets
        ]
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    grid = Table("id", "url", "added", box=None, pad_edge=False)
    for target in targets:
        grid.add_row(target.id, escape(target.url), f"{target.added_at:%Y-%m-%d}")
    Console(highlight=False).print(grid)


@app.command("rotate")
def rotate(
    target: TargetIdArg,
    overlap_hours: Annotated[
        int, typer.Option(help="So long the old secret signs beside the new one.")
    ] = 24,
    as_json: AsJson = False,
) -> None:
    """Give an address another secret; for a while both sign."""
    with use_installation():
        shown = bootstrap.webhooks().rotate(
            TargetId(target), _OPERATOR, timedelta(hours=overlap_hours)
        )
    _print_secret(shown, as_json=as_json)


@app.command("remove")
def remove(target: TargetIdArg) -> None:
    """Send nothing more to an address; what still waits for it is given up."""
    with use_installation():
        bootstrap.webhooks().remove(TargetId(target), _OPERATOR)


@app.command("sent")
def sent(
    state: Annotated[
        SendingState | None, typer.Option(help="Only those that stand like this.")
    ] = None,
    target: Annotated[str | None, typer.Option(help="Only to this address, by its id.")] = None,
    case: Annotated[str | None, typer.Option(help="Only about this case.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="So many at most.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List what was sent, newest first: every attempt, and what the receiver answered."""
    with use_installation():
        found = bootstrap.webhooks().sendings(
            _OPERATOR,
            limit,
            state=state,
            target=TargetId(target) if target else None,
            case=CaseId(case) if case else None,
        )
    if as_json:
        print(json.dumps([_line(sending) for sending in found], ensure_ascii=False, indent=1))
    else:
        _print_sendings(found)


@app.command("replay")
def replay(
    sending: Annotated[
        str | None, typer.Argument(metavar="NUMBER", help="One message, as in `webhook sent`.")
    ] = None,
    since: Annotated[
        datetime | None, typer.Option(help="Everything from then on, China time.")
    ] = None,
    target: Annotated[str | None, typer.Option(help="Only to this address, by its id.")] = None,
) -> None:
    """Send again, with the same id and body: one message, or everything since a moment."""
    moment = since.replace(tzinfo=CHINA) if since is not None else None
    number = SendingId(sending) if sending is not None else None
    with use_installation():
        where = TargetId(target) if target else None
        print(bootstrap.webhooks().replay_some(number, moment, where, _OPERATOR))


def register(commands: typer.Typer) -> None:
    """Add these commands to the command line."""
    commands.add_typer(app, name="webhook")


def _print_secret(shown: Shown, *, as_json: bool) -> None:
    found = {"id": shown.target, "secret": shown.secret}
    print(json.dumps(found) if as_json else f"{shown.target}\n{shown.secret}")


def _print_sendings(found: Sequence[Sending]) -> None:
    grid = Table("number", "at", "type", "state", "attempts", "last", box=None, pad_edge=False)
    for sending in found:
        last = sending.attempts[-1] if sending.attempts else None
        answer = f"{last.status or '–'} {last.error or ''}" if last else "–"
        at = f"{sending.at.astimezone(CHINA):%Y-%m-%d %H:%M}"
        tried = str(len(sending.attempts))
        grid.add_row(sending.id, at, sending.kind, sending.state, tried, answer.strip())
    Console(highlight=False).print(grid)


def _line(sending: Sending) -> dict[str, object]:
    return {
        "number": sending.id,
        "id": sending.message,
        "type": sending.kind.value,
        "case": sending.case,
        "webhook": sending.target,
        "at": sending.at.isoformat(),
        "state": sending.state.value,
        "attempts": [
            {"at": a.at.isoformat(), "status": a.status, "error": a.error, "answer": a.answer}
            for a in sending.attempts
        ],
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
