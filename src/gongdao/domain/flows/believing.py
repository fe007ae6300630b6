"""How far reporters are believed: what that does to the order of cases, and who is limited."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from gongdao.domain.flows.records import Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.flows.weighing import Weighing, known_pack
from gongdao.domain.intake.model import Case, Report
from gongdao.domain.kernel.ids import CaseId, PersonId
from gongdao.domain.policy.standing import StandingPolicy
from gongdao.domain.standing.credibility import NEUTRAL, Decided, best, figure
from gongdao.domain.standing.ports import Limit
from gongdao.domain.triage.rules import facts_of, weigh


@dataclass(frozen=True, slots=True)
class Believing:
    """Reads records of reporters; it keeps nothing but the place of a case in its queue."""

    records: Records
    weighing: Weighing

    def policy(self) -> StandingPolicy | None:
        """What today's pack says; None: everybody is neutral, and there are no measures."""
        return pack_of_the_day(self.records.packs, self.records.clock()).standing

    def decided(self, person: PersonId) -> Sequence[Decided]:
        """What one reporter's decided reports came to, the latest first."""
        policy = self.policy()
        if policy is None:
            return []
        tracks = self.records.tracks.decided([person], policy.credibility.looked_at)
        return tracks.get(person, [])

    def figures(
        self, asked: Collection[tuple[PersonId, str]]
    ) -> Mapping[tuple[PersonId, str], float]:
        """The figures of reporters in categories; whoever is neutral is left out."""
        policy = self.policy()
        if policy is None or not asked:
            return {}
        r, rule = self.records, policy.credibility
        people = sorted({person for person, _ in asked})
        tracks, now = r.tracks.decided(people, rule.looked_at), r.clock()
        found = {
            (person, category): figure(rule, tracks[person], now, category)
            for person, category in asked
            if person in tracks
        }
        return {who: value for who, value in found.items() if value != NEUTRAL}

    def limits(self, people: Sequence[PersonId]) -> Mapping[PersonId, Limit]:
        """Who of these is under a measure now."""
        if self.policy() is None or not people:
            return {}
        return self.records.misuses.limited(people, self.records.clock())

    def sets_aside(self, category: str) -> bool:
        """Whether a measure reaches reports of a category: grave ones are always worked on."""
        policy = self.policy()
        return policy is not None and category not in policy.misuse.always

    def limit(self, report: Report) -> Limit | None:
        """The measure that one report falls under, if any."""
        if not self.sets_aside(report.category):
            return None
        return self.limits([report.reporter]).get(report.reporter)

    def opened(self, case: Case, report: Report) -> None:
        """Put a new case where its reporter's record puts it; neutral for most."""
        who = (report.reporter, report.category)
        value = self.figures([who]).get(who, NEUTRAL)
        if value != NEUTRAL:
            self.believe(case.id, value)

    def joined(self, case: Case, report: Report) -> None:
        """Whoever joins brings a case forward at most as far as if they alone had opened it."""
        who = (report.reporter, report.category)
        self.raise_to(case.id, self.figures([who]).get(who, NEUTRAL))

    def raise_to(self, case: CaseId, value: float) -> None:
        """Keep the figure of whoever is believed most."""
        waiting = self.records.queues.get(case)
        if waiting is not None and best((waiting.credibility, value)) > waiting.credibility:
            self.believe(case, value)

    def believe(self, case: CaseId, value: float) -> None:
        """Keep a figure, and the place that follows from it."""
        r = self.records
        waiting = r.queues.get(case)
        if waiting is None:
            return
        weights = self.weighing.by(known_pack(self.weighing, waiting.pack, r.clock()))
        new = replace(facts_of(waiting), credibility=value)
        r.queues.believe(case, value, weigh(weights, new).rank)
