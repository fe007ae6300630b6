"""The checks on material: what was read of the attached files, against what the pack asks.

Each passes, finds what is to be mended, or cannot tell.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import assert_never

from gongdao.domain.kernel.ids import Code, ExhibitId
from gongdao.domain.policy import material_checks as policy
from gongdao.domain.policy.material_checks import Check


class Reading(StrEnum):
    """Whether a file was read."""

    WAITING = "waiting"
    READ = "read"
    UNREAD = "unread"
    """No program here reads such a file, or the program could not start."""
    CLOSED = "closed"
    """The file itself cannot be opened: broken, or locked with a password."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file as far as the checks look at it."""

    exhibit: ExhibitId
    format: str
    """Its ending, as in `media.KNOWN`."""
    reading: Reading
    picture: bool = False
    width: int = 0
    height: int = 0
    confidence: int = 0
    """In percent, over every character that was read."""
    text: str = field(default="", repr=False)
    """Without blanks. Held for the checks alone; it goes into no event, no answer and no log."""
    days: tuple[date, ...] = ()
    """Full dates that stand in it."""
    days_without_year: bool = False
    times: int = 0
    """Different moments to the minute."""
    clock: bool = False
    """Whether the device's own time was seen."""
    whole: bool = False
    """Whether the whole of a screen was seen."""
    messages: int | None = None
    """Of a talk, where one was recognised."""
    id_number: bool = False
    """Whether a resident id number that checks out was read."""
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """What may be shown: from the first through the last day."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Finding:
    """What is to be mended: a code that the pack has words for, and what fills their gaps.

    Never a word of what was read.
    """

    says: Code
    gaps: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class Passed:
    """Nothing is to be said."""


@dataclass(frozen=True, slots=True)
class Mend:
    """Something is to be mended."""

    finding: Finding


@dataclass(frozen=True, slots=True)
class Unsure:
    """The check cannot tell; the finding holds if whoever is asked says no."""

    finding: Finding


Verdict = Passed | Mend | Unsure
PASSED = Passed()


def check(each: Check, files: Sequence[Attached], period: Period) -> Verdict:
    """What one check says of all files of a material."""
    verdict = _verdict(each, files, period)
    if isinstance(verdict, Unsure) and each.question is None:
        return Mend(verdict.finding)
    return verdict


def _verdict(each: Check, files: Sequence[Attached], period: Period) -> Verdict:
    match each:
        case policy.Readable():
            return _readable(each, files)
        case policy.Sides():
            return _sides(each, files)
        case policy.Dated():
            return _dated(files)
        case policy.WithinPeriod():
            return _within(files, period)
        case policy.StatusBar():
            return _seen(files, lambda file: file.clock, "no_clock")
        case policy.WholeScreen():
            return _seen(files, lambda file: file.whole, "not_whole")
        case policy.Timeline():
            return _timeline(each, files)
        case policy.Mentions():
            return _mentions(each, files)
        case policy.Conversation():
            return _conversation(each, files)
        case policy.LicenceNumber():
            return _licence(files)
        case policy.Pages():
            return _pages(each, files)
        case _:
            assert_never(each)


def _readable(rule: policy.Readable, files: Sequence[Attached]) -> Verdict:
    unsure = False
    for file in files:
        says = _unreadable(rule, file)
        if says is not None:
            return Mend(says)
        unsure = unsure or file.reading is Reading.UNREAD or len(file.text) < rule.characters
    return Unsure(Finding("little_text", (("least", rule.characters),))) if unsure else PASSED


def _unreadable(rule: policy.Readable, file: Attached) -> Finding | None:
    """What surely cannot be read of one file, or None."""
    if file.reading is Reading.CLOSED:
        return Finding("cannot_open")
    if not file.picture or file.reading is not Reading.READ:
        return None  # a scan in a PDF has no text to read, and may be plain to a person
    if 0 < min(file.width, file.height) < rule.short_side:
        return Finding("too_small", (("least", rule.short_side),))
    if len(file.text) < rule.characters:
        return Finding("little_text", (("least", rule.characters),))
    if file.confidence < rule.confidence:
        return Finding("blurred")
    return None


def _sides(rule: policy.Sides, files: Sequence[Attached]) -> Verdict:
    """Each side is seen in some file. One file short, a side is missing; else it can't be told."""
    unseen = [side for side in rule.sides if not any(_shows(side, file) for file in files)]
    if not unseen:
        return PASSED
    finding = Finding("side_missing", (("side", unseen[0].code),))
    could_show = sum(not any(_shows(side, file) for side in rule.sides) for file in files)
    return Mend(finding) if could_show < len(unseen) else Unsure(finding)


