"""Following up disputes: the board, what happened, and robots of group chats."""

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, Field

from gongdao.api import door
from gongdao.api.schemas import DoneOut, IdOut, Moment, Strict
from gongdao.bootstrap import app
from gongdao.bootstrap.robots import nearby
from gongdao.domain.disputes.board import Asked, Line
from gongdao.domain.disputes.events import DisputeKind, Ending, Instance, Outcome
from gongdao.domain.disputes.model import NextStep
from gongdao.domain.disputes.robots import Robot, RobotId, RobotKind
from gongdao.domain.flows.dispute_reminders import number
from gongdao.domain.flows.following import Called
from gongdao.domain.kernel.ids import DisputeId, ExhibitId, OrganisationId, ShopId

router = Router(tags=["disputes"])
MEMBER = door.Door(
    "A member of the organisation: for anybody else it is not there.",
    lambda caller: caller.person is not None and caller.only_case is None,
)
Words = Field(max_length=4000)
_PLACES = 200


class BoardQueryIn(Strict):
    """What of the board is asked for."""

    shop: str | None = None
    platform: str | None = Field(None, max_length=40)
    kind: DisputeKind | None = None
    step: NextStep | None = None
    mine: bool = False
    each: int = Field(20, ge=1, le=_PLACES, description="Lines of a column at most.")


class FollowLineOut(Schema):
    """One open dispute."""

    id: str
    number: str
    kind: str
    platform: str
    shop: str | None
    assignee: str | None
    clock: str | None = Field(description="The kind of the clock that ends first.")
    due_at: Moment | None
    provisional: bool
    missed: bool
    checked_on: str | None

    @classmethod
    def of(cls, line: Line) -> "FollowLineOut":
        """As the house knows it."""
        return cls(
            id=line.dispute,
            number=number(line.dispute),
            kind=line.kind.value,
            platform=line.platform,
            shop=line.shop,
            assignee=line.assignee,
            clock=line.clock,
            due_at=line.due_at,
            provisional=line.provisional,
            missed=line.missed,
            checked_on=line.checked_on.isoformat() if line.checked_on else None,
        )


class FollowColumnOut(Schema):
    """What waits for one next step."""

    step: str
    todo: str
    total: int
    lines: list[FollowLineOut]


class FollowBoardOut(Schema):
    """The board of an organisation, the least time left first."""

    columns: list[FollowColumnOut]


class FollowNothingIn(Strict):
    """Nothing needs to be said. Send `{}`."""


class FollowMoreAskedIn(Strict):
    """They asked for more."""

    what: str = Words
    until: AwareDatetime | None = Field(None, description="With an offset, if they said so.")


class FollowMoreSentIn(Strict):
    """It was sent."""

    note: str = Field("", max_length=4000)
    exhibits: list[str] = Field(default_factory=list, max_length=100)


class FollowCallIn(Strict):
    """A call."""

    called_at: AwareDatetime
    whom: str = Words
    said: str = Words
    minutes: int


class FollowOutcomeIn(Strict):
    """What they decided."""

    outcome: Outcome
    words: str = Field("", max_length=4000)
    reason: str | None = Field(None, max_length=80, description="If you know better.")


class FollowReasonOut(Schema):
    """A reason that the words of a rejection speak for."""

    code: str
    sure: int
    cues: list[str]


class FollowOutcomeOut(Schema):
    """What a rejection is taken to rest on."""

    reason: str | None
    read: list[FollowReasonOut]


class FollowFurtherIn(Strict):
    """Where it was taken."""

    to: Instance
    exhibits: list[str] = Field(default_factory=list, max_length=100)
    reference: str = Field("", max_length=200)


class FollowEndIn(Strict):
    """How it ended."""

    how: Ending
    note: str = Field("", max_length=4000)


class RobotIn(Strict):
    """A robot of a group chat."""

    kind: RobotKind
    url: str = Field(max_length=500, description="Kept encrypted and never shown again.")
    secret: str = Field("", max_length=200, description="DingTalk's signature.")


class RobotOut(Schema):
    """A robot, without its address."""

    id: str
    kind: str
    added_at: Moment
    tried_at: Moment | None
    error: str | None

    @classmethod
    def of(cls, robot: Robot) -> "RobotOut":
        """As the house knows it."""
        return cls(
            id=robot.id,
            kind=robot.kind.value,
            added_at=robot.added_at,
            tried_at=robot.tried_at,
            error=robot.error,
        )


class RobotsOut(Schema):
    """The robots of an organisation."""

    robots: list[RobotOut]


@router.get(
    "/organisations/{organisation}/board",
    auth=MEMBER,
    response=FollowBoardOut,
    operation_id="read_dispute_board",
)
def board(request: HttpRequest, organisation: str, asked: Query[BoardQueryIn]) -> FollowBoardOut:
    """The open disputes by what is to be done next, the least time left first."""
    caller = door.caller(request)
    wanted = Asked(
        organisation=OrganisationId(organisation),
        shop=ShopId(asked.shop) if asked.shop else None,
        platform=asked.platform,
        kind=asked.kind,
        step=asked.step,
        assignee=caller.person if asked.mine else None,
        each=asked.each,
    )
    view = app().disputes.follow_views.board(wanted, caller)
    columns = [
        FollowColumnOut(
            step=step.value,
            todo=view.policy.todo[step.value].en,
            total=column.total,
            lines=[FollowLineOut.of(line) for line in column.lines],
        )
        for step, column in view.board.items()
    ]
    return FollowBoardOut(columns=columns)


