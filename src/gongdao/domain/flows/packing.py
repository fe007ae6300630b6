"""What goes into the packet of a case, for one chair.

All of it comes out of the views that this chair has of the case and its exhibits (invariant 3), and
for staff and the auditor out of the records behind them. A party gets a record's bytes only where
nothing stands in it that this chair may not know: that is a reporter's own report. The rest of a
party's packet rests on the operator's signature, and says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.appeals.model import AppealWeighed
from gongdao.domain.appeals.opinions import (
    AppealNoted,
    OpinionWritten,
    OutcomeConfirmed,
    OutcomeHeld,
    OutcomeRefused,
    SecondOpinionAsked,
    SecondOpinionGiven,
)
from gongdao.domain.evidence.packets import LeftOut, PacketMoment, PacketRecord, PacketText
from gongdao.domain.evidence.packing import Kept, RecordShelf, Wanted, moment, record_path
from gongdao.domain.flows.casefile import SHOWN_REPORTS, CaseFiles, CaseView
from gongdao.domain.flows.chaining import CaseChain
from gongdao.domain.flows.exhibit_views import ExhibitView
from gongdao.domain.flows.exhibiting import Exhibiting
from gongdao.domain.flows.looking import Looking
from gongdao.domain.flows.masking import Masking, masking
from gongdao.domain.flows.packing_exhibits import Exhibits, PackedExhibit
from gongdao.domain.flows.packing_texts import BY_RESPONDENT, sealed_texts, told_texts
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.timeline import Entry
from gongdao.domain.kernel.ids import CaseId, ReportId
from gongdao.domain.policy.exhibits import ExhibitPolicy

_INSIDE = {Seat.STAFF, Seat.AUDITOR}
_OF_HEARING = {
    step.kind
    for step in (
        AppealWeighed,
        OpinionWritten,
        AppealNoted,
        SecondOpinionAsked,
        SecondOpinionGiven,
        OutcomeHeld,
        OutcomeConfirmed,
        OutcomeRefused,
    )
}
"""Whoever hears an appeal learns what was foretold, and what others think, at its page alone: after
they wrote what they think themselves. So a packet has these once the appeal has ended."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that a packet will hold, before it is written."""

    view: CaseView
    wanted: Wanted
    as_of: datetime
    timeline: tuple[PacketMoment, ...]
    exhibits: tuple[PackedExhibit, ...]
    texts: tuple[PacketText, ...]
    records: tuple[Kept, ...]
    left_out: tuple[LeftOut, ...]
    hide: Masking
    """Keeps the names of reporters out of what staff hand on."""
    policy: ExhibitPolicy
    """The factors and ways of capture that the exhibits are looked at by."""
    chain: CaseChain
    """What the exhibits show, and what nothing shows."""
    identities: tuple[tuple[str, str], ...] = ()
    """Who reported, for a packet that says so: what it is called, and what it is."""

    @property
    def inside(self) -> bool:
        """Whether it was made for staff or the auditor."""
        return self.view.seat in _INSIDE

    def shown_text(self, entry: Entry) -> str:
        """The words of a line of the timeline, as the document may show them."""
        text = entry.text or ""
        return text if entry.kind in BY_RESPONDENT else self.hide(text)

    def paths(self) -> tuple[PacketRecord, ...]:
        """Where the records' bytes lie."""
        leaves = sorted(kept.leaf for kept in self.records)
        return tuple(PacketRecord(leaf=leaf, path=record_path(leaf)) for leaf in leaves)


