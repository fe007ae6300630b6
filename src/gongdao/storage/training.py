"""Learners, certificates and quarterly duties in PostgreSQL."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection
from django.db.models import Count, Q

from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import Code, PersonId
from gongdao.domain.policy.training import TeamOf
from gongdao.domain.training import certificates, duties, model
from gongdao.domain.training.certificates import Certificate, CertificateStep
from gongdao.domain.training.duties import Counted, TrainingDuty, TrainingDutyStep
from gongdao.domain.training.model import Examined, Learner, LearnerStep
from gongdao.storage.streams import PgStreams, as_uuid, keep_row, moved_on
from gongdao.storage.training_models import CertificateRow, LearnerRow, TrainingDutyRow

_IN = {
    TeamOf.REVIEWERS: """
        select party_id as person from account
        where is_active and roles && array['reviewer', 'senior_reviewer']::varchar[]
    """,
    TeamOf.GROUP_OWNERS: "select distinct unnest(owners) as person from group_row",
}
_LACKING = """
    select person from ({people}) as bound
    where not exists (
        select 1 from training_duty_row as d
        where d.person = bound.person and d.team = %s and d.quarter = %s
    )
    order by person limit %s
"""
_STALE = """
    select old.id from training_duty_row as old
    join training_duty_row as newer
        on newer.person = old.person and newer.team = old.team and newer.quarter = %s
    where old.open and old.quarter <> %s
    order by old.id limit %s
"""
_LOOK = """
    insert into training_look (id, at) values (1, %s)
    on conflict (id) do update set at = excluded.at where training_look.at <= %s
    returning id
"""

_EXAMINED = """
    with latest as (
        select id from learner_row where %(all)s or person = any(%(among)s::uuid[])
        order by id desc limit %(most)s
    ), ended as (
        select e.body::jsonb ->> 'course' as course, array_agg(e.kind order by e.version) as kinds
        from latest join event as e on e.stream = latest.id
        where e.kind in ('learner.exam_passed', 'learner.exam_failed')
        group by e.stream, course
    )
    select course, count(*), count(*) filter (where 'learner.exam_passed' = any(kinds)),
        count(*) filter (where kinds[1] = 'learner.exam_passed')
    from ended group by course
"""


class PgLearners(PgStreams[Learner, LearnerStep]):
    """Everybody who opened a course."""

    begins = "learner.came"
    fold = staticmethod(model.fold)

    def project(self, stream: str, standing: Learner, version: int) -> None:
        try:
            keep_row(LearnerRow.objects, stream, learner_row(standing, version))
        except IntegrityError as problem:  # two first pages at once
            raise moved_on() from problem

    def of_person(self, person: PersonId) -> Held[Learner] | None:
        rows = LearnerRow.objects.filter(person=as_uuid(person))
        found = rows.values_list("id", flat=True).first()
        return self.get(str(found)) if found else None

    def asking(self, limit: int) -> list[Learner]:
        rows = LearnerRow.objects.filter(asks_help=True).order_by("id")
        ids = [str(each) for each in rows.values_list("id", flat=True)[:limit]]
        return [held.now for held in self.several(ids)]

    def examined(self, among: Collection[PersonId] | None, most: int) -> Mapping[Code, Examined]:
        people = list(among or ())
        with connection.cursor() as cursor:
            cursor.execute(_EXAMINED, {"all": among is None, "among": people, "most": most})
            return {course: Examined(*counted) for course, *counted in cursor.fetchall()}


class PgCertificates(PgStreams[Certificate, CertificateStep]):
    """All certificates."""

    begins = "certificate.issued"
    fold = staticmethod(certificates.fold)

    def project(self, stream: str, standing: Certificate, version: int) -> None:
        keep_row(CertificateRow.objects, stream, certificate_row(standing, version))

    def numbered(self, number: str) -> Held[Certificate] | None:
        rows = CertificateRow.objects.filter(number=number)
        found = rows.values_list("id", flat=True).first()
        return self.get(str(found)) if found else None

    def of_person(self, person: PersonId) -> list[Certificate]:
        rows = CertificateRow.objects.filter(person=as_uuid(person)).order_by("-issued_at", "-id")
        found = [str(each) for each in rows.values_list("id", flat=True)]
        return [held.now for held in self.several(found)]


class PgTrainingDuties(PgStreams[TrainingDuty, TrainingDutyStep]):
    """Who has to pass what."""

    begins = "training_duty.set"
    fold = staticmethod(duties.fold)

    def project(self, stream: str, standing: TrainingDuty, version: int) -> None:
        keep_row(TrainingDutyRow.objects, stream, training_duty_row(standing, version))

    def of_person(self, person: PersonId, course: Code) -> list[Held[TrainingDuty]]:
        rows = TrainingDutyRow.objects.filter(person=as_uuid(person), course=course, open=True)
        return self.several([str(i) for i in rows.order_by("due_at").values_list("id", flat=True)])

    def of_team(self, team: Code, quarter: str, limit: int) -> list[TrainingDuty]:
        rows = TrainingDutyRow.objects.filter(team=team, quarter=quarter)
        ids = rows.order_by("-open", "due_at", "id").values_list("id", flat=True)[:limit]
        return [held.now for held in self.several([str(each) for each in ids])]

    def counted(self, team: Code, quarter: str) -> Counted:
        rows = TrainingDutyRow.objects.filter(team=team, quarter=quarter)
        found = rows.aggregate(
            bound=Count("id"), passed=Count("id", filter=Q(done=True)),
            late=Count("id", filter=Q(missed=True, done=False)),
        )  # fmt: skip
        return Counted(found["bound"], found["passed"], found["late"])

    def lacking(self, of: TeamOf, team: Code, quarter: str, limit: int) -> list[PersonId]:
        sql = _LACKING.format(people=_IN[of])
        return [PersonId(each) for each in _asked(sql, [team, quarter, limit])]

    def stale(self, quarter: str, limit: int) -> list[Held[TrainingDuty]]:
        return self.several(_asked(_STALE, [quarter, quarter, limit]))

    def time_to_look(self, now: datetime, before: datetime) -> bool:
        return bool(_asked(_LOOK, [now, before]))


def _asked(sql: str, given: Sequence[str | int | datetime]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return [str(row[0]) for row in cursor.fetchall()]


def learner_row(learner: Learner, version: int) -> dict[str, object]:
    """A learner's row."""
    return {
        "version": version,
        "person": UUID(learner.person),
        "asks_help": learner.asks_help,
    }


def certificate_row(certificate: Certificate, version: int) -> dict[str, object]:
    """A certificate's row."""
    return {
        "version": version,
        "number": certificate.number,
        "person": UUID(certificate.person),
        "course": certificate.course,
        "issued_at": certificate.issued_at,
        "valid_until": certificate.valid_until,
        "withdrawn": certificate.withdrawn_at is not None,
    }


def training_duty_row(duty: TrainingDuty, version: int) -> dict[str, object]:
    """A duty's row."""
    return {
        "version": version,
        "person": UUID(duty.person),
        "team": duty.team,
        "course": duty.course,
        "quarter": duty.quarter,
        "due_at": duty.due_at,
        "open": duty.is_open,
        "done": duty.done_at is not None,
        "missed": duty.missed,
    }
