"""Chats as text, as people have them: exported, copied out of a window, saved as a page.

There is no one format. The ways below are those in which a speaker and mostly a time stand before
what was said; what fits none of them is kept as words without a speaker, and nothing is lost.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from html.parser import HTMLParser

MOST_MESSAGES = 20_000
_DAY = r"(?P<year>20\d\d)[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
_CLOCK = (
    r"(?P<part>凌晨|早上|上午|中午|下午|傍晚|晚上)?\s?(?P<hour>\d{1,2})[:：](?P<minute>\d\d)"
    r"(?:[:：](?P<second>\d\d))?"
)
_WHO = r"(?P<who>[^\s:：\[\]【】][^:：\[\]【】\n]{0,39}?)"
_HEADS = tuple(
    re.compile(form)
    for form in (
        rf"^{_DAY}[ T]?\s*{_CLOCK}\s+{_WHO}(?:\s*[(<（]\S{{3,60}}[)>）])?$",
        rf"^{_WHO}[ \t]+{_DAY}[ T]?\s*{_CLOCK}\s*[:：]?$",
        rf"^[\[【(（]\s*{_DAY}[ T]?\s*{_CLOCK}\s*[\])】）]\s*{_WHO}\s*[:：]\s*(?P<said>.*)$",
        rf"^{_WHO}\s*[\[【(（]\s*{_DAY}[ T]?\s*{_CLOCK}\s*[\])】）]\s*[:：]?\s*(?P<said>.*)$",
        rf"^{_DAY}[ T]?\s*{_CLOCK}\s*[,，]?\s*{_WHO}\s*[:：]\s*(?P<said>.*)$",
        rf"^{_WHO}[ \t]+{_CLOCK}$",
    )
)
"""Speaker and time in a line of their own, or before the words."""
_PLAIN = re.compile(r"^(?P<who>[^\s:：/][^:：/\n]{0,19})[:：]\s*(?P<said>.*)$")
"""Without a time: believed only where one speaker comes back, since titles look alike."""
_DATE_LINE = re.compile(rf"^[-—=\s]*{_DAY}(?:\s*(?:星期|周).)?[-—=\s]*$")
_NOON, _AFTER_NOON = 12, 3


@dataclass(frozen=True, slots=True)
class Message:
    """One message as far as the text says."""

    speaker: str
    """Empty where nobody is named."""
    day: date | None
    clock: time | None
    text: str
    line: int
    """Where it begins, counted from 1."""

    @property
    def at(self) -> datetime | None:
        """When it was said, in the zone of whoever exported it."""
        return datetime.combine(self.day, self.clock) if self.day and self.clock else None


def messages_of(text: str) -> list[Message]:
    """The messages of a chat, in the order of the text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    head = _head_by_time if any(_head_by_time(line) for line in lines) else _head_plain(lines)
    return list(_messages(lines, head))


def text_of_page(page: str) -> str:
    """The words of a chat that was saved as HTML, each block in a line; nothing in it runs."""
    reader = _Page()
    reader.feed(page)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.words).split("\n"))
    return "\n".join(line for line in lines if line)


Head = Callable[[str], "Message | None"]


def _messages(lines: list[str], head: Head) -> Iterator[Message]:
    now, day, count = None, None, 0
    for number, line in enumerate(lines, start=1):
        dated = _DATE_LINE.match(line.strip())
        if dated and (named := _day(dated)) is not None:
            day = named
            continue
        found = head(line.strip())
        if found is None:
            now = _more(now, line, number)
            continue
        if now is not None and (now.text or now.speaker):
            yield replace(now, text=now.text.strip())
            count += 1
            if count >= MOST_MESSAGES:
                return
        day = found.day or day
        now = replace(found, day=day, line=number)
    if now is not None:
        yield replace(now, text=now.text.strip())


def _more(now: Message | None, line: str, number: int) -> Message | None:
    """The line belongs to what was said last; before anybody spoke it stands by itself."""
    if now is None:
        return Message("", None, None, line, number) if line.strip() else None
    return replace(now, text=f"{now.text}\n{line}")


def _head_by_time(line: str) -> Message | None:
    for form in _HEADS:
        found = form.match(line)
        if found is None:
            continue
        parts = found.groupdict()
        day = _day(found) if parts.get("year") else None
        clock = _clock(parts)
        if clock is None or (parts.get("year") and day is None):
            continue
        return Message(parts["who"].strip(), day, clock, parts.get("said") or "", 0)
    return None


def _head_plain(lines: list[str]) -> Head:
    """Speakers without times: those that speak at least twice."""
    names = Counter(found["who"] for line in lines if (found := _PLAIN.match(line.strip())))
    speakers = {name for name, times in names.items() if times > 1}

    def head(line: str) -> Message | None:
        found = _PLAIN.match(line)
        if found is None or found["who"] not in speakers:
            return None
        return Message(found["who"].strip(), None, None, found["said"], 0)

    return head


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _clock(parts: dict[str, str | None]) -> time | None:
    hour = int(parts["hour"] or 0)
    part = parts.get("part")
    late = part in {"下午", "傍晚", "晚上"} or (part == "中午" and hour < _AFTER_NOON)
    try:
        return time(
            hour + _NOON if late and hour < _NOON else hour,
            int(parts["minute"] or 0),
            int(parts.get("second") or 0),
        )
    except ValueError:
        return None


class _Page(HTMLParser):
    """Collects words; scripts and styles are none."""

    BLOCKS = frozenset(
        [
            "p",
            "div",
            "li",
            "tr",
            "br",
            "h1",
            "h2",
            "h3",
            "h4",
            "table",
            "section",
            "article",
            "dt",
            "dd",
        ]
    )
    SILENT = frozenset(("script", "style", "head", "template"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a line; a picture says that it is one."""
        if tag in self.SILENT:
            self._silent += 1
        if tag in self.BLOCKS:
            self.words.append("\n")
        if tag == "img":
            self.words.append(dict(attrs).get("alt") or "[图片]")

    def handle_endtag(self, tag: str) -> None:
        """A block ends a line."""
        if tag in self.SILENT:
            self._silent = max(0, self._silent - 1)
        if tag in self.BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        """What is read."""
        if not self._silent:
            self.words.append(data)
