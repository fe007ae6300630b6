"""`gongdao screen`, `lexicon` and `model`: judging texts offline, with no database."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from gongdao.bootstrap import screening
from gongdao.cli import screen_models, screen_numbers
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.policy.screening import Category
from gongdao.domain.screening.model import Screened

MOST_BYTES = 100_000_000
lists = typer.Typer(no_args_is_help=True, help="Lists of words that texts are screened by.")
models = typer.Typer(no_args_is_help=True, help="The model that texts are screened by.")


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("screen")(screen)
    screen_numbers.register(lists)
    screen_models.register(models)
    app.add_typer(lists, name="lexicon")
    app.add_typer(models, name="model")


def screen(
    file: Annotated[str, typer.Argument(help="Texts, one a line; - for standard input.")],
    lexicon: Annotated[
        Path | None,
        typer.Option(help="A folder of lists to read instead of our own.", file_okay=False),
    ] = None,
    model: Annotated[
        Path | None, typer.Option(help="A trained model to read with instead of our own.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Say what stands out in texts and which lane that suggests. Nothing is kept or sent."""
    ready = screening.screener()
    if lexicon or model:
        read = screening.read_lists([lexicon]) if lexicon else ready.spotter.lexicon
        ready = screening.make(read, model)
    if ready.model_failed:
        sys.stderr.write(f"{ready.model_failed}: the lexicon works on without the model.\n")
    policy = screening.policy()
    for number, text in enumerate(_lines(file), 1):
        found = ready.look(text, policy)
        if as_json:
            print(json.dumps({"line": number, **_plain(found, text)}, ensure_ascii=False))
        else:
            _print(number, found, text)


@lists.command("check")
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="A folder of lists; else our own.", file_okay=False)
    ] = None,
) -> None:
    """Say how many entries each category has, and which lines were left out and why."""
    found = screening.read_lists([folder]) if folder else screening.screener().spotter.lexicon
    for category in Category:
        count = sum(each.category is category for each in found.entries)
        print(f"{category}: {count}")
    for each in found.left:
        print(f"left out ({each.why}): {each.text}")
    print(f"version: {found.version or '-'}")


@lists.command("import")
def import_(
    source: Annotated[Path, typer.Argument(help="Somebody's list, one word a line.")],
    category: Annotated[Category, typer.Option(help="What its words are looked at for.")],
    to: Annotated[
        Path, typer.Option(help="The folder of your own lists (GONGDAO_LEXICON).", file_okay=False)
    ],
) -> None:
    """Take over a public list: words of fewer than two characters and doubles are left out."""
    target = to / f"{category}-{source.stem}.txt"
    had, kept = screening.import_list(source, category, target)
    print(f"{kept} of {had} words are now in {target}.")


def _lines(file: str) -> list[str]:
    try:
        if file == "-":
            content = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(file).open("rb") as stream:
                content = stream.read(MOST_BYTES + 1)
    except OSError as problem:
        raise BadInput(
            "screening.no_file",
            hint_noop("{file} cannot be read: {why}."),
            file=file,
            why=problem.strerror or "?",
        ) from None
    if len(content) > MOST_BYTES:
        raise BadInput(
            "screening.file_too_large", hint_noop("The file is larger than 100 MB. Split it.")
        )
    try:
        return content.decode("utf-8-sig").split("\n")[: None if content[-1:] != b"\n" else -1]
    except UnicodeDecodeError as problem:
        raise BadInput(
            "screening.not_utf8",
            hint_noop("The text is not UTF-8: look at byte {place}, and save it as UTF-8."),
            place=problem.start + 1,
        ) from None


def _plain(found: Screened, text: str) -> dict[str, Any]:
    """What programs read: places are counted in characters from 0, the end is not part of it."""
    several = [{**asdict(each), "passage": text[each.start : each.end]} for each in found.findings]
    return {"lane": found.lane, "findings": several, "model_failed": found.model_failed}


def _print(number: int, found: Screened, text: str) -> None:
    print(f"{number}: {found.lane}")
    for each in found.findings:
        passage = "".join(
            char if char.isprintable() else " " for char in text[each.start : each.end]
        )
        where = f"{each.start}-{each.end} {passage}"
        print(f"   {each.score:.2f} {each.category} {each.source} {where} · {each.evidence}")
