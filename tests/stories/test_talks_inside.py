"""A reporter and a respondent of a case of this installation talk, settle, and it is withdrawn."""

import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import assume, given, settings
from tests.stories.behind_the_back import database_refuses, slip_in
from tests.stories.reporters_names import (
    ACCOUNTS,
    CONTACTS,
    STATEMENTS,
    Identity,
    identity_of,
    names_of,
    respondent_reads,
)
from tests.stories.reporters_names import words as every_word
from tests.stories.stage import REASONS, Stage, refused, stage_on_fakes, violation
from tests.stories.talks_inside import NEUTRAL, ORDER, SUBJECT, THEIRS, InsideTalk

from gongdao.adapters.packet_paper.settlement import laid_out
from gongdao.adapters.packet_paper.words import In
from gongdao.domain.access.model import NOBODY, Caller
from gongdao.domain.flows.negotiating import Offered
from gongdao.domain.flows.talk_views import exported
from gongdao.domain.intake.model import CaseStage
from gongdao.domain.kernel.errors import BadInput, NotFound, Refused
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import SettlementId
from gongdao.domain.linting.model import Language
from gongdao.domain.notices.model import Reader
from gongdao.domain.settlement.events import OfferKind, Side, TalkEnding, Withdrawer
from gongdao.domain.settlement.model import TalkStage


def test_they_settle_and_the_reporter_withdraws(stage: Stage) -> None:
    talk = InsideTalk(stage, come=False)
    story = talk.stories.negotiating
    assert "talk_offered" in stage.told(talk.case, Reader.RESPONDENT)
    assert NEUTRAL in stage.last_letter(talk.case, "talk_offered")
    with refused("settlement.not_here_yet"):
        talk.say(talk.ours, "您好，我们谈谈吧。")
    talk.inside.come(talk.theirs, THEIRS)
    assert "talk_joined" in stage.told(talk.case, Reader.REPORTER)
    with refused("settlement.here_already"):
        talk.inside.come(talk.theirs, THEIRS)
    talk.say(talk.ours, "您好，我们谈谈吧。")
    number = talk.offer(talk.theirs)
    story.accept(talk.ours, number, NEUTRAL)
    with refused("settlement.not_done"):
        story.close(talk.ours)
    with refused("settlement.withdraw_first"):
        story.close(talk.ours, Withdrawer.COMPLAINANT)
    story.perform(talk.theirs, 1, "已在原帖下道歉。")
    story.confirm(talk.ours, 1)
    assert stage.case(talk.case).stage is CaseStage.INVESTIGATING
    stage.app.reporting.withdraw(talk.case, "", talk.reporter)
    assert stage.case(talk.case).stage is CaseStage.WITHDRAWN
    story.close(talk.ours, Withdrawer.COMPLAINANT)
    seen = story.view(talk.theirs)
    assert (seen.stage, seen.ending) == (TalkStage.CLOSED, TalkEnding.WITHDRAWN)
    assert seen.agreement is not None
    assert seen.agreement.whole
    assert dict(seen.names) == {Side.INVITER: NEUTRAL, Side.INVITED: THEIRS}
    assert exported(seen) == exported(story.view(talk.ours))


def test_the_case_is_not_touched_by_it_and_staff_do_not_learn_of_it(fakes: Stage) -> None:
    talk = InsideTalk(fakes)
    before = [each.event.kind for each in fakes.records.cases.history(talk.case)]
    clocks = [held.now for held in fakes.records.deadlines.running(talk.case)]
    talk.settle()
    talk.stories.negotiating.close(talk.ours)
    assert [each.event.kind for each in fakes.records.cases.history(talk.case)] == before
    assert [held.now for held in fakes.records.deadlines.running(talk.case)] == clocks
    assert fakes.case(talk.case).stage is CaseStage.INVESTIGATING
    told = "\n".join(every_word(fakes.app.files.open(talk.case, talk.ana)))
    assert talk.id not in told
    assert SUBJECT not in told
    assert "talk" not in told
    assert fakes.told(talk.case, Reader.STAFF) == []


