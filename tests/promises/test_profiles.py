"""What is promised of the operator's marks on parties of high profile."""

from tests.stories.stage import Stage

from gongdao.domain.appeals.profiles import ProfileCleared, ProfileMarked
from gongdao.domain.kernel.events import Actor, Role
from gongdao.domain.kernel.ids import PersonId

BY = Actor(Role.OPERATOR)


def marked(stage: Stage, account: str) -> PersonId:
    """Mark an account."""
    party = stage.records.parties.by_account(account)
    reasons = stage.records.texts.seal("粉丝很多。", party)
    step = ProfileMarked(at=stage.clock(), by=BY, party=party, reasons=reasons)
    stage.records.profiles.add(party, [step], after=0)
    stage.clock.pass_(minutes=1)
    return party


class TestProfiles:
    def test_a_mark_is_found_by_its_party_and_listed_until_it_goes(self, stage: Stage) -> None:
        with stage.records.work():
            first, second = marked(stage, "li_si"), marked(stage, "wang_wu")
            stranger = stage.records.parties.by_account("zhao_liu")
            profiles = stage.records.profiles
            assert profiles.of(stranger) is None
            held = profiles.of(first)
            assert held is not None
            assert (held.now.party, held.now.marked, held.version) == (first, True, 1)
            assert [one.party for one in profiles.marked(10)] == [second, first]
            assert [one.party for one in profiles.marked(1)] == [second]
            gone = ProfileCleared(at=stage.clock(), by=BY, reasons=held.now.reasons)
            assert not profiles.add(first, [gone], after=1).now.marked
            assert [one.party for one in profiles.marked(10)] == [second]
