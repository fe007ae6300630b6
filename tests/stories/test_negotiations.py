"""Two sides negotiate: from an invitation to a complaint that is withdrawn; what is refused."""

import hashlib
import json

import pytest
from tests.stories.merchants import merchant
from tests.stories.stage import Stage, refused
from tests.stories.talks import NAME, REPLACEMENT, SUBJECT, WORD, Talk

from gongdao.domain.disputes.events import Ending
from gongdao.domain.flows import talk_views
from gongdao.domain.flows.negotiating import Offered
from gongdao.domain.kernel.errors import BadInput, MovedOn, NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.settlement.events import OfferKind, Side, TalkEnding, Withdrawer
from gongdao.domain.settlement.model import TalkStage

SILENT = "请不要再对外公开这件事。"
DEMAND = "给我返50块，不然我就给你们店天天差评，看谁还敢买。"


def test_a_complaint_is_withdrawn_after_a_settlement(stage: Stage) -> None:
    talk = Talk(stage)
    story = talk.stories.negotiating
    talk.say(talk.ours, "您好，您反映的问题我们看到了，很抱歉。您希望怎么解决？")
    talk.say(talk.theirs, "补发一盒就行。")
    first = talk.offer(talk.ours)
    counter = talk.offer(
        talk.theirs,
        REPLACEMENT,
        Offered(OfferKind.REFUND, Side.INVITER, "退还破损部分的货款。", 1500),
        answers=first,
    )
    story.accept(talk.ours, counter, "王掌柜")
    view = story.view(talk.theirs)
    assert view.stage is TalkStage.AGREED
    assert [each.state for each in view.offers] == ["replaced", "accepted"]
    agreed = view.agreement
    assert agreed is not None
    assert agreed.names == {Side.INVITER: "王掌柜", Side.INVITED: NAME}
    assert agreed.whole
    assert agreed.code == hashlib.sha256(agreed.text.encode()).hexdigest()
    said = json.loads(agreed.text)
    assert said["subject"] == SUBJECT
    assert [item["amount_fen"] for item in said["items"]] == [None, 1500]
    leaves = [each.leaf for each in stage.records.settlements.history(talk.id)]
    assert agreed.leaf == leaves[-1]
    with refused("settlement.not_done"):
        story.close(talk.ours)
    for number in (1, 2):
        story.perform(talk.ours, number, f"快递单号和退款流水第 {number} 项，见截图。")
    story.contest(talk.theirs, 2, "退款还没有到账。")
    story.perform(talk.ours, 2, "银行回单：当天到账。")
    story.confirm(talk.theirs, 1)
    story.confirm(talk.theirs, 2)
    with refused("settlement.not_theirs_to_withdraw"):
        story.close(talk.ours, Withdrawer.RESPONDENT)
    story.close(talk.ours, Withdrawer.COMPLAINANT, "对方在投诉记录里撤回了投诉。")
    assert story.view(talk.theirs).ending is TalkEnding.WITHDRAWN
    dispute = talk.stories.disputing.held(talk.dispute, talk.boss)[0].now
    assert dispute.ending is Ending.WITHDRAWN


def test_what_nobody_contests_is_done_after_a_week(stage: Stage) -> None:
    talk = Talk(stage, platform="taobao")
    story = talk.stories.negotiating
    talk.agree()
    for number in (1, 2):
        story.perform(talk.ours, number, "已办妥，见快递单号。")
    with refused("settlement.not_done"):
        story.close(talk.ours)
    stage.clock.pass_(days=7)
    assert story.view(talk.ours).may_close
    story.close(talk.ours)
    dispute = talk.stories.disputing.held(talk.dispute, talk.boss)[0].now
    assert dispute.ending is Ending.SETTLED


