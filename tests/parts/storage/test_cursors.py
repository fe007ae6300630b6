"""A cursor that somebody made up is refused, never an error of ours."""

import base64
import json
from typing import Any

import pytest

from gongdao.bootstrap import app
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.lists import QueueName
from gongdao.domain.kernel.errors import BadInput
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import PersonId

pytestmark = pytest.mark.django_db

AN_ID = "4b518e56-dde3-4053-a6c5-9426c5c006e0"
"""Always the same: workers must collect the same tests."""
REVIEWER = Caller(PersonId(AN_ID), frozenset({Role.REVIEWER}))
MADE_UP: list[Any] = [
    ["2026-03-02T10:00:00", AN_ID],
    ["0001-01-01T00:00:00+23:59", AN_ID],
    ["9999-12-31T23:59:59-23:59", AN_ID],
    ["yesterday", AN_ID],
    ["2026-03-02T10:00:00+08:00", "no id"],
    [1, AN_ID],
    ["2026-03-02T10:00:00+08:00", 7],
    {"a": 1, "b": 2},
    [],
]


@pytest.mark.parametrize("queue", QueueName)
@pytest.mark.parametrize("made_up", MADE_UP, ids=str)
def test_a_made_up_cursor(queue: QueueName, made_up: Any) -> None:
    cursor = base64.urlsafe_b64encode(json.dumps(made_up).encode()).decode()

    with pytest.raises(BadInput, match=r"page\.broken_cursor"):
        app().desk.queue(REVIEWER, queue, cursor=cursor)


@pytest.mark.parametrize("queue", QueueName)
def test_a_cursor_without_a_moment_is_known_where_something_is_never_due(queue: QueueName) -> None:
    cursor = base64.urlsafe_b64encode(json.dumps([None, AN_ID]).encode()).decode()

    always = {QueueName.APPEALS, QueueName.WAITING, QueueName.PRIORITY, QueueName.MINE}
    if queue in always:  # they have a moment
        with pytest.raises(BadInput, match=r"page\.broken_cursor"):
            app().desk.queue(REVIEWER, queue, cursor=cursor)
    else:
        assert app().desk.queue(REVIEWER, queue, cursor=cursor).lines == ()
