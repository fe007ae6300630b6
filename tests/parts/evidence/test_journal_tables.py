"""Journals as tables: what other programs write is read, and what cannot be read is named."""

import csv
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some
from tests.fakes.clock import MONDAY
from tests.fakes.house import shipped_packs
from tests.stories.stage import refused

from gongdao.domain.evidence import journal_tables as tables
from gongdao.domain.evidence.journal import When
from gongdao.domain.evidence.journal_tables import COLUMNS, Table
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput
from gongdao.domain.policy.journal import JournalPolicy

CHINESE = """时间,类别,内容,快递单号
2026-02-03 09:10,发货,"打包，贴单，装车",SF1234
2026/2/4,设备清单,手机一台、电脑一台,

2026年2月5日,,改了密码,
"""


def policy() -> JournalPolicy:
    found = shipped_packs().in_force("house", MONDAY.date()).journal
    assert found is not None
    return found


def read(content: str | bytes, sort: str = "", now: datetime = MONDAY) -> Table:
    plain = content.encode() if isinstance(content, str) else content
    return tables.read(plain, policy(), sort, now)


def rows(table: Table) -> list[tuple[int, str, str]]:
    return [(row.line, row.checked.sort.code, row.checked.text) for row in table.rows]


READ = [
    (2, "shipment", "打包，贴单，装车\n快递单号: SF1234"),
    (3, "devices", "手机一台、电脑一台"),
    (5, "backup", "改了密码"),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_is_read_whatever_wrote_it(encoding: str, end: str) -> None:
    table = read(CHINESE.replace("\n", end).encode(encoding), "backup")
    assert rows(table) == READ
    assert (table.wrong, table.into_text, table.left_out) == ((), ("快递单号",), ())
    assert table.rows[0].checked.happened == When(datetime(2026, 2, 3, 9, 10, tzinfo=CHINA))


@pytest.mark.parametrize("delimiter", [";", "\t", "，"])
def test_other_marks_between_cells_are_seen(delimiter: str) -> None:
    table = read(delimiter.join(["Date", "Type", "Note"]) + "\n" + f"2026-02-03{delimiter}backup"
                 f"{delimiter}all of it")  # fmt: skip
    assert rows(table) == [(2, "backup", "all of it")]


def test_every_wrong_line_is_named_with_what_to_do() -> None:
    table = read(
        "when,kind,text\n2026-02-03,backup,fine\nyesterday,backup,x\n2026-02-03,diary,x\n"
        "2026-02-03,backup,\n,backup,x\n2026-02-03,backup,x,y\n2027-01-01,backup,x\n"
    )
    assert [row.line for row in table.rows] == [2]
    assert [(wrong.line, wrong.problem.code) for wrong in table.wrong] == [
        (3, "journal.bad_moment"),
        (4, "journal.unknown_kind_in_table"),
        (5, "journal.no_text"),
        (6, "journal.no_moment"),
        (7, "journal.row_too_wide"),
        (8, "journal.ahead"),
    ]
    assert "发货留痕/shipment" in table.wrong[1].problem.hint


def test_a_line_is_counted_as_an_editor_counts() -> None:
    table = read('when,text\n2026-02-03,"two\nlines"\nnever,x\n')
    assert [row.line for row in table.rows] == [2]
    assert [wrong.line for wrong in table.wrong] == [4]


def test_of_many_wrong_lines_the_first_are_named_and_all_counted() -> None:
    table = read("when,text\n" + "never,x\n" * 60)
    assert (len(table.wrong), table.wrong_in_all) == (50, 60)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"\xef\xbb\xbf", "journal.no_headings"),
        ("一,二\n三,四".encode(), "journal.no_headings"),
        (b"when,text\n", "journal.table_empty"),
        (b'when,text\n2026-02-03,"x\n', "journal.broken_table"),
        (b'when,text\n2026-02-03,"x"y\n', "journal.broken_table"),
        ("when,text\n2026-02-03,x".encode("utf-16"), "journal.bad_encoding"),
        (b"PK\x03\x04\xff\xff\xff\x00", "journal.bad_encoding"),
        (b"when,text\n2026-02-03,a\x00b\n", "journal.bad_encoding"),
        (b"when,text\n" + b"2026-02-03,x\n" * 10_001, "journal.too_many_rows"),
        (b"x" * (4 * 1024**2 + 1), "journal.table_too_large"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_is_no_table_is_refused_as_a_whole(content: bytes, code: str) -> None:
    with refused(code, BadInput):
        read(content)


CELLS = some.text("ab＝1,;\t\"'=+-@\n 中文，；。", max_size=30)
LINES = some.tuples(
    some.datetimes(datetime(1990, 1, 1), datetime(2026, 1, 1)),  # noqa: DTZ001 - made CHINA below
    some.booleans(),
    some.sampled_from(["operation", "devices", "backup", "shipment", "presale", "other"]),
    CELLS.filter(lambda text: text.strip()),
)


@settings(max_examples=60)
@given(some.lists(LINES, min_size=1, max_size=4))
@example([(datetime(2026, 1, 1), True, "other", "'=1+1")])  # noqa: DTZ001
@example([(datetime(2026, 1, 1), True, "other", "'\n=1+1")])  # noqa: DTZ001
def test_what_we_write_we_read_again(lines: list[tuple[datetime, bool, str, str]]) -> None:
    meant: list[tuple[When, str, str]] = []
    for naive, day_only, sort, text in lines:
        at = naive.replace(microsecond=0, tzinfo=CHINA)
        when = When(at.replace(hour=0, minute=0, second=0), day_only=True) if day_only else When(at)
        meant.append((when, sort, text.strip()))
    rest = [""] * (len(COLUMNS) - 3)
    written = tables.write([(tables.written(w), s, t, *rest) for w, s, t in meant])
    table = read(written)
    found = [(r.checked.happened, r.checked.sort.code, r.checked.text) for r in table.rows]
    assert (found, table.wrong, table.into_text) == (meant, (), ())
    cells = [cell for row in csv.reader(StringIO(written.decode("utf-8-sig"))) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "＝"))]


@settings(max_examples=60)
@given(some.data())
def test_a_damaged_table_is_refused_or_read_and_never_breaks_us(data: Any) -> None:
    plain = bytearray(CHINESE.encode(data.draw(some.sampled_from(["utf-8", "gb18030"]))))
    for _ in range(data.draw(some.integers(1, 4))):
        at = data.draw(some.integers(0, len(plain) - 1))
        piece = data.draw(some.binary(max_size=3))
        plain[at : at + data.draw(some.integers(0, 3))] = piece
    try:
        table = read(bytes(plain), now=MONDAY + timedelta(days=1))
    except BadInput as problem:
        assert problem.hint  # noqa: PT017
        return
    assert table.rows or table.wrong
