"""Colleagues share disputes: who has which, what they note, who is on duty, which templates."""

from datetime import timedelta

import pytest
from tests.stories.merchants import colleague, merchant, person, review
from tests.stories.stage import Stage, refused

from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.events import DisputeEnded, DisputeKind, Ending, GroundsChosen
from gongdao.domain.flows.house_templates import Draft
from gongdao.domain.kernel.errors import BadInput, NotFound
from gongdao.domain.kernel.ids import OrganisationId
from gongdao.domain.organisations.model import MemberRole

ROSTER = "day,from,to,person\nMon,09:00,18:00,小王\n"


def team(stage: Stage) -> tuple[OrganisationId, Caller, Caller]:
    ours, boss = merchant(stage)
    stage.app.disputes.joining.call_me(ours, "老板", boss)
    return ours, boss, colleague(stage, ours, boss, "小王")


def test_a_dispute_is_given_to_a_colleague_who_can_work(stage: Stage) -> None:
    ours, boss, wang = team(stage)
    seer = colleague(stage, ours, boss, "看客", MemberRole.VIEWER)
    dispute, teamwork = review(stage, ours, boss), stage.app.disputes.teamwork
    teamwork.assign(dispute, person(wang), boss)
    teamwork.assign(dispute, person(wang), boss)
    seen = teamwork.of(dispute, seer)
    assert seen.assignee is not None
    assert (seen.assignee.name, seen.may_work) == ("小王", False)
    assert [each.name for each in seen.can_take] == ["老板", "小王"]
    assert [r.event.kind for r in stage.records.disputes.history(dispute)] == [
        "dispute.opened",
        "dispute.assigned",
    ]
    for stranger in (seer, stage.account("li_si")):
        with refused("dispute.assignee", BadInput):
            teamwork.assign(dispute, stranger.person, boss)
    with refused("organisation.role"):
        teamwork.assign(dispute, None, seer)
    teamwork.assign(dispute, None, wang)
    assert teamwork.of(dispute, wang).assignee is None


def test_notes_are_for_colleagues_and_go_on_after_the_end(stage: Stage) -> None:
    ours, boss, wang = team(stage)
    dispute, teamwork = review(stage, ours, boss), stage.app.disputes.teamwork
    teamwork.comment(dispute, "物流显示 11 月 2 日签收。", wang)
    held, by = stage.app.disputes.disputing.held(dispute, boss)
    ended = DisputeEnded(at=stage.clock(), by=by, how=Ending.DROPPED, note=None)
    with stage.records.work():
        stage.app.disputes.disputing.add(held, ended)
    teamwork.comment(dispute, "记一下：以后发货都录像。", boss)
    assert [(n.by.name if n.by else None, n.text) for n in teamwork.of(dispute, boss).notes] == [
        ("小王", "物流显示 11 月 2 日签收。"),
        ("老板", "记一下：以后发货都录像。"),
    ]
    with refused("dispute.ended"):
        teamwork.assign(dispute, person(wang), boss)
    for text in (" ", "记" * 2001):
        with refused("dispute.comment", BadInput):
            teamwork.comment(dispute, text, boss)
    with refused("not_found", NotFound):
        teamwork.comment(dispute, "你好", stage.account("li_si"))


def test_somebody_on_duty_is_found_and_else_whoever_is_responsible(stage: Stage) -> None:
    ours, boss, wang = team(stage)
    teamwork, now = stage.app.disputes.teamwork, stage.clock()
    assert teamwork.on_duty(ours, now) is None
    teamwork.set_roster(ours, ROSTER.encode(), person(boss), boss)
    monday = now.replace(hour=10, minute=0) - timedelta(days=now.weekday())
    assert teamwork.on_duty(ours, monday) == wang.person
    assert teamwork.on_duty(ours, monday + timedelta(hours=12)) == boss.person
    seen = teamwork.duty(ours, wang)
    assert seen.is_set
    assert seen.gaps
    assert "小王" in seen.table
    stage.app.disputes.joining.remove(ours, person(wang), boss)
    assert teamwork.on_duty(ours, monday) == boss.person
    with refused("roster.unknown_person", BadInput, line=2):
        teamwork.set_roster(ours, ROSTER.encode(), person(boss), boss)
    with refused("roster.no_responsible", BadInput):
        teamwork.set_roster(ours, b"", person(wang), boss)


def test_an_organisation_keeps_templates_beside_the_shipped_ones(stage: Stage) -> None:
    ours, boss, wang = team(stage)
    templates = stage.app.disputes.templates
    dispute = review(stage, ours, boss, order="A-17")
    held, by = stage.app.disputes.disputing.held(dispute, boss)
    chosen = GroundsChosen(at=stage.clock(), by=by, found=(), chosen=("extortion",))
    with stage.records.work():
        stage.app.disputes.disputing.add(held, chosen)
    draft = Draft(title="本店用", text="订单{order}，{不是空}，见聊天记录。", kinds=("review",))
    kept = templates.keep(ours, draft, boss)
    first, second, *_ = templates.for_dispute(dispute, "zh-hans", wang)
    assert (first.own, first.title, first.text) == (
        True,
        "本店用",
        "订单A-17，{不是空}，见聊天记录。",
    )
    assert (second.own, second.code) == (False, "review.extortion")
    assert second.text.startswith("订单A-17，")
    with refused("organisation.role"):
        templates.drop(ours, kept, wang)
    templates.keep(ours, Draft(title="改名", text="好。", kinds=("payment",)), boss, kept)
    assert [each.title for each in templates.own(ours, wang)] == ["改名"]
    assert not any(each.own for each in templates.for_dispute(dispute, "en", wang))
    templates.drop(ours, kept, boss)
    with refused("template.none", NotFound):
        templates.drop(ours, kept, boss)


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (Draft(title="", text="好。", kinds=("review",)), "template.title"),
        (Draft(title="好", text="", kinds=("review",)), "template.text"),
        (Draft(title="好", text="好。", kinds=("none_such",)), "template.kinds"),
    ],
)
def test_a_template_needs_a_title_a_text_and_a_kind(fakes: Stage, draft: Draft, code: str) -> None:
    ours, boss = merchant(fakes)
    with refused(code, BadInput):
        fakes.app.disputes.templates.keep(ours, draft, boss)
    assert set(DisputeKind)
