"""Groups: the operator's app says who owns them; owners read what is reported there, and act."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.schemas import DoneOut, Moment, Strict
from gongdao.bootstrap import app
from gongdao.domain.flows.group_views import DutyLine, GroupView, TaskView
from gongdao.domain.owners.model import Action

router = Router(tags=["groups"])

Account = Annotated[str, Field(min_length=1, max_length=200)]


class GroupIn(Strict):
    """Who owns a group."""

    owners: list[Account] = Field(min_length=1, max_length=20, description="Accounts of the app.")
    name: str = Field(min_length=1, max_length=200)
    members: int = Field(ge=1, le=10_000_000)


class ToolsIn(Strict):
    """A group's tools."""

    words: list[str] = Field(max_length=200)
    questions: list[str] = Field(max_length=5)
    slow_seconds: int = Field(ge=0, le=3600)


class ActIn(Strict):
    """What an owner did."""

    action: Action
    note: str = Field("", max_length=2000)


class GroupOut(Schema):
    """A group with its tools, for the app, staff, and its owners (who see no accounts)."""

    id: str
    ref: str
    name: str
    members: int
    owners: list[str]
    words: list[str]
    questions: list[str]
    slow_seconds: int

    @classmethod
    def of(cls, view: GroupView) -> "GroupOut":
        """As the caller may see it."""
        return cls(
            id=view.id,
            ref=view.ref,
            name=view.name,
            members=view.members,
            owners=list(view.owners),
            words=list(view.words),
            questions=list(view.questions),
            slow_seconds=view.slow_seconds,
        )


class OwnerTaskOut(Schema):
    """What is reported in a group: nothing of who reported, and only the day."""

    task: str
    subject_kind: str
    subject_ref: str
    snapshot: str
    category_zh: str
    category_en: str
    day: date
    due_at: Moment
    stage: str
    action: str | None
    note: str
    late: bool

    @classmethod
    def of(cls, view: TaskView) -> "OwnerTaskOut":
        """As an owner may see it."""
        return cls(
            task=view.ref,
            subject_kind=view.subject_kind,
            subject_ref=view.subject_ref,
            snapshot=view.snapshot,
            category_zh=view.category_zh,
            category_en=view.category_en,
            day=view.day,
            due_at=view.due_at,
            stage=view.stage,
            action=view.action,
            note=view.note,
            late=view.late,
        )


class DutyOut(Schema):
    """One line of a duty record."""

    task: str
    category: str
    asked_on: date
    due_at: Moment
    stage: str
    why: str | None
    action: str | None
    late: bool
    ended_at: Moment | None

    @classmethod
    def of(cls, line: DutyLine) -> "DutyOut":
        """As it stands."""
        return cls(
            task=line.ref,
            category=line.code,
            asked_on=line.asked_on,
            due_at=line.due_at,
            stage=line.stage,
            why=line.why,
            action=line.action,
            late=line.late,
            ended_at=line.ended_at,
        )


@router.post("/groups/{ref}", auth=door.APP, response=GroupOut, operation_id="name_group")
def name_group(request: HttpRequest, ref: str, payload: GroupIn) -> HttpResponse:
    """Say who owns a group, how it is called and how many members it has."""
    who = door.caller(request)

    def do() -> GroupOut:
        app().owning.name(ref, payload.owners, payload.name, payload.members, who)
        return GroupOut.of(app().owning.named(ref, who))

    return door.answered(request, do, door.DONE)


@router.get("/groups/{ref}", auth=door.APP_OR_READER, response=GroupOut, operation_id="read_group")
def read_group(request: HttpRequest, ref: str) -> GroupOut:
    """A group by the app's name of it, with the tools that its owner set."""
    return GroupOut.of(app().owning.named(ref, door.caller(request)))


@router.get(
    "/owner/groups", auth=door.PARTY, response=list[GroupOut], operation_id="list_my_groups"
)
def list_my_groups(request: HttpRequest) -> list[GroupOut]:
    """The groups that the caller owns."""
    return [GroupOut.of(view) for view in app().owning.groups(door.caller(request))]


@router.get(
    "/owner/groups/{group}/tasks",
    auth=door.PARTY,
    response=list[OwnerTaskOut],
    operation_id="list_owner_tasks",
)
def list_owner_tasks(request: HttpRequest, group: str) -> list[OwnerTaskOut]:
    """What is reported in one's group: what waits first."""
    return [OwnerTaskOut.of(view) for view in app().owning.tasks(group, door.caller(request))]


@router.post(
    "/owner/tasks/{task}/outcome", auth=door.PARTY, response=DoneOut, operation_id="act_as_owner"
)
def act_as_owner(request: HttpRequest, task: str, payload: ActIn) -> HttpResponse:
    """Say what was done about something reported in one's group."""
    who = door.caller(request)

    def do() -> DoneOut:
        app().owning.act(task, payload.action, payload.note, who)
        return DoneOut()

    return door.answered(request, do)


@router.post(
    "/owner/groups/{group}/tools",
    auth=door.PARTY,
    response=GroupOut,
    operation_id="set_group_tools",
)
def set_group_tools(request: HttpRequest, group: str, payload: ToolsIn) -> HttpResponse:
    """Set the word list, the questions to whoever joins, and the pause between messages."""
    who = door.caller(request)

    def do() -> GroupOut:
        words, questions = "\n".join(payload.words), "\n".join(payload.questions)
        app().owning.set_tools(group, words, questions, payload.slow_seconds, who)
        return GroupOut.of(app().owning.group(group, who))

    return door.answered(request, do, door.DONE)


@router.get(
    "/owner/groups/{group}/duty",
    auth=door.PARTY,
    response=list[DutyOut],
    operation_id="read_duty",
)
def read_duty(request: HttpRequest, group: str) -> list[DutyOut]:
    """What the owners of a group were asked, and what became of it: for them, and for staff."""
    return [DutyOut.of(line) for line in app().owning.duty(group, door.caller(request))]
