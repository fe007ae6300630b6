"""
Rule packs side by side, and two versions of one pack against each other. Plain data out.

Whoever shows a table (a page, the command line) shows each quote with its source and basis: most
of what packs say about outside platforms are claims.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import Any

from gongdao.domain.kernel.ids import PackRef
from gongdao.domain.kernel.spans import Span
from gongdao.domain.policy import own_rules
from gongdao.domain.policy.figures import AnyFigure, Figure, Length, wording
from gongdao.domain.policy.model import Basis, CasePolicy, Sourced, Words
from gongdao.domain.policy.pack import RulePack
from gongdao.domain.policy.platform import Difficulty, Rule, Step
from gongdao.domain.policy.topics import (
    ABOUT_WORDS,
    DIFFICULTY_WORDS,
    FACTS,
    FIELD_WORDS,
    RULES,
    About,
)

__all__ = [
    "ABOUT_WORDS",
    "About",
    "Cell",
    "Change",
    "ChangeKind",
    "Column",
    "Quote",
    "Row",
    "Table",
    "compare",
    "diff",
    "quotes",
]


@dataclass(frozen=True, slots=True)
class Quote:
    """One statement with its source."""

    text: Words
    source: str
    as_of: date
    basis: Basis
    label: Words | None = None
    """Which of a rule's fields it is; None where the row says it."""
    used: bool = True
    why: Words | None = None
    note: Words | None = None
    inferred: bool = False

    @property
    def claimed(self) -> bool:
        """Whether it is only somebody's claim, which whoever shows it must say."""
        return self.basis is Basis.CLAIMED


Cell = tuple[Quote, ...]
"""What a pack says on one row: the quote that we go by first; empty where it says nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """One pack of the comparison."""

    ref: PackRef
    title: Words


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the comparison, with a cell for each column."""

    key: str
    label: Words
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Packs side by side."""

    about: About
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class ChangeKind(StrEnum):
    """What happened to a value from one version to the next."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two versions, in the values as YAML writes them."""

    path: str
    kind: ChangeKind
    before: str | None
    after: str | None


def compare(packs: Sequence[RulePack], about: About, day: date | None = None) -> Table:
    """
    Put packs side by side; with a day, only rules in force on that day.

    Rows on which none of the packs says anything are left out.
    """
    columns = tuple(Column(pack.ref, pack.title) for pack in packs)
    rows = _fact_rows(packs, about) if about in FACTS else _rule_rows(packs, about, day)
    filled = tuple(row for row in rows if any(row.cells))
    return Table(about, columns, filled)


def diff(old: RulePack, new: RulePack) -> list[Change]:
    """
    List what is different in the new version, in the order of the new one's fields.

    Members of lists are told apart by their code or source where they have one, so that a row
    moved up or down is no change.
    """
    before, after = _leaves(old), _leaves(new)
    changed = [_change(path, before.get(path), value) for path, value in after.items()]
    removed = [_change(path, value, None) for path, value in before.items() if path not in after]
    return [change for change in (*changed, *removed) if change.before != change.after]


def _fact_rows(packs: Sequence[RulePack], about: About) -> Iterator[Row]:
    for field, zh, en in FACTS[about]:
        figures = attrgetter(field)
        cells = tuple(_cell(figures(pack)) or _of_cases(pack, field) for pack in packs)
        yield Row(field, Words(zh=zh, en=en), cells)


_OF_CASES: Mapping[str, Callable[[CasePolicy], tuple[Sourced, Span]]] = {
    "appeal.window": lambda cases: (
        cases.appeals.levels[0],
        cases.appeals.levels[0].window,
    ),
    "appeal.handling": lambda cases: (
        cases.appeals.levels[0],
        cases.appeals.levels[0].decide_within,
    ),
    "report.handling": lambda cases: (
        cases.procedure.decision,
        cases.procedure.decision.span,
    ),
}
"""Where an operator's own pack says in its case policy what others say in a table."""


def _of_cases(pack: RulePack, field: str) -> Cell:
    find = _OF_CASES.get(field)
    if find is None or pack.cases is None:
        return ()
    rule, span = find(pack.cases)
    text = Length.parse(str(span)).words
    return (Quote(text, rule.source, rule.as_of, rule.basis),)


def quotes(figures: Sequence[AnyFigure] | None) -> Cell:
    """Figures as quotes, the one that we go by first; empty where there are none."""
    return _cell(figures)


def _cell(figures: Sequence[AnyFigure] | None) -> Cell:
    quotes = (_of_figure(figure) for figure in figures or ())
    return tuple(sorted(quotes, key=lambda quote: not quote.used))


