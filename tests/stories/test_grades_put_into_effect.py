"""What a grade changes is changed: how long texts wait, how many there may be, a firm's deposit."""

from datetime import timedelta

import pytest
from tests.stories.posts_of import CLEAN, MILD, hand_in, post, with_three_words
from tests.stories.stage import Stage, refused, violation
from tests.stories.test_firms import firms, verified
from tests.stories.test_grades_of_accounts import Fallen, fallen

from gongdao.domain.decisions.model import Measure
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.spans import Span, Unit
from gongdao.domain.policy.grades import GradeCode
from gongdao.domain.policy.model import Penalty, Scope

OUT_OF_LINE = "屡次在多人面前辱骂同一个人。"


@pytest.fixture
def on(fakes: Stage) -> Fallen:
    return fallen(with_three_words(fakes))


def test_a_text_that_is_looked_at_waits_longer_once_that_was_told(on: Fallen) -> None:
    stage, plain = on.stage, timedelta(minutes=15)

    assert post(stage, hand_in(stage, MILD)).appears_at == stage.clock() + plain
    stage.clock.pass_(hours=49)
    assert on.now().in_effect is GradeCode.D
    longer = plain + timedelta(hours=1)
    assert post(stage, hand_in(stage, MILD)).appears_at == stage.clock() + longer
    assert post(stage, hand_in(stage, CLEAN)).appears_at is None  # at once, as ever
    other = post(stage, hand_in(stage, MILD, author="wang_wu"))
    assert other.appears_at == stage.clock() + plain


def test_a_day_that_is_full_says_when_the_next_text_can_be_handed_in(on: Fallen) -> None:
    stage = on.stage
    for _ in range(31):
        hand_in(stage, CLEAN)  # before the effects begin there is no limit
    stage.clock.pass_(hours=49)
    stage.clock.pass_(seconds=30)
    first = stage.clock()
    for n in range(30):
        of = hand_in(stage, MILD)
        if n % 2:
            stage.app.screening.posts.take_back(of, on.li_si)  # it counts all the same
        stage.clock.pass_(minutes=1)
    free_at = first + timedelta(hours=24)
    shown = free_at + timedelta(seconds=30)  # the whole minute after
    with refused("held.day_is_full", most=30, free_at=shown):
        hand_in(stage, CLEAN)
    latest = stage.app.screening.posts.mine(on.li_si)
    others = stage.app.screening.posts.mine(on.li_si, before=latest[-1].id)
    assert len(latest) + len(others) == 61  # nothing half kept
    hand_in(stage, CLEAN, author="wang_wu")
    stage.clock.pass_(seconds=(free_at - stage.clock()).total_seconds() - 1)
    with refused("held.day_is_full", most=30):
        hand_in(stage, CLEAN)
    stage.clock.pass_(seconds=1)
    hand_in(stage, CLEAN)
    with refused("held.day_is_full", most=30):
        hand_in(stage, CLEAN)


def test_an_appeal_in_time_leaves_the_day_open(on: Fallen) -> None:
    on.grades().contest("引用不是辱骂，我有截图。", on.li_si)
    on.stage.clock.pass_(hours=49)
    for _ in range(31):
        hand_in(on.stage, CLEAN)


def test_a_firms_deposit_is_counted_by_the_grade_that_was_told(fakes: Stage) -> None:
    ana, shop = fakes.hire("ana", Role.REVIEWER), fakes.account("li_si")
    firm = verified(fakes, shop, ana)
    firms(fakes).hours(firm, 120, "线下培训签到表", ana)
    firms(fakes).exam(firm, "试卷 2026-03，92 分", ana, passed=True)
    firms(fakes).deposit(firm, 500_000, "转账凭证 0412", ana)
    for penalty, span in ((Penalty.SUSPENSION, Span(15, Unit.DAYS)), (Penalty.CLOSURE, None)):
        measure = Measure(penalty, Scope.ACCOUNT, span)
        fakes.decided(ana, violation(measure=measure, departure=OUT_OF_LINE))

    def asked() -> str:
        mine = firms(fakes).mine(shop)
        assert mine is not None
        return firms(fakes).needs(mine).grade.code

    assert asked() == "watched"  # by two violations
    firms(fakes).deposit(firm, 100, "转账凭证 0413", ana)
    assert firms(fakes).open(firm, ana).lane
    fakes.clock.pass_(hours=49)
    assert asked() == "low"  # by its account's grade, E
    fakes.tick()
    assert not firms(fakes).open(firm, ana).lane  # it closes as the grade begins to restrict
    moment = fakes.records.grades.to_look_at(fakes.clock() + timedelta(days=400), 1)[
        0
    ].now.next_look
    assert moment is not None
    fakes.tick(hours=(moment - fakes.clock()).total_seconds() / 3600 + 1)
    assert asked() == "watched"
    assert firms(fakes).open(firm, ana).lane  # it opens with the grade
