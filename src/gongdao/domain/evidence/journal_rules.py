"""What may stand in a journal, how much of it, and what may be done with an entry."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from gongdao.domain.evidence.journal import (
    Entry,
    JournalEntered,
    JournalFile,
    JournalStruck,
    When,
)
from gongdao.domain.evidence.journal_ports import Used
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop
from gongdao.domain.kernel.events import Actor
from gongdao.domain.kernel.ids import EntryId, PersonId, Sealed
from gongdao.domain.policy.journal import EntryKind, JournalLimits, JournalPolicy

EARLIEST = datetime(1949, 10, 1, tzinfo=CHINA)
"""Nothing that is written down here happened earlier: such a year is a slip."""
AHEAD = timedelta(minutes=10)
"""So far may a telephone's clock be ahead of ours."""
_MB = 1024 * 1024
_DAY = re.compile(
    r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?日?|(\d{4})(\d{2})(\d{2})",
    re.ASCII,
)
_TIME = re.compile(
    r"(\d{1,2})\s?[:：时点]\s?(\d{1,2})分?(?:[:：]?(\d{1,2})(?:\.\d+)?秒?)?", re.ASCII
)
_ZONE = re.compile(r"(?:Z|([+-])(\d{2}):?(\d{2}))", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wants to write down, as they said it."""

    sort: str
    happened: str
    """A day or a moment, as people write them; empty for now."""
    text: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The same, once it may be kept."""

    sort: EntryKind
    happened: When
    text: str


def check_note(policy: JournalPolicy, note: Note, files: int, now: datetime) -> Checked:
    """What may be kept of it; Refused or BadInput says what is in the way."""
    kind = policy.kind(note.sort) if note.sort else policy.kinds[0]
    if kind is None:
        raise Refused("journal.unknown_kind", hint_noop("Choose one of the listed kinds."))
    text = check_text(policy.limits, note.text)
    if not text and not files:
        raise Refused("journal.empty", hint_noop("Write what happened, or add a photo or a file."))
    if files > policy.limits.files_max:
        raise Refused(
            "journal.too_many_files",
            hint_noop("An entry takes {most} files. Put the rest into another entry."),
            most=policy.limits.files_max,
        )
    written = note.happened.strip()
    happened = moment(written) if written else When(now.replace(second=0, microsecond=0))
    check_when(happened, now)
    return Checked(kind, happened, text)


def check_text(limits: JournalLimits, text: str) -> str:
    """A text that may be kept, trimmed."""
    trimmed = text.replace("\r\n", "\n").strip()
    if len(trimmed) > limits.text_max:
        raise Refused(
            "journal.text_too_long",
            hint_noop("Shorten the text to {most} characters, or make two entries of it."),
            most=limits.text_max,
        )
    return trimmed


def check_when(happened: When, now: datetime) -> None:
    """Refused for what lies ahead, and for what cannot be meant."""
    if happened.at > now + AHEAD:
        raise Refused(
            "journal.ahead",
            hint_noop("A journal holds what has happened. Take a time that is over."),
        )
    if happened.at < EARLIEST:
        raise Refused("journal.long_ago", hint_noop("Check the year: it lies too far back."))


def check_room(limits: JournalLimits, used: Used, entries: int, size: int) -> None:
    """Refused where so many more entries, or files of that size, find no room."""
    if used.entries + entries > limits.entries_max:
        raise Refused(
            "journal.full",
            hint_noop(
                "A journal holds {most} entries, and yours has {there}. Take it with you as a "
                "file and tell the operator."
            ),
            most=limits.entries_max,
            there=used.entries,
        )
    if used.bytes + size > limits.bytes_max:
        raise Refused(
            "journal.no_room",
            hint_noop(
                "The files of a journal take {most} MB together; yours have {left} MB left. Send a "
                "smaller file, or the text alone."
            ),
            most=limits.bytes_max // _MB,
            left=max(0, limits.bytes_max - used.bytes) // _MB,
        )


def check_correctable(entry: Entry, *, corrected: bool) -> None:
    """Refused for an entry that was struck out, or corrected already."""
    if entry.struck is not None:
        raise struck_already()
    if corrected:
        raise Refused(
            "journal.corrected_already",
            hint_noop("This entry was corrected already. Correct the later one."),
        )


def enter(
    entry: EntryId,
    owner: PersonId,
    checked: Checked,
    text: Sealed | None,
    files: Sequence[JournalFile],
    by: Actor,
    now: datetime,
    corrects: EntryId | None = None,
    *,
    imported: bool = False,
) -> JournalEntered:
    """Write an entry."""
    return JournalEntered(
        at=now,
        by=by,
        entry=entry,
        owner=owner,
        sort=checked.sort.code,
        happened=checked.happened,
        text=text,
        files=tuple(files),
        corrects=corrects,
        imported=imported,
    )


def check_reason(limits: JournalLimits, reason: str) -> str:
    """A reason that may be kept, trimmed."""
    trimmed = reason.replace("\r\n", "\n").strip()
    if not trimmed:
        raise Refused("journal.no_reason", hint_noop("Say in a few words why it does not hold."))
    if len(trimmed) > limits.reason_max:
        raise Refused(
            "journal.reason_too_long",
            hint_noop("Shorten the reason to {most} characters."),
            most=limits.reason_max,
        )
    return trimmed


def strike(entry: Entry, reason: Sealed, by: Actor, now: datetime) -> JournalStruck:
    """Strike an entry out."""
    if entry.struck is not None:
        raise struck_already()
    return JournalStruck(at=now, by=by, reason=reason)


def struck_already() -> Refused:
    """What somebody is told who comes second."""
    return Refused("journal.struck_already", hint_noop("This entry was struck out already."))


def moment(written: str) -> When:
    """A day or a moment as people and programs write it; BadInput for anything else.

    Without a zone it is on the Chinese clock.
    """
    given = written.strip()
    found = _DAY.match(given)
    if found is None:
        raise bad_moment()
    year, month, day = (int(part) for part in found.groups() if part is not None)
    rest = given[found.end() :].strip().removeprefix("T").strip()
    try:
        on = date(year, month, day)
        if not rest:
            return When(datetime.combine(on, time(), CHINA), day_only=True)
        return When(_with_time(on, rest))
    except (ValueError, OverflowError):
        raise bad_moment() from None


def _with_time(on: date, rest: str) -> datetime:
    found = _TIME.match(rest)
    if found is None:
        raise bad_moment()
    hour, minute, second = (int(part or 0) for part in found.groups())
    zone = rest[found.end() :].strip()
    told = _ZONE.fullmatch(zone)
    if zone and told is None:
        raise bad_moment()
    return datetime.combine(on, time(hour, minute, second), _offset(told) if told else CHINA)


def _offset(told: re.Match[str]) -> timezone:
    sign, hours, minutes = told.groups()
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return timezone(-offset if sign == "-" else offset)


def month_of(written: str) -> tuple[datetime, datetime]:
    """When a month (`2026-11`) begins and ends on the Chinese clock; BadInput for no month."""
    found = _MONTH.fullmatch(written)
    try:
        year, month = (int(part) for part in found.groups()) if found else (0, 0)
        begins = datetime(year, month, 1, tzinfo=CHINA)
        return begins, datetime(year + month // _MONTHS, month % _MONTHS + 1, 1, tzinfo=CHINA)
    except ValueError:
        raise BadInput("journal.bad_month", hint_noop("Write the month like 2026-11.")) from None


def bad_moment() -> BadInput:
    """What somebody is told whose time cannot be read."""
    return BadInput(
        "journal.bad_moment",
        hint_noop("Write the time like 2026-11-21 14:05, or the day alone like 2026-11-21."),
    )