def _of_figure(figure: AnyFigure) -> Quote:
    return Quote(
        wording(figure),
        figure.source,
        figure.as_of,
        figure.basis,
        used=figure.used,
        why=figure.why,
        note=figure.note,
        inferred=figure.inferred,
    )


def _rule_rows(packs: Sequence[RulePack], about: About, day: date | None) -> Iterator[Row]:
    """One row for each code; its label is the title in the first pack that has it."""
    field, shown = RULES[about]
    by_pack = [
        {rule.code: rule for rule in _holding(_rules(pack, about, field), day)} for pack in packs
    ]
    codes = dict.fromkeys(code for rules in by_pack for code in rules)
    for code in codes:
        label = next(rules[code].title for rules in by_pack if code in rules)
        yield Row(code, label, tuple(_of_rule(rules.get(code), shown) for rules in by_pack))


def _rules(pack: RulePack, about: About, field: str) -> Sequence[Rule]:
    """A pack's rules on a topic, those of its own cases included."""
    said: Sequence[Rule] = attrgetter(field)(pack)
    own = _OWN.get(about)
    return (*said, *own(pack)) if own else said


_OWN: Mapping[About, Callable[[RulePack], Sequence[Rule]]] = {
    About.PENALTIES: own_rules.violations,
    About.COMPLAINTS: own_rules.complaints,
}


def _holding(rules: Sequence[Rule], day: date | None) -> Iterator[Rule]:
    for rule in rules:
        if day is None or rule.in_force is None or rule.in_force.holds_on(day):
            yield rule


def _of_rule(rule: Rule | None, shown: Sequence[str]) -> Cell:
    """A rule's statements, those that it has, each with the source that stands nearest to it."""
    if rule is None:
        return ()
    shown_fields = ((FIELD_WORDS.get(field), getattr(rule, field)) for field in shown)
    quotes = tuple(
        quote for label, value in shown_fields for quote in _of_field(rule, label, value)
    )
    told = (_of_words(rule, rule.detail, None),) if rule.detail else ()
    return (*told, *quotes) or (_of_words(rule, rule.title, None),)


def _of_field(rule: Rule, label: Words | None, value: object) -> Iterator[Quote]:
    """One field of a rule: words, a figure or several, a difficulty, the steps of a ladder."""
    if isinstance(value, Words):
        yield _of_words(rule, value, label)
    elif isinstance(value, Difficulty):
        yield _of_words(rule, DIFFICULTY_WORDS[value], label)
    elif isinstance(value, Figure):
        yield replace(_of_figure(value), label=label)
    elif isinstance(value, tuple):
        steps = [step for step in value if isinstance(step, Step)]
        yield from (_of_step(step, label) for step in steps)
        figures = [figure for figure in value if isinstance(figure, Figure)]
        yield from (replace(quote, label=label) for quote in _cell(figures))


def _of_step(step: Step, label: Words | None) -> Quote:
    text = Words(
        zh=f"第 {step.strikes} 次起：{step.then.zh}",
        en=f"from strike {step.strikes}: {step.then.en}",
    )
    return Quote(text, step.source, step.as_of, step.basis, label=label)


def _of_words(rule: Rule, words: Words, label: Words | None) -> Quote:
    return Quote(
        words,
        rule.source,
        rule.as_of,
        rule.basis,
        label=label,
        note=rule.note,
        inferred=rule.inferred,
    )


def _leaves(pack: RulePack) -> dict[str, str]:
    """Every value of a pack by its path, without the name and dates of the version itself."""
    plain = pack.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    skipped = {"platform", "version"}
    return dict(_walk({key: value for key, value in plain.items() if key not in skipped}, ""))


def _walk(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _walk(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for name, inner in _members(value):
            yield from _walk(inner, f"{path}[{name}]")
    else:
        yield path, value if isinstance(value, str) else json.dumps(value)


def _members(values: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Members of a list under a name of their own, or under their number."""
    names = [_name(value) for value in values]
    for index, (name, value) in enumerate(zip(names, values, strict=True)):
        yield (name if name and names.count(name) == 1 else str(index)), value


_NAMED_BY: Sequence[Callable[[dict[str, Any]], Any]] = (
    lambda value: value.get("code"),
    lambda value: value.get("source"),
    lambda value: value.get("cited", {}).get("source"),
)


def _name(value: Any) -> str | None:
    if not isinstance(value, dict):
        return None
    return next((str(name) for name in (by(value) for by in _NAMED_BY) if name), None)


def _change(path: str, before: str | None, after: str | None) -> Change:
    if before is None:
        return Change(path, ChangeKind.ADDED, before, after)
    if after is None:
        return Change(path, ChangeKind.REMOVED, before, after)
    return Change(path, ChangeKind.CHANGED, before, after)
