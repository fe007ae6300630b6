"""`gongdao lexicon numbers`: how right the alarms were, by what people decided."""

import json
from collections.abc import Iterable
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gongdao import bootstrap
from gongdao.bootstrap.own_models import AT_THE_COMMAND_LINE
from gongdao.cli.database import use_installation
from gongdao.domain.flows.retiring import EntryShown
from gongdao.domain.screening.tally import Numbers, Tally

_SHOWN = 20


def numbers(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Show how right alarms were by category, source and entry, and what waits for a person."""
    with use_installation():
        story = bootstrap.app().screening.retiring
        found, listed = story.numbers(AT_THE_COMMAND_LINE), story.listed(AT_THE_COMMAND_LINE)
    if as_json:
        print(json.dumps(_plain(found, listed), ensure_ascii=False, indent=1))
        return
    print(f"{found.labels} decided texts teach; {_share(found.whole)}.")
    console = Console(highlight=False)
    for title, tallies in (
        ("category", found.by_category),
        ("source", found.by_source),
        ("entry", found.by_entry[:_SHOWN]),
    ):
        if tallies:
            console.print(_table(title, tallies))
    for each in listed:
        entry = each.entry
        line = f"{entry.entry} ({entry.category}) {entry.stage} {entry.since:%Y-%m-%d}"
        print(f"{line}: {entry.false} of {entry.n} false")


def register(lists: typer.Typer) -> None:
    """Add the command to those of the lists."""
    lists.command("numbers")(numbers)


def _table(title: str, tallies: Iterable[Tally]) -> Table:
    grid = Table(title, "category", "n", "false", "share false, 95 %", box=None, pad_edge=False)
    for each in tallies:
        name, category = each.key or "-", each.category or "-"
        grid.add_row(escape(name), category, str(each.n), str(each.false), _share(each))
    return grid


def _share(tally: Tally) -> str:
    if tally.few:
        return f"n = {tally.n}: too few to tell"
    low, high = tally.false_interval
    return f"{tally.false / tally.n:.0%} false ({low:.0%}-{high:.0%}, n = {tally.n})"


def _plain(found: Numbers, listed: Iterable[EntryShown]) -> dict[str, Any]:
    return {
        "labels": found.labels,
        "said": dict(found.said),
        "whole": _tally(found.whole),
        "by_category": [_tally(each) for each in found.by_category],
        "by_source": [_tally(each) for each in found.by_source],
        "by_entry": [_tally(each) for each in found.by_entry],
        "entries": [
            {
                "id": each.entry.id,
                "category": each.entry.category,
                "entry": each.entry.entry,
                "stage": each.entry.stage,
                "since": each.entry.since.isoformat(),
                "reasons": each.reasons,
            }
            for each in listed
        ],
    }


def _tally(each: Tally) -> dict[str, Any]:
    told = not each.few
    return {
        "category": each.category,
        "key": each.key,
        "n": each.n,
        "true": each.true,
        "false": each.false,
        "precision": each.precision if told else None,
        "interval": each.interval if told else None,
    }
