"""
What the types of a pack cannot say: names that must be known, names that must be unique, gaps.

These walk over the plain data, not over the model, so that they speak even when a pack has other
mistakes. Each function holds one rule and is named after it.
"""

from collections.abc import Callable, Iterator

from gongdao.domain.policy.nodes import Document, Path
from gongdao.domain.policy.problems import Problem, written_path
from gongdao.domain.policy.templates import gaps_in


def every_source_is_listed(pack: Document) -> Iterator[Problem]:
    """Each row and figure cites a source that stands in the pack's list of sources."""
    listed = {_at(source, "cited", "source") for _, source in _items(pack.data, "sources")}
    for path, cited in _named(pack.data, "source", ()):
        if path[0] != "sources" and cited not in listed:
            what = f"the source {cited} is not in this pack's list"
            yield _problem(pack, path, "unknown_source", what, "Add it under sources.")


def codes_are_unique(document: Document) -> Iterator[Problem]:
    """No two members of one list have the same code."""
    seen: set[tuple[Path, object]] = set()
    for path, code in _named(document.data, "code", ()):
        where = (path[:-2], code)
        if len(path) > 1 and isinstance(path[-2], int) and where in seen:
            what = f"{code} stands twice in this list"
            yield _problem(document, path, "duplicate_code", what, "Give one another code.")
        seen.add(where)


def evidence_names_known_violations(pack: Document) -> Iterator[Problem]:
    """Evidence is asked for violations or complaint types that the pack has."""
    known = {
        _at(row, "code")
        for part in ("violations", "complaints")
        for _, row in _items(pack.data, part)
    }
    for path, row in _items(pack.data, "evidence"):
        yield from _unknown(pack, (*path, "violations"), _at(row, "violations"), known, "violation")


def categories_name_known_clauses(cases: Document) -> Iterator[Problem]:
    """A category leads to clauses that the pack has."""
    known = {_at(clause, "code") for _, clause in _items(cases.data, "clauses")}
    for path, category in _items(cases.data, "categories"):
        named = _at(category, "clauses")
        yield from _unknown(cases, (*path, "clauses"), named, known, "clause")


def gaps_are_declared(notices: Document) -> Iterator[Problem]:
    """A notice uses no gap that it does not declare, and its braces match."""
    yield from _gaps_below(notices, notices.data, ())


def letters_declare_their_gaps(policy: Document) -> Iterator[Problem]:
    """The same for the letters of notices about rights."""
    yield from _gaps_below(policy, _at(policy.data, "letters"), ("letters",))


def _gaps_below(document: Document, templates: object, above: Path) -> Iterator[Problem]:
    if not isinstance(templates, dict):
        return
    for code, template in templates.items():
        declared = _at(template, "gaps")
        allowed = set(declared) if isinstance(declared, list) else set()
        for language in ("zh", "en"):
            for part in ("subject", "body"):
                path = (*above, code, language, part)
                yield from _undeclared(document, path, _at(template, language, part), allowed)


PACK_CHECKS: tuple[Callable[[Document], Iterator[Problem]], ...] = (
    every_source_is_listed,
    codes_are_unique,
    evidence_names_known_violations,
)
CASES_CHECKS: tuple[Callable[[Document], Iterator[Problem]], ...] = (
    codes_are_unique,
    categories_name_known_clauses,
)
ELIGIBILITY_CHECKS: tuple[Callable[[Document], Iterator[Problem]], ...] = (codes_are_unique,)
LINTING_CHECKS: tuple[Callable[[Document], Iterator[Problem]], ...] = (codes_are_unique,)
STANDARD_CHECKS: tuple[Callable[[Document], Iterator[Problem]], ...] = (codes_are_unique,)
QUESTIONS_CHECKS: tuple[Callable[[Document], Iterator[Problem]], ...] = (codes_are_unique,)
DRAFTS_CHECKS: tuple[Callable[[Document], Iterator[Problem]], ...] = (codes_are_unique,)
WAYS_BACK_CHECKS: tuple[Callable[[Document], Iterator[Problem]], ...] = (codes_are_unique,)
COUNTER_NOTICES_CHECKS: tuple[Callable[[Document], Iterator[Problem]], ...] = (
    codes_are_unique,
    letters_declare_their_gaps,
)
NOTICES_CHECKS: tuple[Callable[[Document], Iterator[Problem]], ...] = (gaps_are_declared,)


def _undeclared(
    notices: Document, path: Path, text: object, allowed: set[object]
) -> Iterator[Problem]:
    if not isinstance(text, str):
        return
    try:
        gaps = gaps_in(text)
    except ValueError as problem:
        hint = "Write {{ and }} for braces that are no gap."
        yield _problem(notices, path, "broken_gap", f"the braces don't match: {problem}", hint)
        return
    for gap in sorted(gaps - allowed):
        what = f"the gap {{{gap}}} is not declared"
        hint = f"Add {gap} to gaps, or correct its name."
        yield _problem(notices, path, "undeclared_gap", what, hint)


def _unknown(
    document: Document, path: Path, named: object, known: set[object], kind: str
) -> Iterator[Problem]:
    for index, name in enumerate(named if isinstance(named, list) else ()):
        if name not in known:
            what = f"there is no {kind} {name}"
            hint = f"Add that {kind}, or correct its name."
            yield _problem(document, (*path, index), f"unknown_{kind}", what, hint)


def _problem(document: Document, path: Path, code: str, what: str, hint: str) -> Problem:
    line = document.line(path)
    return Problem(document.file, line, written_path(path), f"pack.{code}", what, hint)


def _items(data: object, key: str) -> Iterator[tuple[Path, object]]:
    """The members of a list, each with its path."""
    several = _at(data, key)
    for index, one in enumerate(several if isinstance(several, list) else ()):
        yield (key, index), one


def _at(data: object, *keys: str) -> object:
    """The value below those keys, or None."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _named(data: object, key: str, path: Path) -> Iterator[tuple[Path, object]]:
    """Every value under that key, anywhere below, if it is a plain word."""
    if isinstance(data, dict):
        for name, value in data.items():
            if name == key and isinstance(value, str):
                yield (*path, name), value
            else:
                yield from _named(value, key, (*path, name))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _named(value, key, (*path, index))
