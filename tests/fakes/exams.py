"""Exams out of memory: banks of a few questions whose right answer is always `yes`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.ids import Code
from gongdao.domain.policy import quiz as rules
from gongdao.domain.policy.basics import Words
from gongdao.domain.policy.quiz import Bank, Marked, Option, Paper, Question

CODES = (
    "inducement", "false_marketing", "harassment", "community_basics",
    "reporting_well", "group_owners", "reviewers", "merchants",
)  # fmt: skip


def bank(code: Code, edition: str = "1") -> Bank:
    """A bank of twelve questions."""
    options = tuple(Option(each, Words(zh=each, en=each)) for each in ("yes", "no", "perhaps"))
    questions = tuple(
        Question(
            f"q{n}",
            Words(zh=f"问 {n}", en=f"Q {n}"),
            options,
            "yes",
            Words(zh="是", en="So."),
            "evidence",
        )
        for n in range(1, 13)
    )
    return Bank(code, Words(zh=code, en=code), edition, questions, course="reporting_well")


@dataclass(slots=True)
class MemoryExams:
    """Puts questions of banks in memory."""

    banks: dict[Code, Bank] = field(default_factory=lambda: {code: bank(code) for code in CODES})

    def paper(self, quiz: Code, seed: str, amount: int) -> Paper:
        return rules.paper(self._bank(quiz), seed, amount)

    def mark(
        self, quiz: Code, seed: str, questions: Sequence[Code], answers: Mapping[Code, Code]
    ) -> Marked:
        return rules.mark(self._bank(quiz), seed, questions, answers)

    def _bank(self, code: Code) -> Bank:
        if code not in self.banks:
            raise NotFound("quiz.unknown", "There is no such quiz.")
        return self.banks[code]
