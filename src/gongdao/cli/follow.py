"""`gongdao log follow`: follows somebody's log, and keeps the proof if it ever shows two pasts."""

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gongdao.bootstrap import offline
from gongdao.domain.kernel.errors import PeerFailed

if TYPE_CHECKING:
    from gongdao.domain.evidence.following import Followed, Seen

_SAID = {
    "first": "首次查看，已记下 · Seen for the first time, and remembered",
    "same": "没有变化 · As it was",
    "grown": "与以前所见一致，并有新增 · Goes on from what was seen before",
    "older": "给出的是旧的检查点；若一直如此，说明日志被退回 · It shows an older checkpoint than "
    "before; if it stays so, the log went back",
    "fork": "日志分叉：两个检查点都有其签名，却互相矛盾，均已保存 · The log forked: it signed two "
    "checkpoints that contradict each other; both are kept",
}
_BAD = {"older", "fork"}


def follow(
    url: Annotated[str, typer.Argument(help="The log's address, such as https://example.org/log.")],
    *,
    state: Annotated[
        Path, typer.Option(help="What was seen before: a file that is made at first.")
    ] = Path("gongdao-log.json"),
    key: Annotated[
        list[str] | None,
        typer.Option(help="The log's key; asked of the installation itself at first if not given."),
    ] = None,
    every: Annotated[
        int, typer.Option(min=0, help="Go on, looking every so many seconds; 0 looks once.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Follow a log from outside. Exit 0: it goes on from before. 1: it does not. 2: unreadable."""
    while True:
        try:
            seen, found = offline.follow(url, state, tuple(key or ()))
        except PeerFailed as problem:
            if not every:
                raise
            sys.stderr.write(f"{problem.code}: {problem.hint}\n")
        else:
            _say(seen, found, as_json=as_json)
            if seen.value in _BAD and not (every and seen.value == "older"):
                sys.exit(1)
        if not every:
            return
        time.sleep(every)


def _say(seen: "Seen", found: "Followed", *, as_json: bool) -> None:
    if as_json:
        forks = [{"first": each.first, "second": each.second} for each in found.forks]
        said = {"seen": seen.value, "checkpoint": found.checkpoint, "forks": forks}
        print(json.dumps(said, ensure_ascii=False), flush=True)
        return
    print(_SAID[seen.value])
    if seen.value == "fork":
        print(f"\n{found.forks[-1].first}\n{found.forks[-1].second}", end="", flush=True)
        return
    origin, size, *_ = found.checkpoint.split("\n")
    print(f"{origin}  {size}", flush=True)
