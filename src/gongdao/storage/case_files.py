"""Cases, reports, decisions, sanctions and appeals in PostgreSQL."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection
from django.utils import timezone

from gongdao.domain.appeals import model as appeals
from gongdao.domain.appeals.model import Appeal, AppealStep
from gongdao.domain.decisions import model as decisions
from gongdao.domain.decisions.model import Decision, DecisionStep, Sanction, SanctionStep
from gongdao.domain.intake import model as intake
from gongdao.domain.intake.model import Case, CaseStep, Report
from gongdao.domain.kernel.errors import PackInvalid, hint_noop
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import DecisionId, PackRef, PersonId
from gongdao.storage.models import (
    AppealRow,
    CaseRow,
    CitedPack,
    DecisionRow,
    SanctionRow,
)
from gongdao.storage.streams import PgStreams, as_uuid, asked_once, keep_row, moved_on, optional
from gongdao.storage.triage import PgQueues
from gongdao.storage.work import at_work


class PgCases(PgStreams[Case, CaseStep]):
    """All cases."""

    begins = "case.opened"
    fold = staticmethod(intake.fold)

    def __init__(self, queues: PgQueues) -> None:
        self.queues = queues

    def get(self, stream: str) -> Held[Case]:
        """In a unit of work the case is ours until its end.

        Reports may join a case many times a second; without the lock they would always be faster
        than somebody who decides it.
        """
        if at_work():
            with connection.cursor() as cursor:
                wanted = [as_uuid(stream)]
                cursor.execute("select from case_row where id = %s for update", wanted)
        return super().get(stream)

    def open_on(self, report: Report, respondent: PersonId | None) -> Held[Case] | None:
        lock_subject(report.subject.key)
        open_now = CaseRow.objects.filter(
            subject_key=report.subject.key,
            category=report.category,
            pack=str(report.pack),
            stage__in=("received", "investigating"),
            complainant_left=False,
        )
        if respondent is not None:
            open_now = open_now.filter(respondent=as_uuid(respondent))
        row = open_now.order_by("opened_at", "id").first()
        return None if row is None else self.get(str(row.id))

    def project(self, stream: str, standing: Case, version: int) -> None:
        keep_row(CaseRow.objects, stream, case_row(standing, version))
        with connection.cursor() as cursor:
            cursor.executemany(
                'insert into took_part ("case", person) values (%s, %s) on conflict do nothing',
                [(UUID(stream), UUID(person)) for person in standing.took_part],
            )
        self.queues.keep(standing)


def case_row(case: Case, version: int, ids: Callable[[str], object] = UUID) -> dict[str, object]:
    """A case's row, all but the next due date, which its deadlines keep.

    Whoever copies many rows as text leaves the ids as they are (`str`).
    """
    return {
        "version": version,
        "stage": case.stage.value,
        "subject_kind": case.subject.kind.value,
        "subject_key": case.subject.key,
        "subject_ref": case.subject.ref,
        "category": case.category,
        "pack": str(case.pack),
        "respondent": ids(case.respondent) if case.respondent else None,
        "opened_at": case.opened_at,
        "changed_at": case.changed_at,
        "answer": case.answer.value,
        "decision": optional(case.decision),
        "outcome": case.outcome,
        "open_appeal": optional(case.open_appeal),
        "told": case.told,
        "complainant_left": case.complainant_left,
        "counted": case.counted,
        "apart": case.apart,
        "flood": case.flood,
    }


def lock_subject(key: str) -> None:
    """Let nobody else open or join a case of this subject until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


class PgDecisions(PgStreams[Decision, DecisionStep]):
    """All decisions."""

    begins = "decision.made"
    fold = staticmethod(decisions.fold)

    def project(self, stream: str, standing: Decision, version: int) -> None:
        keep_row(DecisionRow.objects, stream, decision_row(standing, version))

    def cite(self, pack: PackRef, digest: str) -> None:
        row, _ = CitedPack.objects.get_or_create(
            platform=pack.platform,
            version=pack.version,
            defaults={"digest": digest, "cited_at": timezone.now()},
        )
        if row.digest != digest:
            raise PackInvalid(
                "pack.cited_changed",
                hint_noop("{pack} was cited and has changed since. Restore it; add a new version."),
                pack=str(pack),
            )

    def cited(self) -> dict[PackRef, str]:
        """Every pack version that was ever cited, with its digest."""
        return {PackRef(c.platform, c.version): c.digest for c in CitedPack.objects.all()}


