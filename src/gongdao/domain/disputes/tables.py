"""
Orders and reviews as a platform's back office writes them into a table.

A table is taken whole or not at all: every line that cannot be taken is named with what to do.
Which column says what is guessed by its heading, and confirmed by a person.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from gongdao.domain.disputes import written
from gongdao.domain.disputes.rules import check_moment, check_numbers
from gongdao.domain.kernel.errors import BadInput, GongdaoError, hint_noop
from gongdao.domain.kernel.tables import (
    BrokenTable,
    cell_at,
    decoded,
    lines_of,
    plain_heading,
)
from gongdao.domain.kernel.texts import check_characters

MOST_ROWS = 20_000
MOST_BYTES = 16 * 1024**2
MOST_COLUMNS = 100
TOLD = 50
"""Lines with something wrong that are named; of more the number is said."""
TOLD_OF_A_LINE = 5
"""What is wrong in one line is named up to so many times."""
SHOWN = 5
"""Lines that are shown so that a person sees what stands in which column."""
LONGEST_CELL = 500
LONGEST_TEXT = 8_000
T = TypeVar("T")

_HEADINGS: Mapping[str, str] = {
    "order": (
        "order, order number, order no, order no., order id, order_id, 订单号, 订单编号, "
        "主订单编号, 交易编号, 订单id"
    ),
    "ordered_at": (
        "ordered at, ordered_at, order date, order time, created, paid at, 下单时间, "
        "订单创建时间, 创建时间, 付款时间, 订单付款时间, 成交时间, 交易时间, 订单时间"
    ),
    "item": ("item, product, goods, title, 商品, 商品名称, 商品标题, 宝贝标题, 宝贝名称"),
    "amount": (
        "amount, paid, total, price, 金额, 实付金额, 订单金额, 实付款, 买家实际支付金额, "
        "买家实付金额, 总金额, 支付金额"
    ),
    "buyer": (
        "buyer, customer, reviewer, user, nickname, 买家, 买家昵称, 买家会员名, 用户昵称, "
        "评价人, 用户, 用户名, 评论人, 买家旺旺, 昵称, 投诉人"
    ),
    "parcel": ("parcel, tracking number, tracking, waybill, 物流单号, 运单号, 快递单号"),
    "shipped_at": ("shipped, shipped at, shipped_at, 发货时间, 揽收时间"),
    "signed_at": ("delivered, delivered at, signed, signed at, 签收时间, 确认收货时间, 妥投时间"),
    "text": (
        "text, review, comment, content, complaint, 评价内容, 评价, 评论内容, 评论, 内容, "
        "投诉内容, 买家评价, 初评内容"
    ),
    "stars": ("stars, rating, score, 星级, 评分, 评价星级, 评价等级, 打分, 评价类型"),
    "reviewed_at": (
        "reviewed at, reviewed_at, review date, review time, date, time, 评价时间, "
        "评论时间, 评价日期, 投诉时间, 日期, 时间"
    ),
    "reference": (
        "reference, review id, review_id, complaint id, case id, 评价编号, 评价id, 评论id, "
        "投诉单号, 投诉编号, 事件编号, 编号"
    ),
    "url": ("url, link, address, 链接, 网址, 评价链接"),
}
"""What a column can say, and how such columns are headed; the first that fits counts."""
HEADINGS = {name: tuple(names.split(", ")) for name, names in _HEADINGS.items()}
OF_ORDER = ("ordered_at", "item", "amount", "buyer", "parcel", "shipped_at", "signed_at")
OF_REVIEW = ("text", "stars", "reviewed_at", "reference", "url")
_MOMENTS = ("ordered_at", "shipped_at", "signed_at", "reviewed_at")


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order as a line of a table says it."""

    number: str
    details: Mapping[str, str]
    """By the name of the column: of `OF_ORDER`, those that say something."""
    day: date | None


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review or complaint as a line of a table says it."""

    text: str
    stars: int | None
    at: datetime | None
    order: str
    buyer: str
    reference: str
    url: str
    amount_fen: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line that can be taken."""

    number: int
    """Where it begins, counted from 1 as an editor counts."""
    order: OrderLine | None
    review: ReviewLine | None


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing for which a line cannot, and what to do; a line may have several."""

    number: int
    problem: GongdaoError


@dataclass(frozen=True, slots=True)
class Table:
    """What was read."""

    headings: tuple[str, ...]
    columns: Mapping[str, int]
    """Which column says what, as it was read."""
    lines: tuple[Line, ...]
    wrong: tuple[Wrong, ...]
    """What is wrong in the first of them; see `TOLD`."""
    wrong_in_all: int
    """So many lines."""
    first: tuple[tuple[str, ...], ...]
    """The first lines as they stand there."""


def guessed(headings: Sequence[str]) -> dict[str, int]:
    """Which column says what, by its heading."""
    plain = [plain_heading(each) for each in headings]
    found: dict[str, int] = {}
    for name, names in HEADINGS.items():
        by_rank = [plain.index(each) for each in names if each in plain]
        free = [number for number in by_rank if number not in found.values()]
        if free:
            found[name] = free[0]
    return found


def read(content: bytes, columns: Mapping[str, int] | None, now: datetime) -> Table:
    """Read a table; BadInput where it is none at all. Without `columns` they are guessed."""
    if not content.strip():
        raise BadInput("file.empty", hint_noop("The file is empty. Choose it again."))
    if len(content) > MOST_BYTES:
        raise BadInput(
            "import.too_large",
            hint_noop("A table may have {most} MB. Send it in several parts."),
            most=MOST_BYTES // 1024**2,
        )
    text = decoded(content)
    if text is None:
        raise BadInput(
            "import.bad_encoding",
            hint_noop("The file is no table of text. Save it as CSV in UTF-8, then send it again."),
        )
    try:
        return _read(text, columns, now)
    except BrokenTable as broken:
        raise BadInput(
            "import.broken_table",
            hint_noop("The table breaks off at line {line}: a quotation mark has no partner."),
            line=broken.line,
        ) from None


def _read(text: str, columns: Mapping[str, int] | None, now: datetime) -> Table:
    lines = lines_of(text)
    _, headings = next(lines, (0, []))
    if len(headings) > MOST_COLUMNS:
        raise BadInput(
            "import.too_wide",
            hint_noop("A table may have {most} columns. Leave out what is not needed."),
            most=MOST_COLUMNS,
        )
    if columns is None:
        columns = guessed(headings)
    reader = _Reader(_checked_columns(columns, headings), len(headings), now)
    first: list[tuple[str, ...]] = []
    for number, cells in lines:
        if any(cell.strip() for cell in cells):
            if len(first) < SHOWN:
                first.append(tuple(cell[:LONGEST_CELL] for cell in cells[: len(headings)]))
            reader.take(number, cells)
    if not reader.lines and not reader.count:
        raise BadInput("import.no_lines", hint_noop("Below the headings there is no line."))
    return Table(
        headings=tuple(headings),
        columns=reader.columns,
        lines=tuple(reader.lines),
        wrong=tuple(reader.wrong),
        wrong_in_all=reader.count,
        first=tuple(first),
    )


def _checked_columns(columns: Mapping[str, int], headings: Sequence[str]) -> dict[str, int]:
    """The columns, in the order of their names; BadInput for any that there is not."""
    if not set(columns) <= set(HEADINGS) or not all(
        0 <= number < len(headings) for number in columns.values()
    ):
        raise BadInput("import.unknown_column", hint_noop("There is no such column. Choose again."))
    if len(set(columns.values())) < len(columns):
        raise BadInput(
            "import.column_twice", hint_noop("One column can only say one thing. Choose again.")
        )
    return {name: columns[name] for name in HEADINGS if name in columns}


@dataclass(slots=True)
class _Reader:
    """Takes line by line."""

    columns: Mapping[str, int]
    width: int
    now: datetime
    lines: list[Line] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    count: int = 0

    def take(self, number: int, cells: Sequence[str]) -> None:
        """One more line."""
        if len(self.lines) + self.count >= MOST_ROWS:
            raise BadInput(
                "import.too_many_rows",
                hint_noop("A table may have {most} lines. Send it in several parts."),
                most=MOST_ROWS,
            )
        tried = _Tried()
        line = tried.of(partial(self._line, number, cells, tried))
        if line is not None and not tried.problems:
            self.lines.append(line)
            return
        self.count += 1
        if self.count <= TOLD:
            told = tried.problems.values()
            self.wrong.extend(Wrong(number, each) for each in [*told][:TOLD_OF_A_LINE])

    def _line(self, number: int, cells: Sequence[str], tried: "_Tried") -> Line:
        if any(cell.strip() for cell in cells[self.width :]):
            raise BadInput(
                "import.row_too_wide",
                hint_noop(
                    "The line has more cells than there are headings. Put texts with commas into "
                    "quotation marks."
                ),
            )
        told = {name: cell_at(cells, at) for name, at in self.columns.items()}
        tried.of(partial(check_characters, *told.values()))
        for name, cell in told.items():
            tried.of(partial(_check_length, name, cell))
        moments = {
            name: tried.of(partial(self._moment, told[name])) for name in _MOMENTS if told.get(name)
        }
        amount = tried.of(partial(_amount, told.get("amount", "")))
        stars = tried.of(partial(_stars, told.get("stars", "")))
        review = tried.of(partial(_review, told, moments.get("reviewed_at"), amount, stars))
        order = _order(told, moments.get("ordered_at"))
        if order is None and review is None:
            raise BadInput(
                "import.nothing_said",
                hint_noop("The line has neither an order number nor a review."),
            )
        return Line(number, order, review)

    def _moment(self, text: str) -> datetime:
        found = written.moment(text)
        if found is None:
            raise BadInput(
                "import.bad_moment",
                hint_noop("This is no date with a year: {text}. Write it as 2026-03-02 09:30."),
                text=text[:40],
            )
        check_moment(found.at, self.now)
        return found.at


@dataclass(slots=True)
class _Tried:
    """Reads the parts of a line one after the other, and keeps what is wrong with each."""

    problems: dict[str, GongdaoError] = field(default_factory=dict)
    """By what is said of them: the same about two cells is said once."""

    def of(self, read: Callable[[], T]) -> T | None:
        """What was read; None where it could not be."""
        try:
            return read()
        except GongdaoError as problem:
            # Nothing may be said in a line only because what it says cannot be read.
            if problem.code != "import.nothing_said" or not self.problems:
                self.problems.setdefault(str(problem), problem)
            return None


def _check_length(name: str, cell: str) -> None:
    most = LONGEST_TEXT if name == "text" else LONGEST_CELL
    if len(cell) > most:
        raise BadInput(
            "import.cell_too_long",
            hint_noop("One cell has more than {most} characters. Shorten it."),
            most=most,
        )


def _order(told: Mapping[str, str], at: datetime | None) -> OrderLine | None:
    details = {name: told[name] for name in OF_ORDER if told.get(name)}
    if not told.get("order") or not details:
        return None
    return OrderLine(told["order"], details, at.date() if at else None)


def _stars(said: str) -> int | None:
    found = written.stars(said) if said else None
    if said and found is None:
        raise BadInput(
            "import.bad_stars",
            hint_noop("These are no stars: {text}. Write a number from 1 to 5."),
            text=said[:40],
        )
    return found


def _review(
    told: Mapping[str, str], at: datetime | None, amount: int | None, stars: int | None
) -> ReviewLine | None:
    if not told.get("text") and stars is None:
        return None
    check_numbers(amount, stars)
    return ReviewLine(
        text=told.get("text", ""),
        stars=stars,
        at=at,
        order=told.get("order", ""),
        buyer=told.get("buyer", ""),
        reference=told.get("reference", ""),
        url=told.get("url", ""),
        amount_fen=amount,
    )


def _amount(text: str) -> int | None:
    if not text:
        return None
    found = written.fen(text)
    if found is None:
        raise BadInput(
            "import.bad_amount",
            hint_noop("This is no amount in yuan: {text}. Write it as 128.50."),
            text=text[:40],
        )
    return found
