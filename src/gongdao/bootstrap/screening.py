"""Looking at texts before they appear, for every way in: no database, no network, nothing kept."""

import logging
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
from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop
from gongdao.domain.policy.screening import Category, ScreeningPolicy
from gongdao.domain.screening import lexicon
from gongdao.domain.screening.alphabet import Alphabet, alphabet
from gongdao.domain.screening.heads import Model
from gongdao.domain.screening.model import Screened
from gongdao.domain.screening.screener import Screener
from gongdao.domain.screening.shadowing import Which
from gongdao.domain.screening.spotting import spotter

LOOKS_PER_MINUTE = 120
"""From one network address, of whoever is not the operator's app."""
TEXTS_OF_A_LOOK, CHARACTERS_OF_A_LOOK = 100, 20_000
"""So many count as one look; what is begun counts."""
OWN_LISTS = "GONGDAO_LEXICON"
"""A folder of further lists, as `gongdao lexicon import` writes them."""
LARGEST_LIST = 20_000_000
LOG = logging.getLogger("gongdao.screening")
train, MODEL, CARD = training.train, "model.bin", "model-card.md"


def screening(text: str) -> Screened:
    """What stands out in one text, by the house's pack, lists and model."""
    return screen([text])[0]


def screen(texts: Sequence[str], rules: ScreeningPolicy | None = None) -> list[Screened]:
    """The same for many texts."""
    by = rules or policy()
    ready = screener()
    return [ready.look(each, by) for each in texts]


def allow_look(address: str, texts: Sequence[str]) -> None:
    """Count looks from a network address; Refused once there were too many."""
    from gongdao import bootstrap  # noqa: PLC0415 – once Django is set up
    from gongdao.storage.rate_limits import allow  # noqa: PLC0415

    characters = -(-sum(map(len, texts)) // CHARACTERS_OF_A_LOOK)
    times = max(characters, -(-len(texts) // TEXTS_OF_A_LOOK), 1)
    allow(bootstrap.app().secrets, "screen", address, LOOKS_PER_MINUTE, chance.now(), times)


@lru_cache(maxsize=1)
def letters() -> Alphabet:
    """The tables of characters, made ready once."""
    return alphabet(tables())


@lru_cache(maxsize=1)
def screener() -> Screener:
    """The shipped lists and model, with the installation's own lists, if they can be read."""
    shipped, own = pack_root() / "house" / "lexicon", os.environ.get(OWN_LISTS)
    try:
        return make(read_lists([shipped, *([Path(own)] if own else [])]))
    except BadInput as problem:
        if not own:
            raise
        LOG.warning("screening.own_lists none of them is read: %s", problem)
        return replace(make(read_lists([shipped])), lists_failed=problem.code)


def own_lists_problem() -> BadInput | None:
    """What keeps the installation's own lists from being read; None: nothing, or there are none."""
    own = os.environ.get(OWN_LISTS)
    try:
        if own:
            read_lists([Path(own)])
    except BadInput as problem:
        return problem
    return None


def with_lists(ready: Screener, folder: Path) -> Screener:
    """The same with the lists of a folder instead."""
    read = spotter(read_lists([folder]), letters(), engine)
    return replace(ready, spotter=read, lists_failed=None)


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


def which(path: Path | None = None, content: bytes | None = None) -> Which:
    """A model's version and digest; BadInput if it cannot be read."""
    content = model_bytes(path) if content is None else content
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
        with place.open("rb") as stream:
            # One byte more than a model may have is refused: a device has no end.
            return stream.read(model_file.LARGEST + 1)
    except OSError:
        raise BadInput(
            "model.not_there",
            hint_noop("The model's file {path} cannot be read. Train one, or install it again."),
            path=str(place),
        ) from None


def read_lists(folders: Sequence[Path]) -> lexicon.Lexicon:
    """The lists of some folders; one name in two folders: the later one is read."""
    for folder in folders:
        if not folder.is_dir():
            raise BadInput(
                "lexicon.no_folder",
                hint_noop("There is no folder {path}: make it, or name another one."),
                path=str(folder),
            )
    found = {path.name: path for folder in folders for path in sorted(folder.glob("*.txt"))}
    return lexicon.read({name: read_list(path) for name, path in found.items()}, letters().folding)


def read_list(path: Path, encoding: str = "utf-8-sig") -> str:
    """One list; BadInput says what is wrong with it."""
    content = b""
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_LIST + 1)
        if len(content) > LARGEST_LIST:
            raise BadInput("lexicon.file_too_large", hint_noop("This list is larger than 20 MB."))
        return content.decode(encoding)
    except UnicodeDecodeError as problem:
        raise BadInput(
            "lexicon.not_utf8",
            hint_noop(
                "{path} cannot be read as {encoding}: look at line {line}. Save it as UTF-8, or "
                "import it with the right --encoding, such as gb18030."
            ),
            path=str(path),
            encoding=encoding.removesuffix("-sig"),
            line=content.count(b"\n", 0, problem.start) + 1,
        ) from None
    except (LookupError, ValueError):  # also of codecs that read anything but text
        raise BadInput(
            "lexicon.no_encoding",
            hint_noop("{encoding} is no encoding that we know. Try gb18030, big5 or utf-16."),
            encoding=encoding,
        ) from None
    except OSError as problem:
        raise BadInput(
            "lexicon.no_file",
            hint_noop("{path} cannot be read: {why}."),
            path=str(path),
            why=problem.strerror or "?",
        ) from None


def import_list(
    path: Path, category: Category, to: Path, encoding: str = "utf-8-sig", *, again: bool = False
) -> lexicon.Imported:
    """Write somebody else's list as one of ours; nothing is written if it cannot be read whole."""
    if to.exists() and not again:
        raise Refused(
            "lexicon.exists",
            hint_noop("{path} is there already. Rename one of them, or say --replace."),
            path=str(to),
        )
    found = lexicon.imported(read_list(path, encoding), category, letters().folding)
    if not found.entries:
        raise BadInput(
            "lexicon.nothing_kept",
            hint_noop("{path} holds no word of two characters or more: nothing was written."),
            path=str(path),
        )
    to.parent.mkdir(parents=True, exist_ok=True)
    aside = to.with_name(f".{to.name}.new")
    aside.write_text(lexicon.written(found.entries, chance.now().date().isoformat()), "utf-8")
    aside.replace(to)
    return found


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
