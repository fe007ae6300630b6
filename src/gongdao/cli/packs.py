"""`gongdao packs`: list, show, check, compare and diff the rule packs."""

import json
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from gongdao import bootstrap
from gongdao.cli import own_figures
from gongdao.cli.pack_tables import LANGUAGE, print_table, say
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.ids import PackRef
from gongdao.domain.policy.book import PackBook
from gongdao.domain.policy.comparing import ABOUT_WORDS, About, Change, Table, compare, diff
from gongdao.domain.policy.pack import RulePack, digest

PROBLEMS_FOUND = 2

app = typer.Typer(no_args_is_help=True, help="Rule packs: what each platform's rules say.")


class Lang(StrEnum):
    """The language of titles and texts."""

    ZH = "zh"
    EN = "en"


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as problem:
        raise typer.BadParameter(f"{written!r} is not a day: write 2026-11-21") from problem


Root = Annotated[
    Path | None, typer.Option("--root", help="Folder of packs; else GONGDAO_PACKS or our own.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Language = Annotated[Lang, typer.Option("--lang", help="Language of titles and texts.")]
On = Annotated[
    date | None,
    typer.Option("--on", parser=_day, metavar="DAY", help="The day that counts; else today."),
]

Own = Annotated[
    Path | None,
    typer.Option("--own", help="Your organisation's numbers as JSON, to stand beside the claims."),
]


@app.command("list")
def list_packs(root: Root = None, lang: Language = Lang.ZH, as_json: AsJson = False) -> None:
    """List every pack and version."""
    book = bootstrap.pack_book(root)
    packs = [pack for platform in book.platforms() for pack in book.versions(platform)]
    if as_json:
        _print_json([_summary(pack) for pack in packs])
        return
    grid = Grid(*LANGUAGE[lang].list_heads, box=None, pad_edge=False)
    for pack in packs:
        span = f"{pack.in_force.from_} –{f' {pack.in_force.to}' if pack.in_force.to else ''}"
        grid.add_row(pack.platform, pack.version, pack.title.in_(lang), span)
    Console().print(grid)


@app.command("show")
def show(
    platform: str,
    version: Annotated[str | None, typer.Option(help="Another than the one in force.")] = None,
    on: On = None,
    about: Annotated[About | None, typer.Option(help="Only this topic.")] = None,
    root: Root = None,
    lang: Language = Lang.ZH,
    as_json: AsJson = False,
) -> None:
    """Show all that one pack says."""
    book = bootstrap.pack_book(root)
    pack = book.at(PackRef(platform, version)) if version else _in_force(book, platform, on)
    if as_json:
        _print_json(_summary(pack) | {"pack": pack.model_dump(mode="json", by_alias=True)})
        return
    console = Console()
    console.print(f"[bold]{escape(pack.title.in_(lang))}[/] {pack.ref}")
    for topic in (about,) if about else About:
        table = compare([pack], topic)
        if table.rows:
            print_table(console, table, lang)


@app.command("check")
def check(
    root: Annotated[Path | None, typer.Argument(help="Folder of packs.")] = None,
    as_json: AsJson = False,
) -> None:
    """Report every problem of every pack, each with its line and what to do."""
    problems = bootstrap.pack_problems(root)
    if as_json:
        _print_json(TypeAdapter(list[Any]).dump_python(problems, mode="json"))
    else:
        for problem in problems:
            print(problem)
        say("1 problem" if len(problems) == 1 else f"{len(problems)} problems")
    if problems:
        raise typer.Exit(PROBLEMS_FOUND)


@app.command("compare")
def compare_packs(
    platforms: list[str],
    about: Annotated[About, typer.Option(help="The topic.")] = About.APPEAL,
    on: On = None,
    root: Root = None,
    lang: Language = Lang.ZH,
    own: Own = None,
    as_json: AsJson = False,
) -> None:
    """Put platforms side by side, each figure with its source."""
    day = on or _today()
    mine = own_figures.read(own) if own else None
    book = bootstrap.pack_book(root)
    table = compare([book.in_force(name, day) for name in platforms], about, day)
    if as_json:
        beside = {"own": mine.model_dump(mode="json")["platforms"]} if mine else {}
        _print_json(TypeAdapter(Table).dump_python(table, mode="json") | beside)
        return
    print_table(Console(), table, lang)
    if mine:
        own_figures.print_own(Console(), mine, platforms, lang)
    if not table.rows:
        say(LANGUAGE[lang].nothing.format(about=ABOUT_WORDS[about].in_(lang)))


@app.command("diff")
def diff_packs(
    platform: str, old: str, new: str, root: Root = None, as_json: AsJson = False
) -> None:
    """Show what changed between two versions of a pack."""
    book = bootstrap.pack_book(root)
    changes = diff(book.at(PackRef(platform, old)), book.at(PackRef(platform, new)))
    if as_json:
        _print_json(TypeAdapter(list[Change]).dump_python(changes, mode="json"))
        return
    console = Console(highlight=False)
    for change in changes:
        console.print(f"[bold]{escape(change.path)}[/]")
        if change.before is not None:
            console.print(f"  [red]-[/] {escape(change.before)}")
        if change.after is not None:
            console.print(f"  [green]+[/] {escape(change.after)}")
    say("1 change" if len(changes) == 1 else f"{len(changes)} changes")


def register(commands: typer.Typer) -> None:
    """Add these commands to the command line."""
    commands.add_typer(app, name="packs")


def _in_force(book: PackBook, platform: str, on: date | None) -> RulePack:
    return book.in_force(platform, on or _today())


def _today() -> date:
    return datetime.now(CHINA).date()


def _summary(pack: RulePack) -> dict[str, Any]:
    return {
        "platform": pack.platform,
        "version": pack.version,
        "title": pack.title.model_dump(),
        "in_force": pack.in_force.model_dump(mode="json", by_alias=True),
        "digest": digest(pack),
    }


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))
