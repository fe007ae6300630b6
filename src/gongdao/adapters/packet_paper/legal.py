"""The file for a claim of reputation as PDF/A."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gongdao.adapters.packet_paper import printed
from gongdao.adapters.packet_paper.words import In
from gongdao.domain.flows.legal_file import ElementShown, LegalFile, Moment
from gongdao.domain.kernel.clock import CHINA

Section = Mapping[str, Any]


def print_legal_file(file: LegalFile) -> bytes:
    """Its document."""
    return printed(laid_out(file), {}).content


def laid_out(file: LegalFile) -> dict[str, Any]:
    """What the template lays out; whatever people wrote is a string in it, and never markup."""
    say, words, code = In(file.language), file.words, file.language
    return {
        "template": "authority",
        "language": say.code,
        "date": [file.day.year, file.day.month, file.day.day],
        "title": file.title,
        "case": file.dispute,
        "addressee": file.no_advice,
        "rows": [
            [words.disputing.in_(code), file.organisation],
            [words.platform.in_(code), file.platform],
        ],
        "notes": [words.counts.in_(code).format(held=file.held, all=len(file.elements))],
        "replaced": [say.word("left", "characters"), say.word("why", "no_glyph")],
        "sections": list(_sections(file)),
    }


def _sections(file: LegalFile) -> Iterator[Section]:
    words, code = file.words, file.language
    rows = [_element(n, each, file) for n, each in enumerate(file.elements, start=1)]
    yield _section(words.elements.in_(code), [_table([1, 11], ["#", ""], rows)])
    told = [[_moment(each), each.text] for each in file.chronology]
    yield _section(words.chronology.in_(code), [{"kind": "facts", "rows": told}])
    yield _section(words.annexes.in_(code), [_annexes(file)])
    notes = [*file.notes, file.no_advice]
    yield _section(words.notes.in_(code), [{"kind": "list", "items": notes}])


def _element(number: int, each: ElementShown, file: LegalFile) -> list[str]:
    words, code = file.words, file.language
    lines = [each.title, each.asks]
    lines += [f"{words.held.in_(code)} · {line.kind}: {line.text}" for line in each.held]
    if each.missing:
        lines += [words.nothing_held.in_(code), f"{words.missing.in_(code)}: {each.missing}"]
    lines.append(f"{words.source.in_(code)}: {each.source}")
    return [str(number), "\n".join(lines)]


def _annexes(file: LegalFile) -> Section:
    words, code = file.words, file.language
    if not file.annexes:
        return {"kind": "text", "text": words.no_annexes.in_(code)}
    rows = [[each.number, each.name, each.digest] for each in file.annexes]
    return _table([1, 8, 5], ["#", words.annexes.in_(code), words.hash.in_(code)], rows)


def _moment(each: Moment) -> str:
    there = each.at.astimezone(CHINA)
    return f"{there:%Y-%m-%d}" if each.day_alone else f"{there:%Y-%m-%d %H:%M}"


def _section(heading: str, blocks: Sequence[Section]) -> Section:
    return {"heading": heading, "blocks": list(blocks), "page": False}


def _table(widths: Sequence[int], head: Sequence[str], rows: Sequence[Sequence[str]]) -> Section:
    return {"kind": "table", "widths": list(widths), "head": list(head), "rows": list(rows)}
