"""The duty roster: set, read in as a table, looked at ahead, and handed over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import READERS, must_be, not_found
from gongdao.domain.duty import roster as rosters
from gongdao.domain.duty import tables
from gongdao.domain.duty.roster import Gap, HandedOver, Roster, RosterSet, Spell
from gongdao.domain.firms.rules import check_text
from gongdao.domain.flows.firm_papers import pack_with_firms
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Held, Role
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.policy.firms import RosterRule

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class NoteView:
    """What was handed over."""

    at: datetime
    by: str
    to: str
    words: str


@dataclass(frozen=True, slots=True)
class RosterView:
    """The roster of the week at hand, and what is not covered ahead."""

    is_set: bool
    on_duty: str
    until: datetime | None
    next_one: str
    responsible: str
    days: tuple[tuple[datetime, tuple[tuple[Spell, str], ...]], ...]
    """Seven days from today on, each with its spells and who has them."""
    gaps: tuple[Gap, ...]
    notes: tuple[NoteView, ...]
    table: str
    """As it can be changed and read in again."""


@dataclass(frozen=True, slots=True)
class Rostering:
    """What staff see of the roster, and what the operator sets."""

    records: Records

    def read_in(self, content: bytes, responsible: str, caller: Caller) -> None:
        """Put a table in the place of the roster: all of it, or nothing where a line is wrong."""
        must_be(caller, Role.OPERATOR, Role.SENIOR_REVIEWER)
        r, rule, names = self.records, self._rule(), self._by_name()
        table = tables.read(content, rule, names)
        person = names.get(responsible.strip())
        if person is None:
            raise BadInput(
                "roster.no_responsible",
                hint_noop("Choose who is responsible where nobody answers."),
            )
        with r.work():
            held = r.rosters.now()
            step = RosterSet(
                at=r.clock(),
                by=_actor(caller),
                slots=table.slots,
                exceptions=table.exceptions,
                responsible=person,
            )
            r.rosters.write([step], after=held.version if held else 0)

    def hand_over(self, note: str, caller: Caller) -> None:
        """Write down what the next one must know."""
        must_be(caller, *READERS)
        r, by = self.records, _actor(caller)
        policy = pack_with_firms(r)[1]
        with r.work():
            held = r.rosters.now()
            if held is None:
                raise Refused("roster.none", hint_noop("There is no roster yet. Set one first."))
            text = check_text(policy.qualification, note)
            now = r.clock()
            coming = rosters.upcoming(held.now, now, policy.roster.look_ahead_days)
            to = next((each for each in coming if each != by.person), None)
            step = HandedOver(at=now, by=by, note=r.texts.seal(text, None), to=to)
            r.rosters.write([step], after=held.version)

    def board(self, caller: Caller) -> RosterView:
        """Who is on duty now and this week, and where nobody is."""
        must_be(caller, *READERS, Role.AUDITOR)
        r, rule = self.records, self._rule()
        held: Held[Roster] | None = r.rosters.now()
        roster, now = held.now if held else Roster(), r.clock()
        here = rosters.spells(roster, now, now + _WEEK)
        current = next((s for s in here if s.begins <= now), None)
        after = [s for s in here if current is None or s.person != current.person]
        ahead = now + timedelta(days=rule.look_ahead_days)
        return RosterView(
            is_set=held is not None,
            on_duty=self._name(current.person) if current else "",
            until=current.ends if current else None,
            next_one=self._name(after[0].person) if after else "",
            responsible=self._name(roster.responsible),
            days=self._days(roster, now),
            gaps=tuple(rosters.gaps(roster, now, ahead)) if held else (),
            notes=tuple(
                NoteView(n.at, self._name(n.by), self._name(n.to), r.opened(n.note))
                for n in roster.notes
            ),
            table=tables.write(roster, self._names(roster)),
        )

    def people(self, caller: Caller) -> list[str]:
        """Whom a roster can name."""
        must_be(caller, *READERS, Role.AUDITOR)
        return sorted(self._by_name())

    def _days(
        self, roster: Roster, now: datetime
    ) -> tuple[tuple[datetime, tuple[tuple[Spell, str], ...]], ...]:
        first = datetime.combine(now.astimezone(CHINA).date(), time(), CHINA)
        days = [first + timedelta(days=n) for n in range(7)]
        return tuple(
            (
                day,
                tuple(
                    (spell, self._name(spell.person))
                    for spell in rosters.spells(roster, day, day + timedelta(days=1))
                ),
            )
            for day in days
        )

    def _rule(self) -> RosterRule:
        return pack_with_firms(self.records)[1].roster

    def _by_name(self) -> Mapping[str, PersonId]:
        return {s.name: s.person for s in self.records.staff.reviewers() if s.name}

    def _names(self, roster: Roster) -> dict[PersonId, str]:
        people = {s.person for s in roster.slots}
        people |= {e.person for e in roster.exceptions if e.person}
        return {person: self._name(person) for person in people}

    def _name(self, person: PersonId | None) -> str:
        return (self.records.staff.name(person) or "—") if person else ""


def _actor(caller: Caller) -> Actor:
    if caller.person is None:
        raise not_found()
    known = (Role.OPERATOR, Role.SENIOR_REVIEWER, Role.REVIEWER)
    return Actor(next(role for role in known if role in caller.roles), caller.person)
