"""What a check of a packet or of a record says, line by line, Chinese and English."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

import typer

from gongdao.bootstrap import offline
from gongdao.domain.evidence.checked import Line, Outcome, holds

if TYPE_CHECKING:
    from gongdao.domain.evidence.packet_check import CheckedPacket
    from gongdao.domain.evidence.record_check import CheckedRecord

MOST = 8
"""Lines that say the same of different files; of more it says how many."""
_HEADS = {
    Outcome.FAILED: ("未通过 · Failed", "✗"),
    Outcome.PROVEN: ("已证明 · Proven", "✓"),
    Outcome.OPEN: ("未证明 · Not proven", "–"),
}
_ABOUT = ": {about}"
_EXHIBIT = re.compile(r"exhibit (\d+)(?: (\w+))?")


def packet(found: "CheckedPacket", *, as_json: bool) -> None:
    """Say what a packet proves; ends with 1 where something in it was changed."""
    known = found.packet
    told = {} if known is None else {"case": known.case, "origin": known.origin}
    if known is not None:
        told |= {"made_for": known.made_for, "as_of": known.as_of}
    head = [f"材料包 · packet  {_plain(told['case'])}  {_plain(told['origin'])}"] if told else []
    _say({"what": "packet", **told}, head, found.lines, as_json=as_json)


def record(found: "CheckedRecord", *, as_json: bool) -> None:
    """Say what a record proves."""
    head = [f"存证 · record  {found.leaf}"] if found.leaf else []
    _say({"what": "record", "leaf": found.leaf}, head, found.lines, as_json=as_json)


def _say(
    told: dict[str, str | None], head: Sequence[str], lines: list[Line], *, as_json: bool
) -> None:
    valid = holds(lines)
    if as_json:
        plain = [asdict(line) for line in lines]
        print(json.dumps({"valid": valid, **told, "lines": plain}, ensure_ascii=False))
    else:
        print("\n".join([*head, *_written(lines)]))
    if not valid:
        raise typer.Exit(1)


def _written(lines: Sequence[Line]) -> list[str]:
    said = []
    for outcome, (head, mark) in _HEADS.items():
        mine = [line for line in lines if line.outcome is outcome]
        if mine:
            said.append(head)
        for _, same in groupby(mine, key=lambda line: line.code):
            several = list(same)
            said += [f"  {mark} {sentence(line)}" for line in several[:MOST]]
            if len(several) > MOST:
                more = len(several) - MOST
                said.append(f"  {mark} … 另有 {more} 项 · and {more} more")
    return said


def sentence(line: Line) -> str:
    """A line in both languages; a file that it is about is said once, if it stands at the end."""
    facts = {name: _plain(str(fact)) for name, fact in line.facts.items()}
    words = offline.packet_words()[line.code]
    zh = words["zh"].format(**facts, about=_named(line.about, "zh"))
    en = words["en"]
    if not _EXHIBIT.fullmatch(line.about):
        en = en.removesuffix(_ABOUT)
    return f"{zh} · {en.format(**facts, about=_named(line.about, 'en'))}"


def _named(about: str, language: str) -> str:
    """What a line is about; an exhibit that has no file is called by its number."""
    shape = _EXHIBIT.fullmatch(about)
    if shape is None:
        return _plain(about)
    known = offline.packet_words()
    what = known["name.exhibit"][language].format(n=shape[1])
    role = known.get(f"name.{shape[2]}")
    return f"{what} {role[language]}" if role else what


def _plain(text: str) -> str:
    """A text out of somebody's file, fit for a terminal."""
    return "".join(letter if letter.isprintable() else "�" for letter in text)
