"""Folds are total: whatever follows a beginning is folded, and one step at a time is the same."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.parts.storage.any_event import events, records

from gongdao.domain.appeals import model as appeals
from gongdao.domain.deadlines import model as deadlines
from gongdao.domain.decisions import model as decisions
from gongdao.domain.intake import model as intake
from gongdao.domain.kernel.events import Event
from gongdao.domain.notices import model as notices

Fold = Callable[[Any], Any]
STREAMS: dict[str, tuple[Any, Fold, Callable[[Any, Any], Any]]] = {
    "case": (intake.CaseStep, intake.fold, intake.after),
    "decision": (decisions.DecisionStep, decisions.fold, decisions.after),
    "sanction": (decisions.SanctionStep, decisions.fold_sanction, decisions.sanction_after),
    "appeal": (appeals.AppealStep, appeals.fold, appeals.after),
    "notice": (notices.NoticeStep, notices.fold, notices.after),
    "deadline": (deadlines.DeadlineStep, deadlines.fold, deadlines.after),
}


def lives(steps: Any) -> st.SearchStrategy[list[Event]]:
    """A beginning, and anything at all after it."""
    first, *rest = steps.__args__
    return st.builds(lambda one, more: [one, *more], records(first), st.lists(events(*rest)))


@pytest.mark.parametrize("name", STREAMS)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_any_stream_and_any_beginning_of_it_folds(name: str, data: st.DataObject) -> None:
    steps, fold, after = STREAMS[name]
    stream = data.draw(lives(steps))
    standing = fold(stream[:1])
    for known in range(1, len(stream)):
        standing = after(standing, stream[known])
        assert standing == fold(stream[: known + 1])


@pytest.mark.parametrize("name", STREAMS)
@given(data=st.data())
@settings(max_examples=10, deadline=None)
def test_a_stream_begins_once_and_with_its_beginning(name: str, data: st.DataObject) -> None:
    steps, fold, _ = STREAMS[name]
    stream = data.draw(lives(steps))
    for wrong in ([], stream[1:], [*stream, stream[0]]):
        with pytest.raises(ValueError, match=r"begins with|twice"):
            fold(wrong)


@given(lives(intake.CaseStep), st.data())
@settings(max_examples=40, deadline=None)
def test_a_note_changes_nothing_wherever_it_stands(
    stream: list[Event], data: st.DataObject
) -> None:
    note = data.draw(records(intake.NoteAdded))
    where = data.draw(st.integers(1, len(stream)))
    plain = intake.fold(stream)  # type: ignore[arg-type]
    noted = intake.fold([*stream[:where], note, *stream[where:]])  # type: ignore[list-item]
    when, who, before = plain.changed_at, plain.took_part, plain.earlier
    assert replace(noted, changed_at=when, took_part=who, earlier=before) == plain
    assert noted.took_part - plain.took_part <= {note.by.person}
    assert noted.earlier - plain.earlier <= {note.by.person}


@given(st.lists(records(decisions.Sanction), max_size=8), st.data())
@settings(max_examples=60, deadline=None)
def test_strikes_are_a_fold_in_any_order_that_only_shrinks_with_time(
    had: list[decisions.Sanction], data: st.DataObject
) -> None:
    same = [replace(s, clause="abuse.insult") for s in had]
    now = data.draw(records(intake.NoteAdded)).at
    counted = decisions.strikes(same, "abuse.insult", now)
    assert decisions.strikes(data.draw(st.permutations(same)), "abuse.insult", now) == counted
    assert decisions.strikes(same, "abuse.insult", now + timedelta(days=1)) <= counted
    assert 0 <= counted <= len({s.decision for s in same})
    assert decisions.strikes(same, "abuse.bias", now) == 0
    forgiven = [replace(s, forgiven=True) for s in same]
    assert decisions.strikes(forgiven, "abuse.insult", now) == 0
    at_the_end = [replace(s, strike_expires_at=now) for s in same]
    assert decisions.strikes(at_the_end, "abuse.insult", now) == 0
