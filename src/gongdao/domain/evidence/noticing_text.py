"""From the text of a file, or the shape of its sound, to findings: every rule in one order."""

from collections.abc import Iterator, Sequence

from gongdao.domain.evidence.agreement import times_noticed
from gongdao.domain.evidence.broken_numbers import Broken, broken_numbers, numbers_proposed
from gongdao.domain.evidence.conversations import conversation_of
from gongdao.domain.evidence.file_text import PlacedLine, ReadFile, Remark, lines_of
from gongdao.domain.evidence.findings import About, Found, Look, ShownLine, Span
from gongdao.domain.evidence.hiding import plain
from gongdao.domain.evidence.noticing import Beside, proposed
from gongdao.domain.evidence.personal_data import DataKind, Proposal, proposals_in
from gongdao.domain.evidence.read_facts import ReadFact, facts_in, labelled_in
from gongdao.domain.evidence.reading import Box
from gongdao.domain.policy.pictures import PicturePolicy

NOWHERE = Box(0, 0, 0, 0)
_LIKELY, _SURE = 0.8, 0.95
MOST_FACTS = 200
"""Dates, amounts and numbers that are named; a table of accounts has thousands."""
MOST_PROPOSALS = 400
"""With the lines that can be ticked these are less than the fields of one form."""
_DIGITS = 3
"""A moment, an amount or a number has at least so many figures."""


def look_at_file(read: ReadFile, beside: Beside, policy: PicturePolicy) -> Look:
    """Everything found in one file."""
    lines, cut = lines_of(read)
    remarks = [*read.remarks, *([cut] if cut else [])]
    if read.sound is None and not any(line.text for line in lines):
        remarks.append(Remark("no_text"))
    facts = list(_facts_by_line(lines))
    broken = _broken(lines, beside)
    found = (
        *_document(remarks),
        *_sound(read),
        *_chat(lines),
        *_facts(lines, facts),
        *_numbers(lines, broken),
        *_times([fact for _, fact in facts], beside, policy),
        *_personal(lines, broken, beside),
    )
    shown = tuple(ShownLine(line.text, NOWHERE, 1.0, line.place) for line in lines)
    return Look(0, 0, shown, found, read.sound)


def _document(remarks: Sequence[Remark]) -> Iterator[Found]:
    for each in remarks:
        counted = f"{each.count} / {each.of}" if each.of else str(each.count or "")
        yield Found(About.DOCUMENT, each.code, counted)


def _sound(read: ReadFile) -> Iterator[Found]:
    if read.sound is None:
        return
    seconds = read.sound.seconds
    says = "length" if seconds is not None else "no_length"
    yield Found(About.SOUND, says, clock_of(seconds) if seconds is not None else "")
    if not read.sound.peaks:
        yield Found(About.SOUND, "no_waveform", read.sound.format)


