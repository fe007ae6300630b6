"""Firms, complaints, the roster and calendar feeds, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from tests.fakes.disputes import MemoryDisputes
from tests.fakes.memory import Memory
from tests.fakes.organisations import MemoryOrganisations
from tests.fakes.queues import MemoryQueues
from tests.fakes.streams import (
    MemoryAppeals,
    MemoryCases,
    MemoryDeadlines,
    MemoryDecisions,
    MemoryStreams,
)
from tests.fakes.training import MemoryTrainingDuties

from gongdao.domain.deadlines.model import DeadlineKind
from gongdao.domain.decisions.model import DecisionState, Outcome
from gongdao.domain.duty import model as complaints
from gongdao.domain.duty import roster
from gongdao.domain.duty.model import Complaint, ComplaintStep
from gongdao.domain.duty.ports import Dated, Window
from gongdao.domain.duty.roster import Roster, RosterStep
from gongdao.domain.firms import model as firms
from gongdao.domain.firms.model import Firm, FirmStage, FirmStep
from gongdao.domain.firms.rules import number_taken
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import DeadlineId, PersonId
from gongdao.storage.firms import ROSTER, firm_row

_PARTY = {DeadlineKind.ANSWER, DeadlineKind.RECTIFICATION}
_OFFICE = {DeadlineKind.ACCEPTANCE, DeadlineKind.DECISION}
_FIRM = {DeadlineKind.RENEWAL, DeadlineKind.CONTEST}


class MemoryFirms(MemoryStreams[Firm, FirmStep]):
    """All firms."""

    table = "firm"
    fold = staticmethod(firms.fold)

    def add(self, stream: str, steps: Sequence[FirmStep], *, after: int) -> Held[Firm]:
        held = super().add(stream, steps, after=after)
        same = [f for f in self.with_number(held.now.papers.number_key) if f.id != stream]
        verified = [f for f in [held.now, *same] if f.stage is FirmStage.VERIFIED]
        if len(verified) > 1:
            raise number_taken()
        return held

    def of_person(self, person: PersonId) -> Held[Firm] | None:
        return next((held for held in self.all() if held.now.person == person), None)

    def with_number(self, number_key: str) -> list[Firm]:
        return [held.now for held in self.all() if held.now.papers.number_key == number_key]

    def listed(self, limit: int) -> list[Firm]:
        found = [held.now for held in self.all()]
        found.sort(key=lambda f: (not firm_row(f, 1)["waits"], f.applied_at, f.id))
        return found[:limit]


class MemoryComplaints(MemoryStreams[Complaint, ComplaintStep]):
    """All complaints."""

    table = "complaint"
    fold = staticmethod(complaints.fold)

    def of_owner(self, owner: PersonId | None, limit: int) -> list[Complaint]:
        theirs = [held.now for held in self.all() if held.now.owner == owner]
        theirs.sort(key=lambda c: c.received_at, reverse=True)
        return sorted(theirs, key=lambda c: not c.is_open)[:limit]


class MemoryRosters(MemoryStreams[Roster, RosterStep]):
    """The roster."""

    table = "roster"
    fold = staticmethod(roster.fold)

    def now(self) -> Held[Roster] | None:
        return next(iter(self.all()), None)

    def write(self, steps: Sequence[RosterStep], *, after: int) -> Held[Roster]:
        return self.add(ROSTER, steps, after=after)


@dataclass(frozen=True, slots=True)
class MemoryFeeds:
    """Calendar feeds, over the streams that there are."""

    memory: Memory
    streams: dict[str, Any]
    numbers: Any

    def make(self, person: PersonId, now: datetime) -> str:
        self.revoke(person)
        token = f"feed-{next(self.numbers)}"
        self._rows()[token] = (person, now)
        return token

    def revoke(self, person: PersonId) -> bool:
        mine = [token for token, (whose, _) in self._rows().items() if whose == person]
        for token in mine:
            del self._rows()[token]
        return bool(mine)

    def made_at(self, person: PersonId) -> datetime | None:
        return next((at for whose, at in self._rows().values() if whose == person), None)

    def opens(self, token: str) -> PersonId | None:
        found = self._rows().get(token)
        return PersonId(found[0]) if found else None

    def deadlines(self, person: PersonId, since: datetime, limit: int) -> list[Dated]:
        found = []
        for held in self.streams["deadlines"].all():
            last = self.streams["deadlines"].history(held.now.id)[-1].event.at
            if self._concerns(held.now, person) and (held.now.stage.is_open or last >= since):
                found.append((held.now.due_at, Dated(DeadlineId(held.now.id), held.version, last)))
        return [dated for _, dated in sorted(found, key=lambda pair: pair[0])][:limit]

    def windows(self, person: PersonId, since: datetime, limit: int) -> list[Window]:
        found = []
        for held in self.streams["decisions"].all():
            d = held.now
            mine = d.respondent == person and d.outcome is Outcome.VIOLATION
            if mine and d.appeal_closes is not None and d.appeal_closes >= since:
                over = bool(self.streams["appeals"].of_decision(d.id))
                over = over or d.state is DecisionState.OVERTURNED
                last = self.streams["decisions"].history(d.id)[-1].event.at
                found.append(Window(d.id, d.case, d.appeal_closes, over, held.version, last))
        return sorted(found, key=lambda w: w.closes_at)[:limit]

    def _concerns(self, deadline: Any, person: PersonId) -> bool:
        kind, of = deadline.kind, self.streams
        firm = next((h.now for h in of["firms"].all() if h.now.id == deadline.case), None)
        if firm is not None:
            return bool(firm.person == person and kind in _FIRM)
        wanted = (h.now for h in of["complaints"].all() if h.now.id == deadline.case)
        complaint = next(wanted, None)
        if complaint is not None:
            if kind is DeadlineKind.DUTY:
                return person in {complaint.owner, complaint.taken_by}
            waits = complaint.taken_by is None and complaint.asked
            return bool(waits and complaint.asked[-1].person == person)
        if kind.value.startswith("dispute"):
            dispute = MemoryDisputes(self.memory).get(deadline.case).now
            ours = MemoryOrganisations(self.memory).get(dispute.organisation).now
            return person in ours.members and dispute.assignee in {None, person}
        if kind is DeadlineKind.TRAINING:
            return bool(MemoryTrainingDuties(self.memory).get(deadline.case).now.person == person)
        case = of["cases"].get(deadline.case).now
        claim = next((w.claim for w in of["queues"].several([case.id])), None)
        if kind in _PARTY:
            return bool(case.respondent == person)
        if kind is DeadlineKind.APPEAL_DECISION:
            appeal = of["appeals"].get(deadline.about).now
            return bool(person in {appeal.reviewer, appeal.appellant})
        holds = claim is not None and claim.by == person
        return kind in _OFFICE and (person in case.reporters or holds)

    def _rows(self) -> dict[str, Any]:
        return self.memory.tables["feed"]


def firms_on_fakes(memory: Memory, cases: MemoryCases, queues: MemoryQueues) -> dict[str, Any]:
    """What a house needs for its firms."""
    streams = {
        "cases": cases,
        "decisions": MemoryDecisions(memory),
        "appeals": MemoryAppeals(memory),
        "deadlines": MemoryDeadlines(memory),
        "queues": queues,
    }
    made = {
        "firms": MemoryFirms(memory),
        "complaints": MemoryComplaints(memory),
        "rosters": MemoryRosters(memory),
    }
    return {**made, "feeds": MemoryFeeds(memory, {**streams, **made}, count(1))}
