"""Very many cases at once, for measuring: the same events and rows as the stories write, by COPY.

Never used by the product. `gongdao doctor --rebuild-check` must find nothing wrong with them.
"""

import hashlib
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from gongdao.adapters import chance
from gongdao.bootstrap import App
from gongdao.domain.appeals import model as appeals
from gongdao.domain.deadlines import model as deadlines
from gongdao.domain.decisions import model as decisions
from gongdao.domain.intake import model as intake
from gongdao.domain.kernel.events import SYSTEM, Actor, Event, Role
from gongdao.domain.kernel.ids import (
    AppealId,
    CaseId,
    DeadlineId,
    DecisionId,
    NoticeId,
    PersonId,
    ReportId,
    Sealed,
)
from gongdao.domain.kernel.spans import Span
from gongdao.domain.notices import model as notices
from gongdao.domain.policy.model import Penalty, Scope, SubjectKind
from gongdao.storage import case_files, clocks_and_notices, codec, triage
from gongdao.storage.bulk import copy_rows

BATCH = 2000
_EVENT = ("stream", "version", "kind", "at", "actor_role", "actor", "body", "leaf")


class ManyCases:
    """Writes cases in batches; holds the people and texts that they share."""

    def __init__(self, app: App, seed: int = 7) -> None:
        self.app = app
        self.chance = random.Random(seed)
        r = app.records
        self.pack = r.packs.in_force("house", datetime.now(UTC).date()).ref
        policy = r.policy(self.pack)
        self.categories = [c for c in policy.categories if SubjectKind.CONTENT in c.subjects]
        self.people = [r.parties.by_account(f"bench-{i}") for i in range(200)]
        self.staff = [r.parties.by_account(f"bench-staff-{i}") for i in range(4)]
        words = "这是用来测量的文字，没有人真的说过这样的话。" * 4
        self.text = r.texts.seal(words, None)
        statement = '{"title": "t", "number": "n", "decided_at": "d", "sections": []}'
        self.statement = r.texts.seal(statement, None)
        self.letter = notices.Letter(self.text, self.text)

    def write(self, count: int) -> None:
        """Write `count` cases and say so for the planner's statistics."""
        left = count
        while left:
            batch = Batch()
            for _ in range(min(BATCH, left)):
                self._case(batch)
            batch.keep()
            left -= min(BATCH, left)
        with connection.cursor() as cursor:
            cursor.execute("vacuum analyze")

    def _case(self, batch: "Batch") -> None:
        at = datetime.now(UTC) - timedelta(minutes=self.chance.randrange(60 * 24 * 90))
        case, report = CaseId(chance.new_id()), ReportId(chance.new_id())
        reporter, respondent = self.chance.sample(self.people, 2)
        reviewer = Actor(Role.REVIEWER, PersonId(self.chance.choice(self.staff)))
        name = f"post-{self.chance.randrange(10**9)}"
        subject = intake.Subject(
            SubjectKind.CONTENT,
            self.app.records.parties.subject_key("content", name),
            batch.sealed(self.app, name),
            self.text,
        )
        steps: list[Event] = [
            intake.CaseOpened(
                at=at,
                by=Actor(Role.REPORTER, reporter),
                case=case,
                report=report,
                reporter=reporter,
                respondent=respondent,
                subject=subject,
                category=self.chance.choice(self.categories).code,
                pack=self.pack,
            )
        ]
        batch.report(
            intake.Report(
                report,
                reporter,
                subject,
                steps[0].category,  # type: ignore[attr-defined]
                self.text,
                None,
                self.pack,
                at,
            ),
            case,
        )
        self._notice(batch, case, reporter, at)
        fate = self.chance.random()
        due = None
        if fate < 0.15:
            due = self._deadline(batch, case, "acceptance", at)
        else:
            steps.append(intake.CaseAccepted(at=at, by=reviewer, reasons=self.text))
            self._notice(batch, case, reporter, at)
        if 0.15 <= fate < 0.4:
            due = self._deadline(batch, case, "decision", at)
        if fate >= 0.4:
            due = self._decided(batch, steps, case, respondent, reviewer, at, appeal=fate > 0.95)
        batch.case(self.app, case, steps, due)

    def _decided(
        self,
        batch: "Batch",
        steps: list[Event],
        case: CaseId,
        respondent: PersonId,
        reviewer: Actor,
        at: datetime,
        *,
        appeal: bool,
    ) -> datetime | None:
        decision = DecisionId(chance.new_id())
        made = decisions.DecisionMade(
            at=at,
            by=reviewer,
            decision=decision,
            case=case,
            respondent=respondent,
            outcome=decisions.Outcome.VIOLATION,
            pack=self.pack,
            clause="abuse.insult",
            ground=None,
            legal_basis=(),
            findings=self.text,
            reasons=self.text,
            measure=decisions.Measure(Penalty.WARNING, Scope.CONTENT, None),
            strikes=1,
            departure=None,
            raised_by=0,
            automated=False,
            appeal_closes=at + timedelta(days=180),
            statement_zh=self.statement,
            statement_en=self.statement,
        )
        batch.decision(decision, made)
        closing = intake.CaseDecided(
            at=at, by=reviewer, decision=decision, outcome=made.outcome.value
        )
        notice = self._notice(batch, case, respondent, at, notices.Reader.RESPONDENT)
        told = intake.ReporterTold(at=at, by=SYSTEM, reporter=respondent, notice=notice)
        steps += [closing, told]
        if not appeal:
            return None
        filed = appeals.AppealFiled(
            at=at,
            by=Actor(Role.RESPONDENT, respondent),
            appeal=AppealId(chance.new_id()),
            decision=decision,
            case=case,
            level=1,
            side=appeals.Side.RESPONDENT,
            appellant=respondent,
            grounds=self.text,
        )
        others = [s for s in self.staff if s != reviewer.person]
        hearer = PersonId(self.chance.choice(others))
        given = appeals.ReviewerAssigned(at=at, by=SYSTEM, reviewer=hearer)
        batch.appeal(filed.appeal, [filed, given])
        steps.append(
            intake.AppealOpened(at=at, by=filed.by, appeal=filed.appeal, decision=decision)
        )
        return self._deadline(batch, case, "appeal_decision", at, filed.appeal)

    def _deadline(
        self, batch: "Batch", case: CaseId, kind: str, at: datetime, about: str | None = None
    ) -> datetime:
        due = at + timedelta(days=self.chance.randrange(60, 200))
        begun = deadlines.DeadlineSet(
            at=at,
            by=SYSTEM,
            deadline=DeadlineId(chance.new_id()),
            case=case,
            of=deadlines.DeadlineKind(kind),
            about=about or case,
            rule=deadlines.RuleRef(f"house.{kind}", "house"),
            span=Span.parse("7wd"),
            roll=True,
            remind_before=(),
            starts_at=at,
            due_at=due,
            provisional=False,
            calendar="bench",
            remind_at=(),
        )
        batch.deadline(begun)
        return due

    def _notice(
        self,
        batch: "Batch",
        case: CaseId,
        to: PersonId,
        at: datetime,
        reader: notices.Reader = notices.Reader.REPORTER,
    ) -> NoticeId:
        issued = notices.NoticeIssued(
            at=at,
            by=SYSTEM,
            notice=NoticeId(chance.new_id()),
            to=to,
            reader=reader,
            template="report_received",
            case=case,
            language="zh-hans",
            zh=self.letter,
            en=self.letter,
        )
        batch.notice(issued)
        return issued.notice


