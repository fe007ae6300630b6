"""An account's grade falls, is told before it restricts, is appealed against, and heals."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from tests.stories.stage import Stage, refused, violation

from gongdao.domain.access.model import Caller
from gongdao.domain.decisions.model import Measure
from gongdao.domain.flows.graded import Graded, effects, extra_delay, graded
from gongdao.domain.flows.regrading import Regrading
from gongdao.domain.kernel.errors import BadInput, NotFound
from gongdao.domain.kernel.events import SYSTEM, Actor, Role
from gongdao.domain.kernel.ids import CaseId, DecisionId, PersonId, SanctionId
from gongdao.domain.kernel.spans import Span, Unit
from gongdao.domain.policy.grades import GradeCode
from gongdao.domain.policy.model import Penalty, Scope
from gongdao.domain.standing.account_rules import Ruling
from gongdao.domain.standing.accounts import Account, GradeFell, GradeHeard, Ruled
from gongdao.domain.training.certificates import CertificateIssued, CertificateWithdrawn
from gongdao.domain.training.model import CertificateId, LearnerId

WHY = "其中一次处置的是引用，规则里列为反例，我有当时的截图。"


@dataclass(frozen=True)
class Fallen:
    """A house in which li_si's grade fell, and who decided what counts in it."""

    stage: Stage
    ana: Caller
    bo: Caller
    cai: Caller
    decisions: tuple[DecisionId, ...]

    @property
    def li_si(self) -> Caller:
        return self.stage.account("li_si")

    def grades(self) -> Regrading:
        return self.stage.app.standing.grades

    def now(self) -> Graded:
        found = graded(self.stage.records, person(self.li_si))
        assert found is not None
        return found

    def account(self) -> Account:
        found = self.now().account
        assert found is not None
        return found

    def told(self) -> list[str]:
        return self.stage.told(CaseId(self.account().id))

    def sanction(self, n: int) -> SanctionId:
        return self.stage.records.sanctions.of_decision(self.decisions[n])[0].now.id


def person(caller: Caller) -> PersonId:
    assert caller.person is not None
    return caller.person


def fallen(stage: Stage) -> Fallen:
    ana = stage.hire("ada", Role.REVIEWER)
    bo, cai = stage.hire("bea", Role.REVIEWER), stage.hire("cai", Role.SENIOR_REVIEWER)
    decisions = tuple(stage.decided(by) for by in (ana, bo, ana))
    return Fallen(stage, ana, bo, cai, decisions)


@pytest.fixture
def on(fakes: Stage) -> Fallen:
    return fallen(fakes)


def test_a_grade_that_restricts_is_told_first_and_begins_later(on: Fallen) -> None:
    found, account = on.now(), on.account()
    assert (found.grade, found.in_effect) == (GradeCode.D, GradeCode.C)
    assert not effects(on.stage.records, person(on.li_si)).restrict
    assert on.told() == ["standing_fell"]
    fell = on.stage.records.grades.history(account.id)[0].event
    assert isinstance(fell, GradeFell)
    assert fell.by == SYSTEM
    assert fell.effects_at - fell.at == found.policy.told.before.flat()
    assert [item.thousandths for item in fell.items] == [25_000, 25_000, 10_000]
    for language, words in (
        ("zh", ["偏低", "60.0 分", "最多发布 30 条", "多等 1 小时", "申诉"]),
        (
            "en",
            ["Low", "60.0 points", "At most 30 posts in any 24 hours", "appeal", "becomes “Fair”"],
        ),
    ):
        letter = on.stage.last_letter(CaseId(account.id), "standing_fell", language)
        assert [word for word in words if word not in letter] == []
    on.stage.clock.pass_(hours=49)
    assert on.now().in_effect is GradeCode.D
    assert extra_delay(on.stage.records, person(on.li_si)).total_seconds() == 3600
    assert effects(on.stage.records, person(on.li_si)).posts_per_day == 30


def test_who_is_not_told_is_not_restricted_and_others_have_no_grade_to_appeal(on: Fallen) -> None:
    stage = on.stage
    wang = stage.account("wang_wu")
    stage.decided(on.ana, account="wang_wu")
    found = graded(stage.records, person(wang))
    assert found is not None
    assert (found.grade, found.held) == (GradeCode.B, None)
    with refused("standing.nothing_to_contest"):
        on.grades().contest(WHY, wang)
    with pytest.raises(NotFound):
        on.grades().contest(WHY, Caller(None))


