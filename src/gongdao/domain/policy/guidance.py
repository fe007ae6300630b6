"""What a rule pack says to somebody before they report (A9). It informs, and refuses nothing."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from pydantic import Field

from gongdao.domain.policy.model import (
    CasePolicy,
    Category,
    Code,
    Sourced,
    Strict,
    SubjectKind,
    Words,
)

_EXAMPLES = 4
"""Shown each way: enough to see the line, few enough to be read."""


class Sign(StrEnum):
    """How a thing that helps a report is seen in what was written."""

    PLACE = "place"
    """A link or a number says which item it is."""
    WORDS = "words"
    """What was said or shown is there."""
    ACCOUNT = "account"
    """Whose it is is there."""
    MOMENT = "moment"
    """A date or a time stands in it."""
    DETAIL = "detail"
    """The statement is longer than a line."""
    NUMBER = "number"
    """An order's or a transaction's number stands in it."""
    AMOUNT = "amount"
    """A sum of money stands in it."""
    KEPT = "kept"
    """It cannot be seen in the form: to be kept ready."""


class Said(Sourced):
    """Some words of guidance, and where they come from."""

    said: Words


class Collect(Sourced):
    """One thing that helps a report, and how to get it."""

    code: Code
    sign: Sign
    title: Words
    how: Words
    categories: tuple[Code, ...] = ()
    """For reports of these categories; none named: of all."""
    subjects: tuple[SubjectKind, ...] = ()
    """For these subjects; none named: for all."""

    def fits(self, category: str, kind: SubjectKind | None) -> bool:
        """Whether it helps such a report; without a kind, whether it may."""
        if self.categories and category not in self.categories:
            return False
        return kind is None or not self.subjects or kind in self.subjects


class GuidancePolicy(Strict):
    """guidance.yaml: what is said before a report is sent."""

    promise: Said
    """What the person concerned never learns."""
    unfounded: Said
    """What follows from a report that proves unfounded, and what from a false one."""
    manner: Said
    """How to write it."""
    detail_min: int = Field(ge=1, le=2000)
    """Characters from which on a statement counts as detailed."""
    collect: tuple[Collect, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Guide:
    """All that is said to somebody who reports something under one category."""

    category: Category
    counts: tuple[Words, ...]
    counts_not: tuple[Words, ...]
    collect: tuple[Collect, ...]
    policy: GuidancePolicy


def guide(
    cases: CasePolicy, policy: GuidancePolicy, code: str, kind: SubjectKind | None = None
) -> Guide | None:
    """What to say of a category; None if there is no such one, or it does not fit the kind."""
    category = cases.category(code)
    if category is None or (kind is not None and kind not in category.subjects):
        return None
    clauses = [clause for clause in cases.clauses if clause.code in category.clauses]
    clauses.sort(key=lambda clause: category.clauses.index(clause.code))
    return Guide(
        category=category,
        counts=_in_turn([clause.examples for clause in clauses]),
        counts_not=_in_turn([clause.counter_examples for clause in clauses]),
        collect=tuple(item for item in policy.collect if item.fits(code, kind)),
        policy=policy,
    )


def _in_turn(lists: list[tuple[Words, ...]]) -> tuple[Words, ...]:
    """The first of each clause, then the second of each, as many as are shown."""
    turns = [word for turn in zip_longest(*lists) for word in turn if word is not None]
    return tuple(turns[:_EXAMPLES])
