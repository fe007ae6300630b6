"""
Training: the model of the package from public data that are not part of it, or one's own.

A folder of data has `cold/train.csv` (COLDataset), `swsr/SexComment.csv` (SWSR) and
`teleantifraud/*.jsonl` (TeleAntiFraud, made by machines). Only hashes with their weights are kept.
"""

import csv
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

from gongdao.adapters.screening import model_file
from gongdao.adapters.screening.tables import words
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.screening.folding import Folding
from gongdao.domain.screening.grams import Reader, reader
from gongdao.domain.screening.heads import Head, Model
from gongdao.domain.screening.learning import Example, Settings, learn
from gongdao.domain.screening.model import Category

ABUSE = Settings(ridge=20.0, bayes=0.8, length=0.25, steps=18, meanings=2.0)
FRAUD = Settings(ridge=10.0, bayes=0.5, length=0.5)
OWN = Settings(ridge=10.0, bayes=0.5, length=0.25, held_out=5)
"""Where decisions alone teach: of so few texts more are kept for the calibration."""
_OWN_WEIGHT, _OWN_STRESS = 3.0, 4.0
"""One of our own lines counts as three texts in the calibration, and as twelve in learning."""
_OTHER_WEIGHT = 0.5
"""Of SWSR, whose labels mean sexism alone: much that COLDataset calls abuse is none there."""
LEAST = 20
"""Texts of each kind that a head is learned from at least."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text of a data set, whether it is of the category, and what it is about."""

    text: str
    true: bool
    topic: str = ""
    weight: float = 1.0
    stress: float = 1.0
    """How much more it counts in learning than in the calibration."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """The installation's own labelled texts, and where they come from."""

    texts: Mapping[Category, Sequence[Labelled]]
    card: Mapping[str, Any]
    """What the model's file says of them: how many of each kind, and until when."""
    least: int = LEAST
    """Of each kind, from which on a category is learned of them alone."""


@dataclass(frozen=True, slots=True)
class Base:
    """A model whose heads are taken over for every category that isn't learned anew."""

    model: Model
    digest: str
    card: Mapping[str, Any]


def train(
    data: Path | None,
    out: Path,
    folding: Folding,
    lessons: Lessons | None = None,
    base: Base | None = None,
    only: Collection[Category] = (),
) -> Iterator[str]:
    """
    Train, and write the model and its card; says what was done.

    Without a folder of data sets it learns of the installation's own labels alone.
    """
    sets = _sets(data)
    parts = _parts(sets, lessons)
    learned = _learnable(parts, lessons, only)
    read = reader(folding)
    heads = [head(each, parts[each].texts, read, parts[each].settings) for each in learned]
    kept = [each for each in (base.model.heads if base else ()) if each.category not in learned]
    counts = {name: len(texts) for name, texts in sets.items()}
    card: dict[str, Any] = {"examples": counts}
    if lessons is not None:
        card["labels"] = dict(lessons.card)
        yield f"labels: {json.dumps(card['labels'], sort_keys=True)}"
    if base is not None:
        taken = [each.category.value for each in kept]
        card["taken_over"] = {"of": base.digest, "heads": taken, "card": dict(base.card)}
        yield f"taken over from {base.model.version}: {', '.join(taken) or 'nothing'}"
    digest = _digest(sets, lessons, base, learned)
    version = f"screening-{_named(digest, [*heads, *kept])}"
    content = model_file.dump(version, [*heads, *kept], {**card, "data": digest})
    out.mkdir(parents=True, exist_ok=True)
    target = out / "model.bin"
    target.write_bytes(content)
    yield f"learned: {', '.join(each.value for each in learned)}"
    yield f"{version}: {counts}"
    yield f"{target}: {len(content)} bytes, sha256 {sha256(content).hexdigest()}"


