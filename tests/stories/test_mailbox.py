"""A reporter and a reviewer write to each other; neither learns who the other is."""

from datetime import timedelta

from tests.stories.reporters_names import respondent_reads, words
from tests.stories.stage import Stage, refused, violation

from gongdao.domain.access.model import Caller
from gongdao.domain.flows.mailing import MailboxView
from gongdao.domain.flows.reporting import Receipt
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.notices.model import Reader

QUESTION = "请问这条评论是哪一天发的？"
REPLY = "是十一月二日晚上九点左右。"
MAIL = "zhang@example.org"


def holder(stage: Stage, receipt: Receipt) -> Caller:
    """Whoever holds the receipt."""
    return stage.app.files.by_code(receipt.code)[1]


def box(stage: Stage, receipt: Receipt, caller: Caller) -> MailboxView:
    """The one mailbox of a case, as somebody opens it."""
    (found,) = stage.app.mailing.open(receipt.case, caller)
    return found


def test_question_and_answer(stage: Stage) -> None:
    ana, mailing = stage.hire("ana", Role.REVIEWER), stage.app.mailing
    receipt = stage.accepted(ana, contact=MAIL)
    reporter = holder(stage, receipt)

    assert mailing.open(receipt.case, ana) == []
    assert box(stage, receipt, reporter).messages == ()
    mailing.write(receipt.case, f"  {QUESTION} ", ana)
    assert mailing.unread(receipt.case, reporter) == 1
    seen = box(stage, receipt, reporter)
    assert [(m.side, m.text, m.new) for m in seen.messages] == [("staff", QUESTION, True)]
    assert mailing.unread(receipt.case, reporter) == 0
    assert not box(stage, receipt, reporter).messages[0].new

    stage.clock.pass_(hours=1)
    mailing.write(receipt.case, REPLY, reporter)
    assert [(w.case, w.unread) for w in mailing.waiting(ana)] == [(receipt.case, 1)]
    answered = box(stage, receipt, ana)
    assert (answered.reporter, answered.unread) == (1, 1)
    assert [m.text for m in answered.messages] == [QUESTION, REPLY]
    assert answered.messages[0].read_at is not None
    assert mailing.waiting(ana) == []


def test_the_mail_says_that_there_is_a_message_and_not_which(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana, contact=MAIL)
    for _ in range(2):
        stage.app.mailing.write(receipt.case, QUESTION, ana)
    told = stage.told(receipt.case, Reader.REPORTER)
    assert told.count("message_to_reporter") == 1, "one mail until it is read"
    for language in ("zh", "en"):
        letter = stage.last_letter(receipt.case, "message_to_reporter", language)
        assert QUESTION not in letter
        assert f"/track/{receipt.code}/messages/" in letter
    box(stage, receipt, holder(stage, receipt))
    stage.app.mailing.write(receipt.case, QUESTION, ana)
    assert stage.told(receipt.case).count("message_to_reporter") == 2


def test_neither_side_learns_who_the_other_is(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana, contact=MAIL)
    reporter = holder(stage, receipt)
    stage.app.mailing.write(receipt.case, QUESTION, ana)
    stage.app.mailing.write(receipt.case, f"请写信到 {MAIL}，我是 zhang。", reporter)
    to_reporter = " ".join(words(box(stage, receipt, reporter)))
    to_staff = " ".join(words(box(stage, receipt, ana)))
    assert str(ana.person) not in to_reporter
    assert "ana" not in to_reporter
    assert str(reporter.person) not in to_staff
    assert "zhang" not in to_staff
    assert "▇▇" in to_staff


def test_the_respondent_and_strangers_find_nothing(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana, contact=MAIL)
    stage.app.investigating.request_answer(receipt.case, "请您说明当时的情况。", ana)
    li_si = stage.account("li_si")
    before = respondent_reads(stage, receipt.case, li_si)
    stage.clock.pass_(minutes=5)
    stage.app.mailing.write(receipt.case, QUESTION, ana)
    stage.app.mailing.write(receipt.case, REPLY, holder(stage, receipt))
    box(stage, receipt, ana)
    assert respondent_reads(stage, receipt.case, li_si) == before
    other = holder(stage, stage.report(subject_ref="post-82"))
    for stranger in (li_si, stage.account("a stranger"), other):
        with refused("not_found", NotFound):
            stage.app.mailing.open(receipt.case, stranger)
        with refused("not_found", NotFound):
            stage.app.mailing.write(receipt.case, REPLY, stranger)
    for looks_on in (Role.AUDITOR, Role.OPERATOR):
        with refused("not_found", NotFound):
            stage.app.mailing.write(receipt.case, REPLY, stage.hire(looks_on.value, looks_on))


def test_whoever_only_looks_on_leaves_no_mark(stage: Stage) -> None:
    receipt = stage.report()
    stage.app.mailing.write(receipt.case, REPLY, holder(stage, receipt))
    auditor = stage.hire("ou", Role.AUDITOR)
    assert box(stage, receipt, auditor).unread == 1
    assert box(stage, receipt, auditor).unread == 1


def test_limits_are_the_packs(stage: Stage) -> None:
    receipt = stage.report()
    reporter, mailing = holder(stage, receipt), stage.app.mailing
    policy = stage.records.contact(stage.case(receipt.case).pack).mailbox
    with refused("mail.empty"):
        mailing.write(receipt.case, " \n ", reporter)
    with refused("mail.too_long", most=policy.text_max):
        mailing.write(receipt.case, "长" * (policy.text_max + 1), reporter)
    for _ in range(policy.reporter_per_day):
        mailing.write(receipt.case, REPLY, reporter)
    assert box(stage, receipt, reporter).left_today == 0
    with refused("mail.too_many", most=policy.reporter_per_day):
        mailing.write(receipt.case, REPLY, reporter)
    stage.clock.pass_(hours=24)
    mailing.write(receipt.case, REPLY, reporter)
    assert box(stage, receipt, reporter).messages[0].sent_at + timedelta(hours=24) == stage.clock()


def test_each_reporter_of_a_case_has_a_mailbox_of_their_own(stage: Stage) -> None:
    ana, mailing = stage.hire("ana", Role.REVIEWER), stage.app.mailing
    first, second = (stage.report(subject_ref="post-81") for _ in range(2))
    assert first.case == second.case
    mailing.write(first.case, QUESTION, ana, 2)
    assert mailing.unread(first.case, holder(stage, first)) == 0
    assert mailing.unread(first.case, holder(stage, second)) == 1
    assert box(stage, first, holder(stage, first)).messages == ()
    assert [found.reporter for found in mailing.open(first.case, ana)] == [2]
    for number in (0, 3):
        with refused("not_found", NotFound):
            mailing.write(first.case, QUESTION, ana, number)


def test_whoever_wrote_to_the_reporter_took_part(stage: Stage) -> None:
    ana, bo, cy = (stage.hire(name, Role.REVIEWER) for name in ("ana", "bo", "cy"))
    decision = stage.decided(ana, violation())
    case = stage.decision(decision).case
    stage.app.mailing.write(case, QUESTION, bo)
    assert bo.person in stage.case(case).took_part
    appeal = stage.appealed(decision)
    assert stage.reviewer_of(appeal, ana, bo, cy) == cy
    with refused("access.hears_appeal"):
        stage.app.mailing.write(case, QUESTION, cy)
