"""A group with its owners and tools, and the task of an owner: what happened, how they stand."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, assert_never

from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import CaseId, GroupId, OwnerTaskId, PackRef, PersonId, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupNamed(Event):
    """The operator's app said who owns a group, for the first time or anew."""

    kind: ClassVar[str] = "group.named"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    group: GroupId
    key: str
    """Keyed digest of the app's name of it."""
    ref: Sealed
    name: Sealed
    owners: tuple[PersonId, ...]
    members: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolsChanged(Event):
    """An owner set the group's tools; the operator's app puts them to work."""

    kind: ClassVar[str] = "group.tools_changed"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    words: Sealed
    """The word list, a word a line."""
    questions: Sealed
    """What somebody who joins is asked, a question a line."""
    slow_seconds: int
    """How long somebody waits between two messages; 0 for not at all."""


GroupStep = GroupNamed | ToolsChanged


@dataclass(frozen=True, slots=True)
class Group:
    """A group as it stands."""

    id: GroupId
    key: str
    ref: Sealed
    name: Sealed
    owners: tuple[PersonId, ...]
    members: int
    words: Sealed | None = None
    questions: Sealed | None = None
    slow_seconds: int = 0


def named(step: GroupNamed) -> Group:
    """The group as it was first named."""
    return Group(
        id=step.group,
        key=step.key,
        ref=step.ref,
        name=step.name,
        owners=step.owners,
        members=step.members,
    )


def after_group(group: Group, step: GroupStep) -> Group:
    """The group as it stands after one more step."""
    match step:
        case GroupNamed():
            return replace(group, name=step.name, owners=step.owners, members=step.members)
        case ToolsChanged():
            return replace(
                group,
                words=step.words,
                questions=step.questions,
                slow_seconds=step.slow_seconds,
            )
        case _:
            assert_never(step)


def fold_group(steps: Iterable[GroupStep]) -> Group:
    """The standing after a whole stream; ValueError if it does not begin with its naming."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, GroupNamed):
        raise ValueError("a group begins with group.named")
    group = named(first)
    for step in rest:
        group = after_group(group, step)
    return group


class Why(StrEnum):
    """Why an owner is not asked, or is asked no more."""

    SERIOUS = "serious"
    """The pack leaves this category to the operator."""
    CONFLICT = "conflict"
    """An owner is the one reported, or may be, or the one who reports."""
    UNKNOWN_AUTHOR = "unknown_author"
    """Nobody knows whose it is, so that it may be an owner's."""
    TOO_SMALL = "too_small"
    """In so small a group an owner could guess who reported."""
    CASE_CLOSED = "case_closed"
    """The operator decided it, or it was withdrawn."""


class Action(StrEnum):
    """What an owner says they did."""

    REMOVED = "removed"
    WARNED = "warned"
    MUTED = "muted"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerTaskOpened(Event):
    """Something in a group was reported, and its owner's turn is thought of."""

    kind: ClassVar[str] = "owner_task.opened"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    task: OwnerTaskId
    ref: str
    """What owners know it by: a keyed digest, since an id would tell the moment of the report."""
    group: GroupId
    case: CaseId
    category: str
    pack: PackRef
    shown_from: datetime
    """A midnight: an owner learns the day of a report, never its hour."""
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerTaskSkipped(Event):
    """The owner is not asked, or no more: the case is the operator's alone."""

    kind: ClassVar[str] = "owner_task.skipped"
    personal: ClassVar[Personal] = Personal.NOTHING
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerTaskActed(Event):
    """The owner said what they did."""

    kind: ClassVar[str] = "owner_task.acted"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    action: Action
    note: Sealed | None
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerTaskMissed(Event):
    """The owner's time passed unused: the case waits for the operator alone."""

    kind: ClassVar[str] = "owner_task.missed"
    personal: ClassVar[Personal] = Personal.NOTHING


OwnerTaskStep = OwnerTaskOpened | OwnerTaskSkipped | OwnerTaskActed | OwnerTaskMissed


class TaskStage(StrEnum):
    """Where a task stands."""

    OPEN = "open"
    ACTED = "acted"
    MISSED = "missed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class OwnerTask:
    """A task as it stands."""

    id: OwnerTaskId
    ref: str
    group: GroupId
    case: CaseId
    category: str
    pack: PackRef
    opened_at: datetime
    shown_from: datetime
    due_at: datetime
    stage: TaskStage = TaskStage.OPEN
    why: Why | None = None
    action: Action | None = None
    note: Sealed | None = None
    late: bool = False
    acted_by: PersonId | None = None
    ended_at: datetime | None = None

    @property
    def was_asked(self) -> bool:
        """Whether an owner ever saw it, or will."""
        return self.stage is not TaskStage.SKIPPED


def opened(step: OwnerTaskOpened) -> OwnerTask:
    """The task as it begins."""
    return OwnerTask(
        id=step.task,
        ref=step.ref,
        group=step.group,
        case=step.case,
        category=step.category,
        pack=step.pack,
        opened_at=step.at,
        shown_from=step.shown_from,
        due_at=step.due_at,
    )


def after_task(task: OwnerTask, step: OwnerTaskStep) -> OwnerTask:
    """The task as it stands after one more step."""
    match step:
        case OwnerTaskOpened():
            raise ValueError(f"task {task.id} was opened twice")
        case OwnerTaskSkipped():
            return replace(task, stage=TaskStage.SKIPPED, why=step.why, ended_at=step.at)
        case OwnerTaskActed():
            return replace(
                task,
                stage=TaskStage.ACTED,
                action=step.action,
                note=step.note,
                late=step.late,
                acted_by=step.by.person,
                ended_at=step.at,
            )
        case OwnerTaskMissed():
            return replace(task, stage=TaskStage.MISSED, ended_at=step.at)
        case _:
            assert_never(step)


def fold_task(steps: Iterable[OwnerTaskStep]) -> OwnerTask:
    """The standing after a whole stream; ValueError if it does not begin with its opening."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, OwnerTaskOpened):
        raise ValueError("an owner's task begins with owner_task.opened")
    task = opened(first)
    for step in rest:
        task = after_task(task, step)
    return task
