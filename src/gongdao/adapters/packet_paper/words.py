"""The words of the document, by their codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

Words = Mapping[str, Mapping[str, Mapping[str, str]]]


@cache
def all_words() -> Words:
    """Every word in both languages, by its group and code."""
    text = files(__package__).joinpath("words.yaml").read_text("utf-8")
    found: Words = yaml.safe_load(text)
    return found


@dataclass(frozen=True, slots=True)
class In:
    """Words in one language."""

    language: str

    @property
    def code(self) -> str:
        """`zh` or `en`."""
        return "zh" if self.language.startswith("zh") else "en"

    def word(self, group: str, code: str | None) -> str:
        """A code in words, or as it is where nobody has put it into words."""
        known = all_words()[group].get(code or "")
        return known[self.code] if known else code or ""

    def say(self, code: str, **facts: object) -> str:
        """A sentence or a heading of the document's own."""
        return self.word("say", code).format(**facts)