def decision_row(decision: Decision, version: int) -> dict[str, object]:
    """A decision's row."""
    return {
        "version": version,
        "case": UUID(decision.case),
        "respondent": optional(decision.respondent),
        "outcome": decision.outcome.value,
        "state": decision.state.value,
        "clause": decision.clause,
        "pack": str(decision.pack),
        "decided_by": optional(decision.decided_by),
        "decided_at": decision.decided_at,
        "level": decision.level,
        "appeal_closes": decision.appeal_closes,
        "statement": decision.statement_zh,
    }


class PgSanctions(PgStreams[Sanction, SanctionStep]):
    """All sanctions."""

    begins = "sanction.imposed"
    fold = staticmethod(decisions.fold_sanction)

    def project(self, stream: str, standing: Sanction, version: int) -> None:
        keep_row(SanctionRow.objects, stream, sanction_row(standing, version))

    def of_person(self, person: PersonId) -> list[Sanction]:
        with connection.cursor() as cursor:
            cursor.execute("select 1 from party where id = %s for update", [as_uuid(person)])
        return self.seen_of(person)

    def seen_of(self, person: PersonId) -> list[Sanction]:
        rows = SanctionRow.objects.filter(respondent=as_uuid(person)).order_by("imposed_at", "id")
        ids = rows.values_list("id", flat=True)
        found = asked_once(("sanctions", person), lambda: [str(i) for i in ids])
        return [held.now for held in self.several(found)]

    def of_decision(self, decision: DecisionId) -> list[Held[Sanction]]:
        rows = SanctionRow.objects.filter(decision_id=as_uuid(decision)).order_by(
            "imposed_at", "id"
        )
        return self.several([str(i) for i in rows.values_list("id", flat=True)])

    def to_end(self, now: datetime, limit: int) -> list[Held[Sanction]]:
        rows = (
            SanctionRow.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(state="in_force", ends_at__lte=now)
            .order_by("ends_at")[:limit]
        )
        return self.several([str(row.id) for row in rows])


def sanction_row(sanction: Sanction, version: int) -> dict[str, object]:
    """A sanction's row."""
    return {
        "version": version,
        "decision_id": UUID(sanction.decision),
        "case": UUID(sanction.case),
        "respondent": UUID(sanction.respondent),
        "clause": sanction.clause,
        "penalty": sanction.measure.penalty.value,
        "scope": sanction.measure.scope.value,
        "imposed_at": sanction.imposed_at,
        "ends_at": sanction.ends_at,
        "strike_expires_at": sanction.strike_expires_at,
        "state": sanction.state.value,
        "statement": sanction.statement,
    }


class PgAppeals(PgStreams[Appeal, AppealStep]):
    """All appeals."""

    begins = "appeal.filed"
    fold = staticmethod(appeals.fold)

    def project(self, stream: str, standing: Appeal, version: int) -> None:
        row = appeal_row(standing, version)
        try:
            keep_row(AppealRow.objects, stream, row)
        except IntegrityError as problem:
            if "appeal_once_per_level" not in str(problem):
                raise
            raise moved_on() from problem

    def of_decision(self, decision: DecisionId) -> list[Appeal]:
        rows = AppealRow.objects.filter(decision=as_uuid(decision)).order_by("level", "round")
        ids = rows.values_list("id", flat=True)
        found = asked_once(("appeals", decision), lambda: [str(i) for i in ids])
        return [held.now for held in self.several(found)]

    def waiting(self, limit: int) -> list[Held[Appeal]]:
        rows = (
            AppealRow.objects.select_for_update(skip_locked=True)
            .filter(stage="waiting")
            .order_by("filed_at")[:limit]
        )
        return self.several([str(row.id) for row in rows])


def appeal_row(appeal: Appeal, version: int) -> dict[str, object]:
    """An appeal's row."""
    return {
        "version": version,
        "decision": UUID(appeal.decision),
        "case": UUID(appeal.case),
        "level": appeal.level,
        "side": appeal.side.value,
        "appellant": UUID(appeal.appellant),
        "stage": appeal.stage.value,
        "reviewer": optional(appeal.reviewer),
        "filed_at": appeal.filed_at,
        "closed_at": appeal.closed_at,
        "round": appeal.round,
        "waits_for": appeal.waits_for,
        "asked": optional(appeal.asked),
        "two_people": appeal.hearing.two_people,
    }
