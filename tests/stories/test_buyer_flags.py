"""Flags on buyers (F5): reason, evidence, an end; one organisation's alone; no retaliation."""

from typing import Any

import pytest
from tests.stories.merchants import colleague, merchant, review
from tests.stories.stage import Stage, refused

from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.events import GroundsChosen
from gongdao.domain.flows.flagging import Flagged
from gongdao.domain.kernel.errors import BadInput, NotFound
from gongdao.domain.kernel.ids import DisputeId, EntryId, FlagId, OrganisationId
from gongdao.domain.organisations.model import MemberRole

BUYER = "momo_88"


def flag(
    stage: Stage, ours: OrganisationId, boss: Caller, dispute: DisputeId, **said: Any
) -> FlagId:
    said.setdefault("reason", "extortion")
    said.setdefault("confirmed", True)
    return stage.app.disputes.flagging.flag(ours, Flagged(dispute=dispute, **said), boss)


def test_a_flag_is_found_on_the_next_order_of_the_same_buyer_and_ends_by_itself(
    stage: Stage,
) -> None:
    ours, boss = merchant(stage)
    flagging = stage.app.disputes.flagging
    first = review(stage, ours, boss, other_side=BUYER)
    made = flag(stage, ours, boss, first, note="两次要求返现。", days=30)
    second = review(stage, ours, boss, other_side=f" {BUYER} ", order="A-2")
    seer = colleague(stage, ours, boss, "看客", MemberRole.VIEWER)
    [seen] = flagging.on_dispute(second, seer)
    assert (seen.id, seen.buyer, seen.note, seen.dispute) == (made, BUYER, "两次要求返现。", first)
    assert "拒" not in seen.care.zh + seen.title.zh
    assert flagging.on_buyer(ours, "taobao", BUYER, boss) == [seen]
    assert flagging.on_buyer(ours, "jd", BUYER, boss) == []
    assert flagging.on_buyer(ours, "taobao", "", boss) == []
    assert flagging.holding(ours, boss) == [seen]
    with refused("organisation.role"):
        flag(stage, ours, seer, first)
    stage.clock.pass_(days=30)
    assert flagging.on_dispute(second, boss) == []
    assert flagging.holding(ours, boss) == []


def test_it_is_taken_off_by_hand_and_stays_in_the_audit(stage: Stage) -> None:
    ours, boss = merchant(stage)
    flagging = stage.app.disputes.flagging
    made = flag(stage, ours, boss, review(stage, ours, boss, other_side=BUYER))
    stage.clock.pass_(minutes=1)
    flagging.end(ours, made, "弄错了人。", boss)
    flagging.end(ours, made, "", boss)
    assert flagging.on_buyer(ours, "taobao", BUYER, boss) == []
    assert stage.app.disputes.overseeing.audit(ours, boss)[0].what == "flag.ended"


def test_no_other_organisation_ever_sees_it(stage: Stage) -> None:
    ours, boss = merchant(stage)
    theirs, other = merchant(stage, "bie_ren", "别家")
    flagging = stage.app.disputes.flagging
    dispute = review(stage, ours, boss, other_side=BUYER)
    made = flag(stage, ours, boss, dispute)
    same = review(stage, theirs, other, other_side=BUYER)
    assert flagging.on_dispute(same, other) == []
    assert flagging.on_buyer(theirs, "taobao", BUYER, other) == []
    ours_key = stage.records.flags.get(made).now.buyer_key
    their_key = stage.records.disputes.get(same).now.facts.other_key
    assert ours_key != their_key
    for attempt in (
        lambda: flagging.end(theirs, made, "", other),
        lambda: flagging.end(ours, made, "", other),
        lambda: flagging.on_dispute(dispute, other),
        lambda: flagging.holding(ours, other),
        lambda: flag(stage, theirs, other, dispute),
    ):
        with pytest.raises(NotFound) as said:
            attempt()
        assert BUYER not in str(said.value)


def test_it_needs_a_reason_evidence_a_confirmation_and_an_end(stage: Stage) -> None:
    ours, boss = merchant(stage)
    flagging = stage.app.disputes.flagging
    dispute = review(stage, ours, boss, other_side=BUYER)
    with refused("flag.not_confirmed"):
        flag(stage, ours, boss, dispute, confirmed=False)
    with refused("flag.reason", BadInput):
        flag(stage, ours, boss, dispute, reason="bad_review")
    for days in (0, 181):
        with refused("flag.too_long", BadInput, most=180):
            flag(stage, ours, boss, dispute, days=days)
    with refused("flag.note", BadInput):
        flag(stage, ours, boss, dispute, note="长" * 501)
    bare = Flagged(reason="abuse", confirmed=True, platform="taobao", buyer=BUYER)
    with refused("flag.no_evidence"):
        flagging.flag(ours, bare, boss)
    with refused("flag.no_buyer", BadInput):
        flag(stage, ours, boss, review(stage, ours, boss))
    unknown = Flagged(
        reason="abuse", confirmed=True, platform="taobao", buyer=BUYER,
        entry=EntryId(stage.records.new_id()),
    )  # fmt: skip
    with refused("not_found", NotFound):
        flagging.flag(ours, unknown, boss)
    assert flagging.holding(ours, boss) == []
    held = flag(stage, ours, boss, dispute)
    lasts = stage.records.flags.get(held).now.until - stage.clock()
    assert lasts == flagging.rule().lasts.flat()


def test_an_honest_review_is_no_reason(stage: Stage) -> None:
    ours, boss = merchant(stage)
    dispute = review(stage, ours, boss, other_side=BUYER, text="颜色不喜欢，不值这个价。")
    held, by = stage.app.disputes.disputing.held(dispute, boss)
    opinion = GroundsChosen(at=stage.clock(), by=by, found=(), chosen=())
    with stage.records.work():
        stage.app.disputes.disputing.add(held, opinion)
    with refused("flag.honest_review"):
        flag(stage, ours, boss, dispute)
