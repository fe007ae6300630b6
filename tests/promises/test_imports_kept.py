"""What is promised of tables that are read in, and of the orders that are kept of them."""

from dataclasses import replace
from datetime import date

from tests.stories.merchants import merchant
from tests.stories.stage import Stage, refused

from gongdao.domain.disputes.imports import (
    Brought,
    Choice,
    Import,
    ImportId,
    ImportStage,
    KeptOrder,
    KeptOrderId,
)
from gongdao.domain.kernel.errors import NotFound, Refused
from gongdao.domain.kernel.ids import PersonId, Sealed


class TestImports:
    def test_how_far_one_is_and_which_columns_it_had(self, stage: Stage) -> None:
        ours, boss = merchant(stage)
        imports, now = stage.records.imports, stage.clock()
        with refused("not_found", NotFound):
            imports.get(ImportId(stage.records.new_id()))
        first = Import(
            id=ImportId(stage.records.new_id()),
            organisation=ours,
            by=boss.person or PersonId(""),
            token="secret",
            columns={"order": 0, "text": 3},
            choice=Choice("taobao", None, 2),
            lines=7,
            begun_at=now,
        )
        stage.clock.pass_(minutes=1)
        second = replace(first, id=ImportId(stage.records.new_id()), begun_at=stage.clock())
        with stage.records.work():
            imports.begin(first)
            imports.begin(second)
        assert imports.get(first.id) == first
        assert [each.id for each in imports.latest(ours, 5)] == [second.id, first.id]
        assert [each.id for each in imports.latest(ours, 1)] == [second.id]
        imports.tick(first.id, 3)
        with stage.records.work():
            imports.end(first.id, ImportStage.DONE, Brought(4, 3), "", now)
            imports.end(second.id, ImportStage.FAILED, Brought(), "upload.unknown", now)
        done, failed = imports.get(first.id), imports.get(second.id)
        assert (done.stage, done.written, done.brought) == (ImportStage.DONE, 7, Brought(4, 3))
        assert (failed.written, failed.problem, failed.ended_at) == (0, "upload.unknown", now)
        assert imports.recall(ours, "k") is None
        with stage.records.work():
            imports.remember(ours, "k", {"order": 1})
            imports.remember(ours, "k", {"order": 2})
        assert imports.recall(ours, "k") == {"order": 2}
        theirs, _ = merchant(stage, "bie_ren", "别家")
        assert imports.recall(theirs, "k") is None
        assert list(imports.latest(theirs, 5)) == []


class TestKeptOrders:
    def test_the_same_line_is_kept_once_and_numbers_are_found_again(self, stage: Stage) -> None:
        ours, _ = merchant(stage)
        theirs, _ = merchant(stage, "bie_ren", "别家")
        orders, now = stage.records.kept_orders, stage.clock()

        def order(line: str, day: date | None) -> KeptOrder:
            new = KeptOrderId(stage.records.new_id())
            return KeptOrder(new, ours, "jd", None, "n1", line, day, Sealed("0" * 64), now)

        both = [order("a", date(2026, 1, 2)), order("b", date(2026, 1, 3))]
        with stage.records.work():
            orders.add_all([])
            orders.add_all(both)
        assert list(orders.of_keys(ours, ["n1", "n2"])["n1"]) == both[::-1]
        assert list(orders.of_keys(ours, ["n2"])) == []
        assert orders.known(ours, ["a", "c"]) == {"a"}
        assert orders.known(theirs, ["a"]) == set()
        assert dict(orders.of_keys(theirs, ["n1"])) == {}
        with refused("dispute.there_already", Refused), stage.records.work():
            orders.add_all([order("c", None), order("a", None)])
        assert orders.known(ours, ["c"]) == set()
