"""How a case stands in its queue, by the weights of a rule pack."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from gongdao.domain.flows.records import HOUSE
from gongdao.domain.intake.model import Answer, Case, CaseStage
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import GongdaoError
from gongdao.domain.kernel.ids import CaseId, PackRef, PersonId
from gongdao.domain.policy.book import PackBook
from gongdao.domain.policy.weights import PLAIN, Weights
from gongdao.domain.triage.model import Facts, Spreading, Waiting
from gongdao.domain.triage.rules import weigh

_OPEN = {CaseStage.RECEIVED, CaseStage.INVESTIGATING}


@dataclass(frozen=True, slots=True)
class Weighing:
    """Weighs cases. A case is ranked by the pack of the day, so that a change reaches all."""

    packs: PackBook

    def in_force(self, now: datetime) -> PackRef:
        """The pack whose weights count now."""
        return self.packs.in_force(HOUSE, now.astimezone(CHINA).date()).ref

    def by(self, ref: PackRef) -> Weights:
        """The weights of a pack; plain ones where it says nothing."""
        policy = self.packs.at(ref).cases
        return (policy.triage if policy else None) or PLAIN

    def waiting(
        self,
        case: Case,
        language: str,
        pack: PackRef,
        spread: Spreading | None = None,
        rank: datetime | None = None,
        credibility: float = 0.5,
        repetition: int = 0,
    ) -> Waiting | None:
        """An open case in its queue; None for a closed one. `rank` saves weighing it again."""
        if case.stage not in _OPEN:
            return None
        weights = self.by(pack)
        since = case.taken_up_at or case.opened_at
        facts = Facts(case.category, since, spread, credibility, repetition)
        return Waiting(
            case=case.id,
            kind=case.subject.kind,
            category=case.category,
            skill=weights.skills.get(case.category, ""),
            language=language,
            opened_at=since,
            rank=rank or weigh(weights, facts).rank,
            pack=pack,
            ready=case.answer is not Answer.ASKED or case.stage is CaseStage.RECEIVED,
            senior=case.escalated,
            respondent=case.respondent,
            barred=case.earlier,
            spread=spread,
            credibility=credibility,
            repetition=repetition,
        )

    def rows_for(
        self,
        cases: list[Case],
        languages: Mapping[CaseId, str],
        figures: Mapping[CaseId, float],
        repetitions: Mapping[PersonId, int],
        now: datetime,
    ) -> list[Waiting]:
        """Many newly opened cases at once, for whoever writes them together."""
        pack = self.in_force(now)
        weights = self.by(pack)

        @cache
        def ahead(category: str, believed: float, repeated: int) -> timedelta:
            """By how much the rank of a new case lies before its opening."""
            facts = Facts(category, now, credibility=believed, repetition=repeated)
            return now - weigh(weights, facts).rank

        def added(case: Case) -> int:
            return repetitions.get(case.respondent, 0) if case.respondent else 0

        found = (
            self.waiting(
                case,
                languages.get(case.id, "zh-hans"),
                pack,
                rank=case.opened_at - ahead(case.category, figures.get(case.id, 0.5), added(case)),
                credibility=figures.get(case.id, 0.5),
                repetition=added(case),
            )
            for case in cases
        )
        return [waiting for waiting in found if waiting is not None]


def known_pack(weighing: Weighing, ref: PackRef, now: datetime) -> PackRef:
    """A pack that a row names, or today's where that one is gone."""
    try:
        weighing.by(ref)
    except GongdaoError:
        return weighing.in_force(now)
    return ref
