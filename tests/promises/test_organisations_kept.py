"""What is promised of organisations, their flags on buyers, rosters and trails."""

from datetime import timedelta

import pytest
from tests.stories.merchants import merchant, person, review
from tests.stories.stage import Stage

from gongdao.domain.duty.roster import RosterSet, Slot
from gongdao.domain.flows.flagging import Flagged
from gongdao.domain.kernel.errors import MovedOn
from gongdao.domain.kernel.events import Actor, Role
from gongdao.domain.kernel.ids import FlagId, InvitationId, OrganisationId
from gongdao.domain.organisations.model import MemberInvited, MemberJoined, MemberRole


class TestOrganisations:
    def test_one_is_found_by_its_members_and_by_its_invitations(self, stage: Stage) -> None:
        ours, boss = merchant(stage)
        organisations, other = stage.records.organisations, stage.account("wang_wu").person
        assert other is not None
        assert [held.now.id for held in organisations.of_member(boss.person or other)] == [ours]
        assert list(organisations.of_member(other)) == []
        code, by = InvitationId(stage.records.new_id()), Actor(Role.MEMBER, boss.person)
        now = stage.clock()
        role = MemberRole.AGENT
        invited = MemberInvited(at=now, by=by, invitation=code, role=role, until=now)
        joined = MemberJoined(at=now, by=by, invitation=code, person=other, role=role)
        with stage.records.work():
            assert organisations.inviting(code) is None
            organisations.add(ours, [invited], after=1)
            found = organisations.inviting(code)
            assert found is not None
            assert (found.now.id, found.version) == (ours, 2)
            organisations.add(ours, [joined], after=2)
            assert organisations.inviting(code) is None
        assert [held.now.id for held in organisations.of_member(other)] == [ours]


class TestFlags:
    def test_those_that_hold_are_listed_by_their_end_for_one_organisation(
        self, stage: Stage
    ) -> None:
        ours, boss = merchant(stage)
        dispute = review(stage, ours, boss, other_side="momo")
        flags, now = stage.records.flags, stage.clock()

        def raised(days: int) -> FlagId:
            said = Flagged(reason="abuse", confirmed=True, dispute=dispute, days=days)
            return stage.app.disputes.flagging.flag(ours, said, boss)

        late, soon = raised(9), raised(3)
        key = flags.get(late).now.buyer_key
        assert [each.id for each in flags.holding(ours, now, 10)] == [soon, late]
        assert [each.id for each in flags.holding(ours, now, 1)] == [soon]
        assert [each.id for each in flags.on_buyer(ours, "taobao", key, now)] == [soon, late]
        at_its_end = now + timedelta(days=3)
        assert [each.id for each in flags.holding(ours, at_its_end, 10)] == [late]
        assert list(flags.on_buyer(ours, "jd", key, now)) == []
        stranger = OrganisationId(stage.records.new_id())
        assert list(flags.on_buyer(stranger, "taobao", key, now)) == []
        stage.app.disputes.flagging.end(ours, late, "", boss)
        assert [each.id for each in flags.holding(ours, now, 10)] == [soon]


class TestTeamRosters:
    def test_each_organisation_has_its_own(self, stage: Stage) -> None:
        ours, boss = merchant(stage)
        theirs, _ = merchant(stage, "bie_ren", "别家")
        rosters = stage.records.team_rosters
        assert rosters.of(ours) is None
        slot = Slot(0, 9 * 60, 18 * 60, person(boss))
        by = Actor(Role.MEMBER, boss.person)
        step = RosterSet(
            at=stage.clock(), by=by, slots=(slot,), exceptions=(), responsible=person(boss)
        )
        with stage.records.work():
            assert rosters.write(ours, [step], after=0).version == 1
        held = rosters.of(ours)
        assert held is not None
        assert (held.now.slots, held.version) == ((slot,), 1)
        assert rosters.of(theirs) is None
        with pytest.raises(MovedOn), stage.records.work():
            rosters.write(ours, [step], after=0)


class TestTrails:
    def test_all_that_happened_is_one_line_the_latest_first(self, stage: Stage) -> None:
        ours, boss = merchant(stage)
        theirs, other = merchant(stage, "bie_ren", "别家")
        stage.clock.pass_(minutes=1)
        dispute = review(stage, ours, boss, other_side="momo")
        review(stage, theirs, other)
        stage.clock.pass_(minutes=1)
        said = Flagged(reason="abuse", confirmed=True, dispute=dispute)
        stage.app.disputes.flagging.flag(ours, said, boss)
        trails = stage.records.trails
        found = trails.of_organisation(ours, 10)
        assert [(each.event.kind, each.dispute) for each in found] == [
            ("flag.raised", None),
            ("dispute.opened", dispute),
            ("organisation.founded", None),
        ]
        assert trails.of_organisation(ours, 1) == found[:1]
        assert trails.of_organisation(ours, 10, found[0].event.at) == found[1:]