@dataclass(frozen=True, slots=True)
class Packing:
    """Gathers packets."""

    records: Records
    files: CaseFiles
    exhibiting: Exhibiting
    looking: Looking
    shelf: RecordShelf

    def gather(self, case_id: CaseId, caller: Caller, wanted: Wanted) -> Gathered:
        """What the caller's packet holds; NotFound for whoever has no chair."""
        view = self.files.open(case_id, caller)
        hide = self._mask(view, wanted)
        inside = view.seat in _INSIDE
        seen = self.exhibiting.of_case(case_id, caller)
        seen = seen if inside else _without_order(seen)
        kept = self._kept(view, [each.id for each in seen] if inside else [])
        chain = self.looking.chaining.chain_of(case_id, caller)
        proves = {
            link.exhibit.id: tuple(sorted(kind.value for kind in link.counted.proves))
            for link in chain.links
        }
        own = sum(each.number > 0 for each in seen)  # what has no number is counted apart
        pack = Exhibits(self.exhibiting, self.looking, caller, wanted, hide, proves)
        exhibits = tuple(pack.packed(each, kept, n) for n, each in enumerate(seen, 1 - own))
        known = {record.leaf for record in kept}
        timeline = tuple(
            PacketMoment(
                at=moment(entry.at),
                what=entry.kind,
                by=entry.role,
                leaf=entry.leaf if entry.leaf in known else None,
            )
            for entry in view.timeline
        )
        texts = sealed_texts(self.records.texts, kept, hide, wanted)
        return Gathered(
            view=view,
            wanted=wanted,
            as_of=max([*_moments(view, seen), *(k.at for k in kept if inside)]),
            timeline=timeline,
            exhibits=exhibits,
            texts=texts if inside else (*texts, *told_texts(view)),
            records=kept,
            left_out=tuple(left_out(view, wanted, exhibits, texts)),
            hide=hide,
            chain=chain,
            policy=self.records.exhibit_policy(self.records.cases.get(case_id).now.pack),
        )

    def _mask(self, view: CaseView, wanted: Wanted) -> Masking:
        if view.seat not in _INSIDE or wanted.unmasked:
            return Masking(())
        return masking(self.records, self.records.cases.get(view.id).now)

    def _kept(self, view: CaseView, exhibits: Sequence[str]) -> tuple[Kept, ...]:
        """The records that this chair may have, each once."""
        reports = self.shelf.reports([ReportId(report.id) for report in view.reports])
        if view.seat not in _INSIDE:
            return tuple(reports)
        streams = [
            view.id,
            *(decision.id for decision in view.decisions),
            *(s.id for decision in view.decisions for s in decision.sanctions),
            *(appeal.id for appeal in view.appeals),
            *(interim.id for interim in view.interim),
            *exhibits,
        ]
        heard = {appeal.id for appeal in view.appeals if appeal.closed_at is None}
        kept = self.shelf.events(streams)
        return (*(k for k in kept if not (k.of in heard and k.what in _OF_HEARING)), *reports)


def _without_order(seen: Sequence[ExhibitView]) -> list[ExhibitView]:
    """One's own, then released copies by their hash: their places would tell when they came."""
    return sorted(seen, key=lambda each: (not each.mine, each.number, each.id))


def _moments(view: CaseView, seen: Sequence[ExhibitView]) -> list[datetime]:
    """The moments that the chair sees; none other may show in the packet."""
    found = [view.opened_at, *(entry.at for entry in view.timeline)]
    found += [each.received_at for each in seen]
    found += [report.received_at for report in view.reports]
    found += [decision.decided_at for decision in view.decisions]
    for appeal in view.appeals:
        found += [appeal.filed_at, *([appeal.closed_at] if appeal.closed_at else [])]
    return found


def left_out(
    view: CaseView,
    wanted: Wanted,
    exhibits: Sequence[PackedExhibit],
    texts: Sequence[PacketText],
) -> list[LeftOut]:
    """What is not in it, and why, as codes that the document puts into words."""
    found = [LeftOut(what=f"exhibit {e.shown.number}", why=e.why) for e in exhibits if e.why]
    if view.seat not in _INSIDE:
        return [LeftOut(what="records", why="party"), *found]
    if not wanted.unmasked:
        found.insert(0, LeftOut(what="reporter", why="masked"))
    if any(text.salt is None for text in texts):
        found.append(LeftOut(what="names", why="masked"))
    found.append(LeftOut(what="mailbox", why="between_reporter_and_staff"))
    if any(appeal.closed_at is None for appeal in view.appeals):
        found.append(LeftOut(what="hearing", why="under_way"))
    if view.arrived is not None and view.arrived.counted + view.arrived.apart > SHOWN_REPORTS:
        found.append(LeftOut(what="reports", why="only_the_latest"))
    if not wanted.originals:
        found.append(LeftOut(what="originals", why="derivatives_chosen"))
    return found
