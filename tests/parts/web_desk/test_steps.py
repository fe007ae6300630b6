"""Each step of the desk: done, refused with the words kept, and never by somebody who may not."""

import pytest
from django.test import Client
from tests.parts.web_desk.at_the_desk import VIOLATION, WHY, look, page, staff, take
from tests.parts.web_desk.conftest import SignIn
from tests.stories.stage import Stage, violation

from gongdao.storage.models import Account, CaseRow

MASK = "zhang.san@example.org"


def stands(case: str) -> tuple[str, str, str | None]:
    row = CaseRow.objects.get(id=case)
    return row.stage, row.answer, row.outcome


class TestHappy:
    def test_a_report_is_taken_up(self, stage: Stage, ana: Client) -> None:
        case = stage.report().case
        shown = page(ana, f"/desk/{case}/")
        assert "The report is clear and falls under our rules" in shown
        take(ana, case, "accept", reasons="内容清楚，予以受理并调查。")
        assert stands(case)[0] == "investigating"
        assert "The report is taken up." in page(ana, f"/desk/{case}/")

    def test_a_report_is_declined_after_a_look(self, stage: Stage, ana: Client) -> None:
        case = stage.report().case
        said = {"ground": "insufficient_information", "findings": WHY, "reasons": WHY}
        shown, sure = look(ana, case, "decline", **said)
        assert "No measure is taken" in shown
        assert stands(case)[0] == "received"
        take(ana, case, "decline", **sure)
        assert stands(case) == ("decided", "not_asked", "not_accepted")

    def test_a_question_a_note_and_the_clock(self, stage: Stage, ana: Client) -> None:
        case = stage.accepted(staff("ana")).case
        take(ana, case, "note", reasons="已经看过这条评论的上下文。")
        take(ana, case, "request_answer", reasons="请说明您为什么在评论里这样说。")
        shown = page(ana, f"/desk/{case}/")
        assert stands(case)[1] == "asked"
        assert "You can decide as soon as the answer is here" in shown
        assert 'id="step-decide"' not in shown
        assert 'id="step-resume"' not in shown
        take(ana, case, "pause", reason="notarisation")
        shown = page(ana, f"/desk/{case}/")
        assert 'id="step-resume"' in shown
        take(ana, case, "resume", reason="notarisation")
        assert 'id="step-resume"' not in page(ana, f"/desk/{case}/")

    def test_a_case_is_decided_after_a_look_at_the_letter(self, stage: Stage, ana: Client) -> None:
        case = stage.accepted(staff("ana")).case
        shown, sure = look(ana, case, "decide", **VIOLATION)
        assert "li_si: Warning · This item" in shown
        assert "Draft, not sent" in shown
        assert "Civil Code, article 1024" in shown
        assert stands(case)[0] == "investigating"
        take(ana, case, "decide", **sure)
        assert stands(case) == ("decided", "not_asked", "violation")
        shown = page(ana, f"/desk/{case}/")
        assert "everybody concerned is told" in shown
        assert "decided by: You" in shown
        assert "Insulting a person × 1" in shown

    def test_no_violation_ignores_a_measure_that_is_folded_away(
        self, stage: Stage, ana: Client
    ) -> None:
        case = stage.accepted(staff("ana")).case
        said = {**VIOLATION, "outcome": "no_violation", "penalty": "closure", "departure": "x"}
        shown, sure = look(ana, case, "decide", **said)
        assert "No measure is taken" in shown
        take(ana, case, "decide", **sure)
        assert stands(case)[2] == "no_violation"

    def test_another_measure_with_reasons(self, stage: Stage, ana: Client) -> None:
        case = stage.accepted(staff("ana")).case
        other = {
            "penalty": "suspension",
            "scope": "account",
            "amount": "7",
            "unit": "d",
            "departure": "他在一天之内重复了二十次。",
        }
        shown, sure = look(ana, case, "decide", **VIOLATION, **other)
        assert "Suspension · The whole account · 7 days" in shown
        take(ana, case, "decide", **sure)
        assert stage.measures(case) == [("suspension", "in_force")]

    @pytest.mark.parametrize(
        ("ending", "outcome", "said"),
        [
            ("uphold", "upheld", "The decision stands as it is."),
            ("change", "changed", "In its place: Warning · This item"),
            ("overturn", "overturned", "Lifted: Restriction · Posting · 3 days."),
        ],
    )
    def test_an_appeal_is_heard_by_whom_it_was_given_to(
        self, stage: Stage, sign_in: SignIn, ending: str, outcome: str, said: str
    ) -> None:
        stage.decided(staff("ana"))
        decision = stage.decided(staff("ana"))
        appeal = stage.records.appeals.get(stage.appealed(decision)).now
        case = appeal.case
        names = {staff(name).person: name for name in ("ana", "bo", "cy")}
        hears = names[appeal.reviewer]
        assert hears != "ana"
        desk = sign_in(hears)
        shown = page(desk, f"/desk/{case}/?queue=appeals")
        assert "You hear the appeal." in shown
        assert "Restriction · Posting · 3 days" in shown
        measure = {"penalty": "warning", "scope": "content"} if ending == "change" else {}
        text, sure = look(desk, case, "hear_appeal", ending=ending, reasons=WHY, **measure)
        assert said in text
        take(desk, case, "hear_appeal", **sure)
        assert stands(case)[2] == outcome
        assert ("with a new letter" in text) == ("Draft, not sent" in text) == (ending == "change")
        assert f"{hears} hears" not in page(sign_in("ana"), f"/desk/{case}/")