def test_nobody_else_finds_it(fakes: Stage) -> None:
    talk = InsideTalk(fakes)
    another = fakes.report(subject_ref="post-81")
    co_reporter = fakes.app.files.by_code(fakes.report(subject_ref="post-81").code)[1]
    joined = fakes.accepted(talk.ana, subject_ref="post-900")
    other = fakes.report(subject_ref="post-900")
    assert another.case == talk.case or joined.case == other.case
    staff = [fakes.hire(role.value, role) for role in (Role.OPERATOR, Role.AUDITOR)]
    senior = fakes.hire("sen", Role.SENIOR_REVIEWER)
    strangers = [
        NOBODY, talk.ana, senior, *staff, fakes.account("wang_wu"), co_reporter,
        fakes.app.files.by_code(other.code)[1], Caller(None, frozenset({Role.APP})),
        replace(talk.reporter, only_case=other.case),
    ]  # fmt: skip
    for stranger in strangers:
        with refused("not_found", NotFound):
            talk.chair(stranger)
    for stranger in (NOBODY, talk.ana, senior, *staff, fakes.account("wang_wu")):
        with refused("not_found", NotFound):
            talk.inside.of_case(talk.case, stranger)
        with refused("not_found", NotFound):
            talk.inside.open(talk.case, NEUTRAL, SUBJECT, stranger)
    with refused("not_found", NotFound):
        talk.inside.open(talk.case, NEUTRAL, SUBJECT, talk.li_si)
    with refused("not_found", NotFound):
        talk.stories.talk_door.ours(SettlementId(talk.case), talk.reporter)
    assert talk.inside.of_case(talk.case, talk.reporter) == [talk.id]
    assert talk.inside.of_case(talk.case, talk.li_si) == [talk.id]


def test_each_reporter_talks_of_their_own_report_alone(fakes: Stage) -> None:
    talk = InsideTalk(fakes, subject_ref="post-55")
    second = fakes.report(subject_ref="post-55")
    assert second.case == talk.case
    other = fakes.app.files.by_code(second.code)[1]
    assert talk.inside.of_case(talk.case, other) == []
    with refused("not_found", NotFound):
        talk.chair(other)
    mine = talk.inside.open(talk.case, "路过的人", "那句话", other)
    assert talk.inside.of_case(talk.case, other) == [mine]
    assert set(talk.inside.of_case(talk.case, talk.li_si)) == {mine, talk.id}
    fakes.report(subject_ref="post-55")
    talk.say(talk.ours, "还能接着谈。")
    third = fakes.app.files.by_code(fakes.report(subject_ref="post-55").code)[1]
    with refused("settlement.not_inside"):
        talk.inside.open(talk.case, "第四人", "那句话", third)


def test_only_what_is_between_two_people_and_known_to_them(fakes: Stage) -> None:
    ana = fakes.hire("ana", Role.REVIEWER)
    inside = fakes.app.disputes.talks_inside

    def tried(code: str, **changes: Any) -> None:
        receipt = fakes.accepted(ana, **changes)
        reporter = fakes.app.files.by_code(receipt.code)[1]
        fakes.app.investigating.request_answer(receipt.case, REASONS, ana)
        assert inside.offered(receipt.case, reporter) is None
        with refused(code):
            inside.open(receipt.case, NEUTRAL, SUBJECT, reporter)

    for category in ("threat", "vulgar", "marketing", "identity", "privacy", "fraud"):
        tried("settlement.not_inside", category=category)
    receipt = fakes.report()
    reporter = fakes.app.files.by_code(receipt.code)[1]
    with refused("settlement.case_over"):
        inside.open(receipt.case, NEUTRAL, SUBJECT, reporter)
    fakes.app.investigating.accept(receipt.case, REASONS, ana)
    with refused("settlement.not_asked_yet"):
        inside.open(receipt.case, NEUTRAL, SUBJECT, reporter)
    fakes.app.investigating.request_answer(receipt.case, REASONS, ana)
    kind = inside.offered(receipt.case, reporter)
    assert kind is not None
    assert kind.category == "abuse"
    order = InsideTalk(fakes, **ORDER)
    order.settle()
    fakes.app.reporting.withdraw(order.case, "", order.reporter)
    assert fakes.case(order.case).stage is CaseStage.INVESTIGATING


def test_a_stop_is_for_good_whoever_says_it(fakes: Stage) -> None:
    for n, stopper in enumerate(("ours", "theirs", "before")):
        talk = InsideTalk(fakes, come=stopper != "before", subject_ref=f"post-{n}x")
        chair = talk.ours if stopper == "ours" else talk.theirs
        talk.stories.negotiating.stop(chair)
        if stopper == "before":
            with refused("settlement.here_already"):
                talk.inside.come(talk.theirs, THEIRS)
        for side in (talk.ours, talk.theirs):
            with refused("settlement.stopped"):
                talk.say(side, "再说一句。")
        assert talk.inside.offered(talk.case, talk.reporter) is None
        with refused("settlement.no_again"):
            talk.inside.open(talk.case, NEUTRAL, SUBJECT, talk.reporter)


