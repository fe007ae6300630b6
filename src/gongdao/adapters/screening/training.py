"""
Training the model of the package from public data that are not part of it.

A folder of data has `cold/train.csv` (COLDataset), `swsr/SexComment.csv` (SWSR) and
`teleantifraud/*.jsonl` (TeleAntiFraud, made by machines). Only hashes with their weights are kept.
"""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

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


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text of a data set, whether it is of the category, and what it is about."""

    text: str
    true: bool
    topic: str = ""
    weight: float = 1.0


def train(data: Path, out: Path, folding: Folding) -> Iterator[str]:
    """Train, and write the model and its card; says what was done."""
    read = reader(folding)
    own = own_texts()
    abuse = [*cold(data, "train"), *swsr(data)]
    fraud = dialogues(data)
    heads = (
        head(Category.ABUSE, [*abuse, *own], read, ABUSE),
        head(Category.FRAUD, [*fraud, *_harmless(abuse), *own], read, FRAUD),
    )
    counts = {"cold+swsr": len(abuse), "dialogues": len(fraud), "own harmless texts": len(own)}
    digest = sha256("\n".join(each.text for each in (*abuse, *fraud, *own)).encode()).hexdigest()
    version = f"screening-{digest[:8]}"
    content = model_file.dump(version, heads, {"examples": counts, "data": digest})
    out.mkdir(parents=True, exist_ok=True)
    target = out / "model.bin"
    target.write_bytes(content)
    yield f"{version}: {counts}"
    yield f"{target}: {len(content)} bytes, sha256 {sha256(content).hexdigest()}"


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