def test_a_third_person_tries_the_code(stage: Stage) -> None:
    talk = Talk(stage)
    door, story = talk.stories.talk_door, talk.stories.negotiating
    with refused("not_found", NotFound):
        door.theirs("AAAA-BBBB-CCCC-DDDD-EEEE", talk.device)
    with refused("not_found", NotFound):
        door.theirs(talk.code, "")
    with refused("not_found", NotFound):
        door.invitation(talk.code)
    with refused("settlement.wrong_word"):
        door.enter(talk.code, "我猜猜看吧")
    assert len(story.view(talk.ours).wrong_words) == 1
    assert len(story.view(talk.theirs).wrong_words) == 1
    stage.clock.pass_(minutes=1)
    phone = door.enter(talk.code, f" {WORD}")
    assert phone != talk.device
    assert len(story.view(door.theirs(talk.code, phone)).devices) == 1
    for _ in range(5):
        with refused("settlement.wrong_word"):
            door.enter(talk.code, "我再猜猜看")
    with refused("settlement.word_locked"):
        door.enter(talk.code, WORD)
    assert story.view(talk.theirs).side is Side.INVITED
    stage.clock.pass_(hours=1)
    assert door.enter(talk.code, WORD)


def test_the_right_person_comes_second_and_says_so(stage: Stage) -> None:
    talk = Talk(stage)
    door, story = talk.stories.talk_door, talk.stories.negotiating
    number = talk.offer(talk.ours)
    door.suspect(talk.code)
    with refused("settlement.suspected"):
        story.accept(talk.theirs, number, NAME)
    assert story.view(talk.ours).suspected
    with refused("not_found", NotFound):
        door.clear(talk.theirs)
    door.clear(talk.ours)
    story.accept(talk.theirs, number, NAME)


def test_a_code_is_followed_in_time_and_replaced_before_somebody_came(stage: Stage) -> None:
    talk = Talk(stage, enter=False)
    door = talk.stories.talk_door
    with refused("settlement.word_short", BadInput):
        door.enter(talk.code, "短", NAME)
    with refused("settlement.name", BadInput):
        door.enter(talk.code, WORD)
    with refused("settlement.nobody_there"):
        talk.say(talk.ours, "您好。")
    again = door.invite_again(talk.ours)
    with refused("not_found", NotFound):
        door.came(talk.code)
    stage.clock.pass_(days=15)
    with refused("settlement.code_over"):
        door.enter(again, WORD, NAME)
    last = door.invite_again(talk.ours)
    assert door.invitation(last)[:2] == ("青禾茶铺", SUBJECT)
    door.enter(last, WORD, NAME)
    with refused("settlement.came_already"):
        door.invite_again(talk.ours)


@pytest.mark.parametrize("side", Side)
def test_after_a_stop_nobody_writes_and_what_was_agreed_goes_on(stage: Stage, side: Side) -> None:
    talk = Talk(stage)
    story = talk.stories.negotiating
    talk.agree()
    story.stop(talk.ours if side is Side.INVITER else talk.theirs)
    for chair in (talk.ours, talk.theirs):
        with refused("settlement.stopped"):
            talk.say(chair, "再说一句。")
        with refused("settlement.stopped"):
            story.stop(chair)
    story.perform(talk.ours, 1, "快递已签收，单号在此。")
    story.confirm(talk.theirs, 1)
    assert talk_views.exported(story.view(talk.ours)) == talk_views.exported(
        story.view(talk.theirs)
    )


def test_after_the_other_side_stopped_there_is_no_second_try(stage: Stage) -> None:
    talk = Talk(stage)
    open_ = talk.stories.talk_door.open
    with refused("settlement.open_already"):
        open_(talk.dispute, SUBJECT, talk.boss)
    number = talk.offer(talk.ours)
    talk.stories.negotiating.stop(talk.theirs)
    with refused("settlement.stopped"):
        talk.offer(talk.ours)
    with refused("settlement.no_again"):
        open_(talk.dispute, SUBJECT, talk.boss)
    talk.stories.negotiating.accept(talk.theirs, number, NAME)