class TestRefused:
    def test_what_is_missing_is_said_and_what_was_written_is_kept(
        self, stage: Stage, ana: Client
    ) -> None:
        case = stage.accepted(staff("ana")).case
        shown = take(ana, case, "decide", 400, findings=WHY, clause="abuse.insult")
        assert "error-summary" in shown
        assert 'href="#decide_reasons"' in shown
        assert WHY in shown

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"findings": "太短"}, "reasons.too_short"),
            ({"penalty": "closure", "scope": "account"}, "decision.ladder_skipped"),
            (
                {"penalty": "suspension", "scope": "account", "departure": WHY},
                "decision.needs_a_duration",
            ),
        ],
    )
    def test_a_refusal_says_its_code_and_keeps_the_words(
        self, stage: Stage, ana: Client, changed: dict[str, str], code: str
    ) -> None:
        case = stage.accepted(staff("ana")).case
        shown = take(ana, case, "decide", 409, **{**VIOLATION, **changed})
        assert code in shown
        assert WHY in shown
        assert stands(case)[0] == "investigating"

    def test_a_refusal_speaks_in_words_and_not_in_codes(self, stage: Stage, ana: Client) -> None:
        case = stage.accepted(staff("ana")).case
        closure = {"penalty": "closure", "scope": "account"}
        shown = take(ana, case, "decide", 409, **VIOLATION, **closure)
        assert "The ladder says warning. Give your reasons" in shown
        chinese = Client(headers={"accept-language": "zh-hans"})
        chinese.force_login(Account.objects.get(name="ana"))
        assert "警告" in take(chinese, case, "decide", 409, **VIOLATION, **closure)

    def test_naming_the_reporter_is_refused(self, stage: Stage, ana: Client) -> None:
        case = stage.accepted(staff("ana"), contact=MASK).case
        said = {**VIOLATION, "reasons": f"举报人 {MASK} 说得很清楚。"}
        shown = take(ana, case, "decide", 409, **said)
        assert "What you wrote is still here." in shown
        assert MASK in shown
        take(ana, case, "request_answer", 409, reasons=f"举报人 {MASK} 说的是真的吗？")
        assert stands(case)[1] == "not_asked"

    def test_a_step_that_is_no_longer_open_gives_the_words_back(
        self, stage: Stage, ana: Client
    ) -> None:
        case = stage.report().case
        take(ana, case, "accept", reasons="内容清楚，予以受理并调查。")
        shown = take(ana, case, "accept", 409, reasons="第二次点击时写的另外一段话。")
        assert "The step is no longer open." in shown
        assert "第二次点击时写的另外一段话。" in shown

    def test_who_decided_does_not_decide_again(self, stage: Stage, ana: Client) -> None:
        zhang = stage.account("zhang_san")
        receipt = stage.accepted(staff("ana"), zhang)
        from_ana = {**VIOLATION, "outcome": "no_violation"}
        _, sure = look(ana, receipt.case, "decide", **from_ana)
        take(ana, receipt.case, "decide", **sure)
        decision = stage.case(receipt.case).decision
        assert decision is not None
        appeal = stage.records.appeals.get(stage.appealed(decision, zhang)).now
        hears = next(n for n in ("bo", "cy") if staff(n).person == appeal.reviewer)
        stage.app.reviewing.overturn(appeal.id, WHY, staff(hears))
        assert "You took part in the first decision." in page(ana, f"/desk/{receipt.case}/")
        shown = take(ana, receipt.case, "decide", 409, **VIOLATION)
        assert WHY in shown

    def test_a_ladder_that_moved_is_looked_at_again(self, stage: Stage, ana: Client) -> None:
        case = stage.accepted(staff("ana")).case
        _, sure = look(ana, case, "decide", **VIOLATION)
        stage.decided(staff("bo"))
        shown = take(ana, case, "decide", 409, **sure)
        assert "decision.ladder_moved" in shown
        shown, sure = look(ana, case, "decide", **VIOLATION)
        assert "It counts as violation no. 2" in shown
        take(ana, case, "decide", **sure)

    def test_an_appeal_is_not_heard_by_somebody_else(self, stage: Stage, ana: Client) -> None:
        decision = stage.decided(staff("ana"))
        stage.appealed(decision)
        case = stage.decision(decision).case
        assert "Nothing: the appeal lies with somebody else." in page(ana, f"/desk/{case}/")
        shown = take(ana, case, "hear_appeal", 400, ending="overturn", reasons=WHY, sure="yes")
        assert "appeal.not_here" in shown

    def test_a_change_needs_a_measure(self, stage: Stage, sign_in: SignIn) -> None:
        decision = stage.decided(staff("ana"))
        appeal = stage.records.appeals.get(stage.appealed(decision)).now
        hears = next(n for n in ("bo", "cy") if staff(n).person == appeal.reviewer)
        shown = take(sign_in(hears), appeal.case, "hear_appeal", 400, ending="change", reasons=WHY)
        assert "appeal.no_measure" in shown
        assert WHY in shown

    def test_a_harder_measure_on_appeal_is_refused_before_it_is_issued(
        self, stage: Stage, sign_in: SignIn
    ) -> None:
        decision = stage.decided(staff("ana"))
        appeal = stage.records.appeals.get(stage.appealed(decision)).now
        hears = next(n for n in ("bo", "cy") if staff(n).person == appeal.reviewer)
        said = {"ending": "change", "reasons": WHY, "penalty": "closure", "scope": "account"}
        shown = take(sign_in(hears), appeal.case, "hear_appeal", 409, **said)
        assert "appeal.not_harder" in shown
        assert stage.decision(decision).state.value == "stands"


class TestStaying:
    def test_another_rule_is_shown_and_nothing_is_lost(self, stage: Stage, ana: Client) -> None:
        case = stage.accepted(staff("ana")).case
        said = {"clause": "abuse.violence", "findings": WHY, "stay": "yes"}
        shown = take(ana, case, "decide", 200, **said)
        assert "error-summary" not in shown
        assert WHY in shown
        assert 'id="clause-abuse.violence"' in shown

    def test_going_back_from_the_look_keeps_everything(self, stage: Stage, ana: Client) -> None:
        case = stage.accepted(staff("ana")).case
        _, sure = look(ana, case, "decide", **VIOLATION)
        back = {**sure, "stay": "yes"}
        del back["sure"]
        shown = take(ana, case, "decide", 200, **back)
        assert WHY in shown
        assert 'value="violation" id="decide_outcome_0" checked' in shown.replace("required ", "")
        assert stands(case)[0] == "investigating"


def test_a_decision_is_found_again_by_its_letter(stage: Stage, ana: Client) -> None:
    decision = stage.decided(staff("bo"), violation())
    shown = page(ana, f"/desk/{stage.decision(decision).case}/?queue=decided")
    assert decision in shown
    assert "decided by: bo" in shown
