"""What a rule pack offers to begin a statement to an outside platform with."""

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from gongdao.domain.policy.basics import Code, Sourced, Strict, Words
from gongdao.domain.policy.templates import gaps_in

GAPS = frozenset({"platform", "shop", "order", "other_side", "noticed", "shown_on", "reference"})
"""What is filled in from a dispute."""
_LEFT = re.compile(r"［[^［］]*］|\[[^\[\]]*\]")


def _known_gaps(words: Words) -> Words:
    for text in (words.zh, words.en):
        unknown = gaps_in(text) - GAPS
        if unknown:
            named = ", ".join(sorted(unknown))
            raise ValueError(f"the gap {named} is none of {', '.join(sorted(GAPS))}")
    return words


class GapLabel(Strict):
    """What stands in brackets where a dispute does not hold it."""

    code: Code
    label: Words


class DisputeTemplate(Sourced):
    """One beginning of a statement."""

    code: Code
    kinds: tuple[Code, ...] = Field(min_length=1)
    """Kinds of disputes: review, complaint, sanction, report, payment."""
    grounds: tuple[Code, ...] = ()
    """Grounds that it is written for; none: for any."""
    title: Words
    text: Annotated[Words, AfterValidator(_known_gaps)]


class DisputeTemplatePolicy(Strict):
    """dispute_templates.yaml: beginnings of statements to outside platforms."""

    gaps: tuple[GapLabel, ...]
    templates: tuple[DisputeTemplate, ...] = Field(min_length=5)

    @model_validator(mode="after")
    def _labels_every_gap(self) -> Self:
        unnamed = GAPS - {each.code for each in self.gaps}
        if unnamed:
            raise ValueError(f"there is no label for {', '.join(sorted(unnamed))}")
        return self

    def template(self, code: str) -> DisputeTemplate | None:
        """One by its code; None where there is none."""
        return next((each for each in self.templates if each.code == code), None)

    def fitting(self, kind: str, grounds: Iterable[str] = ()) -> tuple[DisputeTemplate, ...]:
        """Those for a kind of dispute: those for its grounds first, then those for any."""
        asked = set(grounds)
        of_kind = [each for each in self.templates if kind in each.kinds]
        exact = [each for each in of_kind if asked & set(each.grounds)]
        return (*exact, *(each for each in of_kind if not each.grounds))

    def filled(self, text: str, language: str, known: Mapping[str, str]) -> str:
        """A template's text; what is not known stays as a label in brackets."""
        opening, closing = ("［", "］") if language.startswith("zh") else ("[", "]")
        labels = {each.code: each.label.in_(language) for each in self.gaps}
        values = {gap: known.get(gap) or f"{opening}{labels[gap]}{closing}" for gap in sorted(GAPS)}
        return text.format(**values)


def left_open(text: str) -> tuple[str, ...]:
    """The brackets in a statement that nobody filled in yet."""
    return tuple(_LEFT.findall(text))
