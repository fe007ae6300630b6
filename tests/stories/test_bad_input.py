"""Everything that is refused at the door, each with its stable code and a hint."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.fakes.house import shipped_packs
from tests.stories.stage import (
    GROUNDS,
    REASONS,
    Stage,
    declined,
    no_violation,
    refused,
    violation,
)

from gongdao.domain.decisions.rules import Ruling
from gongdao.domain.flows.lists import QueueName
from gongdao.domain.kernel.errors import BadInput, NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.policy.book import PackBook
from gongdao.domain.policy.model import CasePolicy, InForce, SubjectKind

REFUSED_REPORTS: list[tuple[str, dict[str, Any]]] = [
    ("report.unknown_category", {"category": "bad_weather"}),
    ("report.category_does_not_fit", {"category": "review"}),
    ("report.no_snapshot", {"snapshot": " \n "}),
    ("report.no_subject", {"subject_ref": "  "}),
    ("report.unknown_remedy", {"remedy": "revenge"}),
    ("report.statement_too_short", {"statement": "坏人"}),
    ("report.statement_too_long", {"statement": "他" * 2001}),
    ("report.snapshot_too_long", {"snapshot": "他" * 5001}),
    ("report.contact_too_long", {"contact": "a" * 201}),
    ("report.subject_too_long", {"subject_ref": "https://x.example/" + "a" * 500}),
    ("report.account_too_long", {"account": "a" * 501}),
]
BROKEN = "\ud83d"
"""Half of an emoji, as JSON can spell it."""


@pytest.mark.parametrize(("code", "changes"), REFUSED_REPORTS)
def test_a_report_that_cannot_be_taken(fakes: Stage, code: str, changes: dict[str, Any]) -> None:
    with refused(code):
        fakes.report(**changes)
    assert fakes.app.desk.counts(fakes.hire("ana", Role.REVIEWER)).received == 0


@pytest.mark.parametrize("name", ["subject_ref", "snapshot", "statement", "account", "contact"])
def test_half_a_character_is_no_text(stage: Stage, name: str) -> None:
    broken: dict[str, Any] = {name: f"他在评论里{BROKEN}这样骂我。"}
    with refused("text.broken", BadInput):
        stage.report(**broken)
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.report()
    with refused("text.broken", BadInput):
        stage.app.investigating.accept(receipt.case, f"看起来属于辱骂{BROKEN}，予以受理。", ana)


@pytest.mark.parametrize("language", ["zh-hans", "zh", "en", "fr", "", "x" * 99])
def test_whatever_the_language_the_reporter_is_told_in_one_of_ours(
    stage: Stage, language: str
) -> None:
    notice = stage.notices(stage.report(language=language).case)[0]
    assert notice.language == ("zh-hans" if language.startswith("zh") else "en")


def test_a_report_at_the_very_limits_is_taken(stage: Stage) -> None:
    receipt = stage.report(statement="他" * 2000, snapshot="他" * 5000, contact="a" * 200)
    assert len(stage.sees(receipt).snapshot) == 5000


def test_the_limit_is_named_with_the_length(fakes: Stage) -> None:
    with refused("report.statement_too_long", most=2000, length=2001):
        fakes.report(statement="他" * 2001)


def test_a_report_about_oneself(stage: Stage) -> None:
    with refused("report.about_oneself"):
        stage.report(stage.account("li_si"))
    ana = stage.hire("ana", Role.REVIEWER)
    assert stage.app.desk.counts(ana).received == 0


def test_a_wrong_receipt_code(stage: Stage) -> None:
    receipt = stage.report()
    for wrong in ("", "0000-0000-0000-0000-0000", receipt.code[:-1], receipt.code + "0", "'; --"):
        with refused("code.unknown", NotFound):
            stage.app.files.by_code(wrong)
    lenient = receipt.code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert stage.app.files.by_code(lenient)[0].id == receipt.case


def test_ids_that_are_none(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    for wrong in ("", "1", "../../etc", "00000000-0000-0000-0000-000000000000"):
        with refused("not_found", NotFound):
            stage.app.files.open(CaseId(wrong), ana)


REFUSED_RULINGS: list[tuple[str, Ruling]] = [
    ("decision.unknown_clause", violation("abuse.sarcasm")),
    ("decision.unknown_clause", Ruling(no_violation().outcome, REASONS, REASONS)),
    ("decision.unknown_ground", declined("bad_mood")),
    ("decision.unknown_ground", Ruling(declined().outcome, REASONS, REASONS)),
]


@pytest.mark.parametrize(("code", "ruling"), REFUSED_RULINGS)
def test_a_ruling_that_cites_what_there_is_not(fakes: Stage, code: str, ruling: Ruling) -> None:
    ana = fakes.hire("ana", Role.REVIEWER)
    receipt = fakes.report() if ruling.outcome == "not_accepted" else fakes.accepted(ana)
    with refused(code):
        fakes.app.deciding.decide(receipt.case, ruling, ana)
    assert fakes.case(receipt.case).decision is None


def test_a_ruling_on_a_legal_ground_of_another_clause(fakes: Stage) -> None:
    ana = fakes.hire("ana", Role.REVIEWER)
    receipt = fakes.accepted(ana)
    plain = violation()
    strange = Ruling(plain.outcome, plain.findings, plain.reasons, plain.clause, ("ecommerce.39",))
    with refused("decision.unknown_legal_basis"):
        fakes.app.deciding.decide(receipt.case, strange, ana)


def test_a_clause_that_was_not_in_force_when_the_report_came_in(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana)
    later = stage.with_(packs=packs_where(_clauses_from(date(2027, 1, 1))))
    with refused("decision.clause_not_in_force", day=date(2026, 3, 2)):
        later.app.deciding.decide(receipt.case, violation(), ana)


def test_a_decision_that_names_the_reporter(stage: Stage) -> None:
    ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
    receipt = stage.accepted(ana, contact="zhang.san@example.org")
    named = "因为 Zhang.San 举报了您，我们看了这条评论。"
    with refused("decision.names_reporter"):
        stage.app.investigating.request_answer(receipt.case, named, ana)
    plain = violation()
    for ruling in (
        Ruling(plain.outcome, named, plain.reasons, plain.clause),
        Ruling(plain.outcome, plain.findings, named, plain.clause),
    ):
        with refused("decision.names_reporter"):
            stage.app.deciding.decide(receipt.case, ruling, ana)
    decision = stage.app.deciding.decide(receipt.case, plain, ana)
    appeal = stage.appealed(decision)
    with refused("decision.names_reporter"):
        stage.app.reviewing.uphold(appeal, named, bo)


SHORT_WORDS: list[Callable[[Stage, CaseId, Any], object]] = [
    lambda s, case, ana: s.app.investigating.accept(case, "好", ana),
    lambda s, case, ana: s.app.investigating.note(case, "好", ana),
    lambda s, case, ana: s.app.investigating.request_answer(case, "好", ana),
    lambda s, case, _: s.app.investigating.answer(case, "好", s.account("li_si")),
    lambda s, case, ana: s.app.deciding.decide(
        case, Ruling(violation().outcome, "好", REASONS, violation().clause), ana
    ),
    lambda s, case, ana: s.app.deciding.decide(
        case, Ruling(violation().outcome, REASONS, "", violation().clause), ana
    ),
]


@pytest.mark.parametrize("say", SHORT_WORDS)
def test_reasons_that_are_none(fakes: Stage, say: Callable[[Stage, CaseId, Any], object]) -> None:
    ana = fakes.hire("ana", Role.REVIEWER)
    receipt = fakes.accepted(ana)
    with refused("reasons.too_short", least=10):
        say(fakes, receipt.case, ana)


def test_reasons_that_are_too_long(fakes: Stage) -> None:
    ana = fakes.hire("ana", Role.REVIEWER)
    receipt = fakes.report()
    with refused("reasons.too_long", most=2000):
        fakes.app.investigating.accept(receipt.case, "好" * 2001, ana)


def test_steps_out_of_turn(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.report()
    investigating, li_si = stage.app.investigating, stage.account("li_si")
    for step in (
        lambda: investigating.request_answer(receipt.case, "请您说明当时的情况。", ana),
        lambda: investigating.note(receipt.case, "看过了他的全部评论。", ana),
        lambda: stage.app.deciding.decide(receipt.case, violation(), ana),
    ):
        with refused("case.wrong_stage", stage="received"):
            step()
    with refused("deadline.none_running"):
        investigating.pause(receipt.case, "notarisation", ana)
    with refused("case.answer_closed"):
        investigating.answer(receipt.case, GROUNDS, li_si)
    investigating.accept(receipt.case, "看起来属于辱骂，予以受理。", ana)
    with refused("case.wrong_stage", stage="investigating"):
        investigating.accept(receipt.case, "看起来属于辱骂，予以受理。", ana)
    with refused("case.not_asked"):
        investigating.answer(receipt.case, GROUNDS, li_si)
    investigating.request_answer(receipt.case, "请您说明当时的情况。", ana)
    with refused("case.already_asked"):
        investigating.request_answer(receipt.case, "请您说明当时的情况。", ana)
    investigating.answer(receipt.case, GROUNDS, li_si)
    with refused("case.already_answered"):
        investigating.answer(receipt.case, GROUNDS, li_si)


def test_a_broken_cursor(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    stage.report()
    for cursor in ("x", "%%%", "bnVsbA==", "W10=", "七"):
        with refused("page.broken_cursor", BadInput):
            stage.app.desk.queue(ana, QueueName.ALL, cursor=cursor)


def test_a_day_on_which_no_pack_was_in_force(fakes: Stage) -> None:
    late = fakes.with_(packs=packs_where(lambda policy: policy, since=date(2026, 6, 1)))
    with refused("pack.none_in_force", NotFound):
        late.report()


def packs_where(
    change: Callable[[CasePolicy], CasePolicy], since: date = date(2026, 1, 1)
) -> PackBook:
    """The shipped packs, with the house's own policy changed."""
    packs = []
    for pack in shipped_packs().packs.values():
        if pack.cases is None:
            packs.append(pack)
            continue
        in_force = InForce.model_validate({"from": since})
        changed = {"cases": change(pack.cases), "in_force": in_force}
        packs.append(pack.model_copy(update=changed))
    return PackBook.of(packs)


def _clauses_from(day: date) -> Callable[[CasePolicy], CasePolicy]:
    """The policy with clauses that come into force on a day."""
    in_force = InForce.model_validate({"from": day})

    def change(policy: CasePolicy) -> CasePolicy:
        later = [c.model_copy(update={"in_force": in_force}) for c in policy.clauses]
        return policy.model_copy(update={"clauses": tuple(later)})

    return change


def test_a_subject_that_no_category_knows(fakes: Stage) -> None:
    with refused("report.category_does_not_fit"):
        fakes.report(subject_kind=SubjectKind.PAYMENT)
