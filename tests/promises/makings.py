"""The simplest things to keep, made by hand."""

from datetime import datetime, timedelta

from tests.stories.stage import Stage

from gongdao.domain.deadlines.model import DeadlineKind, DeadlineSet, RuleRef
from gongdao.domain.intake.model import CaseOpened, NoteAdded, Report, Subject
from gongdao.domain.kernel.events import SYSTEM, Actor, Role
from gongdao.domain.kernel.ids import CaseId, DeadlineId, PackRef, PersonId, ReportId
from gongdao.domain.kernel.spans import Span
from gongdao.domain.policy.model import SubjectKind

PACK = PackRef("house", "2026-11-01")


def report(stage: Stage, reporter: PersonId, subject_key: str = "k" * 64) -> Report:
    """A report, not yet kept."""
    r = stage.records
    seal = r.texts.seal
    subject = Subject(SubjectKind.CONTENT, subject_key, seal("post-1", None), seal("words", None))
    return Report(
        id=ReportId(r.new_id()),
        reporter=reporter,
        subject=subject,
        category="abuse",
        statement=seal("他骂人。", reporter),
        remedy=None,
        pack=PACK,
        received_at=stage.clock(),
    )


def opening(stage: Stage, category: str = "abuse") -> CaseOpened:
    """The first event of a case."""
    reporter = stage.records.parties.newcomer(None, "zh-hans")
    plain = report(stage, reporter)
    return CaseOpened(
        at=stage.clock(),
        by=Actor(Role.REPORTER, reporter),
        case=CaseId(stage.records.new_id()),
        report=plain.id,
        reporter=reporter,
        respondent=None,
        subject=plain.subject,
        category=category,
        pack=PACK,
    )


def note(stage: Stage, by: PersonId) -> NoteAdded:
    """Something that can happen to a case any number of times."""
    return NoteAdded(
        at=stage.clock(),
        by=Actor(Role.REVIEWER, by),
        note=stage.records.texts.seal("看过了他的全部评论。", None),
    )


def kept_case(stage: Stage, due: datetime | None = None, category: str = "abuse") -> CaseId:
    """A case, with a deadline where one is given."""
    r = stage.records
    with r.work():
        first = opening(stage, category)
        r.cases.add(first.case, [first], after=0)
        if due is not None:
            setting = deadline(stage, first.case, due)
            r.deadlines.add(setting.deadline, [setting], after=0)
    return first.case


def deadline(
    stage: Stage, case: CaseId, due: datetime, *, provisional: bool = False, early: int = 0
) -> DeadlineSet:
    """The first event of a deadline, with a reminder so many hours before."""
    return DeadlineSet(
        at=stage.clock(),
        by=SYSTEM,
        deadline=DeadlineId(stage.records.new_id()),
        case=case,
        of=DeadlineKind.DECISION,
        about=case,
        rule=RuleRef("house.decision", "house"),
        span=Span.parse("7wd"),
        roll=True,
        remind_before=(),
        starts_at=stage.clock(),
        due_at=due,
        provisional=provisional,
        calendar="a calendar",
        remind_at=(due - timedelta(hours=early),) if early else (),
    )
