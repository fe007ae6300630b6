"""Comparing two models: on labels that neither was trained on, on data sets, on harmless texts."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from gongdao import bootstrap
from gongdao.adapters.screening import model_file, training
from gongdao.adapters.screening.training import Base as Base  # noqa: PLC0414 – for the command line
from gongdao.bootstrap import screening
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.policy.screening import Category, Lane, LearningPolicy, ScreeningPolicy
from gongdao.domain.screening.bounds import of_both
from gongdao.domain.screening.comparing import Flagged, Told, Verdict, told, verdict
from gongdao.domain.screening.heads import Model
from gongdao.domain.screening.rules import lane_of
from gongdao.domain.screening.shadowing import Which

HELD_OUT = 5
"""The newest of so many labels is never trained on."""


@dataclass(frozen=True, slots=True)
class Taught:
    """A text that a decision speaks of."""

    text: str
    category: Category
    true: bool
    said: str
    at: datetime
    by: PersonId | None = None
    author: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Differing:
    """A text that one of two models holds up and the other does not."""

    name: str
    text: str
    old: float
    new: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that the report says."""

    old: Which
    new: Which
    told: tuple[Told, ...]
    flagged: tuple[Flagged, ...]
    lost: tuple[Category, ...]
    """What the old model judges and the new one does not."""
    verdict: Verdict
    differing: tuple[Differing, ...]


@dataclass(frozen=True, slots=True)
class _Both:
    """Two models that read the same texts."""

    old: Model
    new: Model
    policy: ScreeningPolicy

    def lost(self) -> tuple[Category, ...]:
        """What only the old one has learned of."""
        left = {each.category for each in self.old.heads} - {e.category for e in self.new.heads}
        return tuple(sorted(left))

    def judges(self, category: Category) -> bool:
        """Whether either has learned of a category."""
        heads = (*self.old.heads, *self.new.heads)
        return any(each.category is category for each in heads)

    def alone(self, category: Category) -> bool:
        """Whether both have learned of a category, so that they are compared without the lists."""
        return all(any(h.category is category for h in m.heads) for m in (self.old, self.new))

    def scores(self, text: str, category: Category) -> tuple[float, float]:
        """What both say of one category; where only one has learned of it, with the lists."""
        if self.alone(category):
            return _share(self.old, text, category), _share(self.new, text, category)
        lists = replace(screening.screener(), model=None).scores(text, self.policy)[category]
        old, new = (_share(each, text, category) for each in (self.old, self.new))
        return max(lists, old), max(lists, new)

    def held_up(self, text: str) -> tuple[float, float, bool, bool]:
        """The strongest score of both, and whether each holds the text up."""
        shares = [
            max(((e.share, self._up(e.category, e.share)) for e in model.hear(text)),
                default=(0.0, False), key=lambda pair: (pair[1], pair[0]))
            for model in (self.old, self.new)
        ]  # fmt: skip
        (old, old_up), (new, new_up) = shares
        return old, new, old_up, new_up

    def _up(self, category: Category, share: float) -> bool:
        return lane_of(share, self.policy.of(category)) is not Lane.PUBLISH


def labelled() -> tuple[list[Taught], int]:
    """The installation's labels with their texts, oldest first; and how many texts were erased."""
    r = bootstrap.app().records
    labels = r.labels.counted()
    texts = r.texts.several([each.text for each in labels])
    found = [
        Taught(
            texts[each.text], each.category, each.true, each.said.value, each.at, each.by,
            each.author,
        )
        for each in labels
        if each.text in texts
    ]  # fmt: skip
    return found, len(labels) - len(found)


