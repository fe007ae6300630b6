"""Colleagues share the work: who has which dispute, notes among them, and who is on duty when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from gongdao.domain.access.model import Caller
from gongdao.domain.disputes import rules
from gongdao.domain.disputes.events import DisputeAssigned, DisputeCommented
from gongdao.domain.disputes.model import Dispute
from gongdao.domain.duty import roster as rosters
from gongdao.domain.duty import tables
from gongdao.domain.duty.roster import Gap, Roster, RosterSet, Spell
from gongdao.domain.flows.disputing import Disputing
from gongdao.domain.flows.organising import Organising
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.kernel.ids import DisputeId, OrganisationId, PersonId
from gongdao.domain.kernel.texts import check_characters
from gongdao.domain.organisations.model import Organisation, Right

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member, as colleagues know them."""

    person: PersonId
    name: str
    """Empty for whoever gave none."""
    number: int
    """In the order in which they came; tells nameless ones apart."""


@dataclass(frozen=True, slots=True)
class Note:
    """A comment that only colleagues read."""

    at: datetime
    by: Colleague | None
    """None for whoever is no member any more."""
    text: str


@dataclass(frozen=True, slots=True)
class TeamView:
    """Who works on a dispute, and what colleagues noted."""

    assignee: Colleague | None
    can_take: tuple[Colleague, ...]
    """Whom it can be given to."""
    notes: tuple[Note, ...]
    me: PersonId | None
    may_work: bool
    comment_most: int


@dataclass(frozen=True, slots=True)
class DutyView:
    """An organisation's roster, the week at hand, and what is not covered ahead."""

    is_set: bool
    on_duty: Colleague | None
    responsible: Colleague | None
    spells: tuple[tuple[Spell, Colleague | None], ...]
    gaps: tuple[Gap, ...]
    table: str
    """As it can be changed and read in again."""


@dataclass(frozen=True, slots=True)
class Teamwork:
    """What members do with each other about the organisation's disputes."""

    records: Records
    organising: Organising
    disputing: Disputing

    def assign(self, dispute: DisputeId, person: PersonId | None, caller: Caller) -> None:
        """Give a dispute to a member, or to nobody; nothing where it is so already."""
        r = self.records
        with r.work():
            held, by = self.disputing.held(dispute, caller, Right.WORK)
            rules.must_be_open(held.now)
            whose = r.organisations.get(held.now.organisation).now
            if person is not None and person not in whose.holders(Right.WORK):
                raise BadInput(
                    "dispute.assignee",
                    hint_noop("Choose a member of this organisation who works on disputes."),
                )
            if held.now.assignee != person:
                self.disputing.add(held, DisputeAssigned(at=r.clock(), by=by, person=person))

    def comment(self, dispute: DisputeId, text: str, caller: Caller) -> None:
        """Note something that only colleagues read; after its end, too."""
        r, most = self.records, self.organising.policy().work.comment_most
        said = text.strip()
        check_characters(said)
        if not said or len(said) > most:
            raise BadInput(
                "dispute.comment",
                hint_noop("Write a note of at most {most} characters."),
                most=most,
            )
        with r.work():
            held, by = self.disputing.held(dispute, caller, Right.WORK)
            sealed = r.texts.seal(said, held.now.party)
            self.disputing.add(held, DisputeCommented(at=r.clock(), by=by, text=sealed))

    def of(self, dispute: DisputeId, caller: Caller) -> TeamView:
        """Who works on it, and the notes, for a member."""
        held, by = self.disputing.held(dispute, caller)
        whose = self.records.organisations.get(held.now.organisation).now
        known = self.colleagues(whose)
        able = whose.holders(Right.WORK)
        return TeamView(
            assignee=known.get(held.now.assignee) if held.now.assignee else None,
            can_take=tuple(each for each in known.values() if each.person in able),
            notes=self._notes(held.now, known),
            me=by.person,
            may_work=by.person in able,
            comment_most=self.organising.policy().work.comment_most,
        )

    def colleagues(self, whose: Organisation) -> dict[PersonId, Colleague]:
        """Every member by who they are, in the order in which they came."""
        names = self.organising.names(whose)
        came = sorted(whose.members.values(), key=lambda each: (each.since, each.person))
        return {
            each.person: Colleague(each.person, names[each.person], number)
            for number, each in enumerate(came, start=1)
        }

    def set_roster(
        self, organisation: OrganisationId, table: bytes, responsible: PersonId, caller: Caller
    ) -> None:
        """Put a table in the place of the roster: all of it, or nothing where a line is wrong."""
        r = self.records
        with r.work():
            held, by = self.organising.seat(organisation, caller, Right.MANAGE)
            named = _by_name(self.colleagues(held.now), held.now)
            read = tables.read(table, self.organising.policy().roster, named)
            if responsible not in held.now.holders(Right.WORK):
                raise BadInput(
                    "roster.no_responsible",
                    hint_noop("Choose who is responsible where nobody answers."),
                )
            step = RosterSet(
                at=r.clock(), by=by, slots=read.slots, exceptions=read.exceptions,
                responsible=responsible,
            )  # fmt: skip
            before = r.team_rosters.of(organisation)
            r.team_rosters.write(organisation, [step], after=before.version if before else 0)

    def on_duty(self, organisation: OrganisationId, moment: datetime) -> PersonId | None:
        """Who is to be told of what happens then, or of what nobody has taken.

        Whoever is on duty, else whoever is responsible where nobody is; only members who can work
        on disputes. None: there is no roster, or nobody of it is here any more.
        """
        held = self.records.team_rosters.of(organisation)
        if held is None:
            return None
        able = self.records.organisations.get(organisation).now.holders(Right.WORK)
        asked = (rosters.on_duty(held.now, moment), held.now.responsible)
        return next((person for person in asked if person in able), None)

    def duty(self, organisation: OrganisationId, caller: Caller) -> DutyView:
        """The roster, for a member."""
        r = self.records
        whose = self.organising.seat(organisation, caller)[0].now
        held, known, now = r.team_rosters.of(organisation), self.colleagues(whose), r.clock()
        roster = held.now if held else Roster()
        ahead = now + timedelta(days=self.organising.policy().roster.look_ahead_days)
        current = self.on_duty(organisation, now)
        return DutyView(
            is_set=held is not None,
            on_duty=known.get(current) if current else None,
            responsible=known.get(roster.responsible) if roster.responsible else None,
            spells=tuple(
                (each, known.get(each.person)) for each in rosters.spells(roster, now, now + _WEEK)
            ),
            gaps=tuple(rosters.gaps(roster, now, ahead)) if held else (),
            table=tables.write(roster, {person: each.name for person, each in known.items()}),
        )

    def _notes(self, dispute: Dispute, known: Mapping[PersonId, Colleague]) -> tuple[Note, ...]:
        opened = self.records.texts.several([each.text for each in dispute.comments])
        return tuple(
            Note(
                each.at, known.get(each.person) if each.person else None, opened.get(each.text, "—")
            )
            for each in dispute.comments
        )


def _by_name(known: Mapping[PersonId, Colleague], whose: Organisation) -> dict[str, PersonId]:
    """Whom a roster can name: members with a name who work on disputes."""
    able = whose.holders(Right.WORK)
    return {each.name: each.person for each in known.values() if each.name and each.person in able}
