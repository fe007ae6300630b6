"""`gongdao doctor`: what is set, whether everything is as it should be, and what to do if not."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gongdao import bootstrap
from gongdao.cli.bars import bar
from gongdao.cli.database import exists, set_up, use_database
from gongdao.cli.examining import Finding, State, inside, problem_found, surroundings
from gongdao.cli.languages import Lang, Language, chosen, said
from gongdao.domain.kernel.errors import GongdaoError, hint_noop
from gongdao.site.config import Config

if TYPE_CHECKING:
    from gongdao.bootstrap import Difference

SHOWN = 1000
"""So many differences are printed; that there are more is said."""
_HEADS = {Language.ZH: ("设置", "值", "默认值"), Language.EN: ("setting", "value", "default")}
_MARKS = {State.FINE: "[green]✓[/]", State.WATCH: "[yellow]•[/]", State.BROKEN: "[red]✗[/]"}


def doctor(
    rebuild_check: Annotated[
        bool,
        typer.Option("--rebuild-check", help="Fold every event and hash every leaf anew."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
    lang: Lang = None,
) -> None:
    """Say what is set and whether all is well: 0 if so, 1 if something must be done."""
    config = Config.read(os.environ)
    findings = list(surroundings(config, os.environ))
    differences: list[Difference] = []
    if not exists(config):
        hint = hint_noop("Nothing was started here yet: gongdao up")
        detail, facts = hint_noop("none in {data}"), {"data": str(config.data)}
        findings = [Finding("installation", State.BROKEN, detail, hint, facts)]
    elif not any(f.what.startswith("keys.") and f.state is State.BROKEN for f in findings):
        # Without its keys, Django would make new ones, and the old ones could not be missed.
        found, differences = _inside(config, rebuild=rebuild_check, quiet=as_json)
        findings += found
    if as_json:
        print(json.dumps(_for_programs(config, findings, differences), ensure_ascii=False))
    else:
        _print(config, findings, differences, chosen(lang))
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
        findings.append(problem_found("database.server", problem))
    return findings, differences


def _how(config: Config) -> str:
    if config.database_url:
        return hint_noop("a server of your own")
    if bootstrap.own_postgres(config).running():
        return hint_noop("the embedded server, which runs")
    return hint_noop("the embedded server, started for this look")


def _broken(findings: Sequence[Finding], what: str) -> bool:
    return any(f.what == what and f.state is State.BROKEN for f in findings)


def _checked(*, quiet: bool) -> "Iterator[Difference]":
    """Every difference, with a bar in a terminal."""
    with bar("rebuild", bootstrap.record_size(), quiet=quiet) as tick:
        yield from bootstrap.record_differences(tick)


def _record(differences: "Sequence[Difference]") -> Finding:
    if not differences:
        detail = hint_noop("{read} events and reports agree with every row")
        return Finding("record", State.FINE, detail, facts={"read": bootstrap.record_size()})
    detail = hint_noop("{number} differences")
    number = f"{len(differences)}{'+' if len(differences) == SHOWN else ''}"
    hint = hint_noop("Keep a copy first. Somebody wrote past the program, or a disk failed.")
    return Finding("record", State.BROKEN, detail, hint, {"number": number})


def _print(
    config: Config,
    findings: Sequence[Finding],
    differences: "Sequence[Difference]",
    language: Language,
) -> None:
    console = Console(highlight=False)
    grid = Table(box=None, pad_edge=False)
    for head in _HEADS[language]:
        grid.add_column(head, overflow="fold")
    for setting in config.describe():
        grid.add_row(setting.name, escape(setting.value), f"[dim]{escape(setting.default)}[/]")
    console.print(grid)
    console.print()
    for finding in findings:
        detail, hint = (said(text, finding.facts, language) for text in _texts(finding))
        console.print(f"{_MARKS[finding.state]} {finding.what}  {escape(detail)}")
        if hint and finding.state is not State.FINE:
            console.print(f"    [dim]→ {escape(hint)}[/]")
    for one in differences:
        line = f"{one.what} {one.id} {one.field}: {one.kept} ≠ {one.rebuilt}"
        console.print(f"    {escape(line)}")


def _texts(finding: Finding) -> tuple[str, str]:
    return finding.detail, finding.hint


def _for_programs(
    config: Config, findings: Sequence[Finding], differences: "Sequence[Difference]"
) -> dict[str, object]:
    broken = any(finding.state is State.BROKEN for finding in findings)
    return {
        "well": not broken,
        "settings": {s.name: s.value for s in config.describe()},
        "findings": [
            {
                "what": finding.what,
                "state": finding.state,
                "detail": said(finding.detail, finding.facts, Language.EN),
                "hint": said(finding.hint, finding.facts, Language.EN),
            }
            for finding in findings
        ],
        "differences": [asdict(one) for one in differences],
    }
