"""Modules can be read in one sitting, functions can be held in the head."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
MODULE_LINES = 400
FUNCTION_LINES = 40
MEDIAN_FUNCTION_LINES = 8

LONGER = {
    "bench/_many_cases.py:_case": "one row after another: data, no decisions",
    "bench/_many_cases.py:_decided": "one row after another: data, no decisions",
    "src/gongdao/web/samples.py:everything": "one sample of each piece: data, no decisions",
    "src/gongdao/web/samples.py:statement": "a letter, written out",
    "tests/stories/the_story.py:the_story": "one story, told in one piece",
    "tests/stories/test_story_over_http.py:test_a_report_is_decided_appealed_and_overturned": (
        "the same story, told in one piece"
    ),
}
"""Functions that may be longer, each with its reason. Short as long as it can be."""


def modules() -> Iterator[Path]:
    """Every module of ours; migrations are written by Django."""
    for folder in ("src", "tests", "bench"):
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path
    yield ROOT / "dev"


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """The functions of a module with their lines, from `def` to the end."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield f"{path.relative_to(ROOT)}:{node.name}", lines


def test_no_module_is_too_long() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in modules()}
    long = {str(p.relative_to(ROOT)): n for p, n in lengths.items() if n > MODULE_LINES}
    assert long == {}


def test_no_function_is_too_long() -> None:
    found = {name: lines for path in modules() for name, lines in functions(path)}
    long = {name: lines for name, lines in found.items() if lines > FUNCTION_LINES}
    assert {name: n for name, n in long.items() if name not in LONGER} == {}
    assert set(LONGER) <= set(long), "what became short needs no permission"


def test_most_functions_are_short() -> None:
    source = (path for path in modules() if path.is_relative_to(ROOT / "src"))
    assert median(n for path in source for _, n in functions(path)) <= MEDIAN_FUNCTION_LINES
