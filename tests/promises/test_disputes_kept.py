"""What is promised of disputes with outside platforms."""

from dataclasses import replace

from tests.stories.merchants import merchant, review
from tests.stories.stage import Stage, refused

from gongdao.domain.disputes.events import DisputeEnded, DisputeOpened, Ending
from gongdao.domain.disputes.model import begun
from gongdao.domain.kernel.errors import NotFound, Refused
from gongdao.domain.kernel.events import Actor, Role
from gongdao.domain.kernel.ids import DisputeId, OrganisationId


class TestDisputes:
    def test_they_are_listed_latest_first_and_found_by_order_and_source(self, stage: Stage) -> None:
        ours, boss = merchant(stage)
        first = review(stage, ours, boss, order="A1", source="row one")
        stage.clock.pass_(minutes=1)
        second = review(stage, ours, boss, order="A1")
        disputes = stage.records.disputes
        both = [held.now.id for held in disputes.of_organisation(ours, 10)]
        assert both == [second, first]
        assert [held.now.id for held in disputes.of_organisation(ours, 1)] == [second]
        kept = disputes.get(first).now
        assert kept.facts.order_key is not None
        assert kept.source_key is not None
        assert [held.now.id for held in disputes.of_order(ours, kept.facts.order_key)] == both
        found = disputes.from_source(ours, kept.source_key)
        assert found is not None
        assert found.now.id == first
        stranger = OrganisationId(stage.records.new_id())
        assert disputes.from_source(stranger, kept.source_key) is None
        assert list(disputes.of_order(stranger, kept.facts.order_key)) == []
        ended = DisputeEnded(at=stage.clock(), by=Actor(Role.SYSTEM), how=Ending.DROPPED, note=None)
        with stage.records.work():
            disputes.add(second, [ended], after=1)
        still = [held.now.id for held in disputes.of_organisation(ours, 10, only_open=True)]
        assert still == [first]

    def test_the_same_source_comes_in_once_even_behind_the_rule(self, stage: Stage) -> None:
        ours, boss = merchant(stage)
        first = review(stage, ours, boss, source="row one")
        with refused("dispute.there_already", Refused):
            review(stage, ours, boss, source="row one")
        (opened,) = [r.event for r in stage.records.disputes.history(first)]
        again = stage.records.new_id()
        with refused("dispute.there_already", Refused), stage.records.work():
            stage.records.disputes.add(again, [opened], after=0)

    def test_many_are_opened_at_once_and_listed_page_by_page(self, stage: Stage) -> None:
        ours, boss = merchant(stage)
        disputes = stage.records.disputes
        first = review(stage, ours, boss, source="row one", order="A1")
        (opened,) = [r.event for r in disputes.history(first)]
        assert isinstance(opened, DisputeOpened)
        several = [
            replace(opened, dispute=DisputeId(stage.records.new_id()), source_key=f"k{n}")
            for n in range(3)
        ]
        with stage.records.work():
            disputes.open_all([])
            disputes.open_all(several)
        assert disputes.get(several[1].dispute).now == begun(several[1])
        assert len(disputes.history(several[2].dispute)) == 1
        page = [held.now.id for held in disputes.of_organisation(ours, 3)]
        rest = [held.now.id for held in disputes.of_organisation(ours, 3, before=page[-1])]
        assert sorted([*page, *rest]) == sorted([first, *(each.dispute for each in several)])
        assert disputes.known_sources(ours, ["k1", "k9"]) == {"k1": several[1].dispute}
        theirs, _ = merchant(stage, "bie_ren", "别家")
        assert disputes.known_sources(theirs, ["k1"]) == {}
        with refused("not_found", NotFound):
            disputes.of_organisation(theirs, 3, before=first)
        twice = replace(opened, dispute=DisputeId(stage.records.new_id()))
        with refused("dispute.there_already", Refused), stage.records.work():
            disputes.open_all([twice])