def test_what_was_agreed_holds_and_nobody_is_asked_for_more(fakes: Stage) -> None:
    talk = InsideTalk(fakes)
    talk.settle()
    again = talk.case, NEUTRAL, SUBJECT, talk.reporter
    with refused("settlement.agreed_already"):
        talk.inside.open(*again)
    talk.stories.negotiating.close(talk.ours)
    assert talk.stories.negotiating.view(talk.ours).ending is TalkEnding.SETTLED
    assert fakes.case(talk.case).stage is CaseStage.INVESTIGATING
    with refused("settlement.agreed_already"):
        talk.inside.open(*again)
    assert talk.inside.offered(talk.case, talk.reporter) is None
    stopped = InsideTalk(fakes, subject_ref="post-77")
    number = stopped.offer(stopped.theirs)
    stopped.stories.negotiating.accept(stopped.ours, number, NEUTRAL)
    stopped.stories.negotiating.stop(stopped.theirs)
    with refused("settlement.no_again"):
        stopped.inside.open(stopped.case, NEUTRAL, SUBJECT, stopped.reporter)


@pytest.mark.parametrize(
    "threat",
    ["你等着瞧，我不会放过你。", "再不道歉，我就曝光你们。", "不赔钱就给你们店天天差评。",
     "不退我就天天来你店门口。", "再这样，别怪我不客气。"],
)  # fmt: skip
def test_a_threat_is_known_by_the_language_of_the_text_and_not_of_the_page(
    fakes: Stage, threat: str
) -> None:
    talk = InsideTalk(fakes)
    story = talk.stories.negotiating
    for page in (Language.CHINESE, Language.ENGLISH):
        found = story.look(talk.ours, threat, page)
        assert [each.kind for each in found] == ["threat"]
        assert ("威胁" in found[0].reason) is (page is Language.CHINESE)
        with pytest.raises(Refused) as said:  # some ask for money, too, and that is said first
            story.say(talk.ours, threat, page.value)
        assert said.value.code in {"settlement.unfriendly", "settlement.forbidden_term"}


def test_nobody_is_pressed_or_paid_and_three_words_unanswered_are_enough(fakes: Stage) -> None:
    talk = InsideTalk(fakes)
    with refused("settlement.forbidden_term"):
        talk.say(talk.theirs, "我给你500元，你撤回举报。")
    with refused("settlement.forbidden_term"):
        talk.say(talk.theirs, "这件事不要对外说。")
    with refused("settlement.unfriendly"):
        talk.say(talk.theirs, "你这种人就是白痴，等着瞧。")
    for side in (talk.ours, talk.theirs):
        with refused("settlement.forbidden_term"):
            talk.offer(side, Offered(OfferKind.REFUND, Side.INVITED, "退款，您撤回举报。", 500))
    for _ in range(3):
        talk.say(talk.theirs, "您好，请看一看我的提议。")
    with refused("settlement.unanswered"):
        talk.say(talk.theirs, "您还在吗？")


def test_what_belongs_to_outside_disputes_is_not_there(fakes: Stage) -> None:
    talk = InsideTalk(fakes)
    talk.say(talk.theirs, "您好。")
    story, door = talk.stories.negotiating, talk.stories.talk_door
    for chair in (talk.ours, talk.theirs):
        with refused("not_found", NotFound):
            door.invite_again(chair)
        with refused("not_found", NotFound):
            door.clear(chair)
        with refused("not_found", NotFound):
            story.keep(chair, 1)
    with refused("not_found", NotFound):
        story.close(talk.theirs)
    with refused("not_found", NotFound):
        talk.inside.come(talk.ours, "我")


def test_once_it_is_decided_nothing_new_is_offered(fakes: Stage) -> None:
    talk = InsideTalk(fakes)
    number = talk.offer(talk.theirs)
    fakes.app.investigating.answer(talk.case, REASONS, talk.li_si)
    fakes.app.deciding.decide(talk.case, violation(), talk.ana)
    with refused("settlement.case_over"):
        talk.say(talk.theirs, "您撤回不撤回？")
    with refused("settlement.case_over"):
        talk.offer(talk.ours)
    talk.stories.negotiating.accept(talk.ours, number, NEUTRAL)
    talk.stories.negotiating.perform(talk.theirs, 1, "已经道歉。")
    assert talk.inside.offered(talk.case, talk.reporter) is None


def test_a_message_is_reported_and_then_staff_read_that_one(fakes: Stage) -> None:
    talk = InsideTalk(fakes)
    talk.say(talk.theirs, "您好，请给我一个机会。")
    talk.say(talk.ours, "我想先等结果。")
    story = talk.stories.negotiating
    receipt = story.report(talk.ours, 1, "这句话让我不舒服。")
    assert fakes.case(receipt.case).respondent == talk.li_si.person
    assert "请给我一个机会" in fakes.app.files.open(receipt.case, talk.ana).snapshot
    back = story.report(talk.theirs, 2, "这句话让我不舒服。")
    assert fakes.case(back.case).respondent is None
    assert story.view(talk.theirs).messages[0].reported is None