@pytest.mark.parametrize(
    ("kind", "amount", "text", "topic"),
    [
        (OfferKind.REFUND, 5000, "退款 50 元，请不要再对外公开这件事。", "要求沉默"),
        (OfferKind.APOLOGY, None, "我们道歉，您承诺对此事保持沉默。", "要求沉默"),
        (OfferKind.REFUND, 5000, "退款 50 元，您把差评删掉。", "评价"),
        (OfferKind.REPLY, None, "麻烦改成五星好评。", "评价"),
        (OfferKind.REFUND, 5000, "不删评价就不退款。", "评价"),
        (OfferKind.REFUND, 5000, "“删除评价”后返现。", "评价"),
        (OfferKind.REFUND, 5000, "退款到账后请撤回投诉。", "以利益换撤诉"),
        (OfferKind.CORRECTION, None, "更正后送您代金券，您撤诉。", "以利益换撤诉"),
        (OfferKind.REFUND, 5000, "We refund 50 yuan and you delete the review.", "评价"),
        (OfferKind.REFUND, 5000, "Refund, and you keep quiet about it.", "要求沉默"),
        (OfferKind.REFUND, 50000, "赔 500 元，不然我天天差评。", "以差评等相要挟"),
    ],
)
def test_an_offer_of_money_for_silence_or_a_review_is_refused_with_the_reason(
    stage: Stage, kind: OfferKind, amount: int | None, text: str, topic: str
) -> None:
    talk = Talk(stage)
    for chair in (talk.ours, talk.theirs):
        with refused("settlement.forbidden_term", topic=topic):
            talk.offer(chair, Offered(kind, Side.INVITER, text, amount))
    assert story_offers(talk) == 0


@pytest.mark.parametrize(
    "text",
    [
        "退款 50 元。我们不要求您删除或修改评价。",
        "退还货款，您怎么评价由您自己决定。",
        "补发一盒同款茶叶。我们绝不要求您撤回投诉。",
        "We refund the price. You need not change the review.",
    ],
)
def test_an_honest_offer_may_say_what_it_does_not_ask_for(stage: Stage, text: str) -> None:
    talk = Talk(stage)
    talk.offer(talk.ours, Offered(OfferKind.REFUND, Side.INVITER, text, 5000))
    assert story_offers(talk) == 1


def test_messages_of_the_inviter_are_held_back_and_the_others_are_marked(stage: Stage) -> None:
    talk = Talk(stage)
    story = talk.stories.negotiating
    for text in (SILENT, "您把差评删了吧。", "退您 50 元，麻烦撤回投诉。"):
        with refused("settlement.forbidden_term"):
            talk.say(talk.ours, text)
    with refused("settlement.unfriendly"):
        talk.say(talk.ours, "你们要是再投诉，我就去法院告你，让你好看。")
    talk.say(talk.ours, "问题解决后，如果您愿意，可以撤回投诉。")
    number = talk.say(talk.theirs, DEMAND)
    assert "demand" in story.view(talk.ours).messages[number - 1].found
    assert story.view(talk.theirs).messages[number - 1].found == ()
    exhibit = story.keep(talk.ours, number)
    (kept,) = talk.stories.exhibits.of(talk.dispute, talk.boss)
    assert kept.id == exhibit
    with refused("settlement.kept"):
        story.keep(talk.ours, number)
    with refused("not_found", NotFound):
        story.keep(talk.theirs, 1)
    receipt = story.report(talk.ours, number, "对方以差评相要挟，要求返现。")
    assert stage.case(receipt.case).respondent is None
    assert story.view(talk.ours).messages[number - 1].reported == receipt.case
    assert story.view(talk.theirs).messages[number - 1].reported is None
    mine = story.report(talk.theirs, 1, "请看一下这条消息。")
    assert stage.case(mine.case).reporters
    with refused("settlement.reported"):
        story.report(talk.ours, number, "再举报一次。")


