"""Showing that one is who one says: devices, friends, a live face, and what comes of it."""

from datetime import timedelta

from tests.fakes.people import MemoryParties
from tests.stories.stage import Stage, refused, violation

from gongdao.domain.access.model import NOBODY, Caller
from gongdao.domain.flows.verifying import Verifying
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId
from gongdao.storage.models import Party as PartyRow


def verifying(stage: Stage) -> Verifying:
    return stage.app.around_appeals.verifying


def friends(stage: Stage, *names: str) -> list[Caller]:
    """People with accounts that are old enough."""
    return [stage.account(name) for name in names]


def old(stage: Stage, *people: Caller) -> None:
    """Let these accounts be old enough."""
    if not isinstance(stage.records.parties, MemoryParties):
        long_ago = stage.clock() - timedelta(days=400)
        known = [str(person.person) for person in people]
        PartyRow.objects.filter(id__in=known).update(created_at=long_ago)


def decided(stage: Stage) -> CaseId:
    """A decision about li_si, who reported it signed in as wang_wu."""
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana, stage.account("wang_wu"))
    stage.app.deciding.decide(receipt.case, violation(), ana)
    return receipt.case


def test_three_friends_vouch_and_one_of_them_is_a_party(stage: Stage) -> None:
    case = decided(stage)
    li_si, wang_wu = stage.account("li_si"), stage.account("wang_wu")
    zhao, qian = friends(stage, "zhao_liu", "qian_qi")
    old(stage, zhao, qian, wang_wu)
    v = verifying(stage)
    codes = [v.invite(case, "小李", li_si).code for _ in range(3)]
    assert v.asked(codes[0].lower().replace("-", " ")).name == "小李"

    for code, friend in zip(codes, (zhao, wang_wu, qian), strict=True):
        before = v.of(case, li_si).answered
        v.vouch(code, friend)
        seen = v.of(case, li_si)
        # The party's answer looks as every other does, to the friend and to whoever asked.
        assert seen.answered == before + 1
        assert {each.state for each in seen.invitations[: before + 1]} == {"answered"}
    assert [line.weight for line in v.of(case, li_si).at_most.lines][2] == 25

    ana = stage.hire("bo", Role.REVIEWER)
    (proofs,) = v.for_review(case, ana)
    assert [(f.who, f.aside) for f in proofs.friends] == [
        ("zhao_liu", ""),
        ("", "party"),
        ("qian_qi", ""),
    ]
    assert [line.weight for line in proofs.weight.lines][2] == 16
    for stranger in (wang_wu, zhao, NOBODY):
        with refused("not_found", NotFound):
            v.for_review(case, stranger)
        with refused("not_found", NotFound):
            v.of(case, stranger)
