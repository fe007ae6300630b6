"""
Training the model of the package from public data that are not part of it.

A folder of data has `cold/train.csv` (COLDataset), `swsr/SexComment.csv` (SWSR) and
`teleantifraud/*.jsonl` (TeleAntiFraud, made by machines). Only hashes with their weights are kept.
"""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

from gongdao.adapters.screening import model_file
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.screening.folding import Folding
from gongdao.domain.screening.grams import Reader, reader
from gongdao.domain.screening.heads import Head
from gongdao.domain.screening.learning import Example, Settings, learn
from gongdao.domain.screening.model import Category

ABUSE = Settings(ridge=10.0, bayes=0.5, length=0.25)
FRAUD = Settings(ridge=10.0, bayes=0.5, length=0.5)
_OWN_WEIGHT = 3.0
LEAST = 20
"""Texts of each kind that a head is learned from at least."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text of a data set, whether it is of the category, and what it is about."""

    text: str
    true: bool
    topic: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Lessons:
    """The installation's own labelled texts, and where they come from."""

    texts: Mapping[Category, Sequence[Labelled]]
    card: Mapping[str, Any]
    """What the model's file says of them: how many of each kind, and until when."""


def train(
    data: Path | None, out: Path, folding: Folding, lessons: Lessons | None = None
) -> Iterator[str]:
    """
    Train, and write the model and its card; says what was done.

    Without a folder of data sets it learns of the installation's own labels alone.
    """
    sets = _sets(data)
    parts, every = _parts(sets, lessons)
    read = reader(folding)
    heads = [
        head(category, texts, read, settings)
        for category, (texts, settings) in parts.items()
        if _enough(texts)
    ]
    if not heads:
        raise BadInput(
            "model.too_few_labels",
            hint_noop(
                "Of each kind {least} texts are needed to learn from. Name a folder of data sets "
                "with --data, or wait for more decisions."
            ),
            least=LEAST,
        )
    counts = {name: len(texts) for name, texts in sets.items()}
    card: dict[str, Any] = {"examples": counts}
    if lessons is not None:
        card["labels"] = dict(lessons.card)
        yield f"labels: {json.dumps(card['labels'], sort_keys=True)}"
    said = "\n".join(f"{each.true:d} {each.text}" if lessons else each.text for each in every)
    digest = sha256(said.encode()).hexdigest()
    version = f"screening-{digest[:8]}"
    content = model_file.dump(version, heads, {**card, "data": digest})
    out.mkdir(parents=True, exist_ok=True)
    target = out / "model.bin"
    target.write_bytes(content)
    yield f"{version}: {counts}"
    yield f"{target}: {len(content)} bytes, sha256 {sha256(content).hexdigest()}"


def _sets(data: Path | None) -> dict[str, list[Labelled]]:
    """The data sets by the names that the card gives them."""
    return {
        "cold+swsr": [*cold(data, "train"), *swsr(data)] if data else [],
        "dialogues": dialogues(data) if data else [],
        "own harmless texts": own_texts(),
    }


def _parts(
    sets: Mapping[str, list[Labelled]], lessons: Lessons | None
) -> tuple[dict[Category, tuple[list[Labelled], Settings]], list[Labelled]]:
    """What each head learns of, and all of it once."""
    abuse, fraud, own = sets.values()
    taught = lessons.texts if lessons else {}
    parts = {
        Category.ABUSE: ([*abuse, *own, *taught.get(Category.ABUSE, ())], ABUSE),
        Category.FRAUD: (
            [*fraud, *_harmless(abuse), *own, *taught.get(Category.FRAUD, ())],
            FRAUD,
        ),
    }
    every = [*abuse, *fraud, *own]
    return parts, every + [each for texts in taught.values() for each in texts]


def _enough(texts: Sequence[Labelled]) -> bool:
    true = sum(each.true for each in texts)
    return min(true, len(texts) - true) >= LEAST


def head(category: Category, several: Sequence[Labelled], read: Reader, settings: Settings) -> Head:
    """Learn one head of labelled texts."""
    kept = list({each.text: each for each in several}.values())
    examples = [Example(read.read(each.text), each.true, each.weight) for each in kept]
    return learn(category, examples, settings, lambda place: kept[place].text)


def groups() -> tuple[str, ...]:
    """Our own list of names of groups of people."""
    lines = files(__package__).joinpath("groups.txt").read_text("utf-8").splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())


def own_texts() -> list[Labelled]:
    """Our own harmless texts; where one names a group of people, once with each other group."""
    lines = files(__package__).joinpath("harmless.txt").read_text("utf-8").splitlines()
    names = groups()
    found: list[Labelled] = []
    for line in lines:
        if line.strip() and not line.startswith("#"):
            named = next((each for each in names if each in line), None)
            others = [line.replace(named, each) for each in names] if named else [line]
            found.extend(Labelled(each, False, "own", _OWN_WEIGHT / len(others)) for each in others)
    return found


def cold(data: Path, part: str) -> list[Labelled]:
    """COLDataset: offensive or not, by topic."""
    return [
        Labelled(row["TEXT"], row["label"] == "1", row["topic"])
        for row in _rows(data / "cold" / f"{part}.csv")
    ]


def swsr(data: Path) -> list[Labelled]:
    """SWSR's comments: sexist or not."""
    return [
        Labelled(row["comment_text"], row["label"] == "1", "swsr")
        for row in _rows(data / "swsr" / "SexComment.csv")
    ]


def dialogues(data: Path) -> list[Labelled]:
    """TeleAntiFraud: what callers say, two turns at a time."""
    found: list[Labelled] = []
    for path in sorted((data / "teleantifraud").glob("*.jsonl")):
        for line in _text(path).splitlines():
            said = [turn.strip() for turn in json.loads(line)["left"]]
            turns = [f"{one}{other}" for one, other in pairwise(said)] or said
            true = path.name.startswith("fraud")
            found.extend(Labelled(each, true, "call") for each in turns if each)
    return found


def _harmless(several: Sequence[Labelled]) -> list[Labelled]:
    return [each for each in several if not each.true][::2]


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(_text(path).splitlines(keepends=True)))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except OSError as problem:
        raise BadInput(
            "model.no_data",
            hint_noop("{path} cannot be read: {why}. Name the folder that holds the data sets."),
            path=str(path),
            why=problem.strerror or "?",
        ) from None