def test_an_appeal_in_time_holds_the_effects_back_until_a_person_decides(on: Fallen) -> None:
    for text, code in ((" ", "standing.no_words"), ("长" * 4001, "standing.too_long")):
        with refused(code, BadInput):
            on.grades().contest(text, on.li_si)
    on.grades().contest(WHY, on.li_si)
    with refused("standing.contested_already"):
        on.grades().contest(WHY, on.li_si)
    on.stage.clock.pass_(days=5)
    assert (on.now().grade, on.now().in_effect) == (GradeCode.D, GradeCode.C)
    assert [a.person for a in on.grades().waiting(on.cai)] == [on.li_si.person]
    on.grades().hear(on.account().id, Ruling(Ruled.UPHELD), "三次处置都成立。", on.cai)
    assert on.now().in_effect is GradeCode.D
    assert on.told()[-1] == "standing_appeal_upheld"
    assert on.grades().waiting(on.cai) == []


def test_an_appeal_that_nobody_hears_in_time_restricts_nobody_meanwhile(on: Fallen) -> None:
    on.stage.clock.pass_(days=3)
    on.grades().contest(WHY, on.li_si)
    assert on.now().in_effect is GradeCode.D
    on.stage.tick(days=20)
    assert on.now().in_effect is GradeCode.C


def test_whoever_took_part_in_anything_that_counts_does_not_hear_it(on: Fallen) -> None:
    on.grades().contest(WHY, on.li_si)
    ruling = Ruling(Ruled.EXCLUDED, (on.sanction(1),))
    for by in (on.ana, on.bo):
        with refused("standing.not_independent"):
            on.grades().hear(on.account().id, ruling, WHY, by)
    own = Caller(on.li_si.person, frozenset({Role.REVIEWER}))
    with refused("standing.not_independent"):
        on.grades().hear(on.account().id, ruling, WHY, own)
    with pytest.raises(NotFound):
        on.grades().hear(on.account().id, ruling, WHY, on.stage.account("wang_wu"))
    for wrong in (Ruling(Ruled.EXCLUDED), Ruling(Ruled.EXCLUDED, (SanctionId("x"),))):
        with refused("standing.not_counted"):
            on.grades().hear(on.account().id, wrong, WHY, on.cai)
    with refused("standing.not_better"):
        on.grades().hear(on.account().id, Ruling(Ruled.SET, (), GradeCode.E, 9), WHY, on.cai)
    with refused("standing.bad_days"):
        on.grades().hear(on.account().id, Ruling(Ruled.SET, (), GradeCode.C, 400), WHY, on.cai)


def test_a_grade_that_is_set_holds_for_its_time_and_then_is_told_again(on: Fallen) -> None:
    on.grades().contest(WHY, on.li_si)
    on.grades().hear(on.account().id, Ruling(Ruled.SET, (), GradeCode.C, 10), WHY, on.cai)
    assert (on.now().grade, on.now().in_effect) == (GradeCode.C, GradeCode.C)
    on.stage.tick(days=9)
    assert on.now().in_effect is GradeCode.C
    on.stage.tick(days=2)
    assert (on.now().grade, on.now().in_effect) == (GradeCode.D, GradeCode.C)
    assert on.told()[-1] == "standing_fell"
    on.stage.clock.pass_(hours=49)
    assert on.now().in_effect is GradeCode.D
    on.grades().contest(WHY, on.li_si)


def test_time_heals_it_and_says_so(on: Fallen) -> None:
    on.stage.tick(hours=49)
    moment = on.account().next_look
    assert moment is not None
    on.stage.tick(hours=(moment - on.stage.clock()).total_seconds() / 3600 - 1)
    assert on.told() == ["standing_fell"]
    on.stage.tick(hours=2)
    assert (on.now().in_effect, on.account().told) == (GradeCode.C, GradeCode.C)
    assert on.told()[-1] == "standing_rose_time"
    with refused("standing.nothing_to_contest"):
        on.grades().contest(WHY, on.li_si)


def test_whoever_healed_unseen_is_told_again_before_a_new_violation_restricts(on: Fallen) -> None:
    stage = on.stage
    stage.tick(hours=49)
    moment = on.account().next_look
    assert moment is not None
    stage.clock.pass_(
        hours=(moment - stage.clock()).total_seconds() / 3600 - 0.1
    )  # no worker looks
    assert on.now().in_effect is GradeCode.C
    stage.decided(on.bo)
    assert (on.now().grade, on.now().in_effect) == (GradeCode.D, GradeCode.C)
    assert on.told() == ["standing_fell", "standing_rose_time", "standing_fell"]
    stage.tick(hours=49)
    assert on.now().in_effect is GradeCode.D


