"""A new model is trained on decisions, compared, run as a shadow, put live and taken back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.fakes.vault import MemoryFiles
from tests.stories.stage import Stage, no_violation, refused, stage_on_fakes
from tests.stories.test_false_alarms import taught

from gongdao.adapters.screening import model_file, training
from gongdao.adapters.screening.model_shelf import ModelShelf
from gongdao.bootstrap import comparing, screening
from gongdao.bootstrap.comparing import Taught
from gongdao.bootstrap.own_models import OwnModels
from gongdao.bootstrap.screening_now import ScreeningNow
from gongdao.domain.kernel.errors import BadInput, NotFound
from gongdao.domain.kernel.events import SYSTEM, Role
from gongdao.domain.kernel.ids import Digest
from gongdao.domain.policy.screening import Category, Lane, ScreeningPolicy
from gongdao.domain.screening.comparing import Verdict
from gongdao.domain.screening.grams import reader
from gongdao.domain.screening.shadowing import ModelsBegun, Which

WHY = "旧模型漏掉了大量新骗局，先上线再观察。"
BAD, GOOD = "滚开你这条狗", "今天天气真好"


def texts(count: int, kind: str) -> Iterator[str]:
    for number in range(count):
        yield f"{kind}{chr(0x4E00 + number * 7)}{chr(0x5E00 + number)}"


def model(folder: Path, name: str, *, right: bool = True) -> Path:
    """Write a tiny model that has learned what is bad, or just the contrary."""
    pairs = [(text, right) for text in texts(60, BAD)] + [(t, not right) for t in texts(60, GOOD)]
    several = [training.Labelled(text, true) for text, true in pairs]
    head = training.head(
        Category.ABUSE, several, reader(screening.letters().folding), training.ABUSE
    )
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.bin"
    path.write_bytes(model_file.dump(f"screening-{name}", [head], {}))
    return path


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give a good model's file and a bad one's."""
    folder = tmp_path_factory.mktemp("models")
    return model(folder, "good"), model(folder, "bad", right=False)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    """Give a house with a shelf of its own, where each text is noted."""
    found = stage_on_fakes()
    now = found.app.screening.now
    now.shelf = ModelShelf(tmp_path / "shelf", found.records.files)
    now.draw = lambda _: True
    return found


def models(stage: Stage) -> OwnModels:
    return stage.app.screening.models


def look(stage: Stage, *several: str) -> None:
    for text in several:
        stage.app.screening.now.look(text)
        stage.clock.pass_(minutes=1)


