"""What becomes of reports that were set aside: who has them taken up, and when their time is over.

They are kept whatever happens. A measure that falls or is lifted revives them all. At its natural
end they stay aside, their reporter is told how many there are and has them taken up, one or all.
"""

from contextlib import suppress
from dataclasses import dataclass

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import decider, party
from gongdao.domain.flows.believing import Believing
from gongdao.domain.flows.clocks import Clocks
from gongdao.domain.flows.misuse_letters import tell_of_reporting
from gongdao.domain.flows.one_by_one import noted, raise_first
from gongdao.domain.flows.owning import Owning
from gongdao.domain.flows.records import Records, parties_of
from gongdao.domain.flows.repetition import place_new
from gongdao.domain.flows.telling import Gap, Telling
from gongdao.domain.intake import rules as intake
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.errors import MovedOn, Refused, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor, Held, Role
from gongdao.domain.kernel.ids import CaseId, PersonId
from gongdao.domain.notices.model import Reader
from gongdao.domain.standing import misuse_rules as rules
from gongdao.domain.standing.misuse import RanOut

_AT_ONCE = 100
"""So many are taken up by one act of somebody who waits for it; the rest by the next."""


@dataclass(frozen=True, slots=True)
class TakingUp:
    """Everything that ends the waiting of a report that was set aside."""

    records: Records
    believing: Believing
    telling: Telling
    clocks: Clocks
    owning: Owning

    def grave(self, case_id: CaseId, caller: Caller) -> None:
        """Take up one report at any time, for whoever on the staff finds it grave."""
        r = self.records
        with r.work():
            held = r.cases.get(case_id)
            self._revive(held, decider(caller, parties_of(held.now)))

    def mine(self, case_id: CaseId, caller: Caller) -> None:
        """The reporter has one of theirs taken up, once no measure is in force."""
        r = self.records
        with r.work():
            held = r.cases.get(case_id)
            by = party(caller, parties_of(held.now), Seat.REPORTER)
            self._check_over(held.now.reporters[0])
            self._revive(held, by)

    def all_mine(self, person: PersonId) -> int:
        """The same for everything of theirs, the oldest hundred at once; how many those were."""
        with self.records.work():
            return self._all_later(person, Actor(Role.REPORTER, person))

    def all_of(self, person: PersonId, by: Actor) -> int:
        """The same by the staff, within a unit of work: a measure in force is lifted instead."""
        return self._all_later(person, by)

    def everything(self, person: PersonId, by: Actor, most: int | None = None) -> int:
        """All of it, because the measure fell or was lifted; within that unit of work."""
        r = self.records
        cases = r.misuses.aside(person)[:most]
        for case in cases:
            self._revive(r.cases.get(case), by)
        return len(cases)

    def look(self, limit: int) -> int:
        """Tell those whose measure is over what is set aside; how many there were."""
        r, done, problems = self.records, 0, list[Exception]()
        for person in r.misuses.ran_out(r.clock(), limit):
            with noted(problems), suppress(MovedOn), r.work():
                done += self._over(person)
        raise_first(problems)
        return done

    def _over(self, person: PersonId) -> int:
        r, now = self.records, self.records.clock()
        held = r.misuses.of(person)
        over = [m for m in held.now.measures if not m.over and m.until <= now] if held else []
        if held is None or not over:
            return 0
        aside = len(r.misuses.aside(person))
        steps = [RanOut(at=now, by=SYSTEM, about=m.id, aside=aside) for m in over]
        r.misuses.add(held.now.id, steps, after=held.version)
        template = "misuse_ran_out_aside" if aside else "misuse_ran_out"
        tell_of_reporting(r, person, template, Gap(both={"waiting": str(aside)}))
        return 1

    def _all_later(self, person: PersonId, by: Actor) -> int:
        self._check_over(person)
        found = self.everything(person, by, _AT_ONCE)
        if not found:
            raise Refused("misuse.nothing_aside", hint_noop("Nothing is set aside."))
        return found

    def _check_over(self, person: PersonId) -> None:
        held = self.records.misuses.of(person)
        rules.check_taking_up(held.now if held else None, self.records.clock())

    def _revive(self, held: Held[Case], by: Actor) -> None:
        """Its clocks begin, and it stands in its queue where its reporter's record puts it."""
        r = self.records
        step = intake.revive(held.now, by, r.clock())
        case = r.cases.add(held.now.id, [step], after=held.version).now
        place_new(r, case)
        due = self.clocks.start_acceptance(case)
        self.owning.case_opened(case)
        self.believing.opened(case, r.reports.get(case.reports[0]))
        until = self.telling.due(case, due.at, provisional=due.provisional)
        self.telling.tell(case.reporters[0], Reader.REPORTER, "report_revived", case, until)
