"""Looking at who a reporter is: few may, all of them say why, and none of it is secret."""

from tests.stories.reporters_names import respondent_reads
from tests.stories.stage import Stage, refused, violation

from gongdao.domain.flows.reporting import Receipt
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.people import Identity
from gongdao.domain.notices.model import Reader

GROUND = "danger_to_life"
REASON = "举报人说被举报人今晚要来找他，需要马上联系到他本人。"
MAIL = "zhang@example.org"


def reported(stage: Stage) -> Receipt:
    """A report by somebody who left a contact."""
    return stage.report(stage.account("zhang_san"), contact=MAIL)


def test_a_senior_reviewer_says_why_and_sees_it_once(stage: Stage) -> None:
    senior, ou = stage.hire("sue", Role.SENIOR_REVIEWER), stage.hire("ou", Role.AUDITOR)
    receipt = reported(stage)
    shown = stage.app.unmask.show(receipt.case, 1, GROUND, f" {REASON} ", senior)
    assert shown == Identity("zhang_san", MAIL, None)

    (line,) = stage.app.unmask.listed(ou)
    assert (line.case, line.reporter, line.by) == (receipt.case, 1, "sue")
    assert (line.role, line.ground, line.reason) == ("senior_reviewer", GROUND, REASON)
    assert MAIL not in str(line)
    assert "zhang_san" not in str(line)
    assert senior.person in stage.case(receipt.case).took_part


def test_the_reporter_is_told_at_once_with_the_kind_of_reason(stage: Stage) -> None:
    operator = stage.hire("op", Role.OPERATOR)
    receipt = reported(stage)
    stage.app.unmask.show(receipt.case, 1, GROUND, REASON, operator)
    assert stage.told(receipt.case, Reader.REPORTER)[-1] == "identity_shown"
    letter = stage.last_letter(receipt.case, "identity_shown")
    assert "有人的生命或人身安全可能有危险" in letter
    assert REASON not in letter
    assert "op" not in letter.replace("http", "").split("/track/", maxsplit=1)[0]


def test_nobody_else_finds_the_door(stage: Stage) -> None:
    receipt = reported(stage)
    li_si, reporter = stage.account("li_si"), stage.account("zhang_san")
    others = [stage.hire(f"x{n}", role) for n, role in enumerate((Role.REVIEWER, Role.AUDITOR))]
    for caller in (li_si, reporter, stage.account("a stranger"), *others):
        with refused("not_found", NotFound):
            stage.app.unmask.show(receipt.case, 1, GROUND, REASON, caller)
    senior = stage.hire("sue", Role.SENIOR_REVIEWER)
    for number in (0, 2):
        with refused("not_found", NotFound):
            stage.app.unmask.show(receipt.case, number, GROUND, REASON, senior)
    for caller in (senior, stage.hire("op", Role.OPERATOR), li_si):
        with refused("not_found", NotFound):
            stage.app.unmask.listed(caller)
    assert stage.app.unmask.listed(stage.hire("ou", Role.AUDITOR)) == []


def test_a_thin_reason_opens_nothing(stage: Stage) -> None:
    senior, show = stage.hire("sue", Role.SENIOR_REVIEWER), stage.app.unmask.show
    receipt = reported(stage)
    policy = stage.records.contact(stage.case(receipt.case).pack).unmasking
    with refused("unmask.unknown_ground"):
        show(receipt.case, 1, "curiosity", REASON, senior)
    with refused("unmask.reason_too_short", least=policy.reason_min):
        show(receipt.case, 1, GROUND, "想看看", senior)
    with refused("unmask.reason_too_long", most=policy.reason_max):
        show(receipt.case, 1, GROUND, "长" * (policy.reason_max + 1), senior)
    assert stage.app.unmask.listed(stage.hire("ou", Role.AUDITOR)) == []


def test_so_many_a_day_and_no_more(stage: Stage) -> None:
    senior, show = stage.hire("sue", Role.SENIOR_REVIEWER), stage.app.unmask.show
    receipt = reported(stage)
    policy = stage.records.contact(stage.case(receipt.case).pack).unmasking
    for _ in range(policy.per_day):
        show(receipt.case, 1, GROUND, REASON, senior)
        stage.clock.pass_(minutes=1)
    with refused("unmask.too_many", most=policy.per_day):
        show(receipt.case, 1, GROUND, REASON, senior)
    show(receipt.case, 1, GROUND, REASON, stage.hire("op", Role.OPERATOR))
    stage.clock.pass_(hours=24)
    show(receipt.case, 1, GROUND, REASON, senior)
    ou = stage.hire("ou", Role.AUDITOR)
    lines = stage.app.unmask.listed(ou, limit=4)
    rest = stage.app.unmask.listed(ou, before=lines[-1].id)
    assert len(lines) + len(rest) == policy.per_day + 2
    assert [each.at for each in (*lines, *rest)] == sorted(
        (each.at for each in (*lines, *rest)), reverse=True
    )


def test_the_respondent_sees_none_of_it(stage: Stage) -> None:
    ana, senior = stage.hire("ana", Role.REVIEWER), stage.hire("sue", Role.SENIOR_REVIEWER)
    receipt = reported(stage)
    stage.app.investigating.accept(receipt.case, "内容清楚，予以受理并调查。", ana)
    stage.app.investigating.request_answer(receipt.case, "请您说明当时的情况。", ana)
    li_si = stage.account("li_si")
    before = respondent_reads(stage, receipt.case, li_si)
    stage.clock.pass_(minutes=5)
    stage.app.unmask.show(receipt.case, 1, GROUND, REASON, senior)
    assert respondent_reads(stage, receipt.case, li_si) == before


def test_whoever_hears_the_appeal_does_not_look(stage: Stage) -> None:
    ana, senior = stage.hire("ana", Role.REVIEWER), stage.hire("sue", Role.SENIOR_REVIEWER)
    decision = stage.decided(ana, violation())
    assert stage.reviewer_of(stage.appealed(decision), ana, senior) == senior
    with refused("access.hears_appeal"):
        stage.app.unmask.show(stage.decision(decision).case, 1, GROUND, REASON, senior)
