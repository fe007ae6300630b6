"""People of an organisation: invited, joined, in their roles, and gone again."""

from datetime import timedelta

import pytest
from tests.stories.merchants import colleague, merchant, person, review
from tests.stories.stage import Stage, refused

from gongdao.domain.access.model import NOBODY
from gongdao.domain.kernel.errors import BadInput, NotFound
from gongdao.domain.organisations.model import MemberInvited, MemberRole, Right

OWNER, MANAGER, AGENT, VIEWER = MemberRole

MAY = {
    OWNER: {Right.READ, Right.WORK, Right.MANAGE, Right.OWN},
    MANAGER: {Right.READ, Right.WORK, Right.MANAGE},
    AGENT: {Right.READ, Right.WORK},
    VIEWER: {Right.READ},
}
"""Which role may do what: docs/how-to/work-as-a-team.md shows the same table."""


@pytest.mark.parametrize("role", MemberRole)
def test_which_role_may_do_what(fakes: Stage, role: MemberRole) -> None:
    ours, boss = merchant(fakes)
    caller = boss if role is OWNER else colleague(fakes, ours, boss, "xiao_wang", role)
    for right in Right:
        if right in MAY[role]:
            fakes.app.disputes.organising.seat(ours, caller, right)
        else:
            with refused("organisation.role"):
                fakes.app.disputes.organising.seat(ours, caller, right)


def test_a_code_lets_one_person_in_and_only_its_digest_is_kept(stage: Stage) -> None:
    ours, boss = merchant(stage)
    joining, wang = stage.app.disputes.joining, stage.account("wang_wu")
    made = joining.invite(ours, AGENT, boss)
    [kept] = [
        step.event
        for step in stage.records.organisations.history(ours)
        if isinstance(step.event, MemberInvited)
    ]
    assert made.code.replace("-", "") not in repr(kept)
    typed = made.code.lower().replace("-", " ")
    assert (joining.asked(typed).organisation, joining.asked(typed).role) == ("青禾茶铺", AGENT)
    with refused("organisation.own_name", BadInput):
        joining.join(typed, "  ", wang)
    assert joining.join(typed, "小王", wang) == ours
    seen = stage.app.disputes.overseeing.of(ours, boss)
    assert [(m.who.name, m.role, m.me) for m in seen.members] == [
        ("", OWNER, True),
        ("小王", AGENT, False),
    ]
    assert seen.invitations == ()
    with refused("organisation.link_over", NotFound):
        joining.join(made.code, "第三人", stage.account("zhao_liu"))
    with refused("not_found", NotFound):
        joining.join(made.code, "谁", NOBODY)


def test_a_code_ends_after_a_week_or_when_it_is_taken_back(stage: Stage) -> None:
    ours, boss = merchant(stage)
    joining = stage.app.disputes.joining
    late, back = joining.invite(ours, AGENT, boss), joining.invite(ours, VIEWER, boss)
    joining.withdraw(ours, back.id, boss)
    joining.withdraw(ours, back.id, boss)
    stage.clock.pass_(days=7)
    for each in (late, back):
        with refused("organisation.link_over", NotFound):
            joining.asked(each.code)
        with refused("organisation.link_over", NotFound):
            joining.join(each.code, "小王", stage.account("wang_wu"))


def test_no_member_joins_twice_nor_under_a_colleagues_name(fakes: Stage) -> None:
    ours, boss = merchant(fakes)
    joining = fakes.app.disputes.joining
    wang = colleague(fakes, ours, boss, "小王")
    again = joining.invite(ours, AGENT, boss)
    with refused("organisation.member_already"):
        joining.join(again.code, "小王", wang)
    with refused("organisation.name_taken"):
        joining.join(again.code, " 小王 ", fakes.account("zhao_liu"))
    joining.call_me(ours, "老王", wang)
    joining.join(again.code, "小王", fakes.account("zhao_liu"))


def test_the_last_owner_stays_and_only_owners_touch_owners(stage: Stage) -> None:
    ours, boss = merchant(stage)
    joining = stage.app.disputes.joining
    with refused("organisation.last_owner"):
        joining.leave(ours, boss)
    with refused("organisation.last_owner"):
        joining.change_role(ours, person(boss), AGENT, boss)
    deputy = colleague(stage, ours, boss, "xiao_li", MANAGER)
    for refusing in (
        lambda: joining.invite(ours, OWNER, deputy),
        lambda: joining.change_role(ours, person(deputy), OWNER, deputy),
        lambda: joining.change_role(ours, person(boss), VIEWER, deputy),
        lambda: joining.remove(ours, person(boss), deputy),
    ):
        with refused("organisation.only_owners"):
            refusing()
    joining.change_role(ours, person(deputy), OWNER, boss)
    joining.leave(ours, boss)
    with refused("not_found", NotFound):
        stage.app.disputes.overseeing.of(ours, boss)
    assert [m.role for m in stage.app.disputes.overseeing.of(ours, deputy).members] == [OWNER]
    with refused("organisation.no_member", NotFound):
        joining.remove(ours, person(boss), deputy)


