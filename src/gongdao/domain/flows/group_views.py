"""What people see of groups and of what their owners were asked."""

from dataclasses import dataclass
from datetime import date, datetime

from gongdao.domain.access.model import Caller
from gongdao.domain.flows.records import Records
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.ids import GroupId
from gongdao.domain.owners import rules
from gongdao.domain.owners.model import ToolsChanged

_CHANGES_SHOWN = 50


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group, for its owners, the operator's app and staff."""

    id: str
    ref: str
    name: str
    members: int
    owners: tuple[str, ...]
    """Accounts; only the app and staff are told."""
    words: tuple[str, ...]
    questions: tuple[str, ...]
    slow_seconds: int
    waiting: int = 0
    """How many tasks wait for the owner."""


@dataclass(frozen=True, slots=True)
class TaskView:
    """What is reported in a group, as its owner sees it: nothing of who reported, or when."""

    ref: str
    subject_kind: str
    subject_ref: str
    snapshot: str
    category_zh: str
    category_en: str
    day: date
    """The day of the report, on China's clock."""
    due_at: datetime
    stage: str
    action: str | None
    note: str
    late: bool

    def category(self, language: str) -> str:
        """The category in `zh…`, or else in English."""
        return self.category_zh if language.startswith("zh") else self.category_en


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One line of what an owner was asked."""

    ref: str
    code: str
    """Of the category."""
    category_zh: str
    category_en: str
    asked_on: date
    due_at: datetime
    stage: str
    why: str | None
    action: str | None
    late: bool
    ended_at: datetime | None

    def category(self, language: str) -> str:
        """The category in `zh…`, or else in English."""
        return self.category_zh if language.startswith("zh") else self.category_en


@dataclass(frozen=True, slots=True)
class ToolsChange:
    """One change of a group's tools."""

    at: datetime
    mine: bool
    words: int
    questions: int
    slow_seconds: int


@dataclass(frozen=True, slots=True)
class OwnerTurn:
    """The turn of a group's owner, as staff see it."""

    group: str
    stage: str
    why: str | None
    action: str | None
    note: str
    late: bool
    due_at: datetime
    ended_at: datetime | None


def owner_turns(r: Records, case: Case) -> tuple[OwnerTurn, ...]:
    """The turns of a case's owners: one at the most, as a rule."""
    tasks = [held.now for held in r.owner_tasks.of_case(case.id)]
    return tuple(
        OwnerTurn(
            group=r.opened(r.groups.get(task.group).now.name),
            stage=task.stage.value,
            why=task.why.value if task.why else None,
            action=task.action.value if task.action else None,
            note=r.opened(task.note) if task.note else "",
            late=task.late,
            due_at=task.due_at,
            ended_at=task.ended_at,
        )
        for task in tasks
    )


def changes_of(r: Records, group: GroupId) -> list[ToolsChanged]:
    """Every change of a group's tools, oldest first."""
    history = r.groups.history(group)
    return [each.event for each in history if isinstance(each.event, ToolsChanged)]


def tools_changes(r: Records, group: GroupId, who: Caller) -> list[ToolsChange]:
    """The latest of them as an owner sees them, latest first."""
    return [
        ToolsChange(
            at=step.at,
            mine=step.by.person == who.person,
            words=len(rules.lines(r.texts.open(step.words) or "")),
            questions=len(rules.lines(r.texts.open(step.questions) or "")),
            slow_seconds=step.slow_seconds,
        )
        for step in reversed(changes_of(r, group)[-_CHANGES_SHOWN:])
    ]
