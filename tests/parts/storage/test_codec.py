"""Events keep their meaning in storage, and every byte of them counts."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.parts.storage.any_event import events, records

from gongdao.domain.intake.model import Report
from gongdao.domain.kernel.events import Event, Personal
from gongdao.storage import codec

ALL_KINDS = sorted(codec.KINDS)


@pytest.mark.parametrize("kind", ALL_KINDS)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_every_event_comes_back_as_it_was(kind: str, data: st.DataObject) -> None:
    event = data.draw(records(codec.KINDS[kind]))
    body = codec.encode(event)
    assert codec.decode_event(kind, body) == event
    assert codec.encode(codec.decode_event(kind, body)) == body


@given(records(Report))
@settings(deadline=None)
def test_a_report_comes_back_as_it_was(report: Report) -> None:
    assert codec.decode_report(codec.encode(report)) == report


def test_every_kind_is_known_by_its_name_and_says_its_personal_data() -> None:
    subclasses = {cls.kind for cls in _concrete(Event)}
    assert subclasses == set(ALL_KINDS)
    assert all(isinstance(cls.personal, Personal) for cls in codec.KINDS.values())


def _concrete(base: type[Event]) -> list[type[Event]]:
    ours = [cls for cls in base.__subclasses__() if cls.__module__.startswith("gongdao.")]
    return [*ours, *(below for cls in ours for below in _concrete(cls))]


@given(events(*codec.KINDS.values()))
@settings(deadline=None)
def test_what_is_kept_is_canonical(event: Any) -> None:
    body = codec.encode(event)
    keys = list(json.loads(body))
    assert keys == sorted(keys)
    assert "\n" not in body
    assert ": " not in json.dumps(json.loads(body), separators=(",", ":"))


def test_a_leaf_is_hashed_as_rfc_9162_says() -> None:
    assert codec.leaf_hash(b"").hex() == (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    )
    assert codec.leaf_hash(b"abc") == hashlib.sha256(b"\x00abc").digest()


@given(events(*codec.KINDS.values()), st.integers(1, 99), st.integers(0))
@settings(deadline=None)
def test_a_change_of_one_byte_changes_the_leaf(event: Any, version: int, where: int) -> None:
    stream = "00000000-0000-7000-8000-000000000001"
    entry = codec.event_entry(stream, version, event.kind, codec.encode(event))
    where %= len(entry)
    changed = entry[:where] + bytes([entry[where] ^ 1]) + entry[where + 1 :]
    assert codec.leaf_hash(changed) != codec.leaf_hash(entry)


def test_an_event_and_a_report_never_share_an_entry() -> None:
    assert not codec.report_entry("{}").startswith(b"event")
    assert codec.event_entry("s", 1, "k", "{}") != codec.event_entry("s\n1", 1, "k", "{}")