# --- a reporter does not give themselves away ---------------------------------------------------


def test_a_reporter_is_kept_from_saying_who_they_are(fakes: Stage) -> None:
    zhang = fakes.account("zhang_san")
    talk = InsideTalk(fakes, zhang, contact="zhang.san@example.org")
    story = talk.stories.negotiating
    number = talk.offer(talk.theirs)
    for name in (
        "我是 zhang_san。",
        "发到 ZHANG.SAN@example.org",
        "z h a n g _ s a n",
        "张三：zhangsan",
    ):
        with refused("settlement.names_you"):
            talk.say(replace(talk.ours, sure=True), name)
    with refused("settlement.names_you"):
        story.accept(talk.ours, number, "zhang_san")
    with refused("settlement.personal_data"):
        talk.say(talk.ours, "请打 13800138000 找我。")
    with refused("settlement.quotes_report"):
        talk.say(talk.ours, "您在评论里这样骂我，请处理。")
    assert talk.say(replace(talk.ours, sure=True), "请打 13800138000 找我。") == 1
    mine = Offered(OfferKind.REPLY, Side.INVITER, "回复到 13800138000。")
    with refused("settlement.personal_data"):
        talk.offer(talk.ours, mine)
    other = fakes.accepted(talk.ana, zhang, subject_ref="post-9")
    fakes.app.investigating.request_answer(other.case, REASONS, talk.ana)
    for name, about in (("zhang_san", SUBJECT), (NEUTRAL, "zhang_san 的事")):
        with refused("settlement.names_you"):
            talk.inside.open(other.case, name, about, zhang, sure=True)
    assert talk.inside.of_case(other.case, zhang) == []


def respondent_sees(talk: InsideTalk) -> str:
    """All that the respondent reads of the case and of the talk, its paper too."""
    view = talk.stories.negotiating.view(talk.theirs)
    papers = [json.dumps(laid_out(view, In(each)), ensure_ascii=False) for each in ("zh", "en")]
    return "\n".join([respondent_reads(talk.stage, talk.case, talk.li_si), *papers])


def talked(stage: Stage, contact: str | None, account: str | None, statement: str) -> InsideTalk:
    """A talk in which everything happened, down to the withdrawal."""
    caller = stage.account(account) if account else NOBODY
    known: dict[str, Any] = {"statement": statement, **({"contact": contact} if contact else {})}
    talk = InsideTalk(stage, caller, **known)
    talk.say(talk.ours, "我们谈谈吧。")
    talk.say(talk.theirs, "好。")
    talk.settle()
    stage.app.reporting.withdraw(talk.case, "", talk.reporter)
    talk.stories.negotiating.close(talk.ours, Withdrawer.COMPLAINANT)
    return talk


@cache
def nothing_known() -> str:
    """What is read where the reporter has neither name nor account."""
    return respondent_sees(talked(stage_on_fakes(), None, None, "他在评论里这样骂我。"))


@given(CONTACTS, ACCOUNTS, STATEMENTS)
@settings(deadline=None, max_examples=12)
def test_invariant_3_a_talk_shows_nothing_of_the_reporter(
    contact: str, account: str, statement: str
) -> None:
    plain = nothing_known()
    names = names_of(contact, account)
    assume(not Identity((statement, *names)).found_in(plain))
    assume(account != "li_si")
    talk = talked(stage_on_fakes(), contact, account, statement)
    read = respondent_sees(talk)
    assert NEUTRAL in read
    identity = identity_of(talk.stage, talk.receipt, statement, names)
    assert identity.found_in(read) == []


# --- the database -------------------------------------------------------------------------------


def test_the_database_keeps_a_stop_about_a_case_too(postgres: Stage) -> None:
    talk = InsideTalk(postgres)
    talk.settle()
    talk.stories.negotiating.stop(talk.ours)
    for kind, constraint in (
        ("settlement.message_sent", "settlement_quiet_after_stop"),
        ("settlement.agreed", "settlement_agreed_once"),
    ):
        with database_refuses(constraint):
            slip_in(talk.id, kind, "respondent", talk.li_si.person)


@pytest.mark.parametrize("name", ["", "\u3000", "\ud800", "a" * 5000])
def test_odd_names_open_nothing(fakes: Stage, name: str) -> None:
    talk = InsideTalk(fakes, come=False)
    with pytest.raises(BadInput):
        talk.inside.come(talk.theirs, name)
    assert talk.theirs.now.stage is TalkStage.WAITING