class TestShadow:
    def test_a_shadow_reads_is_reported_goes_live_and_is_taken_back(
        self, stage: Stage, files: tuple[Path, Path]
    ) -> None:
        good, _ = files
        own, now = models(stage), stage.app.screening.now
        before = now.live()
        with refused("model.no_shadow"):
            own.go_live(good, None)
        which = own.start(good)
        look(stage, *texts(30, BAD))
        with refused("model.shadow_too_short", texts=30, days=0):
            own.go_live(good, None)
        senior = stage.hire("ana", Role.SENIOR_REVIEWER)
        stage.decided(senior, no_violation(), snapshot=next(texts(1, BAD)))
        taught(stage)
        report = own.runs.report(senior)
        assert report.texts == 30
        assert report.disagreed == 30
        (against,) = report.against
        assert (against.labels, against.live_only, against.shadow_only) == (1, 1, 0)
        assert now.find(BAD).lane is Lane.PUBLISH
        own.go_live(good, WHY)
        assert now.live() == which
        assert now.find(BAD).lane is not Lane.PUBLISH
        assert stage.records.opened(own.runs.models().without_shadow) == WHY  # type: ignore[union-attr, arg-type]  # it was just given
        own.roll_back()
        assert now.live() == before
        assert now.find(BAD).lane is Lane.PUBLISH
        kinds = [each.event.kind for each in stage.records.model_steps.history("house")]
        assert kinds == [
            "screening.models_begun", "screening.shadow_started",
            "screening.model_went_live", "screening.model_rolled_back",
        ]  # fmt: skip
        with refused("model.nothing_before"):
            own.roll_back()

    def test_after_enough_texts_and_days_no_reason_is_needed(
        self, stage: Stage, files: tuple[Path, Path]
    ) -> None:
        own, policy = models(stage), stage.app.screening.now.policy()
        assert policy.shadow is not None
        few = replace(
            own.runs, policy=lambda: policy.model_copy(
                update={"shadow": policy.shadow.model_copy(update={"texts": 3})}  # type: ignore[union-attr]  # the house has one
            ),
        )  # fmt: skip
        own = replace(own, runs=few)
        own.start(files[0])
        look(stage, *texts(3, GOOD))
        stage.clock.pass_(days=7)
        own.go_live(files[0], None)
        held = own.runs.models()
        assert held is not None
        assert (held.shadow, held.without_shadow) == (None, None)

    def test_it_can_be_stopped_and_the_live_one_is_no_shadow(
        self, stage: Stage, files: tuple[Path, Path]
    ) -> None:
        own = models(stage)
        with refused("model.no_shadow_runs"):
            own.stop()
        own.start(files[0])
        own.stop()
        look(stage, BAD)
        with refused("model.no_shadow_runs"):
            own.runs.report(stage.hire("ana", Role.REVIEWER))
        own.go_live(files[0], WHY)
        with refused("model.is_live"):
            own.start(files[0])
        with refused("not_found", NotFound):
            own.runs.report(stage.account("li_si"))

    def test_a_damaged_file_is_refused(
        self, stage: Stage, files: tuple[Path, Path], tmp_path: Path
    ) -> None:
        own = models(stage)
        broken = tmp_path / "broken.bin"
        broken.write_bytes(files[0].read_bytes()[:-9])
        with refused("model.damaged", BadInput):
            own.start(broken)
        with refused("model.damaged", BadInput):
            own.go_live(broken, WHY)
        assert own.runs.models() is None


def lose(stage: Stage, which: Which, *, everywhere: bool = False) -> None:
    """Spoil a model's file on this machine, or wherever it lies; then begin anew."""
    now = stage.app.screening.now
    (now.shelf.folder / f"{which.digest}.bin").write_bytes(b"nonsense")
    if everywhere:
        assert isinstance(now.shelf.files, MemoryFiles)
        now.shelf.files.kept[Digest(which.digest)] = b"nonsense"
    now.forget()


class Killed(ModelShelf):
    """A shelf whose process ends once the file lies there, before anything is on record."""

    def put(self, content: bytes) -> None:
        ModelShelf(self.folder, self.files).put(content)
        raise KeyboardInterrupt