def clock_of(seconds: float) -> str:
    """A length as a clock shows it: 1:02:03 or 0:07."""
    whole = round(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    rest = f"{whole % 60:02}"
    return f"{hours}:{minutes:02}:{rest}" if hours else f"{minutes}:{rest}"


def _chat(lines: Sequence[PlacedLine]) -> Iterator[Found]:
    chat = conversation_of("\n".join(line.text for line in lines))
    if chat is None:
        return
    said = sum(bool(each.speaker) for each in chat.messages)
    yield Found(About.CHAT, "chat", str(said), _LIKELY)
    for doubted in chat.doubts:
        at = [chat.messages[n].line - 1 for n in doubted.messages[:20]]
        spans = tuple(Span(n, 0, len(lines[n].text)) for n in at if n < len(lines))
        written = str(len(doubted.messages))
        yield Found(About.CHAT, doubted.doubt.value, written, _LIKELY, spans=spans)


def _facts_by_line(lines: Sequence[PlacedLine]) -> Iterator[tuple[int, ReadFact]]:
    count = 0
    for number, line in enumerate(lines):
        if count < MOST_FACTS and sum(char.isdecimal() for char in line.text) >= _DIGITS:
            for fact in facts_in(" ".join(line.text.split())):
                yield number, fact
                count += 1


def _facts(lines: Sequence[PlacedLine], facts: Sequence[tuple[int, ReadFact]]) -> Iterator[Found]:
    for number, fact in facts[:MOST_FACTS]:
        begin = max(0, lines[number].text.find(fact.written))
        span = Span(number, begin, min(len(lines[number].text), begin + len(fact.written)))
        about, place = About(fact.kind.value), lines[number].place
        yield Found(about, fact.kind.value, fact.written, _SURE, place=place, spans=(span,))


def _broken(lines: Sequence[PlacedLine], beside: Beside) -> list[Broken]:
    texts, follower = [line.text for line in lines], _next_line(lines)
    return list(broken_numbers(texts, follower.get, beside.known, beside.received_at.date()))


def _numbers(lines: Sequence[PlacedLine], broken: Sequence[Broken]) -> Iterator[Found]:
    """Numbers behind a label; one that breaks over two lines is said whole."""
    longer = {(each.first, each.start): each for each in broken}
    labelled = [(n, each) for n, line in enumerate(lines) for each in labelled_in(line.text)]
    for number, (label, start, end) in labelled[:MOST_FACTS]:
        line, whole = lines[number], longer.get((number, start))
        spans = _spans(whole, lines) if whole else (Span(number, start, end),)
        written = whole.proposal.text if whole else line.text[start:end]
        yield Found(About.NUMBER, label, written, _SURE, place=line.place, spans=spans)


def _spans(broken: Broken, lines: Sequence[PlacedLine]) -> tuple[Span, ...]:
    first = Span(broken.first, broken.start, len(lines[broken.first].text))
    return first, Span(broken.second, 0, broken.end)


def _times(facts: Sequence[ReadFact], beside: Beside, policy: PicturePolicy) -> Iterator[Found]:
    said, days = facts_in(beside.statement), policy.agreement.days
    for noticed in times_noticed(facts, None, said, beside.received_at, days):
        written = " · ".join(fact.written for fact in noticed.by[:5])
        yield Found(About.TIMES, noticed.remark.value, written, round(noticed.confidence, 2))


def _personal(
    lines: Sequence[PlacedLine], broken: Sequence[Broken], beside: Beside
) -> Iterator[Found]:
    """One finding for each value, with every part that says it: what is hidden, is everywhere."""
    by_value: dict[tuple[DataKind, str], list[tuple[Proposal, tuple[Span, ...]]]] = {}
    for each, spans in _proposals(lines, broken, beside):
        by_value.setdefault((each.kind, plain(each.text)), []).append((each, spans))
    for found in list(by_value.values())[:MOST_PROPOSALS]:
        best = max((each for each, _ in found), key=lambda each: each.confidence)
        spans = tuple(span for _, some in found for span in some)
        yield proposed(best, place=lines[spans[0].line].place, spans=spans)
    if len(by_value) > MOST_PROPOSALS:
        written = f"{MOST_PROPOSALS} / {len(by_value)}"
        yield Found(About.DOCUMENT, "proposals_cut", written)


def _proposals(
    lines: Sequence[PlacedLine], broken: Sequence[Broken], beside: Beside
) -> Iterator[tuple[Proposal, tuple[Span, ...]]]:
    today = beside.received_at.date()
    begun = {(each.first, each.start) for each in broken}
    for number, line in enumerate(lines):
        own = proposals_in(line.text, beside.known, today) if line.text else []
        taken = [(each.start, each.end) for each in own]
        offered = [
            each
            for each in numbers_proposed(line.text)
            if not _overlaps((each.start, each.end), taken)
        ]
        for each in (*own, *offered):
            if (number, each.start) not in begun:
                yield each, (Span(number, each.start, each.end),)
    for whole in broken:
        yield whole.proposal, _spans(whole, lines)


def _next_line(lines: Sequence[PlacedLine]) -> dict[int, int]:
    """By each line the one right below it: not over the end of a page or an empty line."""
    return {
        n: n + 1
        for n in range(len(lines) - 1)
        if lines[n].text and lines[n + 1].text and lines[n].place == lines[n + 1].place
    }


def _overlaps(one: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(one[0] < end and start < one[1] for start, end in others)
