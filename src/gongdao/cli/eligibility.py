"""`gongdao eligibility`: which grounds may hold against reviews, one text a line."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from gongdao import bootstrap
from gongdao.cli.languages import Lang, chosen
from gongdao.domain.disputes.eligibility import Verdict
from gongdao.domain.flows.judging import judge_text, rules_of
from gongdao.domain.kernel.errors import BadInput, GongdaoError, hint_noop
from gongdao.domain.policy.eligibility import EligibilityPolicy

MOST_LINES = 20_000
_SHOWN = 60
_ADVICE = (
    "This is read from the words alone and errs. The platform decides.",
    "以上仅凭文字判断，会有差错；是否受理由平台决定。",
)
_LONGEST_LINE = 200_000
"""Bytes; what is longer is no review."""


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("eligibility")(eligibility)


def eligibility(
    file: Annotated[
        str, typer.Argument(help="A file with one review a line; - for standard input.")
    ],
    root: Annotated[
        Path | None, typer.Option("--root", help="Folder of packs; else GONGDAO_PACKS or our own.")
    ] = None,
    lang: Lang = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")] = False,
) -> None:
    """Say which grounds may hold, and what each needs. An advice, never the platform's decision."""
    pack = bootstrap.pack_book(root).versions("house")[0]
    policy, language, wrong = rules_of(pack), chosen(lang).value, 0
    for number, text in _lines(file):
        if not text.strip():
            continue
        try:
            verdict = judge_text(text, {}, pack)
        except GongdaoError as problem:
            _wrong(number, problem, as_json=as_json)
            wrong += 1
            continue
        if as_json:
            line = {"line": number, **_plain(verdict, text)}
            print(json.dumps(line, ensure_ascii=False))
        else:
            _print(number, verdict, text, policy, language)
    if not as_json:
        print(_ADVICE[language == "zh"])
    if wrong:
        raise BadInput(
            "eligibility.some_lines",
            hint_noop("Lines that could not be judged: {count}. Each is named above."),
            count=wrong,
        )


def _plain(verdict: Verdict, text: str) -> dict[str, object]:
    """What programs read: places are counted in characters from 0, the end is not part of it."""
    return {
        "opinion": verdict.opinion,
        "sure": verdict.sure,
        "sarcastic": verdict.sarcastic,
        "decides": "platform",
        "grounds": [
            {
                "ground": each.code,
                "sure": each.sure,
                "spans": [
                    {
                        "start": mark.start,
                        "end": mark.end,
                        "passage": text[mark.start : mark.end],
                        "cue": mark.cue,
                    }
                    for mark in each.spans
                ],
                "needs": [{"kind": need.kind.value, "must": need.must} for need in each.needs],
            }
            for each in verdict.grounds
        ],
    }


def _lines(file: str) -> Iterator[tuple[int, str]]:
    if file == "-":
        yield from _decoded(sys.stdin.buffer)
        return
    try:
        with Path(file).open("rb") as stream:
            yield from _decoded(stream)
    except OSError as problem:
        raise BadInput(
            "eligibility.no_file",
            hint_noop("{name} cannot be read: {why}."),
            name=file,
            why=problem.strerror or "?",
        ) from None


def _decoded(stream: BinaryIO) -> Iterator[tuple[int, str]]:
    number = 0
    while line := stream.readline(_LONGEST_LINE):
        number += 1
        if number > MOST_LINES or (len(line) == _LONGEST_LINE and not line.endswith(b"\n")):
            raise BadInput(
                "eligibility.too_large",
                hint_noop("Line {line} is too much. Give at most {most} lines, one review each."),
                line=number,
                most=MOST_LINES,
            )
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise BadInput(
                "eligibility.not_utf8",
                hint_noop("Line {line} is not UTF-8. Save the file as UTF-8."),
                line=number,
            ) from None
        yield number, text.rstrip("\r\n")


def _print(
    number: int, verdict: Verdict, text: str, policy: EligibilityPolicy, language: str
) -> None:
    chinese = language.startswith("zh")
    shown = "".join(char if char.isprintable() else " " for char in text.strip())
    print(f"{number}: {shown[:_SHOWN]}{'…' if len(shown) > _SHOWN else ''}")
    for each in verdict.grounds:
        rule = policy.ground(each.code)
        title = rule.title.in_(language) if rule else each.code
        words = "、".join(f"“{text[mark.start : mark.end]}”" for mark in each.spans[:3])
        print(f"  {title} {each.sure}% {words}")
        needs = [need.title.in_(language) for need in each.needs if need.must]
        print(f"    {'需要：' if chinese else 'Needs: '}{'；'.join(needs)}")
    if verdict.opinion:
        print(f"  {policy.opinion.title.in_(language)} {verdict.sure}%")


def _wrong(number: int, problem: GongdaoError, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"line": number, "problem": problem.code}, ensure_ascii=False))
    else:
        sys.stderr.write(f"{number}: {problem.code}\n")
