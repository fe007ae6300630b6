"""A dispute is its organisation's: a member opens it, and nobody else finds it."""

from datetime import timedelta

from tests.stories.merchants import EXTORTION, merchant, review
from tests.stories.stage import Stage, refused

from gongdao.domain.disputes.model import DisputeStage
from gongdao.domain.kernel.errors import BadInput, NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.organisations.model import Right


def test_a_member_opens_a_dispute_and_it_says_what_they_said(stage: Stage) -> None:
    ours, boss = merchant(stage)
    stories = stage.app.disputes
    shop = stories.organising.add_shop(ours, "taobao", "旗舰店", boss)
    dispute = review(stage, ours, boss, shop=shop, order="2026110100001", stars=1)
    held, by = stories.disputing.held(dispute, boss)
    now = held.now
    assert (by.role, by.person) == (Role.MEMBER, boss.person)
    assert (now.stage, now.platform, now.shop) == (DisputeStage.PREPARING, "taobao", shop)
    assert now.facts.text is not None
    assert stage.records.opened(now.facts.text) == EXTORTION
    assert now.facts.stars == 1


def test_a_stranger_and_the_staff_find_nothing(stage: Stage) -> None:
    ours, boss = merchant(stage)
    dispute = review(stage, ours, boss)
    staff = stage.hire("ana", Role.REVIEWER, Role.OPERATOR)
    theirs, other = merchant(stage, "bie_ren", "别家")
    stories = stage.app.disputes
    for stranger in (stage.account("li_si"), staff, other):
        with refused("not_found", NotFound):
            stories.disputing.held(dispute, stranger, Right.READ)
        with refused("not_found", NotFound):
            review(stage, ours, stranger)
    assert [each.id for each in stories.organising.mine(other)] == [theirs]


def test_what_cannot_be_is_told_at_once(stage: Stage) -> None:
    ours, boss = merchant(stage)
    with refused("dispute.in_the_future", BadInput):
        review(stage, ours, boss, noticed_at=stage.clock() + timedelta(days=1))
    with refused("dispute.not_outside", BadInput):
        review(stage, ours, boss, platform="house")
    with refused("dispute.too_long", BadInput):
        review(stage, ours, boss, text="差" * 9_000)
    theirs, other = merchant(stage, "bie_ren", "别家")
    shop = stage.app.disputes.organising.add_shop(theirs, "taobao", "别家店", other)
    with refused("dispute.shop", BadInput):
        review(stage, ours, boss, shop=shop)
    assert list(stage.records.disputes.of_organisation(ours, 10)) == []
