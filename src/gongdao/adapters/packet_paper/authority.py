"""A paper for an authority as PDF/A: statement, list of annexes, signature page, notes to keep."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gongdao.adapters.packet_paper import printed
from gongdao.adapters.packet_paper.words import In
from gongdao.domain.flows.papers import Paper

Section = Mapping[str, Any]


def print_paper(paper: Paper) -> bytes:
    """Its document."""
    return printed(laid_out(paper), {}).content


def laid_out(paper: Paper) -> dict[str, Any]:
    """What the template lays out; whatever people wrote is a string in it, and never markup."""
    say = In(paper.language)
    words, code = paper.words, paper.language
    notes = [words.gaps.in_(code)]
    if say.code == "en":
        notes.append(words.reading_copy.in_(code))
    return {
        "template": "authority",
        "language": say.code,
        "date": [paper.day.year, paper.day.month, paper.day.day],
        "title": paper.title,
        "case": paper.case,
        "addressee": paper.addressee,
        "rows": [list(row) for row in paper.rows],
        "notes": notes,
        "replaced": [say.word("left", "characters"), say.word("why", "no_glyph")],
        "sections": list(_sections(paper)),
    }


def _sections(paper: Paper) -> Iterator[Section]:
    words, code = paper.words, paper.language
    yield _section(words.requests.in_(code), [{"kind": "list", "items": list(paper.requests)}])
    facts: list[Section] = [{"kind": "list", "items": list(paper.facts)}]
    facts += [
        {"kind": "quote", "title": words.own_words.in_(code), "text": text}
        for text in paper.own_words
    ]
    yield _section(words.facts.in_(code), facts)
    yield _section(words.annexes.in_(code), [_annexes(paper)], page=True)
    yield _section(words.signature.in_(code), _signature(paper), page=True)
    if paper.remarks:
        remarks = [{"kind": "list", "items": list(paper.remarks)}]
        yield _section(words.remarks.in_(code), remarks, page=True)


def _section(heading: str, blocks: Sequence[Section], *, page: bool = False) -> Section:
    return {"heading": heading, "blocks": list(blocks), "page": page}


def _annexes(paper: Paper) -> Section:
    words, code = paper.words, paper.language
    if not paper.annexes:
        return {"kind": "text", "text": words.no_annexes.in_(code)}
    rows = [
        [str(n), f"{annex.number}\n{annex.name}", annex.digest]
        for n, annex in enumerate(paper.annexes, start=1)
    ]
    heads = ["#", words.annexes.in_(code), words.hash.in_(code)]
    return {"kind": "table", "widths": [1, 8, 5], "head": heads, "rows": rows}


def _signature(paper: Paper) -> list[Section]:
    words, code = paper.words, paper.language
    gap = "［　　　　　　　　］"
    return [
        {"kind": "text", "text": words.signed.in_(code)},
        {
            "kind": "facts",
            "rows": [[words.signer.in_(code), gap], [words.signed_on.in_(code), gap]],
        },
    ]
