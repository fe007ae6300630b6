"""What the port of notices about rights promises, on the fake and on PostgreSQL."""

from tests.stories.rights import Rights
from tests.stories.stage import Stage, refused

from gongdao.domain.kernel.errors import NotFound


class TestRightsNotices:
    def test_the_latest_come_first_and_a_page_goes_on_behind_a_number(self, stage: Stage) -> None:
        port, made = stage.records.rights_notices, []
        for _ in range(3):
            stage.clock.pass_(hours=1)
            made.append(Rights(stage).give())
        numbers = [each.now.number for each in reversed(made)]
        assert [entry.now.number for entry in port.latest(5)] == numbers
        assert [entry.now.number for entry in port.latest(1, numbers[0])] == numbers[1:2]
        assert port.latest(5, numbers[-1]) == []
        assert port.by_number(numbers[1]).now == made[1].now
        history = port.history(made[0].id)
        (entry,) = [each for each in port.latest(5) if each.now.id == made[0].id]
        assert (entry.first_leaf, entry.last_leaf) == (history[0].leaf, history[-1].leaf)
        for absent in ("", "NO-SUCH", "\x00"):
            with refused("not_found", NotFound):
                port.by_number(absent)
            with refused("not_found", NotFound):
                port.latest(5, absent)

    def test_what_nobody_judged_is_listed_first_and_what_is_over_not_at_all(
        self, stage: Stage
    ) -> None:
        judged = Rights(stage).give().accept()
        over, new = Rights(stage).give(), Rights(stage).give()
        over.takedown.withdraw(over.id, over.holder)
        found = [each.id for each in stage.records.rights_notices.open_ones(9)]
        assert found == [new.id, judged.id]
        mine = stage.records.rights_notices.of_person(judged.now.notifier)
        assert list(mine) == [judged.id]

    def test_only_what_was_taken_or_read_has_arrived(self, stage: Stage) -> None:
        port, matter = stage.records.rights_notices, Rights(stage).give().accept()
        with stage.records.work():
            assert port.arrived(9) == []
        matter.counter().deliver()
        with stage.records.work():
            assert port.arrived(9) == []
        assert matter.now.under_way is None
