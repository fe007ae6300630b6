"""Deadlines as an iCalendar (RFC 5545): nothing but moments, kinds and numbers of files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from gongdao.domain.kernel.clock import CHINA

_OCTETS = 75
_ZONE = "Asia/Shanghai"


class Status(StrEnum):
    """How sure an entry is."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    """The calendar of that year is not published yet."""
    CANCELLED = "CANCELLED"
    """It was met, called off, or has another owner."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One deadline."""

    uid: str
    due_at: datetime
    changed_at: datetime
    sequence: int
    """How often it was changed: a client takes the highest."""
    title: str
    words: str
    status: Status
    url: str = ""


def write(name: str, entries: Iterable[Entry], alarms: Iterable[timedelta], now: datetime) -> str:
    """The whole calendar."""
    before = list(alarms)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Gongdao//Deadlines 1//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        f"X-WR-TIMEZONE:{_ZONE}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "BEGIN:VTIMEZONE",
        f"TZID:{_ZONE}",
        "BEGIN:STANDARD",
        "DTSTART:19910915T000000",
        "TZOFFSETFROM:+0800",
        "TZOFFSETTO:+0800",
        "TZNAME:CST",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]
    for entry in entries:
        lines += _event(entry, before, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{fold}\r\n" for line in lines for fold in _folded(line))


def _event(entry: Entry, alarms: list[timedelta], now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(entry.uid)}"
    yield f"DTSTAMP:{_utc(now)}"
    yield f"DTSTART;TZID={_ZONE}:{entry.due_at.astimezone(CHINA):%Y%m%dT%H%M%S}"
    yield f"LAST-MODIFIED:{_utc(entry.changed_at)}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"STATUS:{entry.status.value}"
    yield f"SUMMARY:{_text(entry.title)}"
    if entry.words:
        yield f"DESCRIPTION:{_text(entry.words)}"
    if entry.url:
        yield f"URL:{entry.url}"
    yield "TRANSP:TRANSPARENT"
    yield "CLASS:PRIVATE"
    if entry.status is not Status.CANCELLED:
        for before in alarms:
            yield from (
                "BEGIN:VALARM",
                "ACTION:DISPLAY",
                f"DESCRIPTION:{_text(entry.title)}",
                f"TRIGGER:-PT{before // timedelta(minutes=1)}M",
                "END:VALARM",
            )
    yield "END:VEVENT"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    plain = "".join(c if c.isprintable() or c == "\n" else " " for c in value)
    for mark in ("\\", ";", ","):
        plain = plain.replace(mark, f"\\{mark}")
    return plain.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A content line in pieces of at most 75 octets, never within a character."""
    piece, octets = "", 0
    for character in line:
        wide = len(character.encode())
        if octets + wide > _OCTETS:
            yield piece
            piece, octets = " ", 1
        piece += character
        octets += wide
    yield piece
