"""Robots of group chats: set by an owner, told about time limits, with nothing of anybody in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import not_found
from gongdao.domain.disputes.robots import (
    Robot,
    RobotId,
    RobotKind,
    address,
    body,
    check_address,
    problem_with,
)
from gongdao.domain.flows.dispute_clocks import follow_up_of
from gongdao.domain.flows.dispute_reminders import ROBOT, left, link, number
from gongdao.domain.flows.organising import Organising
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.telling import shown
from gongdao.domain.kernel.errors import GongdaoError, PeerFailed, Refused, hint_noop
from gongdao.domain.kernel.ids import DeadlineId, DisputeId, OrganisationId
from gongdao.domain.organisations.model import Right
from gongdao.domain.outgoing.ports import Post

MOST = 5
"""Robots of one organisation."""
_HEADERS = {"content-type": "application/json; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class RobotDesk:
    """What an owner can do with robots."""

    records: Records
    organising: Organising

    def add(
        self,
        organisation: OrganisationId,
        kind: RobotKind,
        url: str,
        secret: str,
        caller: Caller,
        *,
        nearby: bool = False,
    ) -> RobotId:
        """Set one up and send it a word. Its address and secret are never shown again."""
        r = self.records
        url, secret = url.strip(), secret.strip()
        with r.work():
            _, by = self.organising.seat(organisation, caller, Right.OWN)
            if by.person is None:
                raise not_found()
            check_address(kind, url, secret, nearby=nearby)
            if len(r.robots.of(organisation)) >= MOST:
                raise Refused(
                    "robot.too_many",
                    hint_noop("An organisation has at most {most} robots. Remove one first."),
                    most=MOST,
                )
            robot = Robot(
                id=RobotId(r.new_id()),
                organisation=organisation,
                kind=kind,
                language=r.parties.language(by.person),
                added_at=r.clock(),
                added_by=by.person,
            )
            r.robots.add(robot, url, secret)
            self._try(robot)
        return robot.id

    def of(self, organisation: OrganisationId, caller: Caller) -> list[Robot]:
        """Those of an organisation, for whoever may manage it."""
        self.organising.seat(organisation, caller, Right.MANAGE)
        return self.records.robots.of(organisation)

    def remove(self, organisation: OrganisationId, robot: RobotId, caller: Caller) -> None:
        """Send it nothing any more."""
        with self.records.work():
            self._one(organisation, robot, caller)
            self.records.robots.remove(robot, self.records.clock())

    def try_out(self, organisation: OrganisationId, robot: RobotId, caller: Caller) -> None:
        """Send it a word."""
        with self.records.work():
            self._try(self._one(organisation, robot, caller))

    def _one(self, organisation: OrganisationId, robot: RobotId, caller: Caller) -> Robot:
        self.organising.seat(organisation, caller, Right.OWN)
        found = (each for each in self.records.robots.of(organisation) if each.id == robot)
        one = next(found, None)
        if one is None:
            raise not_found()
        return one

    def _try(self, robot: Robot) -> None:
        payload = {"robot": robot.id, "language": robot.language, "what": "trial"}
        payload["organisation"] = robot.organisation
        self.records.outbox.post(ROBOT, self.records.new_id(), payload)


@dataclass(frozen=True, slots=True)
class Ringing:
    """The handler of the outbox topic `robot`: one attempt; a failure is tried again later."""

    records: Records
    post: Post

    def __call__(self, payload: Mapping[str, str], *, last: bool = False) -> None:
        """Post one message, written when it is sent: what is left then, not what was left."""
        r, robot = self.records, RobotId(payload["robot"])
        with r.work():
            door = r.robots.door(robot)
            said = self._words(payload) if door is not None else None
        if door is None or said is None:
            return
        problem = self._ask(address(door, r.clock()), body(door.kind, "公道 Gongdao", said))
        with r.work():
            r.robots.tried(robot, r.clock(), problem.code if problem else None)
        if isinstance(problem, PeerFailed) and not last:
            raise problem

    def _ask(self, url: str, text: str) -> GongdaoError | None:
        try:
            answer = self.post.send(url, _HEADERS, text)
        except GongdaoError as problem:
            return problem
        return problem_with(answer.status, answer.text)

    def _words(self, payload: Mapping[str, str]) -> str | None:
        r = self.records
        words = follow_up_of(r).robots
        if payload["what"] == "trial":
            of = f"{r.address}/merchants/o/{payload['organisation']}/"
            return words.trial.in_(payload["language"]).format(link=of)
        dispute = r.disputes.get(DisputeId(payload["dispute"])).now
        deadline = r.deadlines.get(DeadlineId(payload["deadline"])).now
        rule = follow_up_of(r).clock(deadline.kind)
        if rule is None or not deadline.stage.is_open:
            return None  # done in the meantime: nobody is rung up for nothing
        found = (each for each in r.robots.of(dispute.organisation) if each.id == payload["robot"])
        language = next((each.language for each in found), "zh")
        said = words.missed if payload["what"] == "missed" else words.reminder
        return said.in_(language).format(
            number=number(dispute.id),
            platform=r.packs.at(dispute.pack).title.in_(language),
            title=rule.title.in_(language),
            todo=rule.todo.in_(language),
            left=left(deadline.due_at - r.clock(), language),
            due=shown(deadline.due_at),
            link=link(r, dispute.id),
        )
