"""`gongdao doctor`: what is set, whether everything is as it should be, and what to do if not."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from gongdao import bootstrap
from gongdao.cli.database import exists, set_up, use_database
from gongdao.cli.examining import Finding, State, inside, surroundings
from gongdao.domain.kernel.errors import GongdaoError
from gongdao.site.config import Config

if TYPE_CHECKING:
    from gongdao.bootstrap import Difference

SHOWN = 1000
"""So many differences are printed; that there are more is said."""
_MARKS = {State.FINE: "[green]✓[/]", State.WATCH: "[yellow]•[/]", State.BROKEN: "[red]✗[/]"}


def doctor(
    rebuild_check: Annotated[
        bool,
        typer.Option("--rebuild-check", help="Fold every event and hash every leaf anew."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Say what is set and whether all is well: 0 if so, 1 if something must be done."""
    config = Config.read(os.environ)
    findings = list(surroundings(config, os.environ))
    differences: list[Difference] = []
    if not exists(config):
        hint = "Nothing was started here yet: gongdao up"
        findings = [Finding("installation", State.BROKEN, f"none in {config.data}", hint)]
    elif not any(f.what.startswith("keys.") and f.state is State.BROKEN for f in findings):
        # Without its keys, Django would make new ones, and the old ones could not be missed.
        found, differences = _inside(config, rebuild=rebuild_check, quiet=as_json)
        findings += found
    if as_json:
        print(json.dumps(_for_programs(config, findings, differences), ensure_ascii=False))
    else:
        _print(config, findings, differences)
    if any(finding.state is State.BROKEN for finding in findings):
        sys.exit(1)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("doctor")(doctor)


def _inside(
    config: Config, *, rebuild: bool, quiet: bool
) -> "tuple[list[Finding], list[Difference]]":
    """What the database tells, and what in it differs from a rebuild."""
    findings: list[Finding] = []
    differences: list[Difference] = []
    try:
        how = _how(config)
        with use_database(config):
            set_up(config)
            findings += inside(config, how)
            if rebuild and not _broken(findings, "database.migrations"):
                differences = list(islice(_checked(quiet=quiet), SHOWN))
                findings.append(_record(differences))
    except GongdaoError as problem:
        findings.append(Finding("database.server", State.BROKEN, problem.code, problem.hint))
    return findings, differences


def _how(config: Config) -> str:
    if config.database_url:
        return "a server of your own"
    running = bootstrap.own_postgres(config).running()
    return "embedded, running" if running else "embedded, started for this check"


def _broken(findings: Sequence[Finding], what: str) -> bool:
    return any(f.what == what and f.state is State.BROKEN for f in findings)


def _checked(*, quiet: bool) -> "Iterator[Difference]":
    """Every difference, with a bar in a terminal."""
    with _bar(bootstrap.record_size(), quiet=quiet) as tick:
        yield from bootstrap.record_differences(tick)


@contextmanager
def _bar(total: int, *, quiet: bool) -> Iterator[Callable[[int], object]]:
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("rebuild"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=quiet or not console.is_terminal,
    )
    with bar:
        task = bar.add_task("rebuild", total=total)
        yield lambda read: bar.advance(task, read)


def _record(differences: "Sequence[Difference]") -> Finding:
    if not differences:
        read = bootstrap.record_size()
        return Finding("record", State.FINE, f"{read} events and reports agree with every row")
    number = f"{len(differences)}{'+' if len(differences) == SHOWN else ''} differences"
    hint = "Somebody wrote past the program, or a disk failed. Keep a copy before anything else."
    return Finding("record", State.BROKEN, number, hint)


def _print(
    config: Config, findings: Sequence[Finding], differences: "Sequence[Difference]"
) -> None:
    console = Console(highlight=False)
    grid = Table(box=None, pad_edge=False)
    for head in ("setting", "value", "default"):
        grid.add_column(head, overflow="fold")
    for setting in config.describe():
        grid.add_row(setting.name, escape(setting.value), f"[dim]{escape(setting.default)}[/]")
    console.print(grid)
    console.print()
    for finding in findings:
        console.print(f"{_MARKS[finding.state]} {finding.what}  {escape(finding.detail)}")
        if finding.hint and finding.state is not State.FINE:
            console.print(f"    [dim]→ {escape(finding.hint)}[/]")
    for one in differences:
        line = f"{one.what} {one.id} {one.field}: {one.kept} ≠ {one.rebuilt}"
        console.print(f"    {escape(line)}")


def _for_programs(
    config: Config, findings: Sequence[Finding], differences: "Sequence[Difference]"
) -> dict[str, object]:
    broken = any(finding.state is State.BROKEN for finding in findings)
    return {
        "well": not broken,
        "settings": {s.name: s.value for s in config.describe()},
        "findings": [asdict(finding) for finding in findings],
        "differences": [asdict(one) for one in differences],
    }
