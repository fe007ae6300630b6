"""What is promised of what accounts were told of their grades."""

from datetime import datetime, timedelta

from tests.stories.stage import Stage

from gongdao.domain.kernel.events import SYSTEM, Actor, Role
from gongdao.domain.kernel.ids import PackRef, PersonId
from gongdao.domain.policy.grades import GradeCode
from gongdao.domain.standing.accounts import (
    Because,
    GradeContested,
    GradeFell,
    GradeLooked,
    GradeRose,
    StandingId,
)


def fell(stage: Stage, account: str, look: datetime | None) -> tuple[StandingId, PersonId]:
    """Tell an account of a grade."""
    r, now = stage.records, stage.clock()
    person, standing = r.parties.by_account(account), StandingId(r.new_id())
    step = GradeFell(
        at=now,
        by=SYSTEM,
        standing=standing,
        person=person,
        grade=GradeCode.D,
        before=GradeCode.C,
        items=(),
        pack=PackRef("house", "2026-11-01"),
        effects_at=now + timedelta(days=2),
        contest_until=now + timedelta(days=30),
        statement_zh=r.texts.seal("理由。", person),
        statement_en=r.texts.seal("Reasons.", person),
        next_look=look,
    )
    r.grades.add(standing, [step], after=0)
    return standing, person


class TestGrades:
    def test_what_an_account_was_told_is_found_by_it_alone(self, stage: Stage) -> None:
        with stage.records.work():
            standing, person = fell(stage, "li_si", None)
            found = stage.records.grades.of_person(person)
            assert found is not None
            assert (found.now.id, found.now.told, found.version) == (standing, GradeCode.D, 1)
            assert stage.records.grades.of_person(stage.records.parties.by_account("wu")) is None

    def test_of_many_people_those_who_were_told_of_a_grade_are_found(self, stage: Stage) -> None:
        r = stage.records
        with r.work():
            standing, li_si = fell(stage, "li_si", None)
            wang, nobody = fell(stage, "wang_wu", None)[1], r.parties.by_account("zhao_liu")
            low, people = {GradeCode.D, GradeCode.E}, [li_si, wang, nobody]
            assert sorted(r.grades.told_one_of(people, low)) == sorted([li_si, wang])
            assert r.grades.told_one_of([li_si], {GradeCode.E}) == []
            rose = GradeRose(
                at=stage.clock(), by=SYSTEM, grade=GradeCode.C, because=Because.TIME, next_look=None
            )
            r.grades.add(standing, [rose], after=1)
            assert r.grades.told_one_of(people, low) == [wang]

    def test_those_whose_time_has_come_are_looked_at_the_earliest_first(self, stage: Stage) -> None:
        r, now = stage.records, stage.clock()
        with r.work():
            late, _ = fell(stage, "li_si", now + timedelta(days=3))
            early, _ = fell(stage, "wang_wu", now + timedelta(days=1))
            fell(stage, "zhao_liu", None)
            then = now + timedelta(days=3)
            assert [held.now.id for held in r.grades.to_look_at(then, 9)] == [early, late]
            assert [held.now.id for held in r.grades.to_look_at(then, 1)] == [early]
            looked = GradeLooked(at=now, by=SYSTEM, next_look=None)
            r.grades.add(early, [looked], after=1)
            assert [held.now.id for held in r.grades.to_look_at(then, 9)] == [late]

    def test_those_who_appealed_wait_the_longest_first(self, stage: Stage) -> None:
        r = stage.records
        with r.work():
            first, a = fell(stage, "li_si", None)
            second, b = fell(stage, "wang_wu", None)
            for standing, person in ((second, b), (first, a)):
                grounds = r.texts.seal("不对。", person)
                by = Actor(Role.RESPONDENT, person)
                due = stage.clock() + timedelta(days=14)
                step = GradeContested(at=stage.clock(), by=by, grounds=grounds, hear_by=due)
                r.grades.add(standing, [step], after=1)
                stage.clock.pass_(minutes=1)
            assert [account.id for account in r.grades.waiting(9)] == [second, first]
            assert [account.id for account in r.grades.waiting(1)] == [second]
