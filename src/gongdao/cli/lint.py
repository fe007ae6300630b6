"""`gongdao lint`: what could be worded better in a statement, before it is sent."""

import json
import sys
import unicodedata
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from gongdao import bootstrap
from gongdao.bootstrap import wording
from gongdao.cli.languages import Lang, chosen
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.linting.model import Finding, Language, Report, Setting

MOST_BYTES = 100_000
"""More is not even read: a statement has at most some ten thousand characters."""
_AROUND = 24
"""So many characters of a line are shown on each side of a passage."""


class Written(StrEnum):
    """The language that a statement is in."""

    ZH = "zh"
    EN = "en"


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("lint")(lint)


def lint(
    file: Annotated[str, typer.Argument(help="The statement's file; - for standard input.")],
    exhibits: Annotated[
        str | None,
        typer.Option(help="Numbers of the exhibits that are there: 1,2; an empty text for none."),
    ] = None,
    own: Annotated[
        list[str] | None, typer.Option(help="Your own name, number or address; may be repeated.")
    ] = None,
    times: Annotated[
        bool, typer.Option(help="Whether the moments it tells of must be exact to the minute.")
    ] = True,
    written: Annotated[
        Written | None, typer.Option(help="The statement's language; else it is seen.")
    ] = None,
    root: Annotated[
        Path | None, typer.Option("--root", help="Folder of packs; else GONGDAO_PACKS or our own.")
    ] = None,
    lang: Lang = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Point out what would hurt a statement, and how to say it better. Nothing is kept or sent."""
    text = _text(file)
    setting = Setting(
        exhibits=_numbers(exhibits),
        times=times,
        own=tuple(own or ()),
        language=_language(written) if written else None,
    )
    book = bootstrap.pack_book(root)
    pack = book.versions("house")[0]
    words = None if as_json and lang is None else _language(Written(chosen(lang).value))
    report = wording.look_at(text, setting, pack, words)
    if as_json:
        print(json.dumps(_plain(report, text), ensure_ascii=False, indent=1))
    else:
        _print(report, text, chosen(lang).value)


def _text(file: str) -> str:
    try:
        if file == "-":
            content = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(file).open("rb") as stream:
                content = stream.read(MOST_BYTES + 1)
    except OSError as problem:
        raise BadInput(
            "lint.no_file",
            hint_noop("{file} cannot be read: {why}"),
            file=file,
            why=problem.strerror or "?",
        ) from None
    if len(content) > MOST_BYTES:
        raise BadInput(
            "lint.too_large",
            hint_noop("A statement has at most {most} KB. Give it only the statement itself."),
            most=MOST_BYTES // 1000,
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise BadInput(
            "lint.not_utf8",
            hint_noop("The text is not UTF-8: look at byte {place}, and save it as UTF-8."),
            place=problem.start + 1,
        ) from None


def _numbers(written: str | None) -> frozenset[int] | None:
    if written is None:
        return None
    try:
        return frozenset(int(each) for each in written.split(",") if each.strip())
    except ValueError:
        raise BadInput(
            "lint.bad_exhibits", hint_noop("Write the exhibits as numbers with commas: 1,2,3.")
        ) from None


def _language(written: Written) -> Language:
    return Language.CHINESE if written is Written.ZH else Language.ENGLISH


def _plain(report: Report, text: str) -> dict[str, object]:
    """What programs read: places are counted in characters from 0, the end is not part of it."""
    return {
        "language": report.language.value,
        "findings": [
            {
                "span": {"start": each.start, "end": each.end},
                "passage": text[each.start : each.end],
                "kind": each.kind.value,
                "code": each.code,
                "reason": each.reason,
                "suggestion": each.suggestion,
                "weight": each.weight,
            }
            for each in report.findings
        ],
    }


def _print(report: Report, text: str, language: str) -> None:
    """Each passage underlined in its line, with why and what to write instead."""
    for each in report.findings:
        for line in _underlined(text, each):
            print(line)
        print(f"  {each.reason}")
        print(f"  → {each.suggestion}\n")
    found = len(report.findings)
    if language.startswith("zh"):
        closing = f"共 {found} 处可以改进。" if found else "没有发现需要提醒的地方。"
        print(f"{closing}这只是建议：您随时可以照原样发送。")
    else:
        closing = f"{found} to look at." if found else "Nothing to point out."
        print(f"{closing} This is advice: you may always send it as it is.")


def _underlined(text: str, finding: Finding) -> tuple[str, str]:
    begin = text.rfind("\n", 0, finding.start) + 1
    until = text.find("\n", finding.start)
    until = len(text) if until < 0 else until
    left = max(begin, finding.start - _AROUND)
    right = min(until, max(finding.end, finding.start + 1) + _AROUND)
    end = min(finding.end, right)
    number = text.count("\n", 0, finding.start) + 1
    head = f"{number}: {'…' if left > begin else ''}"
    shown = _seen(text[left:right]) + ("…" if right < until else "")
    indent = _width(head) + _width(_seen(text[left : finding.start]))
    return head + shown, " " * indent + "~" * max(1, _width(_seen(text[finding.start : end])))


def _seen(text: str) -> str:
    """The text without what would move the cursor or hide."""
    return "".join(char if char.isprintable() else " " for char in text)


def _width(text: str) -> int:
    """Columns of a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "FW" else 1 for char in text)
