"""The rebuild check finds whatever somebody changed behind the program's back."""

from collections.abc import Callable

import pytest
from django.db import connection
from tests.stories.stage import Stage, no_violation, stage_on_postgres

from gongdao import bootstrap
from gongdao.domain.kernel.events import Role
from gongdao.storage import rebuild
from gongdao.storage.rebuild import Difference


@pytest.fixture
def stage(db: None) -> Stage:
    """A house in which every kind of thing has happened."""
    stage = stage_on_postgres()
    staff = [stage.hire(name, Role.REVIEWER) for name in ("ana", "bo")]
    decision = stage.decided(staff[0])
    appeal = stage.appealed(decision)
    stage.app.reviewing.overturn(appeal, "看过上下文以后，原决定不成立。", staff[1])
    stage.decided(staff[1], no_violation(), account="wang_wu")
    stage.report()
    return stage


def found(tick: Callable[[int], object] = lambda _read: None) -> list[Difference]:
    return list(rebuild.differences(bootstrap.app().reweighing.weighing, tick))


def behind_the_back(statement: str) -> None:
    """As the tables' owner may, who can take the guards away."""
    with connection.cursor() as cursor:
        for table in ("event", "report", "took_part"):
            cursor.execute(f"alter table {table} disable trigger user")
        cursor.execute(statement)


def test_what_the_stories_wrote_is_sound_and_read_to_the_end(stage: Stage) -> None:
    read: list[int] = []

    assert found(read.append) == []
    assert sum(read) == rebuild.amount() > 30


@pytest.mark.parametrize(
    ("statement", "what", "field"),
    [
        ("update case_row set stage = 'closed' where stage = 'received'", "case", "stage"),
        ("update case_row set next_due = now() where stage = 'received'", "case", "next_due"),
        (
            "update decision_row set state = 'upheld' where state = 'overturned'",
            "decision",
            "state",
        ),
        ("update sanction_row set ends_at = now()", "sanction", "ends_at"),
        ("update appeal_row set closed_at = null", "appeal", "closed_at"),
        ("update deadline_row set due_at = due_at + interval '1 s'", "deadline", "due_at"),
        ("update notice_row set template = 'x'", "notice", "template"),
        ("update report set reporter = gen_random_uuid()", "report", "reporter"),
        ("update report set body = replace(body, 'abuse', 'fraud')", "leaf", "hash"),
        ("update event set body = replace(body, 'abuse', 'fraud')", "leaf", "hash"),
        ("update event set leaf = sha256(leaf) where kind = 'decision.made'", "leaf", "hash"),
        ("update event set at = at + interval '1 s' where version = 1", "event", "at"),
        ("update event set actor = gen_random_uuid()", "event", "actor"),
        ("update event set body = '{' where kind = 'case.accepted'", "stream", "body"),
        ("update event set kind = 'case.flew' where kind = 'case.accepted'", "stream", "body"),
        ("delete from event where kind = 'case.opened'", "stream", "fold"),
        ("delete from event where kind = 'case.accepted'", "stream", "version"),
        ("delete from event where kind like 'notice.%'", "notice", "row"),
        ("delete from took_part", "case", "took_part"),
        ("delete from sanction_row", "sanction", "row"),
        ("delete from triage_row", "triage", "row"),
        ("update triage_row set rank = rank - interval '1 h'", "triage", "rank"),
        ("update triage_row set ready = false", "triage", "ready"),
        ("update triage_row set id = gen_random_uuid()", "triage", "row"),
    ],
)
def test_a_change_past_the_program_is_found(
    stage: Stage, statement: str, what: str, field: str
) -> None:
    behind_the_back(statement)

    assert (what, field) in {(one.what, one.field) for one in found()}


def test_a_difference_names_what_is_kept_and_what_should_be(stage: Stage) -> None:
    behind_the_back("update decision_row set state = 'upheld' where state = 'overturned'")

    (one,) = found()
    assert (one.kept, one.rebuilt) == ("upheld", "overturned")
