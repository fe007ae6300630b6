"""
Figures: what a source says, kept beside who says it, since when, and how sure we are.

A cell of a pack holds one figure or, where sources disagree, all of them; exactly one is the one
that we go by, and says why. Lengths are written `24h`, `7d`, `1-3wd` or `5min`, shares `85%`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Generic, Self, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    PlainSerializer,
    PlainValidator,
    Tag,
    model_validator,
)

from gongdao.domain.kernel.spans import Span, Unit
from gongdao.domain.policy.model import Sourced, Words

_LENGTH = re.compile(r"([0-9]{1,5})(?:-([0-9]{1,5}))?(min|h|d|wd)")
_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,2})?)%")


class Measure(StrEnum):
    """What a length counts."""

    MINUTES = "min"
    HOURS = "h"
    DAYS = "d"
    """Calendar days."""
    WORKING_DAYS = "wd"


_MEASURE_WORDS = {
    Measure.MINUTES: ("分钟", "minute"),
    Measure.HOURS: ("小时", "hour"),
    Measure.DAYS: ("天", "day"),
    Measure.WORKING_DAYS: ("个工作日", "working day"),
}


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time or a range of them: `24h`, `1-3wd`."""

    least: int
    most: int
    measure: Measure

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read `24h`, `7d`, `1-3wd` or `5min`; ValueError says what is allowed."""
        found = _LENGTH.fullmatch(written)
        if found is None:
            raise ValueError(f"{written!r} is not a length: write 24h, 7d, 1-3wd or 5min")
        least, most = int(found[1]), int(found[2] or found[1])
        if least > most:
            raise ValueError(f"{written!r} runs backwards: the smaller number comes first")
        return cls(least, most, Measure(found[3]))

    @property
    def longest(self) -> Span | None:
        """The whole length as a clock can run it; None for minutes, which no clock of ours runs."""
        if self.measure is Measure.MINUTES:
            return None
        return Span(self.most, Unit(self.measure.value))

    @property
    def words(self) -> Words:
        """In both languages: `1–3 个工作日`, `1–3 working days`."""
        zh, en = _MEASURE_WORDS[self.measure]
        range_ = str(self.least) if self.least == self.most else f"{self.least}–{self.most}"
        plural = "" if self.most == 1 else "s"
        return Words(zh=f"{range_} {zh}", en=f"{range_} {en}{plural}")

    def __str__(self) -> str:
        range_ = str(self.least) if self.least == self.most else f"{self.least}-{self.most}"
        return f"{range_}{self.measure}"


def _read_length(written: object) -> Length:
    if isinstance(written, Length):
        return written
    if not isinstance(written, str):
        raise ValueError(f"{written!r} is not a length: write 24h, 7d, 1-3wd or 5min")
    return Length.parse(written)


def _read_share(written: object) -> Decimal:
    if isinstance(written, Decimal) and Decimal(0) <= written <= Decimal(1):
        return written
    found = _SHARE.fullmatch(written) if isinstance(written, str) else None
    if found is None or Decimal(found[1]) > 100:  # noqa: PLR2004
        raise ValueError(f"{written!r} is not a share: write 0% to 100%")
    return Decimal(found[1]) / 100


def percent(share: Decimal) -> str:
    """A share as people write it: `85%`."""
    return f"{(share * 100).normalize():f}%"


LengthText = Annotated[Length, PlainValidator(_read_length), PlainSerializer(str, return_type=str)]
Share = Annotated[Decimal, PlainValidator(_read_share), PlainSerializer(percent, return_type=str)]
"""Between 0 and 1, written `85%`."""

Number = Annotated[int | float, Field(ge=0, allow_inf_nan=False)]


def _kind_of(value: object) -> str:
    return "words" if isinstance(value, dict | Words) else "length"


LengthOrWords = Annotated[
    Annotated[LengthText, Tag("length")] | Annotated[Words, Tag("words")],
    Discriminator(_kind_of),
]
"""A length, or words where the source gives none: `permanently`, `when the deal closes`."""

Value = TypeVar("Value")


class Figure(Sourced, Generic[Value]):
    """One figure with its source."""

    value: Value
    unit: Words | None = None
    used: bool = True
    """Whether this is the one that we go by."""
    why: Words | None = None
    """Why this one: needed where another source says otherwise."""
    note: Words | None = None
    inferred: bool = False
    """True where the source leaves a gap that we filled from the context; the note says how."""

    @model_validator(mode="after")
    def _says_how_it_was_inferred(self) -> Self:
        if self.inferred and self.note is None:
            raise ValueError("an inferred figure needs a note that says how it was inferred")
        return self


def _as_several(written: object) -> object:
    """One figure stands for a list of one."""
    return (written,) if isinstance(written, dict | Figure) else written


def _one_is_used(figures: Sequence[Figure[Value]]) -> tuple[Figure[Value], ...]:
    used = [figure for figure in figures if figure.used]
    if len(used) != 1:
        raise ValueError(f"{len(used)} figures are marked used: mark exactly one")
    if len(figures) > 1 and used[0].why is None:
        raise ValueError("sources disagree here: the used figure needs a why")
    return tuple(figures)


_Several = (BeforeValidator(_as_several), AfterValidator(_one_is_used))

Durations = Annotated[tuple[Figure[LengthOrWords], ...], *_Several]
Shares = Annotated[tuple[Figure[Share], ...], *_Several]
Counts = Annotated[tuple[Figure[Number], ...], *_Several]
Texts = Annotated[tuple[Figure[Words], ...], *_Several]

AnyFigure = Figure[LengthOrWords] | Figure[Share] | Figure[Number] | Figure[Words]


def used(figures: Sequence[Figure[Value]]) -> Figure[Value]:
    """The figure that we go by."""
    return next(figure for figure in figures if figure.used)


def wording(figure: AnyFigure) -> Words:
    """The figure as people read it, in both languages."""
    value = figure.value
    if isinstance(value, Words):
        return value
    if isinstance(value, Length):
        return value.words
    shown = percent(value) if isinstance(value, Decimal) else f"{value:,}"
    unit = figure.unit
    if unit is None:
        return Words(zh=shown, en=shown)
    return Words(zh=f"{shown} {unit.zh}", en=f"{shown} {unit.en}")