def _named(digest: str, heads: Sequence[Head]) -> str:
    """Eight letters that differ where the data or what was learned of them differ."""
    whole = sha256(digest.encode())
    for each in heads:
        whole.update(each.weights.tobytes() + each.of_words.tobytes())
        whole.update(repr((each.scale, each.bias, each.length, each.calibration)).encode())
    return whole.hexdigest()[:8]


def _sets(data: Path | None) -> dict[str, list[Labelled]]:
    """The data sets by the names that the card gives them."""
    return {
        "cold+swsr": [*cold(data, "train"), *_weaker(swsr(data))] if data else [],
        "dialogues": dialogues(data) if data else [],
        "own harmless texts": own_texts(),
    }


@dataclass(frozen=True, slots=True)
class _Part:
    """What one head learns of."""

    texts: list[Labelled]
    settings: Settings
    enough: bool


def _parts(sets: Mapping[str, list[Labelled]], lessons: Lessons | None) -> dict[Category, _Part]:
    """What each head learns of: of public data where there are some, and of what was decided."""
    abuse, fraud, own = sets.values()
    public = {
        Category.ABUSE: (abuse, ABUSE),
        Category.FRAUD: ([*fraud, *_harmless(abuse)], FRAUD),
    }
    found: dict[Category, _Part] = {}
    for category in Category:
        known, settings = public.get(category, ([], OWN))
        said = list(lessons.texts.get(category, ())) if lessons else []
        if known:
            enough = _enough(known, LEAST)
        else:  # our own harmless texts help, but they are no reason to learn
            settings, enough = OWN, _enough(said, lessons.least if lessons else LEAST)
        found[category] = _Part([*known, *own, *said], settings, enough)
    return found


def _learnable(
    parts: Mapping[Category, _Part], lessons: Lessons | None, only: Collection[Category]
) -> list[Category]:
    """Which categories are learned; BadInput where there is none, or not one that was named."""
    learned = [c for c, part in parts.items() if part.enough and (not only or c in only)]
    if not learned or set(only) - set(learned):
        raise BadInput(
            "model.too_few_labels",
            hint_noop(
                "Of each kind {least} texts are needed to learn from, with no reviewer and no "
                "account beyond the pack's share. Name a folder of data sets with --data, or "
                "wait for more decisions."
            ),
            least=lessons.least if lessons else LEAST,
        )
    return learned


def _digest(
    sets: Mapping[str, list[Labelled]],
    lessons: Lessons | None,
    base: Base | None,
    learned: Sequence[Category],
) -> str:
    """What a model's version is made of: all that it learned of."""
    public = [each for texts in sets.values() for each in texts]
    if lessons is None and base is None:
        return _hashed(each.text for each in public)
    lines = [f"{each.true:d} {each.text}" for each in public]
    for category, texts in (lessons.texts if lessons else {}).items():
        lines += [f"{category.value} {each.true:d} {each.text}" for each in texts]
    return _hashed([*lines, base.digest if base else "", *(each.value for each in learned)])


def _hashed(lines: Iterable[str]) -> str:
    return sha256("\n".join(lines).encode()).hexdigest()


def _enough(texts: Sequence[Labelled], least: int) -> bool:
    true = len({each.text for each in texts if each.true})
    false = len({each.text for each in texts if not each.true})
    return min(true, false) >= least


def head(category: Category, several: Sequence[Labelled], read: Reader, settings: Settings) -> Head:
    """Learn one head of labelled texts."""
    kept = list({each.text: each for each in several}.values())
    examples = [Example(read.read(each.text), each.true, each.weight, each.stress) for each in kept]
    known = words() if settings.meanings else None
    return learn(category, examples, settings, lambda place: kept[place].text, known)


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
            share = _OWN_WEIGHT / len(others)
            found.extend(Labelled(each, False, "own", share, _OWN_STRESS) for each in others)
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


def _weaker(several: Sequence[Labelled]) -> list[Labelled]:
    return [replace(each, weight=_OTHER_WEIGHT) for each in several]


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
