"""YAML text into plain data, keeping the line of every value, and every mistake on the way."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.constructor import ConstructorError, SafeConstructor

Path = tuple[str | int, ...]

FAST: Any = getattr(yaml, "CSafeLoader", None)
"""libyaml's reader, where PyYAML was built with it: ten times as fast."""
FAST_DEPTH = 100
"""So deep libyaml may nest; at some tens of thousands it would take the process down."""

MAX_VALUES = 100_000
"""So many values a file may unfold to: a pack has some thousand, an alias bomb millions."""

_MERGE = "tag:yaml.org,2002:merge"
_PLAIN_TAGS = {"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}
_AS_TEXT = "Correct it, or quote it if it is a text."
_TOO_DEEP = "the file is nested too deep"


@dataclass(frozen=True, slots=True)
class Flaw:
    """A mistake in the YAML itself."""

    line: int
    path: Path
    code: str
    what: str
    hint: str


@dataclass(frozen=True, slots=True)
class Document:
    """One file's data, and on which line each value stands."""

    file: str
    data: object
    lines: Mapping[Path, int]
    flaws: tuple[Flaw, ...]

    def line(self, path: Path) -> int:
        """The line of a value, or of the nearest value above it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def nearest(self, location: Sequence[str | int]) -> Path:
        """
        The part of a validator's location that the file really has.

        Validators add steps of their own (which member of a union, the index into a list that
        stands for one value): those are left out.
        """
        path: Path = ()
        for part in location:
            if (*path, part) in self.lines:
                path = (*path, part)
        return path


@dataclass(slots=True)
class _Unfolding:
    """Walks the nodes of a file."""

    lines: dict[Path, int] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)
    values: int = 0
    scalars: SafeConstructor = field(default_factory=SafeConstructor)

    def plain(self, node: yaml.Node, path: Path, above: tuple[int, ...]) -> object:
        """The node's value; mistakes below it are noted and left out."""
        self.values += 1
        if self.values > MAX_VALUES:
            raise _TooMuch
        if id(node) in above:
            self._flaw(node, path, "an anchor contains itself", "Write the value out.")
            return None
        if isinstance(node, yaml.CollectionNode) and node.tag not in _PLAIN_TAGS:
            self._flaw(node, path, f"the tag {node.tag} is not allowed", "Remove the tag.")
        inside = (*above, id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path, inside)
        if isinstance(node, yaml.SequenceNode):
            return self._sequence(node, path, inside)
        return self._scalar(node, path)

    def _sequence(self, node: yaml.SequenceNode, path: Path, above: tuple[int, ...]) -> object:
        values: list[object] = []
        for index, item in enumerate(node.value):
            self.lines[(*path, index)] = _line(item)
            values.append(self.plain(item, (*path, index), above))
        return values

    def _mapping(self, node: yaml.MappingNode, path: Path, above: tuple[int, ...]) -> object:
        values: dict[str, object] = {}
        for merged in self._merged(node, path):
            for key, value in self._pairs(merged, path):
                self._keep(values, key, value, path, above)
        seen: set[str] = set()
        for key, value in self._pairs(node, path):
            name = key.value
            if name in seen:
                hint = "Keep one of the two."
                self._flaw(key, (*path, name), f"{name} stands here twice", hint, "duplicate_key")
                continue
            seen.add(name)
            self._keep(values, key, value, path, above)
        return values

    def _keep(
        self,
        values: dict[str, object],
        key: yaml.ScalarNode,
        value: yaml.Node,
        path: Path,
        above: tuple[int, ...],
    ) -> None:
        here = (*path, key.value)
        self.lines[here] = _line(key)
        values[key.value] = self.plain(value, here, above)

    def _pairs(
        self, node: yaml.MappingNode, path: Path
    ) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        """Keys and values, without the merge key."""
        for key, value in node.value:
            if key.tag == _MERGE:
                continue
            if isinstance(key, yaml.ScalarNode):
                yield key, value
            else:
                self._flaw(key, path, "a key is not a plain word", "Write a word as the key.")

    def _merged(self, node: yaml.MappingNode, path: Path) -> Iterator[yaml.MappingNode]:
        """What `<<: *anchor` brings in."""
        for key, value in node.value:
            if key.tag != _MERGE:
                continue
            several = value.value if isinstance(value, yaml.SequenceNode) else [value]
            for one in several:
                if isinstance(one, yaml.MappingNode):
                    yield one
                else:
                    self._flaw(key, path, "<< takes no mapping", "Write <<: *anchor.")

    def _scalar(self, node: yaml.Node, path: Path) -> object:
        try:
            value: object = self.scalars.construct_object(node)
        except (ConstructorError, ValueError) as problem:
            self._flaw(node, path, f"{node.value!r} cannot be read: {_brief(problem)}", _AS_TEXT)
            return None
        return value

    def _flaw(
        self, node: yaml.Node, path: Path, what: str, hint: str, code: str = "yaml_syntax"
    ) -> None:
        self.flaws.append(Flaw(_line(node), path, f"pack.{code}", what, hint))


class _TooMuch(Exception):
    """The file unfolds to more values than any pack has."""


def read(file: str, content: str | bytes) -> Document:
    """Read one file; whatever is wrong with it stands in `flaws`."""
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
        node = _composed(text)
    except UnicodeDecodeError as problem:
        line = problem.object[: problem.start].count(b"\n") + 1
        what = f"byte 0x{problem.object[problem.start]:02x} is not UTF-8"
        return _unreadable(file, line, "pack.encoding", what, "Save the file as UTF-8.")
    except RecursionError:
        return _unreadable(file, 1, "pack.yaml_syntax", _TOO_DEEP, "Flatten it.")
    except yaml.MarkedYAMLError as problem:
        return _broken(file, problem)
    except yaml.reader.ReaderError as problem:
        line = text[: problem.position].count("\n") + 1
        return _unreadable(file, line, "pack.yaml_syntax", _brief(problem), "Remove it.")
    if node is None or node.tag == "tag:yaml.org,2002:null":
        return _unreadable(file, 1, "pack.empty", "the file says nothing", "Fill it or delete it.")
    return _unfold(file, node)


def _composed(text: str) -> yaml.Node | None:
    """Compose by libyaml if that goes well; PyYAML's own reader says better what is wrong."""
    with contextlib.suppress(yaml.YAMLError):
        if FAST is not None and _is_shallow(text):
            return yaml.compose(text, Loader=FAST)
    return yaml.compose(text, Loader=yaml.SafeLoader)


def _is_shallow(text: str) -> bool:
    depth = 0
    for event in yaml.parse(text, Loader=FAST):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > FAST_DEPTH:
            return False
    return True


def _unfold(file: str, node: yaml.Node) -> Document:
    unfolding = _Unfolding()
    try:
        data = unfolding.plain(node, (), ())
    except _TooMuch:
        what = f"the file unfolds to more than {MAX_VALUES} values"
        return _unreadable(file, 1, "pack.yaml_syntax", what, "Use fewer anchors.")
    except RecursionError:
        return _unreadable(file, 1, "pack.yaml_syntax", _TOO_DEEP, "Flatten it.")
    return Document(file, data, {(): 1, **unfolding.lines}, tuple(unfolding.flaws))


def _broken(file: str, problem: yaml.MarkedYAMLError) -> Document:
    mark = problem.problem_mark or problem.context_mark
    line = mark.line + 1 if mark else 1
    what = problem.problem or "the YAML cannot be read"
    hint = "Look at this line and the one above: quotes, colons, brackets, indentation."
    if "'\\t'" in what:
        what, hint = "a tab stands here", "Indent with spaces."
    return _unreadable(file, line, "pack.yaml_syntax", what, hint)


def _unreadable(file: str, line: int, code: str, what: str, hint: str) -> Document:
    return Document(file, None, {}, (Flaw(line, (), code, what, hint),))


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _brief(problem: Exception) -> str:
    if isinstance(problem, yaml.reader.ReaderError):
        return f"the character #x{problem.character:04x} is not allowed"
    if isinstance(problem, ConstructorError) and problem.problem:
        return problem.problem
    return str(problem).splitlines()[0]