@router.post(
    "/disputes/{dispute}/checks", auth=MEMBER, response=DoneOut, operation_id="check_dispute"
)
def check_off(request: HttpRequest, dispute: str, sent: FollowNothingIn) -> HttpResponse:
    """Say that somebody looked for news today."""
    del sent

    def do() -> DoneOut:
        app().disputes.following.check_off(DisputeId(dispute), door.caller(request))
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    "/disputes/{dispute}/more-asked",
    auth=MEMBER,
    response=DoneOut,
    operation_id="ask_more_of_dispute",
)
def more_asked(request: HttpRequest, dispute: str, sent: FollowMoreAskedIn) -> HttpResponse:
    """Whoever decides asked for more material: its own clock runs."""

    def do() -> DoneOut:
        given = (DisputeId(dispute), sent.what, sent.until)
        app().disputes.following.more_asked(*given, door.caller(request))
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    "/disputes/{dispute}/more-sent",
    auth=MEMBER,
    response=DoneOut,
    operation_id="send_more_for_dispute",
)
def more_sent(request: HttpRequest, dispute: str, sent: FollowMoreSentIn) -> HttpResponse:
    """It was sent."""

    def do() -> DoneOut:
        exhibits = [ExhibitId(each) for each in sent.exhibits]
        given = (DisputeId(dispute), sent.note, exhibits)
        app().disputes.following.more_sent(*given, door.caller(request))
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    "/disputes/{dispute}/calls", auth=MEMBER, response=DoneOut, operation_id="log_dispute_call"
)
def called(request: HttpRequest, dispute: str, sent: FollowCallIn) -> HttpResponse:
    """Log a call."""

    def do() -> DoneOut:
        call = Called(
            called_at=sent.called_at, whom=sent.whom, said=sent.said, minutes=sent.minutes
        )
        app().disputes.following.called(DisputeId(dispute), call, door.caller(request))
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    "/disputes/{dispute}/outcome",
    auth=MEMBER,
    response=FollowOutcomeOut,
    operation_id="enter_dispute_outcome",
)
def outcome(request: HttpRequest, dispute: str, sent: FollowOutcomeIn) -> HttpResponse:
    """Enter what they decided; the reason of a rejection is read, with how sure that is."""

    def do() -> FollowOutcomeOut:
        came = app().disputes.following.answered(
            DisputeId(dispute), sent.outcome, sent.words, door.caller(request), reason=sent.reason
        )
        read = [FollowReasonOut(code=r.code, sure=r.sure, cues=list(r.cues)) for r in came.read]
        return FollowOutcomeOut(reason=came.reason, read=read)

    return door.answered(request, do, door.DONE)


@router.post(
    "/disputes/{dispute}/further",
    auth=MEMBER,
    response=DoneOut,
    operation_id="take_dispute_further",
)
def further(request: HttpRequest, dispute: str, sent: FollowFurtherIn) -> HttpResponse:
    """Say that it was taken further; a second appeal must bring something new."""

    def do() -> DoneOut:
        exhibits = [ExhibitId(each) for each in sent.exhibits]
        given = (DisputeId(dispute), sent.to, exhibits, sent.reference)
        app().disputes.following.further(*given, door.caller(request))
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post("/disputes/{dispute}/end", auth=MEMBER, response=DoneOut, operation_id="end_dispute")
def ended(request: HttpRequest, dispute: str, sent: FollowEndIn) -> HttpResponse:
    """Leave it at the rejection, or say that a window passed."""

    def do() -> DoneOut:
        given = (DisputeId(dispute), sent.how, sent.note)
        app().disputes.following.ended(*given, door.caller(request))
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.get(
    "/organisations/{organisation}/robots",
    auth=MEMBER,
    response=RobotsOut,
    operation_id="list_robots",
)
def robots(request: HttpRequest, organisation: str) -> RobotsOut:
    """The robots of an organisation, for owners and managers."""
    found = app().disputes.robots.of(OrganisationId(organisation), door.caller(request))
    return RobotsOut(robots=[RobotOut.of(each) for each in found])


@router.post(
    "/organisations/{organisation}/robots",
    auth=MEMBER,
    response={201: IdOut},
    operation_id="add_robot",
)
def add_robot(request: HttpRequest, organisation: str, sent: RobotIn) -> HttpResponse:
    """Set up a robot of a group chat in WeCom or DingTalk; owners alone."""

    def do() -> IdOut:
        given = (OrganisationId(organisation), sent.kind, sent.url, sent.secret)
        desk = app().disputes.robots
        return IdOut(id=desk.add(*given, door.caller(request), nearby=nearby()))

    return door.answered(request, do)


@router.post(
    "/organisations/{organisation}/robots/{robot}/remove",
    auth=MEMBER,
    response=DoneOut,
    operation_id="remove_robot",
)
def remove_robot(
    request: HttpRequest, organisation: str, robot: str, sent: FollowNothingIn
) -> HttpResponse:
    """Send it nothing any more."""
    del sent

    def do() -> DoneOut:
        given = (OrganisationId(organisation), RobotId(robot))
        app().disputes.robots.remove(*given, door.caller(request))
        return DoneOut()

    return door.answered(request, do, door.DONE)
