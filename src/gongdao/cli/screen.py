"""`gongdao screen`, `lexicon` and `model`: judging texts offline, with no database."""

import json
import os
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from gongdao import bootstrap
from gongdao.bootstrap import screening
from gongdao.cli import screen_entries, screen_models, screen_numbers
from gongdao.cli.database import exists, use_installation
from gongdao.domain.kernel.errors import BadInput, GongdaoError, hint_noop
from gongdao.domain.policy.screening import Category
from gongdao.domain.screening.model import Screened
from gongdao.domain.screening.screener import Screener
from gongdao.site.config import Config

MOST_BYTES = 100_000_000
_PASSAGE, _EXAMPLES = 60, 5
"""Characters of a passage, and lines of a list, that are printed."""
_WHY_LEFT = {
    "short": "fewer than two characters",
    "long": "too long",
    "twice": "there already",
    "pattern": "no word but a pattern",
    "several": "several words on one line",
}
lists = typer.Typer(no_args_is_help=True, help="Lists of words that texts are screened by.")
models = typer.Typer(no_args_is_help=True, help="The model that texts are screened by.")


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("screen")(screen)
    screen_numbers.register(lists)
    screen_entries.register(lists)
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
    alone: Annotated[
        bool, typer.Option("--alone", help="Ask no database: what was retired is matched again.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """
    Say what stands out in texts and which lane that suggests. Nothing is kept or sent.

    Where there is an installation, its own model reads, and entries that it retired are not
    matched. Without one, or with --alone, the shipped lists and model read.
    """
    texts = _lines(file)
    ready = (None if alone else _installed()) or screening.screener()
    if lexicon:
        ready = screening.with_lists(ready, lexicon)
    if model:
        ready = screening.with_model(ready, partial(screening.model_bytes, model))
    if ready.model_failed:
        sys.stderr.write(f"{ready.model_failed}: the lexicon works on without the model.\n")
    if ready.lists_failed:
        sys.stderr.write(f"{ready.lists_failed}: only the shipped lists are read.\n")
    policy = screening.policy()
    for number, text in enumerate(texts, 1):
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
    encoding: Annotated[
        str, typer.Option(help="How it is written, such as gb18030, big5 or utf-16.")
    ] = "utf-8-sig",
    again: Annotated[
        bool, typer.Option("--replace", help="Take the place of a list of the same name.")
    ] = False,
) -> None:
    """
    Take over a public list, and say what was left out.

    That is: words of fewer than two characters, doubles, patterns, and lines of several words.
    """
    target = to / f"{category}-{source.stem}.txt"
    found = screening.import_list(source, category, target, encoding, again=again)
    had = len(found.entries) + len(found.left)
    print(f"{len(found.entries)} of {had} words are now in {target}.")
    for why, meaning in _WHY_LEFT.items():
        several = [each for each in found.left if each.why == why]
        if several:
            shown = ", ".join(f"{each.line}: {_short(each.text)}" for each in several[:_EXAMPLES])
            print(f"left out, {meaning}: {len(several)} (line {shown})")


def _installed() -> Screener | None:
    """What reads in the installation at hand; None where there is none, or it cannot be asked."""
    if not exists(Config.read(os.environ)):
        return None
    try:
        with use_installation():
            return bootstrap.app().screening.now.screener()
    except GongdaoError as problem:
        sys.stderr.write(f"{problem.code}: entries that were retired are matched here.\n")
        return None


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
        return content.decode("utf-8-sig").removesuffix("\n").split("\n") if content else []
    except UnicodeDecodeError as problem:
        raise BadInput(
            "screening.not_utf8",
            hint_noop("The text is not UTF-8: look at line {line}, and save it as UTF-8."),
            line=content.count(b"\n", 0, problem.start) + 1,
        ) from None


def _plain(found: Screened, text: str) -> dict[str, Any]:
    """What programs read: places are counted in characters from 0, the end is not part of it."""
    several = [{**asdict(each), "passage": text[each.start : each.end]} for each in found.findings]
    failed = {"model_failed": found.model_failed, "lists_failed": found.lists_failed}
    return {"lane": found.lane, "findings": several, **failed}


def _print(number: int, found: Screened, text: str) -> None:
    print(f"{number}: {found.lane}")
    for each in found.findings:
        where = f"{each.start}-{each.end} {_short(text[each.start : each.end])}"
        print(f"   {each.score:.2f} {each.category} {each.source} {where} · {each.evidence}")


def _short(passage: str) -> str:
    """A passage on one line, without what cannot be printed."""
    shown = "".join(char if char.isprintable() else " " for char in passage[: _PASSAGE + 1])
    return shown if len(passage) <= _PASSAGE else f"{shown[:_PASSAGE]}…"
