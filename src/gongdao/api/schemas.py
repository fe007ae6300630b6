"""What the API takes and gives. Answers are built field by field from views made for one chair."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, PlainSerializer

from gongdao.domain.decisions.model import Measure, Sanction
from gongdao.domain.flows.casefile import AppealView, CaseView, ClockView, DecisionView
from gongdao.domain.flows.inbox import NoticeView
from gongdao.domain.flows.lists import CaseLine
from gongdao.domain.flows.timeline import Entry
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.spans import Span
from gongdao.domain.policy.model import Penalty, Scope, SubjectKind

Moment = Annotated[datetime, PlainSerializer(lambda t: t.astimezone(CHINA), return_type=datetime)]
"""RFC 3339, on the clock that the rules run on."""


class Strict(Schema):
    """Nothing unknown: a misspelt field is said, not passed over."""

    model_config = ConfigDict(extra="forbid")


Text = Field(max_length=20_000)


class SubjectIn(Strict):
    """What is reported, as it was seen."""

    kind: SubjectKind
    ref: str = Field(max_length=500, description="The operator's name of it, or a link.")
    snapshot: str = Field("", max_length=20_000, description="Its words as they were seen.")
    account: str | None = Field(None, max_length=200, description="Whose it is, if known.")


class ReportIn(Strict):
    """A report."""

    subject: SubjectIn
    category: str = Field(max_length=80)
    statement: str = Text
    remedy: str | None = Field(None, max_length=80)
    contact: str | None = Field(None, max_length=1000)
    language: Literal["zh-hans", "en"] = "zh-hans"
    group: str | None = Field(
        None, max_length=200, description="The group that it lies in, as the app names it."
    )
    reporter_account: str | None = Field(
        None, max_length=200, description="For the operator's app alone: who reports."
    )


class ReasonsIn(Strict):
    """Reasons, a note, a question or an answer."""

    reasons: str = Text


class MeasureIn(Strict):
    """A sanction. The duration is 48h, 7d or 7wd."""

    penalty: Penalty
    scope: Scope
    duration: str | None = Field(None, pattern=r"^[0-9]{1,5}(h|d|wd)$")

    def measure(self) -> Measure:
        """As the domain knows it."""
        length = Span.parse(self.duration) if self.duration else None
        return Measure(self.penalty, self.scope, length)


class DecisionIn(Strict):
    """A decision; `not_accepted` declines a report and names a ground."""

    outcome: Literal["violation", "no_violation", "not_accepted"]
    findings: str = Text
    reasons: str = Text
    clause: str | None = Field(None, max_length=80)
    legal_basis: tuple[str, ...] = ()
    measure: MeasureIn | None = None
    departure: str | None = Field(None, max_length=20_000)
    ground: str | None = Field(None, max_length=80)


class FilingIn(Strict):
    """What an appeal brings beside its grounds."""

    channel: Literal["web", "app"] = "web"
    wish: str = Field("", max_length=80, description="One of the pack's wishes.")
    brings: list[str] = Field(
        default_factory=list, max_length=200, description="Ids of exhibits of yours in the case."
    )


class AppealIn(Strict):
    """An appeal, or a reporter's request for a review."""

    decision: str = Field(max_length=80)
    grounds: str = Text
    filing: FilingIn | None = None


class OutcomeIn(Strict):
    """How an appeal ends."""

    ending: Literal["uphold", "change", "overturn"]
    reasons: str = Text
    measure: MeasureIn | None = None


class IdOut(Schema):
    """The id of what was made."""

    id: str


class DoneOut(Schema):
    """It was done."""

    done: bool = True


class EndedOut(Schema):
    """An appeal ended, or its outcome waits for a second person."""

    done: bool
    held: bool


class ClockOut(Schema):
    """A running clock."""

    kind: str
    due_at: Moment
    provisional: bool
    paused: bool
    missed: bool
    rule: str
    source: str
    span: str

    @classmethod
    def of(cls, view: ClockView) -> "ClockOut":
        """From its view."""
        return cls(**{name: getattr(view, name) for name in cls.model_fields})


class EntryOut(Schema):
    """One line of a timeline."""

    at: Moment
    role: str
    kind: str
    text: str | None
    detail: str | None
    leaf: str

    @classmethod
    def of(cls, view: Entry) -> "EntryOut":
        """From its view."""
        return cls(**{name: getattr(view, name) for name in cls.model_fields})