def test_an_overturned_decision_restores_it_in_the_same_transaction(on: Fallen) -> None:
    stage = on.stage
    stage.clock.pass_(hours=49)
    assert on.now().in_effect is GradeCode.D
    appeal = stage.appealed(on.decisions[2])
    by = stage.reviewer_of(appeal, on.ana, on.bo, on.cai)
    stage.app.reviewing.overturn(appeal, "引用他人的话，不是辱骂。", by)
    assert (on.now().in_effect, on.account().told) == (
        GradeCode.C,
        GradeCode.C,
    )
    assert on.told()[-1] == "standing_rose_overturned"
    with refused("standing.nothing_to_contest"):
        on.grades().contest(WHY, on.li_si)


def test_it_falls_further_only_after_being_told_again(on: Fallen) -> None:
    stage = on.stage
    stage.clock.pass_(hours=49)
    measure = Measure(Penalty.SUSPENSION, Scope.ACCOUNT, Span(15, Unit.DAYS))
    stage.decided(on.bo, violation(measure=measure, departure="屡次在多人面前辱骂。"))
    assert (on.now().grade, on.now().in_effect) == (GradeCode.E, GradeCode.D)
    assert on.told() == ["standing_fell", "standing_fell"]
    stage.clock.pass_(hours=49)
    assert on.now().in_effect is GradeCode.E


@pytest.mark.django_db
def test_the_database_holds_the_same(postgres: Stage) -> None:
    on = fallen(postgres)
    account, r = on.account(), postgres.records
    assert on.told() == ["standing_fell"]
    on.grades().contest(WHY, on.li_si)
    held = r.grades.of_person(person(on.li_si))
    assert held is not None
    for by, constraint in (
        (Actor(Role.REVIEWER, on.bo.person), "standing_hearer_independent"),
        (Actor(Role.REVIEWER, on.li_si.person), "standing_hearer_independent"),
        (SYSTEM, "standing_heard_by_a_person"),
    ):
        step = GradeHeard(
            at=postgres.clock(),
            by=by,
            ruled=Ruled.EXCLUDED,
            excluded=(on.sanction(1),),
            grade=None,
            until=None,
            reasons=r.texts.seal(WHY, None),
        )
        with pytest.raises(Exception, match="standing") as said, transaction.atomic():
            r.grades.add(account.id, [step], after=held.version)
        assert constraint in str(said.value.__cause__.diag.constraint_name)  # type: ignore[union-attr]
    with refused("standing.not_independent"):
        on.grades().hear(account.id, Ruling(Ruled.UPHELD), WHY, on.bo)
    ruling = Ruling(Ruled.EXCLUDED, (on.sanction(1),))
    on.grades().hear(account.id, ruling, "这一次确实是引用。", on.cai)
    assert (on.now().grade, on.now().in_effect) == (GradeCode.C, GradeCode.C)
    assert on.account().told is GradeCode.C
    assert on.told()[-2:] == ["standing_appeal_granted", "standing_rose_appeal"]
    assert list(r.grades.waiting(9)) == []
    postgres.tick(days=1)


def test_a_course_that_was_passed_speaks_for_an_account(on: Fallen) -> None:
    r, before = on.stage.records, on.now().stands.points
    on.stage.clock.pass_(days=1)
    issued = CertificateIssued(
        at=on.stage.clock(),
        by=Actor(Role.RESPONDENT, on.li_si.person),
        certificate=CertificateId(r.new_id()),
        number="7K3M-8P2Q",
        learner=LearnerId(r.new_id()),
        person=person(on.li_si),
        course="rules",
        edition="1",
        questions="1",
        right=9,
        asked=10,
        seconds=1800,
        valid_until=on.stage.clock() + timedelta(days=365),
    )
    with r.work():
        r.certificates.add(issued.certificate, [issued], after=0)
    on.stage.clock.pass_(minutes=1)
    assert on.now().stands.points < 0.9 * before
    assert (on.now().grade, on.now().in_effect) == (GradeCode.D, GradeCode.C)
    withdrawn = CertificateWithdrawn(
        at=on.stage.clock(), by=SYSTEM, reasons=r.texts.seal("冒名。", None)
    )
    with r.work():
        r.certificates.add(issued.certificate, [withdrawn], after=1)
    assert on.now().stands.points > 0.9 * before
