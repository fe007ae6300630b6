"""`gongdao disputes`: a table of orders and reviews, read in at the command line."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from gongdao import bootstrap
from gongdao.cli.bars import bar
from gongdao.cli.database import use_installation
from gongdao.cli.languages import Lang, chosen, hint_in
from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.imports import Brought, Choice
from gongdao.domain.disputes.tables import HEADINGS
from gongdao.domain.flows.importing import Preview
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.kernel.ids import OrganisationId, PersonId, ShopId

app = typer.Typer(no_args_is_help=True, help="Disputes with outside platforms.")


@app.callback()
def disputes() -> None:
    """Disputes with outside platforms."""


@app.command("import")
def import_table(
    file: Annotated[Path, typer.Argument(help="The table (CSV), in UTF-8 or GB18030.")],
    organisation: Annotated[str, typer.Option(help="Id of the organisation.")],
    member: Annotated[str, typer.Option("--as", help="Address of a member who may work there.")],
    platform: Annotated[str, typer.Option(help="Code of the platform, such as taobao.")],
    shop: Annotated[str | None, typer.Option(help="Id of the shop or account.")] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", help="NAME=HEADING, which column says what; may be repeated."),
    ] = None,
    most_stars: Annotated[int, typer.Option(help="Reviews with more open no dispute.")] = 3,
    look: Annotated[bool, typer.Option("--look", help="Only say what it would bring.")] = False,
    lang: Lang = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Read in a table of orders and reviews: all of it, or nothing, with its errors by line."""
    content = _read(file)
    with use_installation():
        caller = Caller(PersonId(str(bootstrap.accounts().get(member).party)))
        choice = Choice(platform, ShopId(shop) if shop else None, most_stars)
        asked = _Asked(OrganisationId(organisation), content, choice, caller)
        seen = _looked(asked, columns or [])
        brought, wrong = seen.brings, seen.table.wrong_in_all
        if not look and not wrong:
            brought = _brought(asked, seen, quiet=as_json)
    _tell(seen, brought, chosen(lang), kept=not look and not wrong, as_json=as_json)
    if wrong:
        raise typer.Exit(1)


def _tell(seen: Preview, brought: Brought, language: str, *, kept: bool, as_json: bool) -> None:
    """What came of it, and each line that is wrong."""
    said = [
        {"line": w.number, "code": w.problem.code, "hint": hint_in(w.problem, language)}
        for w in seen.table.wrong
    ]
    counts = asdict(brought)
    if as_json:
        wrong = seen.table.wrong_in_all
        told = {**counts, "kept": kept, "wrong_in_all": wrong, "wrong": said}
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return
    out = Console(highlight=False, markup=False)
    for each in said:
        out.print(f"{each['line']}: {each['hint']} ({each['code']})")
    out.print(", ".join(f"{name} {count}" for name, count in counts.items()))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be read in, and in whose name."""

    organisation: OrganisationId
    content: bytes
    choice: Choice
    caller: Caller


def _looked(asked: _Asked, columns: list[str]) -> Preview:
    importing = bootstrap.app().disputes.importing
    what = (asked.organisation, asked.content, asked.choice, asked.caller)
    seen = importing.look(*what)
    said = _columns(columns, seen.table.headings)
    others = {n: at for n, at in seen.table.columns.items() if at not in said.values()}
    return importing.look(*what, {**others, **said}) if said else seen


def _brought(asked: _Asked, seen: Preview, *, quiet: bool) -> Brought:
    importing, lines = bootstrap.app().disputes.importing, seen.brings.orders + seen.brings.disputes
    what = (asked.organisation, asked.content, asked.choice, asked.caller)
    with bar("disputes", lines, quiet=quiet) as tick:
        return importing.bring_in(*what, seen.table.columns, _steps(tick))


def register(commands: typer.Typer) -> None:
    """Add these commands to the command line."""
    commands.add_typer(app, name="disputes")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as problem:
        raise BadInput(
            "import.no_file",
            hint_noop("The file {file} cannot be read. Check its name."),
            file=str(file),
        ) from problem


def _columns(said: list[str], headings: tuple[str, ...]) -> dict[str, int]:
    found = {}
    for each in said:
        name, _, heading = each.partition("=")
        if name not in HEADINGS or heading not in headings:
            raise BadInput(
                "import.bad_map",
                hint_noop("Write --map NAME=HEADING. Names are: {names}."),
                names=", ".join(HEADINGS),
            )
        found[name] = headings.index(heading)
    return found


def _steps(tick: Callable[[int], object]) -> Callable[[int], None]:
    """A bar is told how much more was done, a story says how much is done."""
    before = 0

    def told(done: int) -> None:
        nonlocal before
        tick(done - before)
        before = done

    return told
