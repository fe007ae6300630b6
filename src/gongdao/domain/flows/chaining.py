"""The evidence chain of a case: what each exhibit shows, in order of time, and what nothing shows.

Staff see it over all exhibits, a party over those it brought itself. A program's findings stand
first; whoever may say what an exhibit shows is heard beside them, and neither overwrites the other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import DECIDERS, decider, not_found, seat
from gongdao.domain.evidence import exhibit_rules, look_text
from gongdao.domain.evidence.chain import Happened, Link, Missing, Proves, Step, chain
from gongdao.domain.evidence.exhibits import Exhibit, Explained, Side
from gongdao.domain.evidence.explaining import explain, link_by_word, link_of_look
from gongdao.domain.evidence.findings import Looks
from gongdao.domain.flows.exhibit_views import INSIDERS, ExhibitView
from gongdao.domain.flows.exhibiting import Exhibiting
from gongdao.domain.flows.look_views import for_party
from gongdao.domain.flows.mailing import hears_no_appeal
from gongdao.domain.flows.masking import Masking, masking
from gongdao.domain.flows.records import Records, parties_of
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.events import Actor, Role
from gongdao.domain.kernel.ids import CaseId, ExhibitId, PersonId, Sealed

_PARTIES = (Role.REPORTER, Role.RESPONDENT, Role.MEMBER)


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody said an exhibit shows."""

    link: Link
    note: str
    at: datetime
    person: PersonId | None
    """Who of the staff; None where a party said it."""


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One exhibit in the chain."""

    exhibit: ExhibitView
    found: Link | None
    """What a program found; None where nothing was looked at or could be read."""
    missed: str
    """Why not; `waiting` where nobody has looked yet."""
    by_party: Word | None
    """The word of the party that brought it."""
    by_staff: Word | None
    """A reviewer's word; for staff alone."""
    counted: Link
    """What the order and the gaps go by: for staff a reviewer's word, for a party its own, and
    else what was found."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing in order of time, and the exhibit that shows it."""

    happened: Happened
    number: int
    said: bool
    """Whether a person said it; else a program found it."""


@dataclass(frozen=True, slots=True)
class CaseChain:
    """The chain as one chair sees it."""

    case: CaseId
    seat: Seat
    links: tuple[ChainLink, ...]
    moments: tuple[Moment, ...]
    gaps: tuple[Missing, ...]
    needs: frozenset[Proves]
    """What a case of this kind should show."""

    @property
    def shown(self) -> frozenset[Proves]:
        """What some exhibit shows."""
        return frozenset(each for link in self.links for each in link.counted.proves)


