"""The texts of a packet, each with what shows that it is the one that was recorded."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from gongdao.domain.access.model import Seat
from gongdao.domain.evidence.packets import PacketText
from gongdao.domain.evidence.packing import Kept, Wanted
from gongdao.domain.flows.casefile import CaseView
from gongdao.domain.flows.masking import Masking
from gongdao.domain.kernel.ids import Sealed
from gongdao.domain.kernel.work import Texts

_LETTERS = ("statement_zh", "statement_en")
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "report": ("statement", "subject.ref", "subject.snapshot"),
    "case.opened": ("subject.ref", "subject.snapshot"),
    "case.accepted": ("reasons",),
    "case.answer_requested": ("question",),
    "case.answered": ("answer",),
    "case.note_added": ("note",),
    "case.withdrawn": ("reasons",),
    "case.handed_over": ("reasons",),
    "case.escalated": ("reasons",),
    "case.rectified": ("account",),
    "decision.made": ("findings", "reasons", "departure", *_LETTERS),
    "decision.changed": _LETTERS,
    "appeal.filed": ("grounds",),
    "appeal.upheld": ("reasons",),
    "appeal.changed": ("reasons",),
    "appeal.overturned": ("reasons",),
    "appeal.opinion_written": ("reasons",),
    "appeal.note_added": ("note",),
    "appeal.appellant_asked": ("question",),
    "appeal.appellant_answered": ("answer",),
    "appeal.second_opinion_asked": ("question",),
    "appeal.second_opinion_given": ("reasons",),
    "appeal.outcome_held": ("reasons",),
    "appeal.outcome_confirmed": ("reasons",),
    "appeal.outcome_refused": ("reasons",),
    "interim.imposed": ("reasons", *_LETTERS),
    "interim.lifted": ("reasons",),
    "exhibit.received": ("name", "provenance.device", "provenance.address", "provenance.locator"),
    "exhibit.checked": ("note",),
    "exhibit.explained": ("note",),
}
"""Which texts of a record a packet opens. A kind that is not named here keeps its texts shut."""
_WHO_REPORTED = {"provenance.address", "provenance.device"}
"""Of a reporter's exhibit these stay shut, unless the packet says who reported."""
BY_RESPONDENT = {"case.answered", "case.rectified"}
"""Masking a name that the respondent wrote would tell them that they guessed it."""
_BY_A_SIDE = {"appeal.filed", "appeal.appellant_answered"}
"""What either side writes."""


def sealed_texts(
    kept_texts: Texts, records: Sequence[Kept], hide: Masking, wanted: Wanted
) -> tuple[PacketText, ...]:
    """Every text of the records, with its salt; a text in which a name is masked has none."""
    fields = [found for record in records for found in _fields(record, wanted)]
    known = kept_texts.salted([seal for _, _, seal in fields])
    texts = []
    for record, field, seal in fields:
        if seal not in known:
            continue  # erased since
        kept = known[seal]
        text = kept.text if _is_of_respondent(record) else hide(kept.text)
        texts.append(
            PacketText(
                what=f"{record.what}.{field}",
                text=text,
                salt=kept.salt.hex() if text == kept.text else None,
                digest=seal,
                leaf=record.leaf,
            )
        )
    return tuple(texts)


def told_texts(view: CaseView) -> Iterator[PacketText]:
    """What a party reads of the case beside its own report: no record of it, and so no salt."""
    if view.seat is not Seat.REPORTER:
        yield _told("case.opened.subject.ref", view.subject_ref)
        yield _told("case.opened.subject.snapshot", view.snapshot)
    for entry in view.timeline:
        if entry.text:
            yield _told(entry.kind, entry.text)
    for decision in view.decisions:
        yield _told("decision.made.reasons", decision.reasons)
        for name, letter in (
            ("statement_zh", decision.statement_zh),
            ("statement_en", decision.statement_en),
        ):
            if letter is not None:
                yield _told(f"decision.made.{name}", letter.sealed_form())
    for appeal in view.appeals:
        yield _told("appeal.filed.grounds", appeal.grounds or "—")
        if appeal.reasons:
            yield _told("appeal.reasons", appeal.reasons)
    for interim in view.interim:
        yield _told("interim.imposed.statement_zh", interim.statement_zh)
        yield _told("interim.imposed.statement_en", interim.statement_en)


def _told(what: str, text: str) -> PacketText:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return PacketText(what=what, text=text, salt="", digest=digest, leaf=None)


def _fields(record: Kept, wanted: Wanted) -> Iterator[tuple[Kept, str, Sealed]]:
    closed = record.body.get("side") == "reporter" and not wanted.unmasked
    for field in _FIELDS.get(record.what, ()):
        if closed and field in _WHO_REPORTED:
            continue
        found: object = record.body
        for name in field.split("."):
            found = found.get(name) if isinstance(found, Mapping) else None
        if isinstance(found, str):
            yield record, field, Sealed(found)


def _is_of_respondent(record: Kept) -> bool:
    by = record.body.get("by")
    role = by.get("role") if isinstance(by, Mapping) else None
    return record.what in BY_RESPONDENT or (record.what in _BY_A_SIDE and role == "respondent")
