"""Reports that were set aside: after the measure their reporter says which are looked at."""

from tests.stories.stage import Stage, refused, violation
from tests.stories.test_cried_wolf import WHY, file_of, letters, limited, misusing, taking_up

from gongdao.domain.access.model import Caller
from gongdao.domain.flows.reporting import Receipt
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role


def cast(stage: Stage) -> tuple[Caller, Caller]:
    return stage.hire("ana", Role.REVIEWER), stage.account("wang_wu")


def stages(stage: Stage, kept: list[Receipt]) -> list[str]:
    return [stage.sees(each).stage for each in kept]


def test_at_its_end_the_reporter_is_told_once_and_says_which(stage: Stage) -> None:
    ana, wolf = cast(stage)
    last = limited(stage, wolf, ana)
    kept = [stage.report(wolf) for _ in range(4)]
    of, story = stage.app.standing, taking_up(stage)
    assert "take_up" not in stage.sees(kept[0]).can
    with refused("misuse.still_limited"):
        story.mine(kept[0].case, wolf)
    with refused("misuse.still_limited"):
        of.misusing.revive_mine(wolf)
    with refused("misuse.still_limited"):
        of.misusing.revive_all(last.case, 1, ana)
    assert stage.tick(days=14) >= 1
    stage.tick(days=1)
    assert letters(stage, wolf)[-1] == "misuse_ran_out_aside"
    assert letters(stage, wolf).count("misuse_ran_out_aside") == 1
    assert stages(stage, kept) == ["set_aside"] * 4
    assert "take_up" in stage.sees(kept[0]).can
    mine = of.credibility.mine(wolf, "zh")
    assert mine is not None
    assert [each.case for each in mine.asides] == [each.case for each in kept]
    _, by_code = stage.app.files.by_code(kept[0].code)
    story.mine(kept[0].case, by_code)
    for stranger in (stage.account("li_si"), ana):
        with refused("not_found", NotFound):
            story.mine(kept[1].case, stranger)
    with refused("case.wrong_stage"):
        story.mine(kept[0].case, wolf)
    stage.app.reporting.withdraw(kept[3].case, "", wolf)
    assert of.misusing.revive_mine(wolf) == 2
    assert stages(stage, kept) == ["received"] * 3 + ["withdrawn"]
    with refused("misuse.nothing_aside"):
        of.misusing.revive_mine(wolf)
    assert len(file_of(stage, wolf).marks) == 4


def test_the_desk_takes_all_of_them_up_too(fakes: Stage) -> None:
    ana, wolf = cast(fakes)
    last = limited(fakes, wolf, ana)
    kept = [fakes.report(wolf) for _ in range(2)]
    fakes.tick(days=14)
    assert misusing(fakes).revive_all(last.case, 1, ana) == 2
    assert stages(fakes, kept) == ["received"] * 2


def test_whoever_has_it_taken_up_waits_their_turn(stage: Stage) -> None:
    """What lay aside does not pass in front of all that came meanwhile; a wrong measure costs no
    place."""
    ana, wolf = cast(stage)
    limited(stage, wolf, ana)
    kept = [stage.report(wolf) for _ in range(2)]
    stage.clock.pass_(days=13, hours=12)
    honest = stage.report(stage.account("zhao_liu"))
    stage.clock.pass_(hours=12)
    stage.tick()
    taking_up(stage).mine(kept[0].case, wolf)
    taking_up(stage).grave(kept[1].case, ana)
    (running,) = stage.records.deadlines.running(kept[0].case)
    assert running.now.starts_at == stage.clock()
    order = [stage.app.pulling.next(ana) for _ in range(3)]
    assert order == [kept[1].case, honest.case, kept[0].case]


def test_what_was_taken_up_is_judged_like_any_other(fakes: Stage) -> None:
    ana, wolf = cast(fakes)
    limited(fakes, wolf, ana)
    kept = fakes.report(wolf)
    fakes.tick(days=14)
    taking_up(fakes).mine(kept.case, wolf)
    fakes.app.investigating.accept(kept.case, WHY, ana)
    fakes.app.deciding.decide(kept.case, violation(), ana)
    mine = fakes.app.standing.credibility.mine(wolf, "zh")
    assert mine is not None
    assert (mine.counts["upheld"], mine.counts["manifestly_unfounded"]) == (1, 4)


def test_whoever_joins_later_learns_nothing_of_the_measure(fakes: Stage) -> None:
    ana, wolf = cast(fakes)
    limited(fakes, wolf, ana)
    kept = fakes.report(wolf, subject_ref="post-7")
    fakes.tick(days=14)
    taking_up(fakes).mine(kept.case, wolf)
    joined = fakes.report(fakes.account("zhao_liu"), subject_ref="post-7")
    assert joined.case == kept.case
    about = {"case.set_aside", "case.revived"}
    assert about <= {entry.kind for entry in fakes.sees(kept).timeline}
    assert not about & {entry.kind for entry in fakes.sees(joined).timeline}
    reviewed = fakes.app.files.open(kept.case, fakes.account("li_si"))
    assert not about & {entry.kind for entry in reviewed.timeline}


def test_what_is_over_is_not_lifted(fakes: Stage) -> None:
    """It would say that it should never have been, and pass what was aside in front of others."""
    ana, wolf = cast(fakes)
    last = limited(fakes, wolf, ana)
    kept, file = fakes.report(wolf), file_of(fakes, wolf)
    fakes.clock.pass_(days=14)
    with refused("misuse.lifted_already"):
        misusing(fakes).lift(last.case, 1, file.measures[0].id, WHY, ana)
    fakes.clock.pass_(days=180)
    with refused("misuse.lifted_already"):
        misusing(fakes).lift(last.case, 1, file.warnings[0].id, WHY, ana)
    assert stages(fakes, [kept]) == ["set_aside"]


def test_nothing_is_told_of_a_measure_that_was_lifted(fakes: Stage) -> None:
    ana, wolf = cast(fakes)
    last = limited(fakes, wolf, ana)
    misusing(fakes).lift(last.case, 1, file_of(fakes, wolf).measures[0].id, WHY, ana)
    fakes.tick(days=30)
    assert letters(fakes, wolf)[-1] == "misuse_measure_ended"


def test_a_clock_that_jumps_back_begins_no_measure_again(fakes: Stage) -> None:
    ana, wolf = cast(fakes)
    limited(fakes, wolf, ana)
    fakes.tick(days=14)
    assert letters(fakes, wolf)[-1] == "misuse_ran_out"
    fakes.clock.set_back(days=3)
    assert fakes.sees(fakes.report(wolf)).stage == "received"
    fakes.tick(days=6)
    assert letters(fakes, wolf).count("misuse_ran_out") == 1
