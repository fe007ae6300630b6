"""What a rule pack offers to begin a statement with: three parts, by situation and family."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, Field

from gongdao.domain.policy.basics import Code, Sourced, Strict, Words
from gongdao.domain.policy.templates import gaps_in

GAPS = frozenset({"item", "proof", "habit"})
"""What a family fills in."""


def _known_gaps(words: Words) -> Words:
    for text in (words.zh, words.en):
        try:
            gaps = gaps_in(text)
        except ValueError as problem:
            raise ValueError(f"the braces don't match: {problem}") from None
        if gaps - GAPS:
            unknown = ", ".join(sorted(gaps - GAPS))
            raise ValueError(f"the gap {unknown} is none of {', '.join(sorted(GAPS))}")
    return words


Gapped = Annotated[Words, AfterValidator(_known_gaps)]
"""Words in which a family's `{item}`, `{proof}` and `{habit}` may stand."""


class Parts(Sourced):
    """The headings of the three parts."""

    facts: Words
    acknowledge: Words
    change: Words


class Situation(Sourced):
    """How it was: what is said of it in each part."""

    code: Code
    title: Words
    facts: Gapped
    acknowledge: Gapped
    change: Gapped


class Family(Sourced):
    """Clauses that begin alike, and what a statement about them is about."""

    code: Code
    """The word before the dot of its clauses' codes."""
    item: Words
    proof: Words
    habit: Words


class DraftPolicy(Strict):
    """drafts.yaml: beginnings of statements. What whoever writes fills in stands in brackets."""

    parts: Parts
    situations: tuple[Situation, ...] = Field(min_length=5)
    families: tuple[Family, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Template:
    """One beginning of a statement, in one language."""

    code: str
    title: str
    text: str


def templates(policy: DraftPolicy, clause: str, language: str) -> tuple[Template, ...]:
    """Every template for a clause or a family; none where the pack has none."""
    family = next((f for f in policy.families if f.code == clause.partition(".")[0]), None)
    if family is None:
        return ()
    return tuple(
        Template(each.code, each.title.in_(language), _text(policy.parts, each, family, language))
        for each in policy.situations
    )


def _text(parts: Parts, situation: Situation, family: Family, language: str) -> str:
    fill = {gap: getattr(family, gap).in_(language) for gap in sorted(GAPS)}
    colon = "：" if language.startswith("zh") else ": "
    return "\n\n".join(
        f"{getattr(parts, name).in_(language)}{colon}"
        f"{getattr(situation, name).in_(language).format(**fill)}"
        for name in ("facts", "acknowledge", "change")
    )
