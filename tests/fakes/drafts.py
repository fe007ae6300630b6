"""Drafts of appeals, in memory."""

from dataclasses import dataclass
from datetime import datetime

from tests.fakes.memory import Memory

from gongdao.domain.appeals.drafts import Draft, moved_on
from gongdao.domain.kernel.ids import DecisionId, PersonId
from gongdao.domain.kernel.texts import check_characters


@dataclass(frozen=True, slots=True)
class MemoryDrafts:
    """Everybody's drafts."""

    memory: Memory

    def of(self, decision: DecisionId, person: PersonId) -> Draft:
        kept = self.memory.tables["drafts"].get((decision, person))
        return kept[0] if kept else Draft(decision, person)

    def keep(self, draft: Draft, after: int, forget_at: datetime) -> None:
        check_characters(*(each.text for each in draft.passages.values()))
        if self.of(draft.decision, draft.person).version != after:
            raise moved_on()
        self.memory.tables["drafts"][draft.decision, draft.person] = draft, forget_at

    def forget(self, decision: DecisionId, person: PersonId) -> None:
        self.memory.tables["drafts"].pop((decision, person), None)

    def tidy(self, now: datetime) -> int:
        kept = self.memory.tables["drafts"]
        old = [key for key, (_, forget_at) in kept.items() if forget_at < now]
        for key in old:
            del kept[key]
        return len(old)
