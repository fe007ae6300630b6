"""The hand-written reviews: read with their labels, and how a judge of them is counted."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "reviews"
OPINION = "opinion"
CLASSES = ("irrelevant", "abuse", "not_received", "competitor", "extortion", OPINION)
_LINE = re.compile(r"\[([a-z_+]+)\] (.+)")


@dataclass(frozen=True, slots=True)
class Review:
    """One review of the set."""

    text: str
    labels: frozenset[str]


def reviews(name: str) -> list[Review]:
    """Those of one file: train, check, later or unseen."""
    lines = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    found = [_LINE.fullmatch(line) for line in lines if line and not line.startswith("#")]
    return [Review(each[2], frozenset(each[1].split("+"))) for each in found if each]


@dataclass(frozen=True, slots=True)
class Score:
    """How a judge did on some reviews."""

    f1: dict[str, float]
    macro_f1: float
    leak: float
    """Share of mere opinions that were sent on as eligible."""
    exact: float
    """Share of reviews of which all grounds were said, and no other."""


Judge = Callable[[str], frozenset[str]]


def score(judge: Judge, several: Sequence[Review]) -> Score:
    """Count a judge that gives labels as the set does."""
    said = [judge(each.text) for each in several]
    f1 = {name: _f1(name, said, several) for name in CLASSES}
    opinions = [got for got, each in zip(said, several, strict=True) if OPINION in each.labels]
    exact = sum(got == each.labels for got, each in zip(said, several, strict=True))
    return Score(
        f1,
        sum(f1.values()) / len(f1),
        sum(OPINION not in got for got in opinions) / max(len(opinions), 1),
        exact / max(len(several), 1),
    )


def _f1(name: str, said: Iterable[frozenset[str]], several: Sequence[Review]) -> float:
    pairs = [(name in got, name in each.labels) for got, each in zip(said, several, strict=True)]
    right = pairs.count((True, True))
    wrong = pairs.count((True, False)) + pairs.count((False, True))
    return 2 * right / max(2 * right + wrong, 1)