class SanctionOut(Schema):
    """A sanction."""

    id: str
    penalty: str
    scope: str
    duration: str | None
    imposed_at: Moment
    ends_at: Moment | None
    state: str

    @classmethod
    def of(cls, sanction: Sanction) -> "SanctionOut":
        """From its standing, for whoever puts it into effect."""
        measure = sanction.measure
        return cls(
            id=sanction.id,
            penalty=measure.penalty.value,
            scope=measure.scope.value,
            duration=str(measure.duration) if measure.duration else None,
            imposed_at=sanction.imposed_at,
            ends_at=sanction.ends_at,
            state=sanction.state.value,
        )


class SectionOut(Schema):
    """A part of a statement of reasons."""

    heading: str
    lines: list[str]


class StatementOut(Schema):
    """A statement of reasons in one language."""

    title: str
    number: str
    decided_at: str
    sections: list[SectionOut]


class DecisionOut(Schema):
    """A decision as this chair sees it."""

    id: str
    outcome: str
    state: str
    clause: str | None
    pack: str
    decided_at: Moment
    appeal_closes: Moment | None
    level: int
    reasons: str
    statement_zh: StatementOut | None
    statement_en: StatementOut | None
    digest: str
    sanctions: list[SanctionOut]
    decided_by: str | None
    """For staff alone."""
    case: str | None = None
    """Where it is read by itself."""

    @classmethod
    def of(cls, view: DecisionView, case: str) -> "DecisionOut":
        """From its view."""
        return cls.model_validate(view, from_attributes=True).model_copy(update={"case": case})


class AppealOut(Schema):
    """An appeal as this chair sees it."""

    id: str
    decision: str
    level: int
    side: str
    stage: str
    filed_at: Moment
    closed_at: Moment | None
    grounds: str | None
    reasons: str | None
    reviewer: str | None
    """For staff alone."""
    case: str | None = None
    """Where it is read by itself."""

    @classmethod
    def of(cls, view: AppealView, case: str) -> "AppealOut":
        """From its view."""
        return cls.model_validate(view, from_attributes=True).model_copy(update={"case": case})


class ReportOut(Schema):
    """A report, for its own reporter and for staff."""

    id: str
    received_at: Moment
    statement: str
    remedy: str | None
    leaf: str | None


class InterimOut(Schema):
    """A measure that holds, or held, until the case is decided; a reporter sees none."""

    id: str
    measure: str
    title_zh: str
    title_en: str
    imposed_at: Moment
    ends_at: Moment
    lifted_at: Moment | None
    because: str | None
    statement_zh: str
    statement_en: str


class CaseOut(Schema):
    """A case as this chair sees it; a respondent's has no reports."""

    id: str
    seat: str
    stage: str
    answer: str
    outcome: str | None
    subject_kind: str
    subject_ref: str
    snapshot: str
    account: str | None
    """Whose it is, for the respondent and staff."""
    category: str
    category_title_zh: str
    category_title_en: str
    pack: str
    opened_at: Moment
    changed_at: Moment
    can: list[str]
    clocks: list[ClockOut]
    timeline: list[EntryOut]
    decisions: list[DecisionOut]
    interim: list[InterimOut]
    appeals: list[AppealOut]
    reports: list[ReportOut]

    @classmethod
    def of(cls, view: CaseView) -> "CaseOut":
        """From its view."""
        return cls.model_validate(view, from_attributes=True)


class LineOut(Schema):
    """One line of a queue."""

    id: str
    stage: str
    subject_kind: str
    subject_ref: str
    category: str
    answer: str
    outcome: str | None
    opened_at: Moment
    changed_at: Moment
    next_due: Moment | None
    appeal: str | None

    @classmethod
    def of(cls, view: CaseLine) -> "LineOut":
        """From its view."""
        return cls(**{name: getattr(view, name) for name in cls.model_fields})


class PageOut(Schema):
    """Some lines; `cursor` asks for the next ones."""

    lines: list[LineOut]
    cursor: str | None


class NoticeOut(Schema):
    """A notice as it was sent."""

    id: str
    case: str
    reader: str
    template: str
    issued_at: Moment
    email: str
    emailed_at: Moment | None
    read_at: Moment | None
    subject: str
    body: str

    @classmethod
    def of(cls, view: NoticeView) -> "NoticeOut":
        """From its view."""
        return cls(**{name: getattr(view, name) for name in cls.model_fields})


class PackOut(Schema):
    """A rule pack in short."""

    platform: str
    version: str
    title_zh: str
    title_en: str


class CellOut(Schema):
    """One figure of a comparison, with its source."""

    text_zh: str
    text_en: str
    source: str
    as_of: str
    basis: str
    used: bool


class RowOut(Schema):
    """One line of a comparison: a list of figures a platform."""

    key: str
    label_zh: str
    label_en: str
    cells: list[list[CellOut]]


class TableOut(Schema):
    """Packs side by side."""

    about: str
    columns: list[str]
    rows: list[RowOut]
