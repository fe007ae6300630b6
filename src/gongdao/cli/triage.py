"""`gongdao triage`: what other weights would do to the open cases."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from gongdao import bootstrap
from gongdao.cli.database import use_installation
from gongdao.domain.policy.reading import read_weights

app = typer.Typer(no_args_is_help=True, help="Queues: which case comes first, and why.")


@app.command("what-if")
def what_if(
    weights: Annotated[
        Path,
        typer.Option("--weights", exists=True, dir_okay=False, help="A triage part, as YAML."),
    ],
    limit: Annotated[
        int, typer.Option(min=1, help="So many open cases, those in front first.")
    ] = 100_000,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Show which open cases other weights would move, and where. Nothing is changed."""
    wanted = read_weights(weights.read_bytes(), weights.name)
    with use_installation():
        found = bootstrap.app().reweighing.tried(wanted, limit)
    if as_json:
        print(json.dumps(asdict(found), ensure_ascii=False, indent=1))
        return
    grid = Table(box=None, pad_edge=False)
    heads = "now, then, moves, points now, points then, category, subject, case"
    for head in heads.split(", "):
        grid.add_column(head)
    for move in found.moves:
        points = (str(move.points_before), str(move.points_after))
        places = (str(move.before), str(move.after), f"{move.up:+d}")
        grid.add_row(*places, *points, move.category, move.kind.value, move.case)
    Console(highlight=False).print(grid)
    print(f"{found.moved} of {found.cases} open cases would move. Nothing was changed.")


def register(commands: typer.Typer) -> None:
    """Add these commands to the command line."""
    commands.add_typer(app, name="triage")
