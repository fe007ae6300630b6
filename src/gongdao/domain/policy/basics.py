"""The words that every part of a rule pack is written with."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from gongdao.domain.kernel.spans import Span

Code = Annotated[str, Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$", max_length=80)]
SpanText = Annotated[
    Span,
    BeforeValidator(lambda written: Span.parse(written) if isinstance(written, str) else written),
    PlainSerializer(str),
]


class Strict(BaseModel):
    """Nothing unknown, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Words(Strict):
    """One text in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def in_(self, language: str) -> str:
        """The text in `zh…`, or else in English."""
        return self.zh if language.startswith("zh") else self.en


class Basis(StrEnum):
    """How sure we are of a figure."""

    CLAIMED = "claimed"
    MEASURED = "measured"
    LAW = "law"
    HOUSE = "house"
    """The operator's own choice, which an operator may change in a new version."""


class Sourced(Strict):
    """Where a statement comes from: an article's file name, a law, or the operator."""

    source: str = Field(min_length=1)
    as_of: date
    basis: Basis


class InForce(Strict):
    """From which day on, and through which day, a rule holds; no end means still."""

    from_: date = Field(alias="from")
    to: date | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.to is not None and self.to < self.from_:
            raise ValueError(f"in_force ends ({self.to}) before it begins ({self.from_})")
        return self

    def holds_on(self, day: date) -> bool:
        """Whether the rule holds on that day."""
        return self.from_ <= day and (self.to is None or day <= self.to)


class SubjectKind(StrEnum):
    """What can be reported (A1)."""

    ACCOUNT = "account"
    CONTENT = "content"
    MESSAGE = "message"
    GROUP = "group"
    PAYMENT = "payment"
    ORDER = "order"
    REVIEW = "review"
