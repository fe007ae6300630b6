"""An account's safety as its owner sees it, and its trail as staff may: without any secret."""

from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.events import Held, Recorded
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.protection import events
from gongdao.domain.protection.events import ProtectionStep
from gongdao.domain.protection.model import Protection
from gongdao.domain.protection.ports import Session

_TRAIL = 60
"""Lines of a trail that are shown, the latest first."""


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """One known device with what runs on it."""

    id: str
    label: str
    first_seen: datetime
    last_seen: datetime
    sessions: tuple[Session, ...]
    here: bool


@dataclass(frozen=True, slots=True)
class BackupLine:
    """The second address, for its owner."""

    address: str
    confirmed: bool
    waits: bool
    """Whether a code is on its way."""
    until: datetime | None


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One thing that happened: a kind of event, and what about it may be told."""

    at: datetime
    kind: str
    """`frozen`, `signed_in_anew` …"""
    detail: str
    """A code or a browser's name; never an address, a code or a link."""


@dataclass(frozen=True, slots=True)
class AccountView:
    """Everything on one page."""

    stage: str
    devices: tuple[DeviceLine, ...]
    elsewhere: tuple[Session, ...]
    """Sessions whose device is off the list."""
    code_made_at: datetime | None
    backup: BackupLine | None
    trail: tuple[TrailLine, ...]

    @property
    def others(self) -> int:
        """How many sessions run elsewhere."""
        running = [s for line in self.devices for s in line.sessions]
        return sum(not s.here for s in (*running, *self.elsewhere))


def account_view(r: Records, person: PersonId, held: Held[Protection], key: str) -> AccountView:
    """The account of a person who is signed in with a session of this key."""
    now, sessions = r.clock(), r.sessions.of(person, key, r.clock())
    devices = tuple(
        DeviceLine(
            id=each.id,
            label=each.label,
            first_seen=each.first_seen,
            last_seen=each.last_seen,
            sessions=tuple(s for s in sessions if s.device == each.id),
            here=any(s.here for s in sessions if s.device == each.id),
        )
        for each in r.devices.of(person)
    )
    known = {line.id for line in devices}
    backup = held.now.backup
    return AccountView(
        stage=held.now.stage.value,
        devices=devices,
        elsewhere=tuple(s for s in sessions if s.device not in known),
        code_made_at=held.now.code.made_at if held.now.code else None,
        backup=None
        if backup is None
        else BackupLine(
            address=r.opened(backup.contact),
            confirmed=backup.holds(now),
            waits=bool(backup.code) and now < backup.code_until,
            until=backup.until,
        ),
        trail=trail(r, held),
    )


def trail(r: Records, held: Held[Protection]) -> tuple[TrailLine, ...]:
    """What happened, the latest first."""
    found = [_line(each) for each in r.protections.history(held.now.id)]
    return tuple(reversed(found))[:_TRAIL]


def _line(recorded: Recorded[ProtectionStep]) -> TrailLine:
    step = recorded.event
    return TrailLine(step.at, step.kind.partition(".")[2], _detail(step))


def _detail(step: ProtectionStep) -> str:
    match step:
        case events.SignedInAnew():
            return step.label
        case events.SignInChanged():
            return step.what.value
        case events.SessionsEnded():
            return str(step.number)
        case events.Frozen():
            return step.way.value
        case events.ReturnAsked() | events.ReturnBegun() | events.Thawed():
            return step.proof.value
        case _:
            return ""
