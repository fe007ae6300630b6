"""What people write changes: the desk says so, and whoever answers for it is told once."""

from tests.fakes.streams import MemoryNotices
from tests.stories.stage import Stage, stage_on_fakes
from tests.stories.test_bad_input import packs_where

from gongdao.domain.kernel.events import Role
from gongdao.domain.policy.book import PackBook
from gongdao.domain.policy.screening import Category, Lane
from gongdao.domain.screening.shadowing import Sample, Shift


def noted(stage: Stage, score: float, count: int, version: str = "") -> None:
    lane = Lane.SECOND_LOOK if score > 0.6 else Lane.PUBLISH
    live = stage.app.screening.now.versions()[1]
    rows = [
        Sample(
            stage.clock(), f"{n}", Category.ABUSE, score, lane, live_version=version or live
        )
        for n in range(count)
    ]  # fmt: skip
    with stage.records.work():
        stage.records.samples.keep(rows)


def says(stage: Stage) -> list[Shift]:
    ana = stage.hire("ana", Role.REVIEWER)
    return [each.says for each in stage.app.screening.models.runs.drifts(ana)]


def test_shifted_scores_a_changed_share_and_steady_ones_are_told_apart() -> None:
    stage = stage_on_fakes()
    assert says(stage) == []
    noted(stage, 0.15, 360)
    noted(stage, 0.95, 40)
    stage.clock.pass_(days=10)
    noted(stage, 0.15, 180)
    assert says(stage) == [Shift.TOO_FEW]
    noted(stage, 0.95, 20)
    assert says(stage) == [Shift.STEADY]
    noted(stage, 0.95, 40)
    assert says(stage) == [Shift.FLAGGED]
    noted(stage, 0.55, 200)
    assert says(stage) == [Shift.SCORES]


def test_what_another_model_scored_is_no_drift() -> None:
    stage = stage_on_fakes()
    noted(stage, 0.15, 400, "screening-of-before")
    stage.clock.pass_(days=10)
    noted(stage, 0.95, 400)
    assert says(stage) == []


def test_old_samples_are_forgotten_by_the_worker() -> None:
    stage = stage_on_fakes()
    noted(stage, 0.15, 5)
    stage.clock.pass_(days=121)
    assert tidied(stage) == 5


def test_where_nothing_is_noted_any_more_nothing_that_was_is_kept() -> None:
    stage = stage_on_fakes()
    noted(stage, 0.15, 5)
    stage.clock.pass_(minutes=1)
    assert tidied(stage) == 0

    assert tidied(stage.with_(packs=packs_without_samples())) == 5


def packs_without_samples() -> PackBook:
    """The shipped packs, where no scores are noted."""
    none = {"shadow": None}
    return PackBook.of(
        [
            each.model_copy(update={"screening": each.screening.model_copy(update=none)})
            if each.screening is not None
            else each
            for each in packs_where(lambda cases: cases).packs.values()
        ]
    )


def tidied(stage: Stage) -> int:
    return stage.app.screening.tidy()


def told(stage: Stage) -> list[tuple[str, str]]:
    """Who was told what, the oldest first."""
    kept = stage.records.notices
    assert isinstance(kept, MemoryNotices)
    notices = [held.now for held in kept.all()]
    return [(each.to, each.template) for each in sorted(notices, key=lambda n: n.issued_at)]


def test_seniors_and_operators_are_told_once_when_it_begins_and_once_when_it_is_over() -> None:
    stage = stage_on_fakes()
    ana = stage.hire("ana", Role.SENIOR_REVIEWER).person
    root = stage.hire("root", Role.OPERATOR, Role.SENIOR_REVIEWER).person
    stage.hire("ju", Role.REVIEWER)
    noted(stage, 0.15, 400)
    stage.clock.pass_(days=10)
    assert tidied(stage) == 0
    noted(stage, 0.95, 300)
    assert tidied(stage) == 1
    began = "screening_drift_began"
    assert sorted(told(stage)) == sorted([(ana, began), (root, began)])
    for _ in range(3):
        stage.clock.pass_(days=1)
        noted(stage, 0.95, 100)
        assert tidied(stage) == 0
    stage.clock.pass_(days=70)
    noted(stage, 0.95, 300)
    stage.clock.pass_(days=8)
    noted(stage, 0.95, 250)
    noted(stage, 0.15, 2)
    assert tidied(stage) >= 1
    assert [template for _, template in told(stage)][2:] == ["screening_drift_ended"] * 2
    assert tidied(stage) == 0


def test_what_lies_just_under_the_bound_is_not_over_yet() -> None:
    stage = stage_on_fakes()
    stage.hire("ana", Role.SENIOR_REVIEWER)
    noted(stage, 0.15, 1000)
    stage.clock.pass_(days=10)
    noted(stage, 0.15, 900)
    noted(stage, 0.95, 100)
    assert tidied(stage) == 1
    noted(stage, 0.15, 1200)  # now some 4.5 points apart: under the bound, above half of it
    assert says(stage) == [Shift.STEADY]
    assert tidied(stage) == 0
    noted(stage, 0.15, 4000)
    assert tidied(stage) == 1
    noted(stage, 0.95, 600)
    assert tidied(stage) == 1
