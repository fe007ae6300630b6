"""Every refusal has a stable code and a sentence whose gaps are filled.

That each is said in Chinese too is tested with the catalogues, in tests/parts/web_pieces.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "gongdao"
ERRORS = {"Refused", "NotFound", "MovedOn", "BadInput", "PackInvalid", "PeerFailed"}
CODE = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")
OPERATORS = ("account.", "calendar.", "config.", "database.", "mail.", "pack.", "postgres.", "up.")
"""What only an operator reads, at the command line and in English."""
SEVERAL_SENTENCES = {"not_found", "config.key_unreadable", "body.invalid", "appeal.final"}
"""Codes of more than two sentences, each of which says the same thing in more detail or less."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One place at which somebody is refused."""

    place: str
    code: str
    sentence: str
    marked: bool
    """Whether the sentence is marked for the catalogues."""
    facts: frozenset[str]

    @property
    def for_everybody(self) -> bool:
        """Whether people other than operators read it."""
        return not self.code.startswith(OPERATORS)

    def gaps(self) -> set[str]:
        """The named gaps of the sentence."""
        return gaps(self.sentence)


def gaps(sentence: str) -> set[str]:
    """The named gaps of any sentence."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def refusals_in(source: str, place: str) -> Iterator[Refusal]:
    """The refusals of a module whose code and sentence are written out."""
    tree = ast.parse(source)
    kept = sorted(
        (
            (node.lineno, node.targets[0].id, node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        ),
        key=lambda each: each[0],
    )
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Name(id=name), args=[ast.Constant(value=str(code)), hint, *_]
            ) if name in ERRORS:
                if isinstance(hint, ast.Name):
                    before = [v for at, n, v in kept if n == hint.id and at < node.lineno]
                    hint = before[-1] if before else hint
                marked = isinstance(hint, ast.Call)
                said = hint.args[0] if isinstance(hint, ast.Call) else hint
                if isinstance(said, ast.Constant):
                    facts = frozenset(k.arg for k in node.keywords if k.arg)
                    where = f"{place}:{node.lineno}"
                    yield Refusal(where, code, str(said.value), marked, facts)


def refusals() -> list[Refusal]:
    """Every refusal of the source."""
    return [
        refusal
        for path in sorted(SOURCE.rglob("*.py"))
        for refusal in refusals_in(path.read_text("utf-8"), str(path.relative_to(SOURCE)))
    ]


ALL = refusals()


@pytest.mark.parametrize("refusal", ALL, ids=lambda refusal: refusal.place)
def test_a_refusal_can_be_said(refusal: Refusal) -> None:
    assert CODE.fullmatch(refusal.code)
    assert refusal.gaps() <= refusal.facts
    assert refusal.sentence[:1].isupper() or refusal.sentence.startswith("{")
    assert "!" not in refusal.sentence
    if refusal.for_everybody:
        assert refusal.marked
        assert refusal.sentence.endswith((".", "}", "…"))


def test_a_code_means_one_thing() -> None:
    sentences: dict[str, set[str]] = {}
    for refusal in ALL:
        sentences.setdefault(refusal.code, set()).add(refusal.sentence)
    many = {code for code, said in sentences.items() if len(said) > 2}
    assert many <= SEVERAL_SENTENCES


def test_the_tests_above_see_what_is_raised() -> None:
    source = 'raise Refused("a.b", hint_noop("Say {what}."), who=1)'
    (refusal,) = refusals_in(source, "x.py")
    assert refusal == Refusal("x.py:1", "a.b", "Say {what}.", marked=True, facts=frozenset({"who"}))
    assert not refusal.gaps() <= refusal.facts
    assert len(ALL) > 100