def test_every_wording_that_is_proposed_can_be_sent(stage: Stage) -> None:
    talk = Talk(stage)
    policy = talk.stories.negotiating.policy(talk.ours.now)
    assert len(policy.first_words) >= 3
    for words in policy.first_words:
        for text in (words.text.zh, words.text.en):
            talk.say(talk.ours, text)
            talk.say(talk.theirs, "好的。")
            stage.clock.pass_(days=1)


def test_an_expired_offer_is_not_accepted(stage: Stage) -> None:
    talk = Talk(stage)
    number = talk.offer(talk.ours, days=1)
    stage.clock.pass_(days=1)
    with refused("settlement.expired"):
        talk.stories.negotiating.accept(talk.theirs, number, NAME)
    assert talk.stories.negotiating.view(talk.theirs).offers[0].state == "expired"
    with refused("settlement.until", BadInput):
        talk.offer(talk.ours, days=31)


def test_of_two_who_accept_at_once_one_is_told_to_read_again(stage: Stage) -> None:
    talk = Talk(stage)
    story = talk.stories.negotiating
    ours, theirs = talk.offer(talk.ours), talk.offer(talk.theirs)
    first, second = talk.ours, talk.theirs
    story.accept(first, theirs, "王掌柜")
    with pytest.raises(MovedOn):
        story.accept(second, ours, NAME)
    with refused("settlement.agreed"):
        story.accept(talk.theirs, ours, NAME)
    view = story.view(talk.ours)
    assert view.agreement is not None
    assert view.agreement.offer == theirs


def test_nobody_is_flooded(stage: Stage) -> None:
    talk = Talk(stage)
    for _ in range(3):
        talk.say(talk.ours, "您好，请问您方便说说情况吗？")
    with refused("settlement.unanswered", most=3):
        talk.say(talk.ours, "您好，还在吗？")
    stage.clock.pass_(minutes=1)
    for _ in range(12):
        talk.say(talk.theirs, "嗯。")
    with refused("settlement.enough_today"):
        talk.say(talk.theirs, "嗯。")
    stage.clock.pass_(days=1)
    talk.say(talk.theirs, "嗯。")
    for _ in range(5):
        talk.offer(talk.ours)
    with refused("settlement.enough_today"):
        talk.offer(talk.ours)


def test_a_stranger_finds_no_talk(stage: Stage) -> None:
    talk = Talk(stage)
    _, other = merchant(stage, "bie_ren", "别家")
    staff = stage.hire("ana", Role.REVIEWER, Role.OPERATOR)
    for stranger in (other, staff, stage.account("li_si")):
        with refused("not_found", NotFound):
            talk.chair(stranger)
        with refused("not_found", NotFound):
            talk.stories.talk_door.of_dispute(talk.dispute, stranger)
        with refused("not_found", NotFound):
            talk.stories.talk_door.open(talk.dispute, SUBJECT, stranger)


def test_amounts_and_offers_are_each_ones_own(stage: Stage) -> None:
    talk = Talk(stage)
    story = talk.stories.negotiating
    with refused("settlement.amount", BadInput):
        talk.offer(talk.ours, Offered(OfferKind.REFUND, Side.INVITER, "退款。"))
    with refused("settlement.amount_range", BadInput):
        talk.offer(talk.ours, Offered(OfferKind.REFUND, Side.INVITER, "退款。", 0))
    number = talk.offer(talk.ours)
    with refused("settlement.own_offer"):
        story.accept(talk.ours, number, "王掌柜")
    with refused("settlement.no_such", NotFound):
        story.decline(talk.ours, number)
    with refused("settlement.no_such", NotFound):
        story.take_back(talk.theirs, number)
    story.decline(talk.theirs, number)
    with refused("settlement.offer_gone"):
        story.accept(talk.theirs, number, NAME)
    second = talk.offer(talk.ours)
    story.take_back(talk.ours, second)
    assert [each.state for each in story.view(talk.ours).offers] == ["declined", "taken_back"]


def story_offers(talk: Talk) -> int:
    """How many offers were made."""
    return len(talk.stories.negotiating.view(talk.ours).offers)
