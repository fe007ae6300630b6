"""The queues of open cases, in memory."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tests.fakes.memory import Memory

from gongdao.domain.firms import model as firms
from gongdao.domain.flows.weighing import Weighing
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.clock import Clock
from gongdao.domain.kernel.ids import CaseId, PackRef, PersonId
from gongdao.domain.policy.model import SubjectKind
from gongdao.domain.triage.model import Able, Claim, Pulled, Puller, Spreading, Waiting


@dataclass(frozen=True, slots=True)
class MemoryQueues:
    """Queues."""

    memory: Memory
    weighing: Weighing
    clock: Clock

    def keep(self, case: Case) -> None:
        """Keep the row in step with its case."""
        party = self.memory.tables["party"].get(case.reporters[0])
        language = party.language if party else "zh-hans"
        pack = self.weighing.in_force(self.clock())
        new = self.weighing.waiting(case, language, pack, self.spread(case.id))
        old = self._rows().pop(case.id, None)
        if new is None:
            return
        if old is not None:
            new = replace(
                new,
                rank=old.rank,
                pack=old.pack,
                skill=old.skill,
                claim=old.claim if new.ready else None,
                credibility=old.credibility,
                repetition=old.repetition,
            )
        self._rows()[case.id] = new

    def get(self, case: CaseId) -> Waiting | None:
        found = self._rows().get(case)
        return None if found is None else replace(found, spread=self.spread(case))

    def several(self, cases: Sequence[CaseId]) -> list[Waiting]:
        return [found for case in cases if (found := self.get(case)) is not None]

    def puller(self, person: PersonId, now: datetime, *, senior: bool) -> Puller:
        able, turns = self.able(person), self.memory.tables["turn"]
        turns["last"] = turns.get("last", 0) + 1
        return Puller(
            person,
            senior,
            None if able.skills is None else frozenset(able.skills),
            None if able.languages is None else frozenset(able.languages),
            sum(row.held_by(now) == person for row in self._rows().values()),
            turns["last"],
        )

    def pull(
        self, who: Puller, kind: SubjectKind | None, claim: Claim, now: datetime
    ) -> CaseId | None:
        return self._pull(who, kind, claim, now, None)

    def pull_ahead(self, who: Puller, claim: Claim, now: datetime) -> CaseId | None:
        return self._pull(who, None, claim, now, self._lane())

    def pulled(self, since: datetime, limit: int) -> list[Pulled]:
        found = sorted(self.memory.tables["pulled"].values(), key=lambda p: p.at)
        return [each for each in found if each.at >= since][-limit:]

    def _pull(
        self,
        who: Puller,
        kind: SubjectKind | None,
        claim: Claim,
        now: datetime,
        lane: set[PersonId] | None,
    ) -> CaseId | None:
        fit = [
            row
            for row in self._rows().values()
            if row.ready
            and (lane is None or row.respondent in lane)
            and kind in {None, row.kind}
            and row.held_by(now) is None
            and (who.senior or not row.senior)
            and who.person != row.respondent
            and who.person not in row.barred
            and who.can(row)
            and not self.conflicted(who.person, row.case)
        ]
        first = min(fit, key=lambda row: (not row.senior, row.rank, row.case), default=None)
        if first is None:
            return None
        self._rows()[first.case] = replace(first, claim=claim)
        if self._lane():
            kept = Pulled(now, first.case, first.opened_at, first.rank, lane is not None)
            self.memory.tables["pulled"][who.turn] = kept
        return first.case

    def claim(self, case: CaseId, claim: Claim, now: datetime) -> bool:
        row = self._rows().get(case)
        mine = row is not None and row.claim is not None and row.claim.by == claim.by
        if row is None or not row.ready or (row.held_by(now) is not None and not mine):
            return False
        self.hand(case, claim)
        return True

    def hand(self, case: CaseId, claim: Claim | None) -> None:
        self.memory.must_be_open()
        self._rows()[case] = replace(self._rows()[case], claim=claim)

    def spread(self, case: CaseId) -> Spreading | None:
        return self.memory.tables["spread"].get(case)

    def put_spread(self, case: CaseId, spread: Spreading) -> None:
        self.memory.must_be_open()
        self.memory.tables["spread"][case] = spread

    def rank(self, case: CaseId, rank: datetime, pack: PackRef, skill: str) -> None:
        self._rows()[case] = replace(self._rows()[case], rank=rank, pack=pack, skill=skill)

    def believe(self, case: CaseId, credibility: float, rank: datetime) -> None:
        self.memory.must_be_open()
        self._rows()[case] = replace(self._rows()[case], credibility=credibility, rank=rank)

    def repeated(self, respondent: PersonId, other_than: int) -> list[Waiting]:
        self.memory.must_be_open()
        theirs = [row for row in self.open(10**9) if row.respondent == respondent]
        return [row for row in theirs if row.repetition != other_than]

    def repeat(self, ranks: Mapping[CaseId, datetime], percent: int) -> None:
        self.memory.must_be_open()
        for case, rank in ranks.items():
            row = self._rows()[case]
            self._rows()[case] = replace(row, rank=rank, repetition=percent)

    def outdated(self, pack: PackRef, limit: int) -> list[Waiting]:
        return [row for row in self.open(10**9) if row.pack != pack][:limit]

    def open(self, limit: int) -> Iterable[Waiting]:
        rows = sorted(self._rows().values(), key=lambda row: (row.rank, row.case))
        return self.several([row.case for row in rows[:limit]])

    def conflicted(self, person: PersonId, case: CaseId) -> bool:
        row = self._rows().get(case)
        declared = self.memory.tables["conflict"]
        joined, reports = self.memory.tables["report_case"], self.memory.tables["report"]
        reported = any(
            to == case and reports[report][0].reporter == person
            for report, (to, *_) in joined.items()
        )
        about = (case, row.respondent) if row else (case,)
        return reported or any((person, each) in declared for each in about)

    def declare(self, person: PersonId, about: str) -> None:
        self.memory.must_be_open()
        self.memory.tables["conflict"][person, about] = True

    def able(self, person: PersonId) -> Able:
        found = self.memory.tables["able"].get(person, Able())
        assert isinstance(found, Able)
        return found

    def declare_able(self, person: PersonId, able: Able) -> None:
        self.memory.must_be_open()
        self.memory.tables["able"][person] = able

    def _lane(self) -> set[PersonId]:
        standings = (
            firms.fold(kept.event for kept in steps)
            for steps in self.memory.tables["firm"].values()
        )
        return {firm.person for firm in standings if firm.lane}

    def _rows(self) -> dict[CaseId, Waiting]:
        return self.memory.tables["triage"]
