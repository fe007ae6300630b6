"""A chat as it can be read: who said what and when, with what the reading leaves in doubt."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from gongdao.domain.evidence.chats import MOST_MESSAGES, Message, messages_of
from gongdao.domain.evidence.read_facts import FactKind, facts_in
from gongdao.domain.kernel.clock import CHINA

_FEWEST = 2
"""Messages with a speaker from which on a text is shown as a chat."""
_SHARE = 0.5
"""So much of the lines must belong to somebody."""
_HEAD_LIKE = 24
"""Characters at the beginning of a line where a moment may stand for a message's own."""


class Doubt(StrEnum):
    """What is in doubt about a chat as it was read."""

    NOBODY = "nobody"
    """Words before which nobody is named."""
    NO_DAY = "no_day"
    NO_TIME = "no_time"
    BACKWARDS = "backwards"
    """Said earlier than what stands before it."""
    HEAD_LIKE = "head_like"
    """A line within a message that may begin another one."""
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Doubted:
    """One doubt, and the messages it is about, by their places from 0."""

    doubt: Doubt
    messages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Conversation:
    """A chat, in the order of the text."""

    messages: tuple[Message, ...]
    doubts: tuple[Doubted, ...]

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who speaks, by first word."""
        return tuple(dict.fromkeys(each.speaker for each in self.messages if each.speaker))


def conversation_of(text: str) -> Conversation | None:
    """The chat that a text is; None where it is none."""
    messages = _of_table(text) or messages_of(text)
    spoken = [each for each in messages if each.speaker]
    said = sum(1 + each.text.count("\n") for each in spoken)
    lines = sum(1 + each.text.count("\n") for each in messages)
    if len(spoken) < _FEWEST or said < _SHARE * lines:
        return None
    return Conversation(tuple(messages), tuple(_doubts(messages)))


def _doubts(messages: Sequence[Message]) -> Iterator[Doubted]:
    about: dict[Doubt, list[int]] = {doubt: [] for doubt in Doubt}
    last: datetime | None = None
    for number, each in enumerate(messages):
        if not each.speaker:
            about[Doubt.NOBODY].append(number)
            continue
        if each.clock is None:
            about[Doubt.NO_TIME].append(number)
        elif each.day is None:
            about[Doubt.NO_DAY].append(number)
        if each.at and last and each.at < last:
            about[Doubt.BACKWARDS].append(number)
        last = each.at or last
        if any(_may_begin(line) for line in each.text.split("\n")[1:]):
            about[Doubt.HEAD_LIKE].append(number)
    if len(messages) >= MOST_MESSAGES:
        about[Doubt.CUT].append(len(messages) - 1)
    for doubt, numbers in about.items():
        if numbers:
            yield Doubted(doubt, tuple(numbers))


def _may_begin(line: str) -> bool:
    """Whether a line begins with a moment, as the heads of messages do."""
    return any(
        fact.kind is FactKind.MOMENT and fact.clock is not None
        for fact in facts_in(line[:_HEAD_LIKE])
    )


_WHEN = (
    "时间",
    "发送时间",
    "消息时间",
    "日期时间",
    "strtime",
    "time",
    "datetime",
    "createtime",
    "timestamp",
)
_WHO = (
    "发送人",
    "发送者",
    "发言人",
    "说话人",
    "昵称",
    "nickname",
    "sender",
    "from",
    "speaker",
    "talker",
)
_SAID = ("内容", "消息内容", "消息", "文本", "strcontent", "content", "message", "text", "msg")
_MOST_COLUMNS = 60
_UNIX = re.compile(r"1[0-9]{9}(?:[0-9]{3})?")


def _of_table(text: str) -> list[Message]:
    """The messages of a table with columns for time, speaker and words; empty if it is none."""
    head = text.lstrip("\ufeff").partition("\n")[0]
    mark = max(",\t;|", key=head.count)
    try:
        rows = list(
            csv.reader(text.lstrip("\ufeff").splitlines(keepends=True), delimiter=mark, strict=True)
        )
    except csv.Error:
        return []
    names = [name.strip().casefold() for name in rows[0]] if rows else []
    at = {
        n: _column(names, known) for n, known in (("when", _WHEN), ("who", _WHO), ("said", _SAID))
    }
    if len(names) > _MOST_COLUMNS or None in at.values():
        return []
    places: Mapping[str, int] = {name: place for name, place in at.items() if place is not None}
    line, found = 2, []
    for row in rows[1 : MOST_MESSAGES + 1]:
        if any(cell.strip() for cell in row):
            found.append(_message(row, places, line))
        line += 1 + sum(cell.count("\n") for cell in row)
    return found


def _column(names: Sequence[str], known: Sequence[str]) -> int | None:
    """The first column of such a name, the surest name first."""
    return next((names.index(name) for name in known if name in names), None)


def _message(row: Sequence[str], places: Mapping[str, int], line: int) -> Message:
    """One row; what is too short or says no time keeps its words."""
    if len(row) <= max(places.values()):
        return Message("", None, None, " ".join(row), line)
    who, said = row[places["who"]].strip(), row[places["said"]]
    when = row[places["when"]].strip()
    fresh = Message(who, None, None, said, line)
    if _UNIX.fullmatch(when):
        moment = datetime.fromtimestamp(int(when[:10]), UTC).astimezone(CHINA)
        return replace(fresh, day=moment.date(), clock=moment.time())
    fact = next((f for f in facts_in(when) if f.kind is FactKind.MOMENT), None)
    if fact is None:
        return replace(fresh, text=f"{when} {said}".strip())
    return replace(fresh, day=fact.day, clock=fact.clock)
