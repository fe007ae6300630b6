"""Following up, in memory."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from tests.fakes.memory import Memory
from tests.fakes.streams import MemoryDeadlines

from gongdao.domain.access.rules import not_found
from gongdao.domain.disputes.board import Asked, Board, Column, Line
from gongdao.domain.disputes.model import NextStep, next_step
from gongdao.domain.disputes.ports import Disputes
from gongdao.domain.disputes.robots import Robot, RobotDoor, RobotId
from gongdao.domain.kernel.ids import CaseId, Code, DisputeId, OrganisationId

_LAST = datetime.max.replace(tzinfo=UTC)


class MemoryFollowUps:
    """How far clocks were set, and the board."""

    def __init__(self, memory: Memory, disputes: Any) -> None:
        self.memory, self.disputes = memory, disputes
        self.deadlines = MemoryDeadlines(memory)

    def mark(self, dispute: DisputeId, version: int) -> None:
        self.memory.must_be_open()
        self.memory.tables["followed"][dispute] = version

    def behind(self, limit: int) -> list[DisputeId]:
        known = self.memory.tables["followed"]
        late = [held for held in self.disputes.all() if known.get(held.now.id, 0) < held.version]
        late.sort(key=lambda held: held.now.opened_at)
        return [held.now.id for held in late[:limit]]

    def board(self, asked: Asked) -> Board:
        disputes: Disputes = self.disputes
        every = disputes.of_organisation(asked.organisation, 100_000, only_open=True)
        found: dict[NextStep, list[Line]] = {step: [] for step in NextStep}
        for held in every:
            line = self._line(held.now)
            if _fits(line, asked):
                found[line.step].append(line)
        for lines in found.values():
            lines.sort(key=lambda line: (line.due_at or _LAST, line.noticed_at, line.dispute))
        return {s: Column(tuple(lines[: asked.each]), len(lines)) for s, lines in found.items()}

    def _line(self, now: Any) -> Line:
        first = next(iter(self.deadlines.running(CaseId(now.id))), None)
        return Line(
            dispute=now.id,
            kind=now.kind,
            platform=now.platform,
            shop=now.shop,
            step=next_step(now),
            assignee=now.assignee,
            noticed_at=now.facts.noticed_at,
            checked_on=now.checked_on,
            deadline=first.now.id if first else None,
            clock=first.now.kind.value if first else None,
            due_at=first.now.due_at if first else None,
            provisional=first is not None and first.now.provisional,
            missed=first is not None and first.now.stage.value == "missed",
        )


class MemoryRobots:
    """Robots of group chats."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory

    def add(self, robot: Robot, url: str, secret: str) -> None:
        self.memory.must_be_open()
        self.memory.tables["robot"][robot.id] = (robot, RobotDoor(robot.kind, url, secret))

    def of(self, organisation: OrganisationId) -> list[Robot]:
        found = [robot for robot, _ in self.memory.tables["robot"].values()]
        theirs = [robot for robot in found if robot.organisation == organisation]
        return sorted(theirs, key=lambda robot: (robot.added_at, robot.id))

    def remove(self, robot: RobotId, now: datetime) -> None:
        del now
        if self.memory.tables["robot"].pop(robot, None) is None:
            raise not_found()

    def door(self, robot: RobotId) -> RobotDoor | None:
        found = self.memory.tables["robot"].get(robot)
        return found[1] if found else None

    def tried(self, robot: RobotId, now: datetime, error: Code | None) -> None:
        found = self.memory.tables["robot"].get(robot)
        if found is not None:
            kept = (replace(found[0], tried_at=now, error=error), found[1])
            self.memory.tables["robot"][robot] = kept


def _fits(line: Line, asked: Asked) -> bool:
    pairs = (
        (asked.shop, line.shop),
        (asked.platform, line.platform),
        (asked.kind, line.kind),
        (asked.assignee, line.assignee),
        (asked.step, line.step),
    )
    return all(wanted is None or wanted == there for wanted, there in pairs)