class Batch:
    """Rows of every table, copied in one transaction."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {}

    def sealed(self, app: App, text: str) -> Sealed:
        """A text of its own, as the stories seal it."""
        salt = chance.salt()
        digest = hashlib.sha256(salt + text.encode()).hexdigest()
        cipher = app.secrets.encrypt(text)
        self._add("sealed_text", {"digest": digest, "salt": salt, "cipher": cipher, "about": None})
        return Sealed(digest)

    def report(self, report: intake.Report, case: CaseId) -> None:
        """A report, and the case that it opens."""
        body = codec.encode(report)
        leaf = codec.leaf_hash(codec.report_entry(body))
        self._add(
            "report",
            {
                "id": UUID(report.id),
                "reporter": UUID(report.reporter),
                "received_at": report.received_at,
                "code": leaf[:16],
                "body": body,
                "leaf": leaf,
            },
        )
        self._add(
            "report_case",
            {
                "report": UUID(report.id),
                "case": UUID(case),
                "reporter": UUID(report.reporter),
                "received_at": report.received_at,
                "subject_key": report.subject.key,
                "category": report.category,
                "wording": leaf.hex(),
                "young": False,
            },
        )

    def case(self, app: App, case: CaseId, steps: list[Any], due: datetime | None) -> None:
        """A case with its events."""
        self._events(case, steps)
        standing = intake.fold(steps)
        row = case_files.case_row(standing, len(steps))
        self._add("case_row", {"id": UUID(case), **row, "next_due": due})
        now = app.records.clock()
        for queued in triage.rows_for(app.reweighing.weighing, [standing], {}, {}, {}, now):
            self._add("triage_row", queued)
        for person in standing.took_part:
            self._add("took_part", {"case": UUID(case), "person": UUID(person)})

    def decision(self, decision: DecisionId, made: decisions.DecisionMade) -> None:
        """A decision."""
        self._events(decision, [made])
        row = case_files.decision_row(decisions.fold([made]), 1)
        self._add("decision_row", {"id": UUID(decision), **row})

    def appeal(self, appeal: AppealId, steps: list[Any]) -> None:
        """An appeal. Its row comes first: the database checks its events against it."""
        self._events(appeal, steps)
        row = case_files.appeal_row(appeals.fold(steps), len(steps))
        self._add("appeal_row", {"id": UUID(appeal), **row})

    def deadline(self, begun: deadlines.DeadlineSet) -> None:
        """A deadline."""
        self._events(begun.deadline, [begun])
        row = clocks_and_notices.deadline_row(deadlines.fold([begun]), 1)
        self._add("deadline_row", {"id": UUID(begun.deadline), **row})

    def notice(self, issued: notices.NoticeIssued) -> None:
        """A notice."""
        self._events(issued.notice, [issued])
        row = clocks_and_notices.notice_row(notices.fold([issued]), 1)
        self._add("notice_row", {"id": UUID(issued.notice), **row})

    def keep(self) -> None:
        """Copy everything."""
        for table, rows in sorted(self.rows.items(), key=lambda t: _ORDER.index(t[0])):
            copy_rows(table, rows)

    def _events(self, stream: str, steps: list[Any]) -> None:
        for version, step in enumerate(steps, start=1):
            self._add("event", dict(zip(_EVENT, _event(stream, version, step), strict=True)))

    def _add(self, table: str, row: dict[str, Any]) -> None:
        self.rows.setdefault(table, []).append(row)


_ORDER = [
    "sealed_text",
    "report",
    "report_case",
    "case_row",
    "decision_row",
    "appeal_row",
    "triage_row",
    "took_part",
    "event",
    "deadline_row",
    "notice_row",
]


def _event(stream: str, version: int, step: Any) -> Iterator[Any]:
    body = codec.encode(step)
    yield UUID(stream)
    yield version
    yield step.kind
    yield step.at
    yield step.by.role.value
    yield UUID(step.by.person) if step.by.person else None
    yield body
    yield codec.leaf_hash(codec.event_entry(stream, version, step.kind, body))
