"""What may stand in a journal, and how its times are read."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.fakes.clock import MONDAY
from tests.fakes.house import shipped_packs
from tests.stories.stage import refused

from gongdao.domain.evidence import journal_rules as rules
from gongdao.domain.evidence.journal import Entry, Struck, When
from gongdao.domain.evidence.journal_ports import Used
from gongdao.domain.evidence.journal_rules import Note
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, Refused
from gongdao.domain.kernel.events import Actor, Role
from gongdao.domain.kernel.ids import EntryId, PersonId, Sealed
from gongdao.domain.policy.journal import JournalPolicy

NOW = MONDAY
ME = Actor(Role.KEEPER, PersonId("me"))


@pytest.fixture(scope="module")
def policy() -> JournalPolicy:
    found = shipped_packs().in_force("house", NOW.date()).journal
    assert found is not None
    return found


def at(year: int, month: int, day: int, *clock: int) -> When:
    hour, minute, second = (*clock, 0, 0, 0)[:3]
    return When(datetime(year, month, day, hour, minute, second, tzinfo=CHINA))


def day(year: int, month: int, day: int) -> When:
    return When(datetime(year, month, day, tzinfo=CHINA), day_only=True)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-02", day(2026, 11, 2)),
        ("2026/11/2", day(2026, 11, 2)),
        ("2026.11.2", day(2026, 11, 2)),
        ("20261102", day(2026, 11, 2)),
        ("2026年11月2日", day(2026, 11, 2)),
        ("2026-11-02 14:05", at(2026, 11, 2, 14, 5)),
        ("2026-11-02T14:05", at(2026, 11, 2, 14, 5)),
        ("2026/11/2 9:05:30", at(2026, 11, 2, 9, 5, 30)),
        ("2026年11月2日 14时05分", at(2026, 11, 2, 14, 5)),
        ("2026-11-02 14：05", at(2026, 11, 2, 14, 5)),
        ("2026-11-02T06:05:00Z", at(2026, 11, 2, 14, 5)),
        ("2026-11-02T14:05:00.123+08:00", at(2026, 11, 2, 14, 5)),
        ("2026-11-02T01:05:00-0500", at(2026, 11, 2, 14, 5)),
    ],
)
def test_times_are_read_as_people_and_programs_write_them(written: str, meant: When) -> None:
    assert rules.moment(written) == meant


@pytest.mark.parametrize(
    "written",
    ["", "yesterday", "2026-13-01", "2026-02-30", "0000-01-01", "11/02/2026", "2026-11-02 25:00",
     "2026-11-02 14:05 or so", "2026-11-02 later", "2026-11-02 14:05+99:00"],
)  # fmt: skip
def test_other_times_are_refused(written: str) -> None:
    with refused("journal.bad_moment", BadInput):
        rules.moment(written)


def note(**changes: Any) -> Note:
    return Note(
        **{"sort": "backup", "happened": "2026-01-05", "text": "备份了聊天记录。", **changes}
    )


def test_what_is_said_is_kept_as_it_was_said(policy: JournalPolicy) -> None:
    found = rules.check_note(policy, note(text="  备份了聊天记录。\r\n两份。 "), 0, NOW)
    assert (found.sort.code, found.text) == ("backup", "备份了聊天记录。\n两份。")
    assert found.happened == day(2026, 1, 5)
    now = rules.check_note(policy, note(sort="", happened=""), 0, NOW)
    assert (now.sort.code, now.happened) == ("operation", When(NOW.replace(second=0)))
    assert rules.check_note(policy, note(text=""), 1, NOW).text == ""


@pytest.mark.parametrize(
    ("changes", "files", "code"),
    [
        ({"sort": "diary"}, 0, "journal.unknown_kind"),
        ({"text": " \n"}, 0, "journal.empty"),
        ({"text": "字" * 4001}, 0, "journal.text_too_long"),
        ({}, 7, "journal.too_many_files"),
        ({"happened": (NOW + timedelta(minutes=11)).isoformat()}, 0, "journal.ahead"),
        ({"happened": "1926-11-02"}, 0, "journal.long_ago"),
    ],
)
def test_what_cannot_be_kept_is_refused(
    policy: JournalPolicy, changes: dict[str, str], files: int, code: str
) -> None:
    with refused(code):
        rules.check_note(policy, note(**changes), files, NOW)


def test_room_is_counted_with_what_comes(policy: JournalPolicy) -> None:
    limits = policy.limits
    full = Used(limits.entries_max, limits.bytes_max)
    rules.check_room(limits, full, 0, 0)
    with refused("journal.full", most=50_000):
        rules.check_room(limits, Used(limits.entries_max - 1, 0), 2, 0)
    with refused("journal.no_room", most=2048, left=0):
        rules.check_room(limits, Used(1, limits.bytes_max), 1, 1)


def entry(*, struck: bool = False) -> Entry:
    return Entry(
        id=EntryId("e"), owner=PersonId("me"), sort="backup", happened=day(2026, 1, 5),
        text=Sealed("t"), files=(), corrects=None, imported=False, recorded_at=NOW,
        struck=Struck(NOW, Sealed("r")) if struck else None,
    )  # fmt: skip


def test_an_entry_is_struck_once_and_corrected_once(policy: JournalPolicy) -> None:
    rules.check_correctable(entry(), corrected=False)
    assert rules.strike(entry(), Sealed("r"), ME, NOW).reason == "r"
    for problem, act in (
        ("journal.struck_already", lambda: rules.strike(entry(struck=True), Sealed("r"), ME, NOW)),
        (
            "journal.struck_already",
            lambda: rules.check_correctable(entry(struck=True), corrected=False),
        ),
        ("journal.corrected_already", lambda: rules.check_correctable(entry(), corrected=True)),
        ("journal.no_reason", lambda: rules.check_reason(policy.limits, " ")),
        ("journal.reason_too_long", lambda: rules.check_reason(policy.limits, "x" * 501)),
    ):
        with refused(problem):
            act()


@pytest.mark.parametrize("written", ["9999-12-31", "١٩٩٩-١-١", "2026-03-02 14:05+24:00"])
def test_whatever_somebody_writes_as_a_time_they_are_told_what_to_do(
    policy: JournalPolicy, written: str
) -> None:
    with pytest.raises((Refused, BadInput)):
        rules.check_note(policy, note(happened=written), 0, NOW)
