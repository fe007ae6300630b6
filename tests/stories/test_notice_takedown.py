"""Notice, counter-notice, silence, restoration (B8), over holidays and with what may go wrong."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.stories.files_of import sent
from tests.stories.rights import (
    COUNTER,
    HOLDER,
    HOLDERS_ID,
    HOLDERS_MAIL,
    NOTICE,
    SELLER,
    SELLERS_ID,
    SELLERS_MAIL,
    Rights,
    china,
)
from tests.stories.stage import Stage, refused, stage_on_postgres

from gongdao.domain.counter_notices.events import Because, Mark, Paper, Proceeding, Via
from gongdao.domain.counter_notices.model import Stage as Where
from gongdao.domain.flows.rights_register import RightsRegister
from gongdao.domain.kernel.errors import MovedOn, NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.policy.counter_notices import MeasureKind


def test_silence_restores_everything_after_the_last_second_of_day_15(stage: Stage) -> None:
    stage.clock.go_to(china(9, 29, 10))
    matter = Rights(stage).give().accept()
    assert (matter.now.stage, matter.now.measure) == (Where.IN_FORCE, MeasureKind.HIDE)
    matter.counter()
    assert matter.at(Where.COUNTERED)  # sent: the period has not begun
    stage.tick(hours=20)
    assert matter.takedown.clock.of(matter.now) is None

    stage.clock.go_to(china(9, 30, 15))
    matter.deliver()
    assert matter.at(Where.WAITING)
    assert matter.now.counter is not None
    assert (matter.now.counter.via, matter.now.counter.delivered_at) == (Via.MAIL, stage.clock())
    assert matter.clock.due_at == china(10, 15, 23, 59, 59)
    assert not matter.clock.provisional

    stage.clock.go_to(china(10, 12, 9))
    stage.app.passing.tick()
    stage.clock.go_to(china(10, 15, 23, 59, 59))
    stage.app.passing.tick()
    assert matter.now.holds

    stage.clock.go_to(china(10, 16))
    stage.app.passing.tick()
    stage.app.passing.tick()
    assert (matter.now.stage, matter.now.because) == (Where.RESTORED, Because.SILENCE)
    assert matter.letters() == [
        "received", "measure", "forwarded", "counter_forwarded", "counter_received",
        "reminder", "restored_respondent", "restored_notifier",
    ]  # fmt: skip
    (line,) = RightsRegister(stage.records).page()
    assert (line.outcome, line.because) == ("restored", "silence")
    with refused("rights_notice.no_period"):
        matter.prove()


def test_a_suit_shown_in_the_last_second_keeps_the_measure(stage: Stage) -> None:
    stage.clock.go_to(china(9, 30, 15))
    matter = Rights(stage).waiting()
    stage.clock.go_to(china(10, 15, 23, 59, 59))
    matter.prove()
    assert matter.at(Where.STAYS)
    stage.tick(days=40)
    assert matter.now.holds

    ana = stage.hire("bo", Role.REVIEWER)
    matter.desk.doubt(matter.id, "只是一份草稿，没有法院印章。", ana)
    assert matter.at(Where.WAITING)
    assert matter.clock.due_at > stage.clock()
    stage.tick(days=3)
    assert matter.now.because is Because.SILENCE


def test_a_suit_shown_a_second_later_is_too_late(fakes: Stage) -> None:
    fakes.clock.go_to(china(9, 30, 15))
    matter = Rights(fakes).waiting()
    fakes.clock.go_to(china(10, 16))  # no worker has looked yet
    with refused("rights_notice.period_over"):
        matter.prove()
    assert fakes.app.passing.tick() > 0
    assert matter.at(Where.RESTORED)


def test_a_notary_over_spring_festival_takes_20_working_days_at_the_most(fakes: Stage) -> None:
    fakes.clock.now = china(2, 2, 10)
    matter = Rights(fakes).waiting()
    fakes.clock.go_to(china(2, 9, 11))  # day 7
    matter.pause()
    with refused("rights_notice.no_period"):
        matter.pause()
    # Worked: 9–14 February (Saturday included), 24–28 (Saturday included), 2–6 and 9–12 March.
    fakes.clock.go_to(china(3, 12, 23, 59))
    fakes.app.passing.tick()
    assert matter.at(Where.PAUSED)
    fakes.clock.go_to(china(3, 13))
    fakes.app.passing.tick()
    assert matter.at(Where.WAITING)
    assert "runs_on" in matter.letters()
    # Six days were counted before the pause (3–8 February), nine are left: 13–21 March, and the
    # 21st is a Saturday, so that the next working day ends it.
    assert matter.clock.due_at == china(3, 23, 23, 59, 59)
    with refused("deadline.cap_used"):
        matter.pause()
    fakes.clock.go_to(china(3, 24))
    fakes.app.passing.tick()
    assert matter.now.because is Because.SILENCE


def test_two_pauses_share_one_cap_and_the_first_may_be_ended_early(fakes: Stage) -> None:
    fakes.clock.go_to(china(9, 1, 10))
    matter = Rights(fakes).waiting()
    assert matter.clock.due_at == china(9, 16, 23, 59, 59)
    fakes.clock.go_to(china(9, 3, 9))
    matter.pause()
    fakes.clock.go_to(china(9, 9, 9))
    matter.takedown.resume(matter.id, matter.holder)
    with refused("rights_notice.not_paused"):
        matter.takedown.resume(matter.id, matter.holder)
    assert matter.clock.due_at == china(9, 23, 23, 59, 59)
    matter.pause()
    lapses = matter.clock.halts[-1].lapses_at
    # 3, 4, 7 and 8 were used, the 9th counts with either: sixteen remain from then on, over
    # National Day, with the working Sunday of the 20th.
    assert lapses == china(10, 1)
    matter.prove()
    assert matter.at(Where.STAYS)


def test_another_right_has_the_reasonable_period_of_the_pack(fakes: Stage) -> None:
    fakes.clock.go_to(china(9, 30, 15))
    matter = Rights(fakes).give(
        right="portrait", proofs={"identification": "照片是我本人，原图见文件。"}
    )
    matter.accept(MeasureKind.LABEL)
    matter.counter(proofs={"consent": "活动报名时签过授权书。"}).deliver()
    assert matter.clock.due_at == china(10, 20, 23, 59, 59)  # ten working days, 10 October worked


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"name": " "}, "identity.name"),
        ({"number": ""}, "identity.number"),
        ({"contact": ""}, "identity.contact"),
        ({"files": ()}, "files"),
        ({"items": (" ",)}, "items"),
        ({"proofs": {"comparison": "相同。"}}, "title_of_right"),
        ({"bona_fide": False}, "bona_fide"),
        ({"statement": ""}, "statement"),
    ],
)
def test_without_evidence_or_identity_nothing_is_kept_and_nothing_taken_down(
    fakes: Stage, change: dict[str, object], missing: str
) -> None:
    with refused("rights_notice.incomplete", missing=missing):
        Rights(fakes).give(**change)
    assert RightsRegister(fakes.records).page() == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"right": "a_pony"}, "rights_notice.unknown_right"),
        ({"number": "110105194912310021"}, "rights_notice.bad_number"),
        ({"contact": "not an address"}, "rights_notice.bad_contact"),
        ({"statement": "短"}, "rights_notice.length"),
        ({"statement": "长" * 3001}, "rights_notice.length"),
        ({"items": tuple(f"https://app.example/{n}" for n in range(51))}, "rights_notice.too_many"),
        (
            {"proofs": {**NOTICE.proofs, "a_pony": "有"}},
            "rights_notice.unknown_proof",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(
    fakes: Stage, change: dict[str, object], code: str
) -> None:
    with refused(code):
        Rights(fakes).give(**change)


def test_staff_ask_for_more_and_judge_once(stage: Stage) -> None:
    matter = Rights(stage).give(account="")
    ana = stage.hire("ana", Role.REVIEWER)
    matter.desk.ask_more(matter.id, ["title_of_right"], "登记证书看不清号码。", ana)
    assert matter.at(Where.ASKED)
    matter.takedown.supplement(
        matter.id, "重新扫描的登记证书。", (sent(stage, name="新.png"),), matter.holder
    )
    assert (matter.now.stage, len(matter.now.files)) == (Where.GIVEN, 2)
    with refused("rights_notice.nobody_to_tell"):
        matter.desk.accept(matter.id, MeasureKind.HIDE, "材料齐全。", ana)
    with refused("rights_notice.measure_does_not_fit"):
        matter.desk.accept(matter.id, MeasureKind.LABEL, "材料齐全。", ana, account="lu_shop")
    assert matter.at(Where.GIVEN)
    with refused("rights_notice.all_withheld"):
        matter.desk.accept(
            matter.id, MeasureKind.HIDE, "材料齐全。", ana, account="lu_shop", withheld=[1, 2]
        )
    matter.desk.accept(
        matter.id, MeasureKind.HIDE, "材料齐全。", ana, account="lu_shop", withheld=[2]
    )
    with refused("rights_notice.judged_already"):
        matter.desk.reject(matter.id, "后来觉得不够。", ana)
    assert [f.number for f in matter.sees(matter.seller).notice.files] == [1]
    assert [f.number for f in matter.sees(matter.holder).notice.files] == [1, 2]


def test_each_side_reads_who_the_other_is_and_no_more_than_the_law_asks(stage: Stage) -> None:
    matter = Rights(stage).give()
    with refused("not_found", NotFound):
        matter.sees(matter.seller)  # nobody has judged it: it is not theirs to see
    matter.accept().counter().deliver()
    theirs = repr(matter.sees(matter.seller).notice) + _letter(matter, "measure")
    assert HOLDER in theirs
    for hidden in (HOLDERS_ID, HOLDERS_MAIL, "13812345678"):
        assert hidden not in theirs
    told = repr(matter.sees(matter.holder).counter) + _letter(matter, "counter_forwarded")
    assert SELLER in told
    for hidden in (SELLERS_ID, SELLERS_MAIL, "me@seller.example"):
        assert hidden not in told
    staff = matter.sees(stage.hire("bo", Role.REVIEWER))
    assert staff.notice.number == HOLDERS_ID
    auditor = repr(matter.sees(stage.hire("cy", Role.AUDITOR)).notice)
    assert HOLDER not in auditor
    with refused("not_found", NotFound):
        matter.sees(stage.account("somebody_else"))


def test_opening_the_page_delivers_too_and_only_for_whom_it_is(stage: Stage) -> None:
    stage.clock.go_to(china(9, 1, 10))
    matter = Rights(stage).give().accept()
    assert matter.now.delivered_at is None
    matter.sees(matter.seller)
    assert matter.now.delivered_at == stage.clock()
    matter.counter()
    matter.sees(matter.seller)
    assert matter.at(Where.COUNTERED)
    stage.clock.pass_(hours=30)
    matter.sees(matter.holder)
    assert matter.at(Where.WAITING)
    assert matter.clock.starts_at == stage.clock()


def test_staff_note_what_was_handed_over_otherwise(stage: Stage) -> None:
    matter = Rights(stage).give().accept().counter()
    ana = stage.hire("bo", Role.REVIEWER)
    matter.desk.handed_over(matter.id, ana)
    assert matter.at(Where.WAITING)
    with refused("rights_notice.nothing_under_way"):
        matter.desk.handed_over(matter.id, ana)


def test_who_withdraws_has_everything_undone(stage: Stage) -> None:
    matter = Rights(stage).waiting()
    matter.takedown.withdraw(matter.id, matter.holder)
    assert (matter.now.stage, matter.now.because) == (Where.WITHDRAWN, Because.WITHDRAWN)
    assert matter.takedown.clock.of(matter.now) is None
    with refused("rights_notice.over"):
        matter.takedown.withdraw(matter.id, matter.holder)


def test_a_person_marks_what_was_knowingly_false_and_says_why(fakes: Stage) -> None:
    matter = Rights(fakes).waiting()
    ana = fakes.hire("bo", Role.SENIOR_REVIEWER)
    with refused("rights_notice.length"):
        matter.desk.mark(matter.id, Paper.NOTICE, Mark.MALICIOUS, "", ana)
    matter.desk.mark(matter.id, Paper.NOTICE, Mark.MALICIOUS, "登记证书系伪造，已核对。", ana)
    matter.desk.restore(matter.id, "登记证书系伪造，措施解除。", ana)
    (line,) = RightsRegister(fakes.records).page()
    assert (line.notice_found, line.outcome, line.because) == ("malicious", "restored", "reviewer")
    assert matter.letters()[-3:] == ["marked", "restored_respondent", "restored_notifier"]


def test_nobody_handles_their_own_matter(fakes: Stage) -> None:
    ana = fakes.hire("ana", Role.REVIEWER)
    matter = Rights(fakes)
    matter.receipt = matter.takedown.give(replace(NOTICE, files=(sent(fakes),)), ana)
    with refused("access.own_case"):
        matter.desk.accept(matter.id, MeasureKind.HIDE, "材料齐全。", ana)
    with refused("not_found", NotFound):
        matter.desk.accept(matter.id, MeasureKind.HIDE, "材料齐全。", matter.seller)


def test_no_second_counter_notice_and_none_by_others(stage: Stage) -> None:
    matter = Rights(stage).give().accept()
    with refused("not_found", NotFound):
        matter.takedown.counter(matter.id, COUNTER, matter.holder)
    with refused("rights_notice.incomplete"):
        matter.counter(files=())
    matter.counter()
    with refused("rights_notice.countered_already"):
        matter.counter()


def test_a_proof_needs_its_document(fakes: Stage) -> None:
    matter = Rights(fakes).waiting()
    with refused("rights_notice.no_document"):
        matter.takedown.show_proof(matter.id, Proceeding.SUIT, "已经起诉了。", (), matter.holder)
    assert matter.at(Where.WAITING)


def test_two_workers_restore_once(postgres: Stage) -> None:
    postgres.clock.go_to(china(9, 30, 15))
    matter = Rights(postgres).waiting()
    postgres.clock.go_to(china(10, 16))
    stale = postgres.records.rights_notices.get(matter.id)
    postgres.app.passing.tick()
    other = stage_on_postgres(china(10, 16) + timedelta(seconds=1))
    other.app.passing.tick()
    with refused("stream.moved_on", MovedOn), postgres.records.work():
        matter.takedown._silence(stale)
    assert [r.event.kind for r in postgres.records.rights_notices.history(matter.id)].count(
        "rights_notice.restored"
    ) == 1


def _letter(matter: Rights, template: str) -> str:
    r = matter.stage.records
    found = [n for n in r.notices.of_case(CaseId(matter.id)) if n.template.endswith(template)]
    assert found
    return "".join(r.opened(found[-1].letter(language).body) for language in ("zh", "en"))
