"""What is promised of how appeals ended, of somebody's appeals, and of models."""

from dataclasses import replace

from bench._appeal_simulator import simulate
from tests.stories.stage import REASONS, Stage

from gongdao.domain.access.model import Caller
from gongdao.domain.appeals.learning import Seen, learn
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import AppealId

OUTCOMES = [each.outcome for each in simulate(60, 8)]


def staff(stage: Stage) -> tuple[Caller, Caller]:
    return stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)


def ended(stage: Stage, ana: Caller, bo: Caller, name: str) -> AppealId:
    """An appeal of somebody that was refused."""
    appeal = stage.appealed(stage.decided(ana, account=name), stage.account(name))
    stage.app.reviewing.uphold(appeal, REASONS, bo)
    stage.clock.pass_(minutes=1)
    return appeal


class TestOutcomes:
    def test_decided_appeals_wait_until_they_are_noted_the_earliest_first(
        self, stage: Stage
    ) -> None:
        ana, bo = staff(stage)
        kept = stage.records.outcomes
        first, second, third = (ended(stage, ana, bo, name) for name in "abc")
        stage.appealed(stage.decided(ana, account="open"), stage.account("open"))
        assert kept.unnoted(10) == [first, second, third]
        assert kept.unnoted(2) == [first, second]
        with stage.records.work():
            kept.note(first, OUTCOMES[0])
            kept.note(second, None)
            kept.note(first, None)
        assert kept.unnoted(10) == [third]
        assert kept.count() == (1, 1)
        closed = stage.records.appeals.get(first).now.closed_at
        assert closed is not None
        assert [each.features for each in kept.latest(5)] == [OUTCOMES[0].features]

    def test_the_latest_are_read_the_earliest_of_them_first(self, stage: Stage) -> None:
        ana, bo = staff(stage)
        kept = stage.records.outcomes
        appeals = [ended(stage, ana, bo, name) for name in "abc"]
        with stage.records.work():
            for appeal, outcome in zip(appeals, OUTCOMES, strict=False):
                at = stage.records.appeals.get(appeal).now.closed_at
                assert at is not None
                kept.note(appeal, replace(outcome, decided_at=at))
        assert [each.case for each in kept.latest(2)] == [OUTCOMES[1].case, OUTCOMES[2].case]

    def test_somebodys_appeals_the_latest_first(self, stage: Stage) -> None:
        ana, bo = staff(stage)
        first = ended(stage, ana, bo, "li_si")
        second = ended(stage, ana, bo, "li_si")
        ended(stage, ana, bo, "wang_wu")
        li_si = stage.records.parties.by_account("li_si")
        kept = stage.records.outcomes
        assert [each.id for each in kept.of_person(li_si, 9)] == [second, first]
        assert [each.id for each in kept.of_person(li_si, 1)] == [second]
        assert kept.of_person(stage.records.parties.by_account("nobody"), 9) == []

    def test_models_stay_and_the_latest_is_read_first(self, stage: Stage) -> None:
        kept = stage.records.outcomes
        assert list(kept.models(3)) == []
        models = [learn(OUTCOMES, Seen(60, n), stage.clock()) for n in (1, 2)]
        with stage.records.work():
            for model in models:
                kept.keep(model)
        assert list(kept.models(3)) == [models[1], models[0]]
        assert list(kept.models(1)) == [models[1]]