def _shows(side: policy.SideCues, file: Attached) -> bool:
    cues = sum(cue in file.text for cue in side.cues) + (side.number and file.id_number)
    return cues >= side.least


def _dated(files: Sequence[Attached]) -> Verdict:
    if any(file.days for file in files):
        return PASSED
    return _unless_unread(files, Finding("no_date"))


def _within(files: Sequence[Attached], period: Period) -> Verdict:
    """One of its days lies within the period. A later one beside it may be a plan: it is asked."""
    days = [day for file in files for day in file.days]
    first, last = ("first", f"{period.first}"), ("last", f"{period.last}")
    within = any(period.first <= day <= period.last for day in days)
    if any(day > period.last for day in days):
        found = Finding("later_than_today", (last,))
        return Unsure(found) if within else Mend(found)
    if within:
        return PASSED
    if days:
        return Mend(Finding("too_old", (first, last)))
    return _unless_unread(files, Finding("no_date", (first, last)))


def _timeline(rule: policy.Timeline, files: Sequence[Attached]) -> Verdict:
    times = sum(file.times for file in files)
    if times >= rule.times:
        return PASSED
    found = Finding("few_times", (("n", times), ("least", rule.times)))
    return _unless_unread(files, found, sure=True)


def _mentions(rule: policy.Mentions, files: Sequence[Attached]) -> Verdict:
    """Words may be others than the pack thought of: what is not found is asked."""
    if any(word.casefold() in file.text.casefold() for file in files for word in rule.words):
        return PASSED
    return Unsure(Finding("not_mentioned", (("what", rule.code),)))


def _conversation(rule: policy.Conversation, files: Sequence[Attached]) -> Verdict:
    known = [file.messages for file in files if file.messages is not None]
    found = Finding("few_messages", (("n", sum(known)), ("least", rule.messages)))
    if sum(known) >= rule.messages:
        return PASSED
    return Mend(found) if len(known) == len(files) else Unsure(found)


def _licence(files: Sequence[Attached]) -> Verdict:
    if any(credit_codes(file.text) for file in files):
        return PASSED
    return Unsure(Finding("no_licence_number"))


def _pages(rule: policy.Pages, files: Sequence[Attached]) -> Verdict:
    longest = max((file.pages or 0 for file in files), default=0)
    gaps = (("n", longest), ("least", rule.most))
    return Mend(Finding("too_many_pages", gaps)) if longest > rule.most else PASSED


def _seen(files: Sequence[Attached], sees: Callable[[Attached], bool], says: str) -> Verdict:
    """What a program saw is there; what it did not see may be."""
    return PASSED if any(sees(file) for file in files) else Unsure(Finding(says))


def _unless_unread(files: Sequence[Attached], finding: Finding, *, sure: bool = False) -> Verdict:
    """To be mended where everything was read as text; what a program read little of is asked."""
    blind = any(file.reading is Reading.UNREAD or not file.text for file in files)
    doubtful = any(file.days_without_year for file in files) and not sure
    return Unsure(finding) if blind or doubtful else Mend(finding)


_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_CREDIT_LONG = 18


def credit_codes(text: str) -> list[str]:
    """Unified social credit codes in a text that check out (GB 32100-2015 §5)."""
    return [code for code in _runs(text.upper()) if _checks_out(code)]


def _runs(text: str) -> Iterator[str]:
    """Every run of eighteen of the code's characters."""
    for start in range(len(text) - _CREDIT_LONG + 1):
        run = text[start : start + _CREDIT_LONG]
        if all(character in _CREDIT for character in run):
            yield run


def _checks_out(code: str) -> bool:
    if not code[2:8].isdecimal():
        return False
    values = [_CREDIT.index(character) for character in code]
    weighted = sum(value * weight for value, weight in zip(values, _WEIGHTS, strict=False))
    return (len(_CREDIT) - weighted % len(_CREDIT)) % len(_CREDIT) == values[-1]
