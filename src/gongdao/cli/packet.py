"""`gongdao packet CASE`: the case with its exhibits and proofs, as one file to hand over."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gongdao import bootstrap
from gongdao.cli.bars import bar
from gongdao.cli.database import use_installation
from gongdao.cli.languages import Lang, Language, chosen
from gongdao.domain.access.model import Caller
from gongdao.domain.evidence.packing import Wanted
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Role
from gongdao.domain.kernel.ids import CaseId

if TYPE_CHECKING:
    from gongdao.bootstrap import packets

OPERATOR = Caller(None, frozenset({Role.OPERATOR}))


class Chair(StrEnum):
    """For whom a packet is made."""

    STAFF = "staff"
    REPORTER = "reporter"
    RESPONDENT = "respondent"


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("packet")(packet)


def packet(
    case: Annotated[str, typer.Argument(help="The case's id, as it stands on its page.")],
    out: Annotated[Path | None, typer.Option(help="The file to write; else named by us.")] = None,
    chair: Annotated[
        Chair, typer.Option("--for", help="Whose view it shows, and nothing beyond it.")
    ] = Chair.STAFF,
    reporter: Annotated[
        int, typer.Option(min=1, help="Which reporter of the case, with --for reporter.")
    ] = 1,
    originals: Annotated[
        bool,
        typer.Option("--originals/--derivatives", help="Files as they came, or drawn copies."),
    ] = False,
    listed: Annotated[
        bool, typer.Option("--list", help="Make none: list those that were made.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
    lang: Lang = None,
) -> None:
    """Make the packet of a case: a ZIP that opens and can be checked without Gongdao."""
    from gongdao.bootstrap import packets  # noqa: PLC0415 – other commands start without it

    with use_installation():
        if listed:
            _print_list(CaseId(case), as_json=as_json)
            return
        caller = _caller(CaseId(case), chair, reporter)
        language = "en" if chosen(lang) is Language.EN else "zh-hans"
        wanted = Wanted(originals, language)
        ready = packets.make(CaseId(case), caller, wanted, by=Actor(Role.OPERATOR, None))
        path = out or Path(ready.name)
        write(ready, path, quiet=as_json)
    _print(ready, path, as_json=as_json)


def _print(ready: "packets.Ready", path: Path, *, as_json: bool) -> None:
    said = {
        "case": ready.case,
        "file": str(path),
        "bytes": ready.size,
        "made_for": ready.made_for,
        "as_of": ready.as_of.astimezone(CHINA).isoformat(),
        "tagmanifest": ready.digest,
        "left_out": [f"{left.what}: {left.why}" for left in ready.left_out],
    }
    if as_json:
        print(json.dumps(said, ensure_ascii=False))
        return
    print(f"材料包 · packet      {path}（{ready.size} 字节 · bytes）")
    print(f"视角 · made for      {ready.made_for}")
    print(f"清单哈希 · manifest  {ready.digest}")
    for left in ready.left_out:
        print(f"未包含 · left out    {left.what}: {left.why}")
    print(f"核验 · check         gongdao verify {path}")


def _caller(case: CaseId, chair: Chair, reporter: int) -> Caller:
    """Whoever runs commands on the machine is the operator, and may see from each chair."""
    now = bootstrap.app().records.cases.get(case).now
    if chair is Chair.REPORTER:
        if reporter > len(now.reporters):
            raise BadInput(
                "packet.no_such_reporter",
                hint_noop("The case has {most} reporters: give --reporter from 1 to {most}."),
                most=len(now.reporters),
            )
        return Caller(now.reporters[reporter - 1])
    if chair is Chair.RESPONDENT:
        if now.respondent is None:
            raise Refused(
                "packet.no_respondent",
                hint_noop("No account stands behind what was reported: nobody has that chair."),
            )
        return Caller(now.respondent)
    return OPERATOR


def write(ready: "packets.Ready", path: Path, *, quiet: bool) -> None:
    """Write a packet to a file: whole, or not at all."""
    draft = path.with_name(f".{path.name}.part")
    try:
        with draft.open("wb") as file, bar("packet", ready.size, quiet=quiet) as tick:
            for piece in ready.pieces():
                file.write(piece)
                tick(len(piece))
        draft.replace(path)
    except OSError as problem:
        raise Refused(
            "packet.not_written",
            hint_noop("{path} cannot be written: {why}. Give another place with --out."),
            path=str(path),
            why=problem.strerror or "unknown",
        ) from problem
    finally:
        # Also after Ctrl-C: half a packet is none.
        draft.unlink(missing_ok=True)


def _print_list(case: CaseId, *, as_json: bool) -> None:
    from gongdao.bootstrap import packets  # noqa: PLC0415

    bootstrap.app().records.cases.get(case)
    for recorded in packets.makings(case):
        made = recorded.event
        if as_json:
            said = {
                "at": made.at.astimezone(CHINA).isoformat(),
                "by": made.by.role.value,
                "person": made.staff,
                "made_for": made.made_for,
                "tagmanifest": made.digest,
                "originals": made.originals,
                "unmasked": made.unmasked,
            }
            print(json.dumps(said, ensure_ascii=False))
        else:
            at = f"{made.at.astimezone(CHINA):%Y-%m-%d %H:%M}"
            print(f"{at}  {made.by.role.value:16} → {made.made_for:10}  {made.digest}")
