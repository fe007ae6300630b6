"""What is promised of what became of reports, and of files on misuse of reporting."""

from datetime import timedelta

from tests.stories.stage import Stage, no_violation, violation
from tests.stories.test_cried_wolf import WHY, cried, file_of, limited, misusing

from gongdao.domain.access.model import Caller
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.standing.credibility import Found

MANY = 9


def person(caller: Caller) -> PersonId:
    assert caller.person is not None
    return caller.person


class TestTracks:
    def test_decided_cases_come_the_latest_first_each_as_its_decision_stands(
        self, stage: Stage
    ) -> None:
        r, ana = stage.records, stage.hire("ana", Role.REVIEWER)
        bo, wolf = stage.hire("bo", Role.REVIEWER), stage.account("wang_wu")
        other = stage.account("zhang_san")
        upheld = stage.decided(ana, violation(), caller=wolf)
        stage.clock.pass_(hours=1)
        fallen = stage.decided(ana, violation(), caller=wolf)
        stage.clock.pass_(hours=1)
        nothing = stage.decided(ana, no_violation(), caller=wolf)
        stage.clock.pass_(hours=1)
        (marked,) = cried(stage, wolf, ana)
        stage.report(wolf)  # not decided
        appeal = stage.appealed(fallen)
        stage.app.reviewing.overturn(
            appeal, "这是引用，不构成辱骂。", stage.reviewer_of(appeal, ana, bo)
        )

        found = r.tracks.decided([person(wolf), person(other)], MANY)
        assert list(found) == [person(wolf)]
        case = stage.case(marked.case)
        assert [(each.decision, each.found) for each in found[person(wolf)]] == [
            (case.decision, Found.MANIFESTLY_UNFOUNDED),
            (nothing, Found.NOT_UPHELD),
            (fallen, Found.OVERTURNED),
            (upheld, Found.UPHELD),
        ]
        assert not any(each.joined for each in found[person(wolf)])
        short = r.tracks.decided([person(wolf)], 1)[person(wolf)]
        assert [each.case for each in short] == [marked.case]
        assert dict(r.tracks.decided([], MANY)) == {}

    def test_whoever_came_later_joined_and_several_reports_are_one_voice(
        self, stage: Stage
    ) -> None:
        r, ana = stage.records, stage.hire("ana", Role.REVIEWER)
        first, later = stage.account("wang_wu"), stage.account("zhang_san")
        opened = stage.accepted(ana, first, subject_ref="post-7")
        stage.clock.pass_(minutes=1)
        for who in (later, first):
            assert stage.report(who, subject_ref="post-7").case == opened.case
        stage.app.deciding.decide(opened.case, violation(), ana)

        found = r.tracks.decided([person(first), person(later)], MANY)
        assert [each.joined for each in found[person(first)]] == [False]
        assert [each.joined for each in found[person(later)]] == [True]

    def test_who_reported_whom_is_known_before_anything_is_decided(self, stage: Stage) -> None:
        r, wolf, other = stage.records, stage.account("wang_wu"), stage.account("zhang_san")
        about = stage.account("li_si")
        stage.report(wolf, account="li_si")
        stage.report(other, account="zhao_liu")
        assert r.tracks.reported(person(wolf), person(about))
        assert not r.tracks.reported(person(about), person(wolf))
        assert not r.tracks.reported(person(other), person(about))


class TestMisuses:
    def test_a_file_is_found_by_its_reporter_alone(self, stage: Stage) -> None:
        r, ana = stage.records, stage.hire("ana", Role.REVIEWER)
        wolf = stage.account("wang_wu")
        assert r.misuses.of(person(wolf)) is None
        (receipt,) = cried(stage, wolf, ana)
        held = r.misuses.of(person(wolf))
        assert held is not None
        assert [mark.case for mark in held.now.marks] == [receipt.case]
        assert r.misuses.of(person(stage.account("zhang_san"))) is None

    def test_who_is_under_a_measure_is_so_until_its_end(self, stage: Stage) -> None:
        r, ana = stage.records, stage.hire("ana", Role.REVIEWER)
        wolf, other = stage.account("wang_wu"), stage.account("zhang_san")
        people, before = [person(wolf), person(other)], stage.clock()
        limited(stage, wolf, ana)
        (measure,) = file_of(stage, wolf).measures

        found = r.misuses.limited(people, stage.clock())
        assert {who: (each.measure, each.until) for who, each in found.items()} == {
            person(wolf): (measure.id, measure.until)
        }
        assert dict(r.misuses.limited([person(other)], stage.clock())) == {}
        assert dict(r.misuses.limited(people, before)) == {}
        assert list(r.misuses.limited(people, measure.until - timedelta(seconds=1))) == people[:1]
        assert dict(r.misuses.limited(people, measure.until)) == {}

    def test_a_measure_that_ran_out_waits_to_be_told_once(self, stage: Stage) -> None:
        r, ana = stage.records, stage.hire("ana", Role.REVIEWER)
        wolf = stage.account("wang_wu")
        limited(stage, wolf, ana)
        (measure,) = file_of(stage, wolf).measures
        assert r.misuses.ran_out(measure.until - timedelta(seconds=1), MANY) == []
        assert r.misuses.ran_out(measure.until, MANY) == [person(wolf)]
        assert r.misuses.ran_out(measure.until, 0) == []
        stage.clock.pass_(days=14)
        stage.tick()
        assert r.misuses.ran_out(stage.clock(), MANY) == []

    def test_what_is_set_aside_comes_the_oldest_first(self, stage: Stage) -> None:
        r, ana = stage.records, stage.hire("ana", Role.REVIEWER)
        wolf = stage.account("wang_wu")
        limited(stage, wolf, ana)
        kept = []
        for _ in range(2):
            kept.append(stage.report(wolf).case)
            stage.clock.pass_(minutes=1)
        stage.report(stage.account("zhang_san"))
        assert r.misuses.aside(person(wolf)) == kept
        assert r.misuses.aside(person(stage.account("zhang_san"))) == []

    def test_files_with_an_appeal_wait_the_oldest_first(self, stage: Stage) -> None:
        r, ana = stage.records, stage.hire("ana", Role.REVIEWER)
        bo, files = stage.hire("bo", Role.REVIEWER), []
        for name in ("wang_wu", "zhang_san"):
            wolf = stage.account(name)
            last = cried(stage, wolf, ana, 3)[-1]
            misusing(stage).warn(last.case, 1, WHY, ana)
            files.append(wolf)
        assert list(r.misuses.waiting(MANY)) == []
        for wolf in reversed(files):
            warning = file_of(stage, wolf).warnings[0]
            misusing(stage).object(warning.id, WHY, wolf)
            stage.clock.pass_(minutes=1)
        waiting = [person(files[1]), person(files[0])]
        assert [each.reporter for each in r.misuses.waiting(MANY)] == waiting
        assert [each.reporter for each in r.misuses.waiting(1)] == waiting[:1]
        warning = file_of(stage, files[1]).warnings[0]
        misusing(stage).hear(
            file_of(stage, files[1]).id,
            warning.id,
            "三件的链接我都打开看了，警告成立。",
            bo,
            overturned=False,
        )
        assert [each.reporter for each in r.misuses.waiting(MANY)] == waiting[1:]