def test_what_somebody_worked_on_is_free_once_they_are_gone(stage: Stage) -> None:
    ours, boss = merchant(stage)
    stories = stage.app.disputes
    wang = colleague(stage, ours, boss, "xiao_wang")
    theirs, mine = review(stage, ours, boss), review(stage, ours, boss)
    stories.teamwork.assign(theirs, person(wang), boss)
    stories.teamwork.assign(mine, person(boss), boss)
    stories.joining.remove(ours, person(wang), boss)
    assert stories.teamwork.of(theirs, boss).assignee is None
    kept = stories.teamwork.of(mine, boss).assignee
    assert kept is not None
    assert kept.person == boss.person
    with refused("not_found", NotFound):
        stories.teamwork.of(theirs, wang)


def test_somebody_alone_gets_an_organisation_with_their_first_dispute(stage: Stage) -> None:
    alone, organising = stage.account("zhang_san"), stage.app.disputes.organising
    ours = organising.own(alone)
    assert organising.own(alone) == ours
    seen = stage.app.disputes.overseeing.of(ours, alone)
    assert (seen.name, seen.alone, seen.role) == ("我的纠纷", True, OWNER)
    with refused("organisation.alone"):
        stage.app.disputes.joining.invite(ours, AGENT, alone)
    organising.rename(ours, "张三的店", alone)
    stage.app.disputes.joining.invite(ours, AGENT, alone)
    organising.found("第二家", alone)
    with refused("organisation.which"):
        organising.own(alone)
    with refused("not_found", NotFound):
        organising.own(NOBODY)


def test_a_closed_shop_stays_in_its_disputes(stage: Stage) -> None:
    ours, boss = merchant(stage)
    organising = stage.app.disputes.organising
    shop = organising.add_shop(ours, "taobao", "旗舰店", boss)
    dispute = review(stage, ours, boss, shop=shop)
    organising.close_shop(ours, shop, boss)
    organising.close_shop(ours, shop, boss)
    [seen] = stage.app.disputes.overseeing.of(ours, boss).shops
    assert (seen.name, seen.open) == ("旗舰店", False)
    assert stage.app.disputes.disputing.held(dispute, boss)[0].now.shop == shop
    with refused("dispute.shop", BadInput):
        review(stage, ours, boss, shop=shop)
    with refused("organisation.shop_elsewhere", BadInput):
        organising.add_shop(ours, "house", "本站", boss)


def test_owners_and_managers_see_who_did_what(stage: Stage) -> None:
    ours, boss = merchant(stage)
    wang = colleague(stage, ours, boss, "xiao_wang")
    stage.clock.pass_(minutes=1)
    dispute = review(stage, ours, wang)
    stage.clock.pass_(minutes=1)
    stage.app.disputes.teamwork.comment(dispute, "先核对物流。", wang)
    overseeing = stage.app.disputes.overseeing
    found = overseeing.audit(ours, boss)
    assert [
        (line.what, line.who.name if line.who else None, line.dispute) for line in found[:2]
    ] == [
        ("dispute.commented", "xiao_wang", dispute),
        ("dispute.opened", "xiao_wang", dispute),
    ]
    assert found[-1].what == "organisation.founded"
    earlier = overseeing.audit(ours, boss, before=found[1].at)
    assert earlier == found[2:]
    assert overseeing.audit(ours, boss, before=stage.clock() - timedelta(days=1)) == []
    with refused("organisation.role"):
        overseeing.audit(ours, wang)


def test_a_full_house_and_too_many_codes_are_refused(fakes: Stage) -> None:
    ours, boss = merchant(fakes)
    joining = fakes.app.disputes.joining
    codes = [joining.invite(ours, VIEWER, boss) for _ in range(20)]
    with refused("organisation.too_many_open", most=20):
        joining.invite(ours, VIEWER, boss)
    joining.withdraw(ours, codes[0].id, boss)
    joining.invite(ours, VIEWER, boss)
