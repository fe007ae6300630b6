"""From exhibits and what was found in them to what the checks on material look at."""

from collections.abc import Collection, Mapping

from gongdao.domain.appeals.material_rules import Attached, Reading
from gongdao.domain.evidence import look_text
from gongdao.domain.evidence.exhibits import Exhibit
from gongdao.domain.evidence.findings import About, Found, Look, Run
from gongdao.domain.evidence.media import KNOWN, Kind
from gongdao.domain.evidence.personal_data import DataKind
from gongdao.domain.evidence.read_facts import FactKind, ReadFact, facts_in
from gongdao.domain.flows.records import Records
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.ids import ExhibitId, Sealed

_CLOSED = {"reading.broken", "reading.locked", "reading.no_picture"}
_CHECKS_OUT = f"{DataKind.RESIDENT_ID.value}."
_PERCENT = 100


def read_material(
    records: Records, case: Case, wanted: Collection[ExhibitId]
) -> dict[ExhibitId, Attached]:
    """The files as the checks look at them; read together, however many they are."""
    if not wanted:
        return {}
    reads = records.packs.at(case.pack).pictures is not None
    runs = {looks.exhibit: looks.latest for looks in records.looks.of_case(case.id)}
    found = {runs[each].found for each in wanted if each in runs}
    texts = records.texts.several([seal for seal in found if seal])
    return {
        exhibit.id: _attached(exhibit, runs.get(exhibit.id), texts, reads=reads)
        for exhibit, _ in records.exhibits.of_case(case.id)
        if exhibit.id in wanted
    }


def _attached(
    exhibit: Exhibit, run: Run | None, texts: Mapping[Sealed, str], *, reads: bool
) -> Attached:
    medium = KNOWN.get(exhibit.file.media)
    file = Attached(
        exhibit=exhibit.id,
        format=medium.ending if medium else "",
        reading=Reading.WAITING if reads else Reading.UNREAD,
        picture=exhibit.kind is Kind.PICTURE,
    )
    if run is None:
        return file
    text = texts.get(run.found) if run.found else None
    return _unread(file, run) if text is None else _read(file, look_text.read(text))


def _unread(file: Attached, run: Run) -> Attached:
    if run.missed == "waiting":  # a person was faster than the program
        return file
    closed = run.missed in _CLOSED
    return _with(file, Reading.CLOSED if closed else Reading.UNREAD)


def _with(file: Attached, reading: Reading) -> Attached:
    return Attached(file.exhibit, file.format, reading, file.picture)


def _read(file: Attached, look: Look) -> Attached:
    said = [found.written for found in look.found if found.about is About.MOMENT]
    facts = [fact for written in said for fact in facts_in(written)]
    moments = [fact for fact in facts if fact.kind is FactKind.MOMENT]
    talk = next((f for f in look.found if f.about is About.CHAT and f.says == "chat"), None)
    return Attached(
        exhibit=file.exhibit,
        format=file.format,
        reading=Reading.READ,
        picture=file.picture,
        width=look.width,
        height=look.height,
        confidence=_confidence(look),
        text="".join(look.text.split()),
        days=tuple(fact.day for fact in moments if fact.day is not None),
        days_without_year=any(fact.month_day is not None for fact in moments),
        times=len({_to_the_minute(fact) for fact in moments if fact.clock is not None}),
        clock=any(f.about is About.CLOCK and f.says != "none" for f in look.found),
        whole=any(f.about is About.WHOLE and f.says == "whole" for f in look.found),
        messages=int(talk.written) if talk and talk.written.isdecimal() else None,
        id_number=any(_is_id(f) for f in look.found),
        pages=_pages(look),
    )


def _to_the_minute(fact: ReadFact) -> tuple[object, ...]:
    return fact.day or fact.month_day, fact.clock and (fact.clock.hour, fact.clock.minute)


def _is_id(found: Found) -> bool:
    return found.about is About.PERSONAL and found.says.startswith(_CHECKS_OUT)


def _confidence(look: Look) -> int:
    """Over every character: a line of many counts for as many."""
    length = sum(len(line.text) for line in look.lines)
    sure = sum(len(line.text) * line.confidence for line in look.lines)
    return round(_PERCENT * sure / length) if length else 0


def _pages(look: Look) -> int | None:
    """Of a document that has pages: the last one that something was read on."""
    named = [line.place.partition(":") for line in look.lines]
    pages = [int(n) for what, _, n in named if what == "page" and n.isdecimal()]
    return max(pages, default=None)
