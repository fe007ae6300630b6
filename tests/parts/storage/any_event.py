"""Any event of any kind, as its fields allow: for what must hold of all of them."""

import types
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from gongdao.domain.kernel.events import Event
from gongdao.domain.kernel.spans import Span, Unit

TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
SPANS = st.builds(Span, st.integers(0, 99_999), st.sampled_from(Unit))
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: st.integers(-(2**53), 2**53),
    bool: st.booleans(),
    datetime: MOMENTS,
    date: st.dates(),
    Span: SPANS,
    type(None): st.none(),
}


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Any value of a type that records are made of; TypeError for one that they must not hold."""
    if kind in PLAIN:
        return PLAIN[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    if hasattr(kind, "__supertype__"):
        return values(kind.__supertype__)
    if get_origin(kind) in {Union, types.UnionType}:
        return st.one_of([values(each) for each in get_args(kind)])
    if get_origin(kind) is tuple:
        parts = get_args(kind)
        if parts[-1] is not Ellipsis:
            return st.tuples(*map(values, parts))
        return st.lists(values(parts[0]), max_size=3).map(tuple)
    if get_origin(kind) is frozenset:
        return st.frozensets(values(get_args(kind)[0]), max_size=3)
    if is_dataclass(kind):
        return records(kind)
    raise TypeError(f"a record cannot hold {kind}")


def records(kind: Any) -> st.SearchStrategy[Any]:
    """Any record of a frozen class; how to draw one is worked out once, which takes longest."""
    if kind not in _KNOWN:
        hints = get_type_hints(kind)
        held = {field.name: values(hints[field.name]) for field in fields(kind)}
        _KNOWN[kind] = st.builds(kind, **held)
    return _KNOWN[kind]


_KNOWN: dict[Any, st.SearchStrategy[Any]] = {}


def events(*kinds: type[Event]) -> st.SearchStrategy[Any]:
    """Any event of these kinds."""
    return st.one_of([records(kind) for kind in kinds])