class TestFilesOfModels:
    def test_a_file_damaged_here_is_fetched_from_the_house(
        self, stage: Stage, files: tuple[Path, Path]
    ) -> None:
        own, now = models(stage), stage.app.screening.now
        lose(stage, own.go_live(files[0], WHY))
        assert now.look(BAD).lane is not Lane.PUBLISH
        assert own.problem() is None

    def test_one_lost_everywhere_leaves_the_lists_at_work_until_it_is_put_back(
        self, stage: Stage, files: tuple[Path, Path]
    ) -> None:
        own, now = models(stage), stage.app.screening.now
        good, bad = files
        own.go_live(bad, WHY)
        lose(stage, own.go_live(good, WHY), everywhere=True)
        found = now.look("你是智障")
        assert found.model_failed == "model.not_here"
        assert any("智障" in each.evidence for each in found.findings)
        assert own.problem() == "model.not_here"
        own.go_live(good, None)
        assert own.problem() is None
        assert now.find(BAD).lane is not Lane.PUBLISH
        before = own.runs.models()
        assert before is not None
        assert before.before is not None
        lose(stage, before.before, everywhere=True)
        with refused("model.not_here", BadInput):
            own.roll_back()
        assert own.runs.models() == before

    def test_a_switch_that_is_broken_off_changes_nothing_and_can_be_done_again(
        self, stage: Stage, files: tuple[Path, Path]
    ) -> None:
        own, now = models(stage), stage.app.screening.now
        before, shelf = now.live(), now.shelf

        now.shelf = Killed(shelf.folder, shelf.files)
        with pytest.raises(KeyboardInterrupt):
            own.go_live(files[0], WHY)
        now.shelf = shelf
        now.forget()
        assert (now.live(), own.problem()) == (before, None)
        which = own.go_live(files[0], WHY)
        assert now.live() == which
        own.roll_back()
        assert now.live() == before

    def test_another_machine_follows_and_fetches_the_file(
        self, stage: Stage, files: tuple[Path, Path], tmp_path: Path
    ) -> None:
        r = stage.records
        there = ScreeningNow(r, ModelShelf(tmp_path / "there", r.files))
        assert there.find(BAD).lane is Lane.PUBLISH
        which = models(stage).go_live(files[0], WHY)
        there.forget()
        assert (there.find(BAD).lane, there.live()) == (Lane.THIRD_LOOK, which)
        assert there.versions()[1] == which.version

    def test_a_new_programs_own_model_reads_where_nobody_chose_another(
        self, stage: Stage, files: tuple[Path, Path]
    ) -> None:
        own, now = models(stage), stage.app.screening.now
        older = Which("screening-of-an-older-program", "0" * 64)
        begun = ModelsBegun(at=stage.clock(), by=SYSTEM, live=older)
        with stage.records.work():
            stage.records.model_steps.write([begun], after=0)
        assert (now.live(), own.problem()) == (screening.which(), None)
        own.go_live(files[0], WHY)
        own.roll_back()
        assert now.live() == screening.which()


class TestComparing:
    def labels(self, count: int) -> list[Taught]:
        at = stage_on_fakes().clock()
        pairs = [*((t, True) for t in texts(count, BAD)), *((t, False) for t in texts(count, GOOD))]
        return [Taught(text, Category.ABUSE, true, "decision", at) for text, true in pairs]

    def test_what_is_surely_better_is_called_better_and_the_other_way_round(
        self, files: tuple[Path, Path]
    ) -> None:
        good, bad = files
        found = comparing.compare(bad, good, None, self.labels(30))
        assert found.verdict is Verdict.BETTER
        (told,) = found.told
        assert told.new_auc is not None
        assert told.new_auc.value == 1
        assert {each.name: each.n for each in found.flagged} == {
            "everyday": 40, "against prejudice": 40,
        }  # fmt: skip
        assert comparing.compare(good, bad, None, self.labels(30)).verdict is Verdict.WORSE

    def test_few_labels_tell_nothing(self, files: tuple[Path, Path]) -> None:
        found = comparing.compare(files[1], files[0], None, self.labels(19))
        assert found.told[0].new_auc is None
        assert found.verdict is not Verdict.BETTER
        assert comparing.compare(files[1], files[0], None).verdict is not Verdict.BETTER

    def test_a_model_is_not_compared_with_itself(self, files: tuple[Path, Path]) -> None:
        with refused("model.same", BadInput):
            comparing.compare(files[0], files[0], None)
        with refused("model.not_there", BadInput):
            comparing.compare(files[0], Path("/nowhere/model.bin"), None)

    def test_labels_are_split_by_time_and_no_text_is_on_both_sides(self) -> None:
        labels = [
            replace(each, at=each.at + timedelta(days=n)) for n, each in enumerate(self.labels(5))
        ]
        again = replace(labels[0], at=labels[-1].at + timedelta(days=1))
        older, newer, until = comparing.split([*labels, again])
        assert until == labels[9].at
        assert (len(older), [each.text for each in newer]) == (9, [labels[9].text])
        assert comparing.split([]) == ([], [], None)


def test_the_policy_is_read_from_the_pack() -> None:
    policy = stage_on_fakes().app.screening.now.policy()
    assert isinstance(policy, ScreeningPolicy)
    assert policy.teaching is not None
    house = stage_on_fakes().records.packs.versions("house")[0].cases
    assert house is not None
    codes = {clause.code for clause in house.clauses}
    assert set(policy.teaching.clauses) <= codes
