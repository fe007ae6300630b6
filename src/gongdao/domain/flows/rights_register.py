"""The public register (电子商务法第44条): notices, counter-notices, outcomes, and nobody in them.

A line is built from codes, days and hashes alone: no text that anybody wrote can get into it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from gongdao.domain.counter_notices.events import Paper
from gongdao.domain.counter_notices.model import RightsNotice
from gongdao.domain.counter_notices.ports import Entry
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.clock import CHINA

PAGE = 50
_BATCH = 500


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One notice with what became of it."""

    number: str
    right: str
    items: int
    """How many links it names."""
    received_on: date
    effective_on: date | None
    measure: str | None
    forwarded_on: date | None
    delivered_on: date | None
    counter_notice_on: date | None
    counter_delivered_on: date | None
    paused: int
    """How often the period was paused."""
    proceeding: str | None
    """`suit` or `complaint`, once one was shown."""
    outcome: str
    because: str | None
    ended_on: date | None
    notice_found: str | None
    """`wrong` or `malicious`, where a reviewer found so with reasons."""
    counter_notice_found: str | None
    first_record: str
    """Leaf of the notice in the public log, hex."""
    last_record: str
    """Leaf of the latest step."""

    def plain(self) -> Mapping[str, str | int | None]:
        """As a row of a table or a JSON object."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
        }


@dataclass(frozen=True, slots=True)
class RightsRegister:
    """What everybody may read."""

    records: Records

    def page(self, before: str | None = None, limit: int = PAGE) -> list[RegisterLine]:
        """The latest, newest first; those before the one of that number, if one is named."""
        return [_line(entry) for entry in self.records.rights_notices.latest(limit, before)]

    def all(self) -> Iterator[RegisterLine]:
        """Every line, newest first."""
        found = self.page(limit=_BATCH)
        while found:
            yield from found
            found = self.page(found[-1].number, _BATCH) if len(found) == _BATCH else []


def _line(entry: Entry) -> RegisterLine:
    now = entry.now
    counter = now.counter
    return RegisterLine(
        number=now.number,
        right=now.right,
        items=len(now.items),
        received_on=_must(now.given_at),
        effective_on=_day(now.effective_at),
        measure=now.measure.value if now.measure else None,
        forwarded_on=_day(now.forwarded_at),
        delivered_on=_day(now.delivered_at),
        counter_notice_on=_day(counter.given_at) if counter else None,
        counter_delivered_on=_day(counter.delivered_at) if counter else None,
        paused=len(now.pauses),
        proceeding=now.shown.proceeding.value if now.shown else None,
        outcome=now.stage.value,
        because=now.because.value if now.because else None,
        ended_on=_day(now.ended_at),
        notice_found=_found(now, Paper.NOTICE),
        counter_notice_found=_found(now, Paper.COUNTER),
        first_record=entry.first_leaf,
        last_record=entry.last_leaf,
    )


def _found(now: RightsNotice, paper: Paper) -> str | None:
    """The latest mark of a paper."""
    marks = [mark.mark.value for mark in now.marks if mark.paper is paper]
    return marks[-1] if marks else None


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else _must(moment)


def _must(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()
