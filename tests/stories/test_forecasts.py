"""What is said of an appeal before it is sent, and what decided appeals teach of it."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from bench._appeal_simulator import simulate
from tests.fakes.clock import MONDAY
from tests.stories.stage import GROUNDS, REASONS, Stage, no_violation, refused, stage_on_fakes

from gongdao.domain.access.model import Caller
from gongdao.domain.appeals.learning import Seen, learn
from gongdao.domain.appeals.likelihood import Features, Model
from gongdao.domain.appeals.model import ForecastBasis, Side
from gongdao.domain.decisions.model import Measure
from gongdao.domain.flows.forecasting import Draft, Explained, Forecasting
from gongdao.domain.flows.learning import Learning
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import AppealId
from gongdao.domain.policy.forecast import Pattern
from gongdao.domain.policy.model import Penalty, Scope

FULL = Draft(100)
End = Callable[[Stage, AppealId, Caller], None]


def forecasting(stage: Stage) -> Forecasting:
    return stage.app.around_appeals.forecasting


def learning(stage: Stage) -> Learning:
    return stage.app.around_appeals.learning


def learned(stage: Stage, cases: int = 300) -> None:
    """Let the house have learned from a simulation; no story teaches hundreds of appeals."""
    with stage.records.work():
        stage.records.outcomes.keep(simulated(cases))


@cache
def simulated(cases: int) -> Model:
    """What a simulated installation taught."""
    return learn([each.outcome for each in simulate(cases, 8)], Seen(cases, 0), MONDAY)


def uphold(stage: Stage, appeal: AppealId, by: Caller) -> None:
    stage.app.reviewing.uphold(appeal, REASONS, by)


def overturn(stage: Stage, appeal: AppealId, by: Caller) -> None:
    stage.app.reviewing.overturn(appeal, REASONS, by)


def change(stage: Stage, appeal: AppealId, by: Caller) -> None:
    warning = Measure(Penalty.WARNING, Scope.CONTENT)
    stage.app.reviewing.change(appeal, warning, "初犯不久，警示已经足够。", by)


def codes(said: Explained) -> tuple[str, ...]:
    return said.weighed.patterns


def test_while_few_are_decided_only_claims_are_told_and_called_so(fakes: Stage) -> None:
    ana = fakes.hire("ana", Role.REVIEWER)
    decision = fakes.decided(ana)
    li_si = fakes.account("li_si")
    whole = forecasting(fakes).explained(decision, li_si, FULL)
    assert whole.weighed.basis is ForecastBasis.CLAIMED
    assert (whole.weighed.low, whole.weighed.high, whole.weighed.cases) == (37, 65, 0)
    assert {claim.basis.value for claim in whole.claims} == {"claimed"}
    part = forecasting(fakes).of(decision, li_si, 40, ("pledge",), ("antagonistic",))
    assert (part.low, part.high) == (37, 37)
    assert part.patterns == ("broken_chain", "tone")
    for stranger, code in ((fakes.account("zhang_san"), "not_found"), (ana, "decision.not_found")):
        with refused(code, NotFound):
            forecasting(fakes).explained(decision, stranger, FULL)


def test_nothing_is_told_where_a_pack_says_nothing_or_nobody_claims_anything(
    stage: Stage,
) -> None:
    ana, zhang = stage.hire("ana", Role.REVIEWER), stage.account("zhang_san")
    decision = stage.decided(ana, no_violation(), caller=zhang)
    said = forecasting(stage).explained(decision, zhang, FULL)
    assert said.weighed.basis is ForecastBasis.NONE
    assert (said.weighed.low, said.weighed.high, said.claims) == (0, 0, ())
    with refused("appeal.not_your_side"):
        forecasting(stage).explained(decision, stage.account("li_si"), FULL)


def test_a_likelihood_of_our_own_comes_from_enough_cases_with_its_reasons(fakes: Stage) -> None:
    ana, li_si = fakes.hire("ana", Role.REVIEWER), fakes.account("li_si")
    decision = fakes.decided(ana)
    learned(fakes, 150)
    few = forecasting(fakes).explained(decision, li_si, FULL)
    assert few.weighed.basis is ForecastBasis.CLAIMED
    learned(fakes)
    whole = forecasting(fakes).explained(decision, li_si, FULL)
    part = forecasting(fakes).explained(decision, li_si, Draft(30, ("pledge",)))
    assert (whole.weighed.basis, whole.weighed.cases) == (ForecastBasis.OWN, 300)
    assert whole.claims == ()
    assert part.weighed.low < whole.weighed.low
    assert part.weighed.high < whole.weighed.high
    reasons = {each.name: each.points for each in part.contributions}
    assert reasons["complete"] < 0


def test_what_comes_after_filing_changes_no_feature(fakes: Stage) -> None:
    features_stay(fakes, uphold)


@pytest.mark.parametrize("end", [change, overturn])
def test_nor_does_an_accepted_appeal(end: End) -> None:
    features_stay(stage_on_fakes(), end)


def features_stay(stage: Stage, end: End) -> None:
    """Told before it was sent, and learned from after it ended and much else happened: the same."""
    ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
    li_si = stage.account("li_si")
    learned(stage)
    stage.app.reviewing.uphold(stage.appealed(stage.decided(ana)), REASONS, bo)
    open_one = stage.appealed(stage.decided(ana))
    stage.clock.pass_(days=20)
    decision = stage.decided(ana)
    stage.clock.pass_(days=30)
    before = forecasting(stage).explained(decision, li_si, Draft(70, (), ("antagonistic",)))
    appeal = stage.app.appealing.file(decision, GROUNDS, li_si, weighed=before.weighed)
    stage.clock.pass_(days=1)
    stage.app.reviewing.uphold(open_one, REASONS, bo)
    stage.decided(ana)
    end(stage, appeal, bo)
    stage.clock.pass_(days=5)
    assert learning(stage).note() == 3
    (outcome,) = stage.records.outcomes.latest(5)
    assert outcome.features == before.features
    assert isinstance(before.features, Features)
    assert (before.features.repeated, before.features.refused) == (2, 1)
    assert round(before.features.left, 2) == 0.83
    assert outcome.accepted is (end is not uphold)


def test_it_learns_by_itself_once_enough_is_new_and_refuses_before(stage: Stage) -> None:
    assert learning(stage).tick() == 0
    with refused("forecast.too_few", least=200, decided=0):
        learning(stage).train()
    auditor, stranger = stage.hire("ou", Role.AUDITOR), stage.account("li_si")
    assert learning(stage).shown(auditor).model is None
    with refused("not_found", NotFound):
        learning(stage).shown(stranger)
    learned(stage)
    assert learning(stage).shown(auditor).told


def test_a_missed_window_names_what_is_still_possible(stage: Stage) -> None:
    ana, li_si = stage.hire("ana", Role.REVIEWER), stage.account("li_si")
    decision = stage.decided(ana)
    closes = stage.decision(decision).appeal_closes
    assert closes is not None
    stage.clock.pass_(days=(closes - stage.clock()).days - 1)
    near = forecasting(stage).explained(decision, li_si, FULL)
    assert codes(near) == ("window_near",)
    stage.clock.pass_(days=10)
    late = forecasting(stage).explained(decision, li_si, FULL)
    assert codes(late) == ("window_missed",)
    assert [route.code for route in late.routes] == [
        "consumer_association", "12315", "12377", "court",
    ]  # fmt: skip
    assert late.weighed.basis is ForecastBasis.NONE
    with refused("appeal.too_late"):
        stage.appealed(decision)


def test_the_same_facts_and_a_third_time_are_pointed_out_and_may_be_sent(stage: Stage) -> None:
    ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
    li_si = stage.account("li_si")
    first = stage.decided(ana)
    stage.app.reviewing.uphold(stage.appealed(first), REASONS, bo)
    stage.decided(ana)
    third = stage.decided(ana)
    same = replace(FULL, grounds=f"请再看一次。{GROUNDS}")
    said = forecasting(stage).explained(third, li_si, same)
    assert codes(said) == ("same_facts", "repetition")
    words = {each.words.code: each.sign.facts for each in said.warnings}
    assert words[Pattern.REPETITION] == {"count": 3}
    other = replace(FULL, grounds="当天我的账号在别人手里，登录记录显示是另一台手机，见证据一。")
    assert codes(forecasting(stage).explained(third, li_si, other)) == ("repetition",)
    appeal = stage.app.appealing.file(third, same.grounds, li_si, weighed=said.weighed)
    kept = stage.records.appeals.get(appeal).now
    assert kept.weighed == said.weighed
    assert kept.side is Side.RESPONDENT
