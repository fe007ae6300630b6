"""What is wrong with a rule pack: each problem with its place and what to do about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from gongdao.domain.policy.nodes import Document

_SHOWN = 60
"""So many characters of a wrong value are shown."""

_HINTS = {
    "model_type": "Write keys and values here.",
    "model_attributes_type": "Write keys and values here.",
    "dict_type": "Write keys and values here.",
    "tuple_type": "Write a list here.",
    "too_short": "Write at least one.",
    "string_too_short": "Write something here.",
    "string_type": "Write a text; put numbers in quotes.",
}


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong with a pack."""

    file: str
    line: int
    """From 1; 0 where the whole file is meant."""
    path: str
    """Where in the data: `violations[2].duration`."""
    code: str
    what: str
    hint: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        field = f" {self.path}:" if self.path else ""
        return f"{place}: {self.code}:{field} {self.what}. {self.hint}"


def written_path(path: Sequence[str | int]) -> str:
    """Write a path as people do: `violations[2].duration`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def from_validation(
    error: ValidationError, document: Document, model: type[BaseModel]
) -> Iterator[Problem]:
    """Say each of pydantic's complaints in our words, with the line that it is about."""
    keys = _keys_of(model)
    for detail in error.errors(include_url=False):
        if detail["type"] == "too_short" and detail["input"]:
            continue  # its members are wrong, which is said where they stand
        path = document.nearest(detail["loc"])
        missing = detail["type"] == "missing"
        shown = (*path, detail["loc"][-1]) if missing else path
        code, what, hint = _said(detail, keys)
        yield Problem(document.file, document.line(path), written_path(shown), code, what, hint)


def _said(detail: ErrorDetails, keys: Sequence[str]) -> tuple[str, str, str]:
    """Code, what is wrong, and what to do."""
    name = str(detail["loc"][-1]) if detail["loc"] else ""
    match detail["type"]:
        case "missing":
            return "pack.missing", f"{name} is missing", f"Add {name}."
        case "extra_forbidden":
            near = get_close_matches(name, keys, n=1, cutoff=0.75)
            hint = f"Did you mean {near[0]}?" if near else "Remove it."
            return "pack.unknown_key", f"nothing here is called {name}", hint
        case "value_error":
            reason = str(detail["ctx"]["error"])
            return "pack.wrong_value", reason, "Correct it."
        case kind:
            return "pack.wrong_value", _got(detail), _HINTS.get(kind, f"{detail['msg']}.")


def _got(detail: ErrorDetails) -> str:
    text = repr(detail["input"])
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return f"{shown} does not fit"


@cache
def _keys_of(model: type[BaseModel]) -> tuple[str, ...]:
    """Every key that may stand anywhere below a model, as YAML writes it."""
    schema = model.model_json_schema(by_alias=True, mode="serialization")
    parts = (schema, *schema.get("$defs", {}).values())
    return tuple({key: None for part in parts for key in part.get("properties", ())})
