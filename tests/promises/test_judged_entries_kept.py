"""What is promised of judged entries, of lessons, of the models' steps and of samples."""

from datetime import timedelta

import pytest
from tests.stories.stage import Stage

from gongdao.domain.kernel.errors import MovedOn
from gongdao.domain.kernel.events import SYSTEM, Actor, Role
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.policy.screening import Category, Lane
from gongdao.domain.screening.entries import (
    EntryProposed,
    EntryRetired,
    EntryStage,
    stream_of,
)
from gongdao.domain.screening.shadowing import (
    Crossed,
    ModelsBegun,
    Sample,
    ShadowStarted,
    Which,
)
from gongdao.domain.screening.taught import UNTAUGHT, Taught

ABUSE = Category.ABUSE


def proposed(stage: Stage, entry: str) -> str:
    step = EntryProposed(at=stage.clock(), by=SYSTEM, category=ABUSE, entry=entry, true=1, false=30)
    stream = stream_of(ABUSE, entry)
    with stage.records.work():
        stage.records.judged_entries.add(stream, [step], after=0)
    stage.clock.pass_(minutes=1)
    return stream


class TestJudgedEntries:
    def test_they_are_found_by_name_and_listed_by_stage_the_latest_first(
        self, stage: Stage
    ) -> None:
        kept = stage.records.judged_entries
        assert kept.of(ABUSE, "甲乙") is None
        first, second = proposed(stage, "甲乙"), proposed(stage, "丙丁")
        ana = PersonId(stage.hire("ana", Role.OPERATOR).person or "")
        with stage.records.work():
            said = stage.records.texts.seal("没有必要再用了。", None)
            by = Actor(Role.OPERATOR, ana)
            retired = EntryRetired(at=stage.clock(), by=by, reasons=said)
            kept.add(first, [retired], after=1)
        assert [each.id for each in kept.listed(9)] == [first, second]
        assert [each.entry for each in kept.listed(9, EntryStage.PROPOSED)] == ["丙丁"]
        assert [each.id for each in kept.listed(1)] == [first]
        held = kept.of(ABUSE, "甲乙")
        assert held is not None
        assert (held.version, held.now.stage, held.now.by) == (2, EntryStage.RETIRED, by)

    def test_the_second_of_two_is_told_to_read_again(self, stage: Stage) -> None:
        proposed(stage, "甲乙")
        with pytest.raises(MovedOn):
            proposed(stage, "甲乙")


class TestLessons:
    def test_the_last_is_read_and_each_keeping_changes_the_version(self, stage: Stage) -> None:
        lessons = stage.records.lessons
        assert (lessons.version(), lessons.now()) == (0, UNTAUGHT)
        one = Taught(frozenset({(ABUSE, "甲乙")}), {(Category.FRAUD, "丙丁"): 0.25})
        with stage.records.work():
            lessons.keep(one)
        before = lessons.version()
        assert lessons.now() == one
        with stage.records.work():
            lessons.keep(Taught())
        assert lessons.version() != before
        assert lessons.now() == Taught()


class TestModelSteps:
    def test_there_is_one_stream(self, stage: Stage) -> None:
        steps = stage.records.model_steps
        assert steps.of_house() is None
        ours, new = Which("screening-1", "a" * 64), Which("screening-2", "b" * 64)
        with stage.records.work():
            begun = ModelsBegun(at=stage.clock(), by=SYSTEM, live=ours)
            steps.write([begun], after=0)
            steps.write([ShadowStarted(at=stage.clock(), by=SYSTEM, shadow=new)], after=1)
        held = steps.of_house()
        assert held is not None
        assert (held.version, held.now.live, held.now.shadow) == (2, ours, new)


def sample(stage: Stage, key: str, live: float, shadow: float | None = None) -> Sample:
    lanes = [Lane.SECOND_LOOK if s and s > 0.5 else Lane.PUBLISH for s in (live, shadow)]
    return Sample(
        stage.clock(), key, ABUSE, live, lanes[0],
        "screening-2" if shadow is not None else None,
        shadow, lanes[1] if shadow is not None else None, "screening-1",
    )  # fmt: skip


class TestSamples:
    def test_a_time_is_counted_by_category_and_tenth(self, stage: Stage) -> None:
        samples, begin = stage.records.samples, stage.clock()
        assert list(samples.window("screening-1", begin, begin + timedelta(days=1))) == []
        with stage.records.work():
            samples.keep([sample(stage, each, score) for each, score in
                          (("a", 0.0), ("b", 0.05), ("c", 0.95), ("d", 1.0))])  # fmt: skip
            stage.clock.pass_(days=1)
            samples.keep([sample(stage, "e", 0.5)])
        assert list(samples.window("screening-0", begin, begin + timedelta(days=1))) == []
        (found,) = samples.window("screening-1", begin, begin + timedelta(days=1))
        assert (found.category, found.n, found.flagged) == (ABUSE, 4, 2)
        assert found.mean == pytest.approx(0.5)
        assert found.bins == (2, 0, 0, 0, 0, 0, 0, 0, 0, 2)

    def test_what_a_shadow_said_is_counted_beside_the_live_model(self, stage: Stage) -> None:
        samples, begin = stage.records.samples, stage.clock()
        with stage.records.work():
            samples.keep([sample(stage, "a", 0.1), sample(stage, "b", 0.1, 0.9)])
            stage.clock.pass_(minutes=1)
            samples.keep([sample(stage, "b", 0.9, 0.2), sample(stage, "c", 0.1, 0.2)])
        assert samples.texts("screening-2", begin) == 3
        assert samples.texts("screening-2", stage.clock()) == 2
        assert samples.texts("screening-3", begin) == 0
        assert list(samples.crossed("screening-2", begin)) == [
            Crossed(ABUSE, Lane.PUBLISH, Lane.PUBLISH, 1),
            Crossed(ABUSE, Lane.PUBLISH, Lane.SECOND_LOOK, 1),
            Crossed(ABUSE, Lane.SECOND_LOOK, Lane.PUBLISH, 1),
        ]
        said = samples.of_texts("screening-2", ["b", "x"])
        assert [(each.key, each.live) for each in said] == [("b", 0.9)]

    def test_old_ones_are_forgotten(self, stage: Stage) -> None:
        samples, begin = stage.records.samples, stage.clock()
        with stage.records.work():
            samples.keep([sample(stage, "a", 0.1)])
            stage.clock.pass_(days=2)
            samples.keep([sample(stage, "b", 0.1)])
            assert samples.forget(stage.clock() - timedelta(days=1)) == 1
        (found,) = samples.window("screening-1", begin, stage.clock() + timedelta(days=1))
        assert found.n == 1
