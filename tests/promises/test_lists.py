"""What the desk's lists promise: every case once, in order, page by page."""

from datetime import timedelta

import pytest
from tests.promises.makings import kept_case
from tests.stories.stage import REASONS, Stage, refused

from gongdao.domain.access.model import Caller
from gongdao.domain.flows.lists import CaseLine, QueueName
from gongdao.domain.kernel.errors import BadInput
from gongdao.domain.kernel.events import Role


def pages(stage: Stage, by: Caller, name: QueueName, limit: int) -> list[tuple[CaseLine, ...]]:
    """A queue, read page by page to its end."""
    found, cursor = [], None
    for _ in range(50):
        page = stage.app.desk.queue(by, name, cursor=cursor, limit=limit)
        found.append(page.lines)
        cursor = page.cursor
        if cursor is None:
            return found
    raise AssertionError


class TestQueues:
    @pytest.mark.parametrize("limit", [1, 2, 3, 7, 50])
    def test_soonest_due_first_and_those_without_a_date_last(
        self, stage: Stage, limit: int
    ) -> None:
        ana = stage.hire("ana", Role.REVIEWER)
        now = stage.clock()
        hours = [5, None, 3, 5, None, 1, 3]
        cases = {kept_case(stage, now + timedelta(hours=h) if h else None): h for h in hours}
        found = pages(stage, ana, QueueName.RECEIVED, limit)
        lines = [line for page in found for line in page]
        assert [line.id for line in lines] == sorted(cases, key=lambda c: (cases[c] or 99, c))
        assert [len(page) for page in found[:-1]] == [limit] * (len(found) - 1)
        assert [line.next_due for line in lines[-2:]] == [None, None]

    @pytest.mark.parametrize("limit", [1, 2, 5])
    def test_all_of_them_latest_changed_first(self, stage: Stage, limit: int) -> None:
        ana = stage.hire("ana", Role.REVIEWER)
        cases = []
        for number in range(5):
            cases.append(kept_case(stage))
            if number != 2:
                stage.clock.pass_(minutes=1)
        found = [line for page in pages(stage, ana, QueueName.ALL, limit) for line in page]
        # The third and the fourth changed at the same moment: their names decide.
        assert [line.id for line in found] == [cases[4], cases[2], cases[3], cases[1], cases[0]]

    @pytest.mark.parametrize("category", ["no_such", "\x00", "骂人" * 500])
    def test_a_category_that_nobody_knows_has_no_cases(self, stage: Stage, category: str) -> None:
        ana = stage.hire("ana", Role.REVIEWER)
        kept_case(stage)
        found = stage.app.desk.queue(ana, QueueName.RECEIVED, category=category)
        assert found.lines == ()
        assert found.cursor is None

    def test_a_page_goes_on_where_it_ended_though_more_came(self, stage: Stage) -> None:
        ana = stage.hire("ana", Role.REVIEWER)
        now = stage.clock()
        late = [kept_case(stage, now + timedelta(hours=h)) for h in (10, 20, 30)]
        first = stage.app.desk.queue(ana, QueueName.RECEIVED, limit=1)
        kept_case(stage, now + timedelta(hours=1))
        sooner = kept_case(stage, now + timedelta(hours=15))
        rest = stage.app.desk.queue(ana, QueueName.RECEIVED, cursor=first.cursor)
        assert [line.id for line in first.lines] == late[:1]
        assert [line.id for line in rest.lines] == [sooner, *late[1:]]

    def test_each_queue_shows_what_it_says(self, stage: Stage) -> None:
        ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
        received = stage.report(account="a1").case
        taken_up = stage.accepted(ana, account="a2").case
        decided = stage.case_of(stage.decided(ana, account="a3")).id
        appeal = stage.appealed(stage.decided(ana))
        appealed = stage.records.appeals.get(appeal).now.case

        def shown(name: QueueName, by: Caller = ana) -> set[str]:
            return {line.id for line in stage.app.desk.queue(by, name).lines}

        assert shown(QueueName.RECEIVED) == {received}
        assert shown(QueueName.INVESTIGATING) == {taken_up}
        assert shown(QueueName.DECIDED) == {decided, appealed}
        assert shown(QueueName.ALL_APPEALS) == {appealed}
        assert (shown(QueueName.APPEALS), shown(QueueName.APPEALS, bo)) == (set(), {appealed})
        assert shown(QueueName.ALL) == {received, taken_up, decided, appealed}
        assert shown(QueueName.OVERDUE) == set()
        stage.tick(days=40)
        assert shown(QueueName.OVERDUE) == {received, taken_up, appealed}

    def test_a_category_narrows_a_queue(self, stage: Stage) -> None:
        ana = stage.hire("ana", Role.REVIEWER)
        kept_case(stage)
        fraud = kept_case(stage, category="fraud")
        found = stage.app.desk.queue(ana, QueueName.ALL, category="fraud").lines
        assert [line.id for line in found] == [fraud]
        assert stage.app.desk.queue(ana, QueueName.ALL, category="no such").lines == ()

    def test_a_broken_cursor_is_bad_input(self, stage: Stage) -> None:
        ana = stage.hire("ana", Role.REVIEWER)
        kept_case(stage)
        for name in QueueName:
            for cursor in ("x", "é", "W10=", "bnVsbA=="):
                with refused("page.broken_cursor", BadInput):
                    stage.app.desk.queue(ana, name, cursor=cursor)

    def test_a_line_names_the_subject_and_nobody(self, stage: Stage) -> None:
        ana = stage.hire("ana", Role.REVIEWER)
        stage.report(contact="zhang.san@example.org")
        (line,) = stage.app.desk.queue(ana, QueueName.RECEIVED).lines
        assert line.subject_ref == "post-81"
        assert "zhang" not in repr(line)


class TestCounts:
    def test_how_much_waits(self, stage: Stage) -> None:
        ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
        stage.report(account="a1")
        stage.report(account="a2")
        stage.accepted(ana, account="a3")
        appeal = stage.appealed(stage.decided(ana))
        counts = stage.app.desk.counts(bo)
        assert (counts.received, counts.investigating) == (2, 1)
        assert (counts.appeals, counts.all_appeals) == (1, 1)
        assert (counts.overdue, counts.undelivered, counts.most) == (0, 0, 999)
        assert counts.mailboxes == 0
        receipt = stage.report(account="a4")
        stage.app.mailing.write(receipt.case, REASONS, stage.app.files.by_code(receipt.code)[1])
        assert stage.app.desk.counts(bo).mailboxes == 1
        stage.app.mailing.open(receipt.case, ana)
        assert stage.app.desk.counts(bo).mailboxes == 0
        assert stage.app.desk.counts(ana).appeals == 0
        stage.app.reviewing.uphold(appeal, REASONS, bo)
        assert stage.app.desk.counts(bo).all_appeals == 0


class TestOnesOwn:
    def test_what_one_reported_and_what_one_was_told_of(self, stage: Stage) -> None:
        ana = stage.hire("ana", Role.REVIEWER)
        zhang, li_si = stage.account("zhang_san"), stage.account("li_si")
        first = stage.accepted(ana, zhang)
        stage.clock.pass_(minutes=1)
        second = stage.report(zhang, subject_ref="post-82")
        assert stage.app.desk.mine(li_si) == ([], [])
        mine, about = stage.app.desk.mine(zhang)
        assert ([line.id for line in mine], about) == ([second.case, first.case], [])
        stage.app.investigating.request_answer(first.case, "请您说明当时的情况。", ana)
        assert [line.id for line in stage.app.desk.mine(li_si)[1]] == [first.case]
