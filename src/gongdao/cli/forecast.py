"""`gongdao forecast`: what decided appeals teach about how likely an appeal is accepted."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from gongdao import bootstrap
from gongdao.cli.database import use_installation
from gongdao.domain.appeals.likelihood import Card
from gongdao.domain.flows.learning import Learned

app = typer.Typer(no_args_is_help=True, help="How likely appeals are accepted, and how surely.")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


@app.command("train")
def train(as_json: AsJson = False) -> None:
    """Learn now from the appeals that were decided here; the worker does so by itself."""
    with use_installation():
        learning = bootstrap.app().around_appeals.learning
        learning.train()
        _say(learning.now(), as_json=as_json)


@app.command("show")
def show(as_json: AsJson = False) -> None:
    """Show what was learned, from how many appeals, and how right it was on those held back."""
    with use_installation():
        _say(bootstrap.app().around_appeals.learning.now(), as_json=as_json)


def _say(learned: Learned, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(_plain(learned), ensure_ascii=False, indent=1, default=str))
        return
    left_out = f"{learned.unweighed} more were not weighed before they were sent"
    print(f"{learned.decided} decided appeals can be learned from; {left_out}.")
    if learned.model is None:
        print("Nothing was learned yet. People are shown what the pack's sources claim.")
        return
    for line in _lines(learned.model.card):
        print(line)
    print("People are told it." if learned.told else "It is not enough: people are told claims.")


def _lines(card: Card) -> list[str]:
    whole = f"{card.accepted} of {card.cases} accepted"
    lines = [
        f"Learned {card.trained_at:%Y-%m-%d %H:%M %Z} from {card.cases} appeals, {whole}.",
        f"Brier score {card.brier:.3f}; always the share of all: {card.brier_base:.3f}.",
    ]
    for at, tenth in enumerate(card.tenths):
        if tenth.cases:
            came = f"{tenth.accepted / tenth.cases:.0%}"
            told = f"told {tenth.foretold:.0%}, came {came}, n = {tenth.cases}"
            lines.append(f"  {at * 10:3d}-{at * 10 + 10}%: {told}")
    return lines


def _plain(learned: Learned) -> dict[str, object]:
    model = learned.model
    return {
        "decided": learned.decided,
        "unweighed": learned.unweighed,
        "told": learned.told,
        "least": learned.policy.least.model_dump(mode="json") if learned.policy else None,
        "model": asdict(model) if model is not None else None,
    }


def register(commands: typer.Typer) -> None:
    """Add these commands to the command line."""
    commands.add_typer(app, name="forecast")
