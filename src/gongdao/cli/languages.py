"""Which language a command speaks, and what an error says in it."""

import gettext
import os
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer

from gongdao.domain.kernel.errors import BadInput, Fact, GongdaoError, fill
from gongdao.site.config import Config

_CATALOGUES = Path(__file__).resolve().parents[1] / "web"
_FOLDERS = ("locale", "hints")


class Language(StrEnum):
    """The language of texts."""

    ZH = "zh"
    EN = "en"


Lang = Annotated[
    Language | None, typer.Option("--lang", help="Language of what is said; else GONGDAO_LANG.")
]


def chosen(asked: Language | None = None) -> Language:
    """The language that was asked for, or that of the installation."""
    if asked is not None:
        return asked
    try:
        return Language.EN if Config.read(os.environ).lang == "en" else Language.ZH
    except BadInput:
        return Language.ZH


def chosen_by(words: Sequence[str]) -> Language:
    """The language of a command line, for errors that come before or after its command."""
    for before, word in pairwise(("", *words)):
        named = word.partition("=")[2] if word.startswith("--lang=") else word
        if (before == "--lang" or named is not word) and named in set(Language):
            return Language(named)
    return chosen()


def hint_in(problem: GongdaoError, language: str) -> str:
    """What to do next, in a language."""
    return said(problem.sentence, problem.facts, language)


def said(sentence: str, facts: Mapping[str, Fact], language: str) -> str:
    """A sentence with its gaps filled; in English where nobody has translated it yet."""
    if language.startswith("zh") and sentence:
        found = (catalogue.gettext(sentence) for catalogue in _chinese())
        sentence = next((words for words in found if words != sentence), sentence)
    return fill(sentence, dict(facts))


@cache
def _chinese() -> tuple[gettext.NullTranslations, ...]:
    """The pages' own catalogues: page, API and command line say the same thing."""
    return tuple(
        gettext.translation("django", _CATALOGUES / folder, ["zh_Hans"], fallback=True)
        for folder in _FOLDERS
    )