def split(labels: Sequence[Taught]) -> tuple[list[Taught], list[Taught], datetime | None]:
    """Those to train on, those held out, and from which moment on they are held out."""
    if not labels:
        return [], [], None
    until = labels[len(labels) - max(len(labels) // HELD_OUT, 1)].at
    older = [each for each in labels if each.at < until]
    known = {each.text for each in older}
    newer = [each for each in labels if each.at >= until and each.text not in known]
    return older, newer, until


def lessons() -> training.Lessons:
    """What to train on: the older labels, with their provenance for the model's card."""
    labels, erased = labelled()
    older, newer, until = split(labels)
    if until is None:
        raise BadInput(
            "model.no_labels",
            hint_noop("No decision has taught anything here yet. Train without --labels."),
        )
    learning = _learning()
    kept = _kept(older, learning)
    texts: dict[Category, list[training.Labelled]] = {}
    for each in kept:
        texts.setdefault(each.category, []).append(
            training.Labelled(each.text, each.true, each.said)
        )
    said = Counter(f"{each.category.value}.{each.said}" for each in kept)
    card = {
        "trained_on": dict(sorted(said.items())),
        "left_out": len(older) - len(kept),
        "held_out": len(newer),
        "erased": erased,
        "until": until.isoformat(),
    }
    return training.Lessons(texts, card, learning.texts)


def base(path: Path | None) -> Base:
    """A model whose heads are taken over; no path is the program's own."""
    content = screening.model_bytes(path)
    model = model_file.load(content, screening.letters().folding)
    return Base(model, sha256(content).hexdigest(), model_file.card(content))


def _learning() -> LearningPolicy:
    teaching = bootstrap.app().screening.now.policy().teaching
    if teaching is None:
        raise BadInput(
            "model.no_teaching",
            hint_noop("The pack's screening.yaml lets decisions teach nothing. Add teaching."),
        )
    return teaching.learning


def _kept(labels: Sequence[Taught], learning: LearningPolicy) -> list[Taught]:
    """Labels of which neither one reviewer nor one account holds too many of a kind."""
    kinds: dict[tuple[Category, bool], list[Taught]] = {}
    for each in labels:
        kinds.setdefault((each.category, each.true), []).append(each)
    kept = {id(one) for theirs in kinds.values() for one in of_both(theirs, learning)}
    return [each for each in labels if id(each) in kept]


def compare(
    old: Path | None, new: Path | None, data: Path | None, labels: Sequence[Taught] = ()
) -> Comparison:
    """Compare two models; no path is the program's own. BadInput where both are the same file."""
    ones, others = screening.which(old), screening.which(new)
    if ones.digest == others.digest:
        raise BadInput("model.same", hint_noop("These are the same model. Name two that differ."))
    both = _Both(screening.read_model(old), screening.read_model(new), screening.policy())
    differing: list[Differing] = []
    apart = [*_of_labels(both, _unseen(labels, old, new)), *(_of_data(both, data) if data else ())]
    flagged = [_harmless(both, name, texts, differing.append) for name, texts in tried().items()]
    found, lost = verdict(apart, flagged), both.lost()
    if lost and found is Verdict.BETTER:
        found = Verdict.UNTOLD
    return Comparison(ones, others, tuple(apart), tuple(flagged), lost, found, tuple(differing))


def tried() -> dict[str, list[str]]:
    """Our own harmless texts that no model is trained on, by what they are."""
    found: dict[str, list[str]] = {}
    content = files("gongdao.adapters.screening").joinpath("harmless_tried.txt").read_text("utf-8")
    name = ""
    for line in content.splitlines()[1:]:
        if line.startswith("#"):
            name = line.removeprefix("#").strip()
        elif line.strip():
            found.setdefault(name, []).append(line)
    return found


def _unseen(labels: Sequence[Taught], *models: Path | None) -> list[Taught]:
    """Labels that neither model was trained on, and no other label of the same text."""
    cards = [model_file.card(screening.model_bytes(each)) for each in models]
    moment = max((each for card in cards for each in _untils(card)), default=None)
    if moment is None:
        return list(labels)
    known = {each.text for each in labels if each.at < moment}
    return [each for each in labels if each.at >= moment and each.text not in known]


def _untils(card: Mapping[str, Any]) -> Iterator[datetime]:
    """Until when a model has learned of labels, and those whose heads it took over."""
    if "labels" in card:
        yield datetime.fromisoformat(card["labels"]["until"])
    if "taken_over" in card:
        yield from _untils(card["taken_over"]["card"])


def _of_labels(both: _Both, labels: Sequence[Taught]) -> Iterator[Told]:
    for category in Category:
        theirs = [each for each in labels if each.category is category]
        if theirs and both.judges(category):
            yield _told(both, "labels", category, [(each.text, each.true) for each in theirs])


def _of_data(both: _Both, data: Path) -> Iterator[Told]:
    pairs = [(each.text, each.true) for each in training.cold(data, "dev")]
    yield _told(both, "COLDataset dev", Category.ABUSE, pairs)


def _told(both: _Both, name: str, category: Category, pairs: Sequence[tuple[str, bool]]) -> Told:
    scores = [both.scores(text, category) for text, _ in pairs]
    return told(
        name,
        category,
        [true for _, true in pairs],
        [old for old, _ in scores],
        [new for _, new in scores],
        with_lists=not both.alone(category),
    )


def _harmless(
    both: _Both, name: str, texts: Sequence[str], differs: Callable[[Differing], None]
) -> Flagged:
    olds = news = apart = 0
    for text in texts:
        old, new, old_up, new_up = both.held_up(text)
        olds, news = olds + old_up, news + new_up
        if old_up is not new_up:
            apart += 1
            differs(Differing(name, text, old, new))
    return Flagged(name, len(texts), olds, news, apart)


def _share(model: Model, text: str, category: Category) -> float:
    return next((each.share for each in model.hear(text) if each.category is category), 0.0)
