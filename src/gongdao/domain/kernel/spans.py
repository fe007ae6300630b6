"""Lengths of time as rules state them: hours, calendar days or working days."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Self

_WRITTEN = re.compile(r"([0-9]{1,5})(h|d|wd)")


class Unit(StrEnum):
    """What is counted."""

    HOURS = "h"
    DAYS = "d"
    WORKING_DAYS = "wd"


@dataclass(frozen=True, slots=True)
class Span:
    """How long a rule gives: `48h`, `7d` (calendar days) or `7wd` (working days)."""

    amount: int
    unit: Unit

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read `48h`, `7d` or `7wd`; ValueError says what is allowed."""
        found = _WRITTEN.fullmatch(written)
        if found is None:
            raise ValueError(f"{written!r} is not a span: write 48h, 7d or 7wd")
        return cls(int(found[1]), Unit(found[2]))

    def flat(self) -> timedelta:
        """The same as plain time; ValueError for working days, which only a calendar can count."""
        if self.unit is Unit.WORKING_DAYS:
            raise ValueError(f"{self} depends on the calendar")
        return timedelta(**{"hours" if self.unit is Unit.HOURS else "days": self.amount})

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"
