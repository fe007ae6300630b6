"""What the reference pages say about the code, read from the code itself.

Refusals and the words beside an attribute exist only in the source, so they are read from its
syntax tree; everything else is asked of the types.
"""

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import UnionType
from typing import Any, get_args

from babel.messages.pofile import read_po

from gongdao.domain.kernel import errors

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "gongdao"
CATALOGUE = SOURCE / "web" / "hints" / "zh_Hans" / "LC_MESSAGES" / "django.po"
KINDS: Mapping[str, type[errors.GongdaoError]] = {
    name: kind
    for name, kind in vars(errors).items()
    if inspect.isclass(kind) and issubclass(kind, errors.GongdaoError)
}


@dataclass(frozen=True, slots=True)
class Attribute:
    """One field of a class: its name, its type as written, and the words below it."""

    name: str
    type: str
    words: str


@dataclass(frozen=True, slots=True, order=True)
class Refusal:
    """A stable code with one sentence that is said under it, and where."""

    code: str
    kind: str
    sentence: str
    place: str
    """The file, below src/gongdao."""


def attributes(of: type) -> tuple[Attribute, ...]:
    """The fields that a class itself declares, in order; class variables are left out."""
    body = ast.parse(textwrap.dedent(inspect.getsource(of))).body[0]
    if not isinstance(body, ast.ClassDef):
        raise TypeError(f"{of.__name__} is no class")
    found = []
    for node, after in pairwise([*body.body, ast.Pass()]):
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=hint):
                written = _annotation(hint)
            case ast.Assign(targets=[ast.Name(id=name)]):
                written = ""
            case _:
                continue
        if not written.startswith("ClassVar") and name != "model_config":
            found.append(Attribute(name, written, _words(after)))
    return tuple(found)


def _annotation(hint: ast.expr) -> str:
    """A type as written, without the checks that Annotated hangs on it."""
    match hint:
        case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[plain, *_])):
            return _annotation(plain)
        case ast.Subscript(value=value, slice=ast.Tuple(elts=inner)):
            return f"{_annotation(value)}[{', '.join(map(_annotation, inner))}]"
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return f"{_annotation(left)} | {_annotation(right)}"
        case _:
            return ast.unparse(hint)


def _words(node: ast.stmt) -> str:
    """The string that stands below a field, on one line."""
    match node:
        case ast.Expr(value=ast.Constant(value=str(words))):
            return " ".join(words.split())
        case _:
            return ""


def sentences(of: object) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join((inspect.getdoc(of) or "").split("\n\n")[0].split())


def types_in(hint: Any) -> Iterator[type]:
    """Every class that a type hint is made of."""
    inner = get_args(hint)
    if not inner and isinstance(hint, type) and not isinstance(hint, UnionType):
        yield hint
    for each in inner:
        yield from types_in(each)


def refusals() -> list[Refusal]:
    """Every refusal of the source whose code is written out, each sentence and place once."""
    found: set[Refusal] = set()
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE).as_posix()
        found |= set(_refusals_in(ast.parse(path.read_text("utf-8")), place))
    return sorted(found)


def _refusals_in(tree: ast.Module, place: str) -> Iterator[Refusal]:
    kept = _constants(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=kind), args=[code, hint, *_]) if kind in KINDS:
                said = [_text(each, kept, node.lineno) for each in (code, hint)]
                if said[0] and said[1]:
                    yield Refusal(said[0], kind, said[1], place)


def _constants(tree: ast.Module) -> list[tuple[int, str, ast.expr]]:
    """Names that a module gives to something, with the line: the last one before counts."""
    return [
        (node.lineno, node.targets[0].id, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    ]


def _text(node: ast.expr, kept: list[tuple[int, str, ast.expr]], line: int) -> str:
    """A string that is written out, marked for translation, or kept under a name; else empty."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.Call(func=ast.Name(id="hint_noop"), args=[marked]):
            return _text(marked, kept, line)
        case ast.Name(id=name):
            before = [(at, value) for at, called, value in kept if called == name and at < line]
            return _text(max(before, key=lambda each: each[0])[1], [], line) if before else ""
        case _:
            return ""


def chinese() -> Mapping[str, str]:
    """The Chinese catalogue of the hints: English sentence to Chinese one; fuzzy ones left out."""
    with CATALOGUE.open("rb") as file:
        entries = [each for each in read_po(file) if not each.fuzzy]
    return {each.id: str(each.string) for each in entries if isinstance(each.id, str)}
