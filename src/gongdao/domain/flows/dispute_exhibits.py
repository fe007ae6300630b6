"""Exhibits of disputes: the same files and streams as those of cases, for its organisation alone.

They lie under the dispute's id and belong to the organisation's party, not to whoever brought
them. No door of the desk leads to one: each such door asks for a case first, and there is none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import not_found
from gongdao.domain.disputes.model import Dispute
from gongdao.domain.evidence import exhibit_rules as rules
from gongdao.domain.evidence import look_text
from gongdao.domain.evidence.exhibits import Derivative, Exhibit, Side
from gongdao.domain.evidence.findings import Look
from gongdao.domain.evidence.uploads import Upload
from gongdao.domain.flows.disputing import Disputing
from gongdao.domain.flows.exhibit_views import ExhibitView
from gongdao.domain.flows.exhibiting import Exhibiting, Place, Said
from gongdao.domain.flows.journal_exhibits import JournalExhibits
from gongdao.domain.flows.journaling import Journaling
from gongdao.domain.flows.look_views import Seen, for_party
from gongdao.domain.flows.looking import Choice, Looking
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import CaseId, Digest, DisputeId, EntryId, ExhibitId
from gongdao.domain.organisations.model import Right
from gongdao.domain.policy.exhibits import ExhibitPolicy


@dataclass(frozen=True, slots=True)
class DisputeExhibits:
    """What an organisation brings to its disputes."""

    records: Records
    disputing: Disputing
    looking: Looking

    @property
    def exhibiting(self) -> Exhibiting:
        """The same story as that of cases."""
        return self.looking.exhibiting

    def attach(
        self, dispute: DisputeId, tokens: Sequence[str], said: Said, caller: Caller
    ) -> list[ExhibitId]:
        """Hand in files that were sent: they are exhibits from now on, all of them or none."""
        taken = self.exhibiting.taken
        return self.bring(dispute, [partial(taken, token) for token in tokens], said, caller)

    def bring(
        self, dispute: DisputeId, files: Sequence[Callable[[], Upload]], said: Said, caller: Caller
    ) -> list[ExhibitId]:
        """The same for files that are in the store once they are called for."""
        with self.records.work():
            held, by = self.disputing.held(dispute, caller, Right.WORK)
            rules.check_any(files)
            place = self._place(held.now)
            return [self.exhibiting.lay(place, file, said, by) for file in files]

    def from_journal(self, dispute: DisputeId, entry: EntryId, caller: Caller) -> list[ExhibitId]:
        """Bring an entry of the caller's own journal, such as the video of how it was packed."""
        r = self.records
        with r.work():
            held, _ = self.disputing.held(dispute, caller, Right.WORK)
            mine = Journaling(r).mine(entry, caller)
            owner = held.now.party
            files, said = JournalExhibits(r).taken(mine, file_of(dispute), owner)
            return self.bring(dispute, files, said, caller)

    def of(self, dispute: DisputeId, caller: Caller) -> list[ExhibitView]:
        """All of a dispute's, by their numbers; NotFound for whoever is no member."""
        held, _ = self.disputing.held(dispute, caller)
        return self.views(held.now)

    def views(self, dispute: Dispute) -> list[ExhibitView]:
        """The same, for stories that asked already."""
        found = self.records.exhibits.of_case(file_of(dispute.id))
        known = self.records.texts.several([e.name for e, _ in found]) if found else {}
        return [_view(each, leaf, known.get(each.name, "—")) for each, leaf in found]

    def get(self, dispute: DisputeId, exhibit: ExhibitId, caller: Caller) -> Held[Exhibit]:
        """One of a dispute's; NotFound for any other."""
        self.disputing.held(dispute, caller)
        held = self.records.exhibits.get(exhibit)
        if held.now.case != file_of(dispute) or held.now.side is not Side.ORGANISATION:
            raise not_found()
        return held

    def look(self, dispute: DisputeId, exhibit: ExhibitId, caller: Caller) -> Seen:
        """What a program found in one: all that could be read in that very file."""
        self.get(dispute, exhibit, caller)
        held = self.records.looks.of_exhibit(exhibit)
        if held is None:
            return Seen(None, "waiting", "", None)
        run = held.now.latest
        text = self.records.texts.open(run.found) if run.found else None
        look = for_party(look_text.read(text)) if text else None
        return Seen(look, run.missed or "", run.program, run.at)

    def look_of(self, exhibit: ExhibitId) -> Look | None:
        """What was found in one, whole; for stories that asked already."""
        held = self.records.looks.of_exhibit(exhibit)
        found = held.now.latest.found if held else None
        text = self.records.texts.open(found) if found else None
        return look_text.read(text) if text else None

    def frame(
        self, dispute: DisputeId, exhibit: ExhibitId, choice: Choice, caller: Caller
    ) -> Digest:
        """A copy with passages boxed in red, and what is nobody's business painted over."""
        with self.records.work():
            _, by = self.disputing.held(dispute, caller, Right.WORK)
            self.get(dispute, exhibit, caller)
            return self.looking.draw(exhibit, choice, by)

    def policy(self) -> ExhibitPolicy:
        """What may be sent: the same as to a case of the day."""
        r = self.records
        return r.exhibit_policy(pack_of_the_day(r.packs, r.clock()).ref)

    def _place(self, dispute: Dispute) -> Place:
        return Place(file_of(dispute.id), self.policy(), Side.ORGANISATION, dispute.party)


def file_of(dispute: DisputeId) -> CaseId:
    """The file under which a dispute's exhibits lie: its own id, which no case has."""
    return CaseId(dispute)


def _view(exhibit: Exhibit, leaf: str, name: str) -> ExhibitView:
    thumbnail, view = exhibit.latest(Derivative.THUMBNAIL), exhibit.latest(Derivative.VIEW)
    return ExhibitView(
        id=exhibit.id,
        number=exhibit.number,
        mine=True,
        name=name,
        kind=exhibit.kind.value,
        file=exhibit.file,
        thumbnail=thumbnail.file if thumbnail else None,
        view=view.file if view else None,
        received_at=exhibit.received_at,
        leaf=leaf,
    )
