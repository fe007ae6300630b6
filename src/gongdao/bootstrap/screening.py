"""Looking at texts before they appear, for every way in: no database, no network, nothing kept."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from gongdao.adapters import chance
from gongdao.adapters.screening import model_file, training
from gongdao.adapters.screening.engine import engine
from gongdao.adapters.screening.tables import tables
from gongdao.bootstrap.pack_shelf import pack_book, pack_root
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.policy.screening import Category, ScreeningPolicy
from gongdao.domain.screening import lexicon
from gongdao.domain.screening.heads import Model
from gongdao.domain.screening.model import Screened
from gongdao.domain.screening.screener import Screener
from gongdao.domain.screening.shadowing import Which
from gongdao.domain.screening.spotting import Alphabet, alphabet, spotter

LOOKS_PER_MINUTE = 120
"""From one network address; a batch counts as one for each hundred texts begun."""
OWN_LISTS = "GONGDAO_LEXICON"
"""A folder of further lists, as `gongdao lexicon import` writes them."""
LARGEST_LIST = 20_000_000
train, MODEL, CARD = training.train, "model.bin", "model-card.md"


def screening(text: str) -> Screened:
    """What stands out in one text, by the house's pack, lists and model."""
    return screen([text])[0]


def screen(texts: Sequence[str], rules: ScreeningPolicy | None = None) -> list[Screened]:
    """The same for many texts."""
    by = rules or policy()
    ready = screener()
    return [ready.look(each, by) for each in texts]


def allow_look(address: str, texts: int) -> None:
    """Count looks from a network address; Refused once there were too many."""
    from gongdao import bootstrap  # noqa: PLC0415 – once Django is set up
    from gongdao.storage.rate_limits import allow  # noqa: PLC0415

    for _ in range(0, max(texts, 1), 100):
        allow(bootstrap.app().secrets, "screen", address, LOOKS_PER_MINUTE, chance.now())


@lru_cache(maxsize=1)
def letters() -> Alphabet:
    """The tables of characters, made ready once."""
    return alphabet(tables())


@lru_cache(maxsize=1)
def screener() -> Screener:
    """The shipped lists and model, with the installation's own lists."""
    own = os.environ.get(OWN_LISTS)
    return make(read_lists([pack_root() / "house" / "lexicon", *([Path(own)] if own else [])]))


def make(lists: lexicon.Lexicon, model: Path | None = None) -> Screener:
    """A screener of a lexicon and a model's file; without a model the lexicon works on."""
    ready = spotter(lists, letters(), engine)
    try:
        return Screener(ready, read_model(model))
    except BadInput as problem:
        return Screener(ready, None, problem.code)


def with_model(ready: Screener, content: Callable[[], bytes]) -> Screener:
    """The same lexicon with another model; a damaged one has no say, and the answer says so."""
    try:
        model = model_file.load(content(), letters().folding)
        return replace(ready, model=model, model_failed=None)
    except BadInput as problem:
        return replace(ready, model=None, model_failed=problem.code)


def which(path: Path | None = None) -> Which:
    """A model's version and digest; BadInput if it cannot be read."""
    content = model_bytes(path)
    return Which(model_file.load(content, letters().folding).version, sha256(content).hexdigest())


def card(path: Path) -> Mapping[str, Any]:
    """What a model's file says of itself."""
    return model_file.card(model_bytes(path))


def read_model(path: Path | None = None) -> Model:
    """The shipped model or another; BadInput if it cannot be read."""
    return model_file.load(model_bytes(path), letters().folding)


def model_bytes(path: Path | None = None) -> bytes:
    """The bytes of a model's file; BadInput if it cannot be read."""
    place = path or files("gongdao.adapters.screening").joinpath(MODEL)
    try:
        return place.read_bytes()
    except OSError:
        raise BadInput(
            "model.not_there",
            hint_noop("The model's file {path} cannot be read. Train one, or install it again."),
            path=str(place),
        ) from None


def read_lists(folders: Sequence[Path]) -> lexicon.Lexicon:
    """The lists of some folders; one name in two folders: the later one is read."""
    found = {path.name: path for folder in folders for path in sorted(folder.glob("*.txt"))}
    return lexicon.read({name: read_list(path) for name, path in found.items()}, letters().folding)


def read_list(path: Path) -> str:
    """One list; BadInput says what is wrong with it."""
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_LIST + 1)
        if len(content) > LARGEST_LIST:
            raise BadInput("lexicon.file_too_large", hint_noop("This list is larger than 20 MB."))
        return content.decode("utf-8-sig")
    except OSError as problem:
        raise BadInput(
            "lexicon.no_file",
            hint_noop("{path} cannot be read: {why}."),
            path=str(path),
            why=problem.strerror or "?",
        ) from None
    except UnicodeDecodeError as problem:
        raise BadInput(
            "lexicon.not_utf8",
            hint_noop("{path} is not UTF-8: look at byte {place}, and save it as UTF-8."),
            path=str(path),
            place=problem.start + 1,
        ) from None


def import_list(path: Path, category: Category, to: Path) -> tuple[int, int]:
    """Write somebody else's list as one of ours; how many words it had, and how many were kept."""
    words = [line for line in read_list(path).splitlines() if line.strip()]
    kept = lexicon.imported(words, category, letters().folding)
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(lexicon.written(kept, chance.now().date().isoformat()), "utf-8")
    return len(words), len(kept)


@lru_cache(maxsize=1)
def policy() -> ScreeningPolicy:
    """The house pack's thresholds."""
    found = pack_book().versions("house")[0].screening
    if found is None:
        raise BadInput(
            "screening.not_in_pack",
            hint_noop("The house pack says nothing about screening. Add its screening.yaml."),
        )
    return found