@dataclass(frozen=True, slots=True)
class Chaining:
    """The chains of cases, and people's words on what exhibits show."""

    records: Records
    exhibiting: Exhibiting

    def chain_of(self, case_id: CaseId, caller: Caller) -> CaseChain:
        """The chain over what the caller may see; NotFound for whoever has no chair."""
        r = self.records
        case = r.cases.get(case_id).now
        chair = seat(caller, parties_of(case))
        views = [
            view for view in self.exhibiting.of(case, caller) if chair in INSIDERS or view.mine
        ]
        policy = r.packs.at(case.pack).pictures
        needs = frozenset(map(Proves, policy.chain.of(case.category))) if policy else frozenset()
        hide = masking(r, case) if chair in INSIDERS else None
        return self.joined(case.id, chair, views, needs, hide)

    def joined(
        self, file: CaseId, chair: Seat, views: Sequence[ExhibitView], needs: frozenset[Proves],
        hide: Masking | None = None,
    ) -> CaseChain:  # fmt: skip
        """The chain over these, for stories that asked what the caller may see of a file."""
        r = self.records
        shown = {view.id for view in views}
        exhibits = {e.id: e for e, _ in r.exhibits.of_case(file) if e.id in shown}
        looks = {each.exhibit: each for each in r.looks.of_case(file) if each.exhibit in shown}
        known = r.texts.several(_seals(exhibits.values(), looks.values()))
        reading = _Reading(known, chair, hide)
        links = [reading.link(view, exhibits[view.id], looks.get(view.id)) for view in views]
        found = chain([each.counted for each in links], needs)
        by_number = {each.counted.number: each for each in links}
        ordered = tuple(by_number[link.number] for link in found.links)
        return CaseChain(file, chair, ordered, _moments(ordered), found.gaps, needs)

    def explain(
        self,
        exhibit: ExhibitId,
        proves: Sequence[Proves],
        happened: Sequence[tuple[Step, date]],
        note: str,
        caller: Caller,
    ) -> None:
        """Say what an exhibit shows: staff of any, a party of what it brought."""
        r = self.records
        with r.work():
            held = r.exhibits.get(exhibit)
            case = r.cases.get(held.now.case)
            by = self._speaker(held.now, case.now, caller)
            said = exhibit_rules.check_note(r.exhibit_policy(case.now.pack), note)
            seal = r.texts.seal(said, held.now.owner) if said else None
            step = explain(proves, happened, seal, by, r.clock())
            r.exhibits.add(exhibit, [step], after=held.version)
            self.exhibiting.took_part(case, by, [exhibit])

    def _speaker(self, exhibit: Exhibit, case: Case, caller: Caller) -> Actor:
        chair = seat(caller, parties_of(case))
        if chair in {Seat.REPORTER, Seat.RESPONDENT}:
            if not exhibit_rules.may_download(exhibit.owner, caller.person):
                raise not_found()
            return Actor(Role(chair.value), caller.person)
        by = decider(caller, parties_of(case))
        hears_no_appeal(self.records, case, by)
        return by


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads what was found and said of exhibits, for one chair."""

    known: Mapping[Sealed, str]
    """Every text that is needed, opened at once."""
    chair: Seat
    hide: Masking | None
    """For staff: a reporter's own words are read without the names of reporters."""

    def link(self, view: ExhibitView, exhibit: Exhibit, looks: Looks | None) -> ChainLink:
        """One exhibit with everything said of it."""
        found, missed = self._found(view, exhibit, looks)
        party = exhibit.word_of(*_PARTIES)
        staff = exhibit.word_of(*DECIDERS) if self.chair in INSIDERS else None
        by_party = self._word(view, exhibit, party, found)
        by_staff = self._word(view, exhibit, staff, found)
        chosen = by_staff if self.chair in INSIDERS else by_party
        counted = chosen.link if chosen else found or Link(view.number, frozenset())
        return ChainLink(view, found, missed, by_party, by_staff, counted)

    def _found(
        self, view: ExhibitView, exhibit: Exhibit, looks: Looks | None
    ) -> tuple[Link | None, str]:
        if looks is None:
            return None, "waiting"
        run = looks.latest
        text = self.known.get(run.found) if run.found else None
        if text is None:
            return None, run.missed or "erased"
        look = look_text.read(text)
        seen = look if self.chair in INSIDERS else for_party(look)
        return link_of_look(view.number, seen, exhibit.received_at), ""

    def _word(
        self, view: ExhibitView, exhibit: Exhibit, said: Explained | None, found: Link | None
    ) -> Word | None:
        if said is None:
            return None
        note = self.known.get(said.note, "—") if said.note else ""
        if self.hide is not None and exhibit.side is Side.REPORTER:
            note = self.hide(note)
        person = said.person if said.role in DECIDERS else None
        return Word(link_by_word(view.number, said, found), note, said.at, person)


def _seals(exhibits: Iterable[Exhibit], looks: Iterable[Looks]) -> list[Sealed]:
    """The texts in which findings and words on these exhibits lie."""
    found = [each.latest.found for each in looks]
    notes = [said.note for each in exhibits for said in each.explained]
    return [seal for seal in (*found, *notes) if seal]


def _moments(links: Sequence[ChainLink]) -> tuple[Moment, ...]:
    """Everything dated, in order of time."""
    found = [
        Moment(each, link.counted.number, said=link.counted is not link.found)
        for link in links
        for each in link.counted.happened
    ]
    return tuple(sorted(found, key=lambda each: (*each.happened.order, each.number)))
