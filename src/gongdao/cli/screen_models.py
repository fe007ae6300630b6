"""`gongdao model`: training, comparing, and what an operator does with models of their own."""

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from gongdao import bootstrap
from gongdao.bootstrap import comparing, screening
from gongdao.bootstrap.comparing import Comparison, Taught
from gongdao.bootstrap.own_models import AT_THE_COMMAND_LINE, OwnModels
from gongdao.cli.database import exists, use_installation
from gongdao.domain.flows.shadow_runs import ShadowReport
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.policy.screening import Category
from gongdao.domain.screening.comparing import Interval, Verdict
from gongdao.site.config import Config

SHIPPED, LIVE, NONE = "shipped", "live", "none"
shadows = typer.Typer(no_args_is_help=True, help="A model that reads beside the live one.")
Data = Annotated[
    Path | None, typer.Option(help="A folder with the public data sets.", file_okay=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
File = Annotated[Path, typer.Argument(help="A model's file, as `gongdao model train` writes it.")]
_SAYS = {
    Verdict.BETTER: "The new model is better: something surely is, and nothing is surely worse.",
    Verdict.WORSE: "The new model is worse: something surely is.",
    Verdict.UNTOLD: "It cannot be called better: intervals overlap, or nothing shows misses.",
}


def register(models: typer.Typer) -> None:
    """Add these commands to those of models."""
    models.command("train")(train)
    models.command("compare")(compare)
    models.command("card")(card)
    models.add_typer(shadows, name="shadow")
    models.command("go-live")(go_live)
    models.command("roll-back")(roll_back)


def train(
    out: Annotated[Path, typer.Option(help="Where the model and its card go.", file_okay=False)],
    data: Data = None,
    labels: Annotated[
        bool, typer.Option("--labels", help="Learn of this installation's decisions, too.")
    ] = False,
    base: Annotated[
        str | None,
        typer.Option(
            help="Whose heads are taken over for what isn't learned anew: `live`, `shipped`, "
            "`none` or a file. Without --data it is `live`, else `none`."
        ),
    ] = None,
    only: Annotated[
        list[Category] | None,
        typer.Option(help="Learn only this category anew; can be given several times."),
    ] = None,
) -> None:
    """Train a model: the same data, labels and base give the same file, byte by byte."""
    if data is None and not labels:
        raise BadInput(
            "model.nothing_to_learn",
            hint_noop("Name a folder of data sets with --data, or learn of decisions: --labels."),
        )
    named = base or (NONE if data else LIVE)
    with ExitStack() as stack:
        if labels or named == LIVE:
            stack.enter_context(use_installation())
        lessons, taken = comparing.lessons() if labels else None, _base(named)
        for line in screening.train(
            data, out, screening.letters().folding, lessons, taken, only or ()
        ):
            print(line)


def compare(
    old: Annotated[
        str,
        typer.Argument(help="A model's file; `live` reads here, `shipped` is the program's own."),
    ],
    new: Annotated[str, typer.Argument(help="The other.")],
    data: Data = None,
    show: Annotated[
        bool, typer.Option("--show", help="Print the texts in which they differ.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Compare two models on texts that neither was trained on; labels where there are some."""
    with ExitStack() as stack:
        labels: list[Taught] = []
        if LIVE in {old, new} or exists(Config.read(os.environ)):
            stack.enter_context(use_installation())
            labels, _ = comparing.labelled()
        found = comparing.compare(_path(old), _path(new), data, labels)
    if as_json:
        print(json.dumps(_plain(found, show=show), ensure_ascii=False, indent=1))
        return
    for line in _lines(found, show=show):
        print(line)


def card(file: File) -> None:
    """Print what a model's file says of itself: what it learned of, and how many of each kind."""
    which = screening.which(file)
    said = {"version": which.version, "sha256": which.digest, **screening.card(file)}
    print(json.dumps(said, ensure_ascii=False, indent=1))


@shadows.command("start")
def start(file: File) -> None:
    """Let a model read beside the live one. It changes no text's lane."""
    with use_installation():
        which = _models().start(file)
    print(f"{which.version} reads beside the live model from now on.")


@shadows.command("stop")
def stop() -> None:
    """Let it read no longer; what it said stays for the report until it is forgotten."""
    with use_installation():
        _models().stop()
    print("No shadow reads.")


@shadows.command("report")
def report(as_json: AsJson = False) -> None:
    """Say where both disagreed, and who was right where a decision says what a text was."""
    with use_installation():
        found = _models().runs.report(AT_THE_COMMAND_LINE)
    if as_json:
        print(json.dumps(asdict(found), ensure_ascii=False, indent=1, default=str))
        return
    for line in _shadow_lines(found):
        print(line)


def go_live(
    file: File,
    without_shadow: Annotated[
        str | None, typer.Option(help="Why it goes live without a shadow run; it is kept.")
    ] = None,
) -> None:
    """Put a model in the live one's place; that one is kept for a roll-back."""
    with use_installation():
        which = _models().go_live(file, without_shadow)
    print(f"{which.version} is live. `gongdao model roll-back` takes it back.")


def roll_back() -> None:
    """Put the model before in its place again."""
    with use_installation():
        which = _models().roll_back()
    print(f"{which.version} is live again.")


def _models() -> OwnModels:
    return bootstrap.app().screening.models


def _base(name: str) -> comparing.Base | None:
    return None if name == NONE else comparing.base(_path(name))


def _path(name: str) -> Path | None:
    if name == LIVE:
        return _models().live_file()
    return None if name == SHIPPED else Path(name)


def _lines(found: Comparison, *, show: bool) -> Iterator[str]:
    yield f"old {found.old.version} {found.old.digest[:12]}"
    yield f"new {found.new.version} {found.new.digest[:12]}"
    for each in found.told:
        how = "; only one has learned of it: with the lists of words" if each.with_lists else ""
        yield f"{each.name}, {each.category}: {each.true} of {each.n} true{how}"
        if each.old_auc is None or each.new_auc is None:
            yield "   too few to tell"
            continue
        yield f"   AUC {_said(each.old_auc)} -> {_said(each.new_auc)}"
        yield f"   calibration error {_said(each.old_error)} -> {_said(each.new_error)}"
    if any(each.name == "labels" for each in found.told):
        yield "labels are of flagged or reported texts: the old model has sorted them already"
    for one in found.flagged:
        shares = f"{_said(one.old_share)} -> {_said(one.new_share)}"
        yield f"harmless, {one.name}: {one.old} -> {one.new} of {one.n} held up; {shares}"
        yield f"   they differ in {one.differ}"
    for lost in found.lost:
        yield f"the new model knows nothing of {lost}"
    if show:
        for text in found.differing:
            yield f"   {text.old:.2f} -> {text.new:.2f} {text.text}"
    yield _SAYS[found.verdict]


def _shadow_lines(found: ShadowReport) -> Iterator[str]:
    shadow = found.models.shadow
    yield f"{shadow.version if shadow else '-'}: {found.texts} texts in {found.days} days"
    yield f"the pack asks for {found.least.texts} texts and {found.least.days} days"
    yield f"different lanes: {found.disagreed}"
    for each in found.crossed:
        if each.live is not each.shadow:
            yield f"   {each.category}: {each.live} -> {each.shadow}: {each.n}"
    for one in found.against:
        who = f"both right {one.both}, live alone {one.live_only}, shadow alone {one.shadow_only}"
        yield f"labels, {one.category}: {who}, of {one.labels}"


def _said(each: Interval | None) -> str:
    return f"{each.value:.3f} ({each.low:.3f}-{each.high:.3f})" if each else "-"


def _plain(found: Comparison, *, show: bool) -> dict[str, object]:
    return {
        "old": asdict(found.old),
        "new": asdict(found.new),
        "told": [asdict(each) for each in found.told],
        "harmless": [
            {
                **asdict(each),
                "old_share": asdict(each.old_share),
                "new_share": asdict(each.new_share),
            }
            for each in found.flagged
        ],
        "lost": found.lost,
        "verdict": found.verdict,
        "differing": [asdict(each) for each in found.differing] if show else len(found.differing),
    }
