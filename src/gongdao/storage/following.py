"""Following up in PostgreSQL: how far clocks were set, the board, robots of group chats."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from gongdao.domain.disputes.board import Asked, Board, Column, Line
from gongdao.domain.disputes.events import DisputeKind
from gongdao.domain.disputes.model import NextStep
from gongdao.domain.disputes.robots import Robot, RobotDoor, RobotId, RobotKind
from gongdao.domain.kernel.ids import (
    Code,
    DeadlineId,
    DisputeId,
    OrganisationId,
    PersonId,
    ShopId,
)
from gongdao.storage.clocks_and_notices import OPEN
from gongdao.storage.following_models import RobotRow
from gongdao.storage.people import Secrets
from gongdao.storage.streams import absent, as_uuid, optional

_BEHIND = """
    select r.id from dispute_row r left join dispute_followed f on f.dispute = r.id
    where f.version is null or f.version < r.version
    order by r.opened_at limit %s for update of r skip locked
"""
_MARK = """
    insert into dispute_followed (dispute, version) values (%s, %s)
    on conflict (dispute) do update set version = excluded.version
"""
_BOARD = """
    select * from (
        select r.id, r.kind, r.platform, r.shop, r.next_step, r.assignee, r.noticed_at,
            r.checked_on, d.id, d.kind, d.due_at, d.provisional, d.stage = 'missed',
            row_number() over column_, count(*) over (partition by r.next_step)
        from dispute_row r left join lateral (
            select * from deadline_row d where d."case" = r.id and d.stage = any(%(open)s)
            order by d.due_at, d.id limit 1
        ) d on true
        where r.organisation = %(organisation)s and r.stage <> 'ended'
            and (%(shop)s::uuid is null or r.shop = %(shop)s)
            and (%(platform)s::text is null or r.platform = %(platform)s)
            and (%(kind)s::text is null or r.kind = %(kind)s)
            and (%(assignee)s::uuid is null or r.assignee = %(assignee)s)
            and (%(step)s::text is null or r.next_step = %(step)s)
        window column_ as (
            partition by r.next_step order by d.due_at nulls last, r.noticed_at, r.id
        )
    ) as lines (
        id, kind, platform, shop, step, assignee, noticed_at, checked_on, deadline, clock,
        due_at, provisional, missed, place, total
    ) where place <= %(each)s order by step, place
"""


class PgFollowUps:
    """How far clocks were set, and the board."""

    def mark(self, dispute: DisputeId, version: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_MARK, [as_uuid(dispute), version])

    def behind(self, limit: int) -> list[DisputeId]:
        with connection.cursor() as cursor:
            cursor.execute(_BEHIND, [limit])
            return [DisputeId(str(row[0])) for row in cursor.fetchall()]

    def board(self, asked: Asked) -> Board:
        wanted: dict[str, Any] = {
            "open": OPEN,
            "organisation": as_uuid(asked.organisation),
            "shop": optional(asked.shop),
            "platform": asked.platform,
            "kind": asked.kind.value if asked.kind else None,
            "assignee": optional(asked.assignee),
            "step": asked.step.value if asked.step else None,
            "each": asked.each,
        }
        with connection.cursor() as cursor:
            cursor.execute(_BOARD, wanted)
            rows = cursor.fetchall()
        found: dict[NextStep, tuple[list[Line], int]] = {}
        for row in rows:
            line = _line(row)
            lines, _ = found.get(line.step, ([], 0))
            found[line.step] = ([*lines, line], row[14])
        return {
            step: Column(tuple(lines), total)
            for step in NextStep
            for lines, total in [found.get(step, ([], 0))]
        }


@dataclass(frozen=True, slots=True)
class PgRobots:
    """Robots of group chats."""

    secrets: Secrets

    def add(self, robot: Robot, url: str, secret: str) -> None:
        RobotRow.objects.create(
            id=UUID(robot.id),
            organisation=UUID(robot.organisation),
            kind=robot.kind.value,
            language=robot.language,
            url=self.secrets.encrypt(url),
            secret=self.secrets.encrypt(secret),
            added_at=robot.added_at,
            added_by=UUID(robot.added_by),
        )

    def of(self, organisation: OrganisationId) -> list[Robot]:
        rows = RobotRow.objects.filter(organisation=as_uuid(organisation), removed_at=None)
        return [_robot(row) for row in rows.order_by("added_at", "id")]

    def remove(self, robot: RobotId, now: datetime) -> None:
        gone = {"removed_at": now, "url": b"", "secret": None}
        if not RobotRow.objects.filter(id=as_uuid(robot), removed_at=None).update(**gone):
            raise absent()

    def door(self, robot: RobotId) -> RobotDoor | None:
        row = RobotRow.objects.filter(id=as_uuid(robot), removed_at=None).first()
        if row is None:
            return None
        url, secret = self.secrets.decrypt(row.url), self.secrets.decrypt(row.secret)
        return RobotDoor(RobotKind(row.kind), url or "", secret or "")

    def tried(self, robot: RobotId, now: datetime, error: Code | None) -> None:
        RobotRow.objects.filter(id=as_uuid(robot)).update(tried_at=now, error=error)


def _line(row: tuple[Any, ...]) -> Line:
    shop, assignee, deadline = row[3], row[5], row[8]
    return Line(
        dispute=DisputeId(str(row[0])),
        kind=DisputeKind(row[1]),
        platform=row[2],
        shop=ShopId(str(shop)) if shop else None,
        step=NextStep(row[4]),
        assignee=PersonId(str(assignee)) if assignee else None,
        noticed_at=row[6],
        checked_on=row[7],
        deadline=DeadlineId(str(deadline)) if deadline else None,
        clock=row[9],
        due_at=row[10],
        provisional=bool(row[11]),
        missed=bool(row[12]),
    )


def _robot(row: RobotRow) -> Robot:
    return Robot(
        id=RobotId(str(row.id)),
        organisation=OrganisationId(str(row.organisation)),
        kind=RobotKind(row.kind),
        language=row.language,
        added_at=row.added_at,
        added_by=PersonId(str(row.added_by)),
        tried_at=row.tried_at,
        error=row.error,
    )
