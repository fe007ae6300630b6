"""Records of reporters, and files on misuse, in memory."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tests.fakes.memory import Memory
from tests.fakes.streams import MemoryCases, MemoryDecisions, MemoryStreams

from gongdao.domain.intake.model import Apart, Case, CaseStage, Report
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import CaseId, PersonId
from gongdao.domain.standing import misuse
from gongdao.domain.standing.credibility import Decided
from gongdao.domain.standing.misuse import Misuse, MisuseStep
from gongdao.domain.standing.ports import Limit
from gongdao.storage.misuses import found_of, misuse_row


class MemoryMisuses(MemoryStreams[Misuse, MisuseStep]):
    """All files on misuse."""

    table = "misuse"
    fold = staticmethod(misuse.fold)

    def __init__(self, memory: Memory, cases: MemoryCases) -> None:
        super().__init__(memory)
        self.cases = cases

    def of(self, reporter: PersonId) -> Held[Misuse] | None:
        return next((held for held in self.all() if held.now.reporter == reporter), None)

    def limited(self, people: Sequence[PersonId], now: datetime) -> Mapping[PersonId, Limit]:
        found = {}
        for held in self.all():
            measure = held.now.measure(now)
            if measure is not None and held.now.reporter in people:
                found[held.now.reporter] = Limit(measure.id, measure.until)
        return found

    def aside(self, reporter: PersonId) -> list[CaseId]:
        mine = [h.now for h in self.cases.all() if reporter in h.now.reporters]
        mine = [case for case in mine if case.stage is CaseStage.SET_ASIDE]
        return [case.id for case in sorted(mine, key=lambda case: (case.opened_at, case.id))]

    def waiting(self, limit: int) -> list[Misuse]:
        rows = [(misuse_row(held.now, 1)["objected_at"], held.now) for held in self.all()]
        open_ = [(at, found) for at, found in rows if isinstance(at, datetime)]
        return [found for _, found in sorted(open_, key=lambda pair: (pair[0], pair[1].id))][:limit]

    def ran_out(self, now: datetime, limit: int) -> list[PersonId]:
        rows = [(misuse_row(held.now, 1)["until"], held.now) for held in self.all()]
        over = [(at, found) for at, found in rows if isinstance(at, datetime) and at <= now]
        over.sort(key=lambda pair: (pair[0], pair[1].id))
        return [found.reporter for _, found in over][:limit]


class MemoryTracks:
    """What became of what people reported."""

    def __init__(
        self,
        memory: Memory,
        cases: MemoryCases,
        decisions: MemoryDecisions,
        misuses: MemoryMisuses,
    ) -> None:
        self.memory, self.cases = memory, cases
        self.decisions, self.misuses = decisions, misuses

    def decided(self, people: Sequence[PersonId], limit: int) -> dict[PersonId, list[Decided]]:
        found: dict[PersonId, list[Decided]] = {}
        for held in self.cases.all():
            for person in set(people) & set(held.now.reporters):
                each = self._decided(person, held.now)
                if each is not None:
                    found.setdefault(person, []).append(each)
        return {
            person: sorted(
                sorted(some, key=lambda d: d.case), key=lambda d: d.decided_at, reverse=True
            )[:limit]
            for person, some in found.items()
        }

    def reported(self, reporter: PersonId, whom: PersonId) -> bool:
        cases = [held.now for held in self.cases.all()]
        return any(c.respondent == whom and reporter in c.reporters for c in cases)

    def _decided(self, person: PersonId, case: Case) -> Decided | None:
        if case.stage is not CaseStage.DECIDED or case.decision is None:
            return None
        reports: dict[Any, tuple[Report, str]] = self.memory.tables["report"]
        joined = self.memory.tables["report_case"]
        mine = [
            reports[report][0]
            for report in case.reports
            if reports[report][0].reporter == person and joined[report][2] is not Apart.FLOOD
        ]
        if not mine:
            return None
        decision = self.decisions.get(case.decision).now
        file = self.misuses.of(person)
        marks: Any = misuse_row(file.now, 1)["marks"] if file else {}
        return Decided(
            person,
            case.id,
            decision.id,
            case.category,
            decision.decided_at,
            found_of(decision.outcome.value, decision.state.value, marks.get(case.id), decision.id),
            all(report.received_at > case.opened_at for report in mine),
        )


def misuse_on_fakes(memory: Memory, cases: MemoryCases) -> dict[str, Any]:
    """Each port by its name in the records."""
    misuses = MemoryMisuses(memory, cases)
    return {
        "misuses": misuses,
        "tracks": MemoryTracks(memory, cases, MemoryDecisions(memory), misuses),
    }
