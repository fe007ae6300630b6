"""What is promised of learners, certificates and duties, on fakes and on PostgreSQL."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.stories.stage import Stage, refused, stage_on_postgres
from tests.stories.test_training import examined, read

from gongdao.domain.kernel.errors import MovedOn
from gongdao.domain.kernel.events import SYSTEM, Role
from gongdao.domain.kernel.ids import PersonId, Sealed
from gongdao.domain.policy.training import TeamOf
from gongdao.domain.training.certificates import CertificateNamed
from gongdao.domain.training.duties import Counted, TrainingDone, TrainingSet
from gongdao.domain.training.model import (
    CertificateId,
    Examined,
    LearnerCame,
    LearnerId,
    TrainingDutyId,
)
from gongdao.storage.rebuild import differences
from gongdao.storage.streams import append


def set_duty(stage: Stage, person: PersonId, quarter: str, *, days: int = 9) -> TrainingDutyId:
    r = stage.records
    duty = TrainingDutyId(r.new_id())
    step = TrainingSet(
        at=stage.clock(), by=SYSTEM, duty=duty, person=person, team="reviewers",
        course="reviewers", quarter=quarter, due_at=stage.clock() + timedelta(days=days),
    )  # fmt: skip
    with r.work():
        r.training_duties.add(duty, [step], after=0)
    return duty


def test_duties_are_found_counted_and_replaced(stage: Stage) -> None:
    ana, ben = (stage.hire(name, Role.REVIEWER) for name in ("ana", "ben"))
    duties = stage.records.training_duties
    assert ana.person is not None
    assert ben.person is not None
    lacking = duties.lacking(TeamOf.REVIEWERS, "reviewers", "2026q1", 10)
    assert set(lacking) >= {ana.person, ben.person}
    old = set_duty(stage, ana.person, "2026q1", days=9)
    late = set_duty(stage, ben.person, "2026q1", days=2)
    assert [duty.id for duty in duties.of_team("reviewers", "2026q1", 10)] == [late, old]
    assert ana.person not in duties.lacking(TeamOf.REVIEWERS, "reviewers", "2026q1", 10)
    with stage.records.work():
        done = TrainingDone(at=stage.clock(), by=SYSTEM, certificate=CertificateId("0" * 32))
        held = duties.get(late)
        duties.add(late, [done], after=held.version)
    assert duties.counted("reviewers", "2026q1") == Counted(2, 1, 0)
    assert duties.counted("reviewers", "2031q1") == Counted(0, 0, 0)
    assert not duties.stale("2026q2", 10)
    set_duty(stage, ana.person, "2026q2")
    assert [held.now.id for held in duties.stale("2026q2", 10)] == [old]
    assert {held.now.id for held in duties.of_person(ana.person, "reviewers")} >= {old}


def test_exams_are_counted_by_course_and_by_whom(stage: Stage) -> None:
    learners, people = stage.records.learners, [stage.account(f"a{n}") for n in range(3)]
    assert learners.examined(None, 10) == learners.examined([], 10) == {}
    for who in people:
        read(stage, who, "group_owners", minutes=0)
    examined(stage, people[0], "group_owners")
    examined(stage, people[1], "group_owners", well=False)
    stage.clock.pass_(hours=2)
    examined(stage, people[1], "group_owners")
    examined(stage, people[1], "group_owners", well=False)  # again, for the fun of it
    stage.app.training.studying.begin_exam("group_owners", people[2])
    assert learners.examined(None, 10) == {"group_owners": Examined(2, 2, 1)}
    second = [PersonId(people[1].person or "")]
    assert learners.examined(second, 10) == {"group_owners": Examined(1, 1, 0)}
    assert learners.examined(None, 1) == {}


def test_one_look_an_hour(stage: Stage) -> None:
    duties, now, hour = stage.records.training_duties, stage.clock(), timedelta(hours=1)
    with stage.records.work():
        assert duties.time_to_look(now, now - hour)
        assert not duties.time_to_look(now, now - hour)
        assert duties.time_to_look(now + hour, now)


@pytest.mark.django_db
def test_the_database_takes_no_second_learner_and_no_second_name() -> None:
    postgres = stage_on_postgres()
    r, who = postgres.records, postgres.account("li_si")
    read(postgres, who, "group_owners")
    passed = examined(postgres, who, "group_owners").certificate
    assert passed is not None
    assert who.person is not None
    twin = LearnerId(r.new_id())
    came = LearnerCame(at=postgres.clock(), by=SYSTEM, learner=twin, person=who.person)
    with refused("stream.moved_on", MovedOn), r.work():
        r.learners.add(twin, [came], after=0)
    named = CertificateNamed(at=postgres.clock(), by=SYSTEM, name=Sealed("0" * 64))
    append(passed.id, [named], 1)
    with pytest.raises(IntegrityError, match="certificate_once"), transaction.atomic():
        append(passed.id, [named], 2)


@pytest.mark.django_db
def test_rows_are_what_the_events_make_of_them() -> None:
    postgres = stage_on_postgres()
    who = postgres.account("li_si")
    read(postgres, who, "group_owners")
    examined(postgres, who, "group_owners")
    postgres.hire("ana", Role.REVIEWER)
    postgres.app.training.schedule.catch_up(10)
    found = list(differences(postgres.app.reweighing.weighing, lambda _: None))
    assert not found
