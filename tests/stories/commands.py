"""Random lives: commands of everybody on everything, in any order, by anybody."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from hypothesis import strategies as st
from tests.stories.stage import (
    GROUNDS,
    REASONS,
    Stage,
    declined,
    no_violation,
    violation,
)

from gongdao.domain.access.model import Caller
from gongdao.domain.decisions.model import Measure
from gongdao.domain.flows.reporting import Receipt
from gongdao.domain.kernel.errors import GongdaoError
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import AppealId, CaseId, DecisionId
from gongdao.domain.kernel.spans import Span
from gongdao.domain.policy.model import Penalty, Scope

RIGHT = 0
"""Played by whoever is meant to; other numbers pick somebody else."""


class Command(NamedTuple):
    """One thing that somebody tries."""

    name: str
    which: int = 0
    """Which case, decision or appeal; counted round."""
    who: int = RIGHT
    variant: int = 0


@dataclass
class Player:
    """Plays commands on a stage and keeps what came of them."""

    stage: Stage
    receipts: list[Receipt] = field(default_factory=list)
    decisions: list[DecisionId] = field(default_factory=list)
    appeals: list[AppealId] = field(default_factory=list)

    def __post_init__(self) -> None:
        hire = self.stage.hire
        self.staff = [
            hire("ana", Role.REVIEWER),
            hire("bo", Role.REVIEWER),
            hire("cy", Role.SENIOR_REVIEWER),
            hire("di", Role.SENIOR_REVIEWER),
        ]
        self.others = [
            hire("ou", Role.AUDITOR),
            hire("op", Role.OPERATOR),
            self.stage.account("li_si"),
            self.stage.account("wang_wu"),
            self.stage.account("a stranger"),
        ]

    def play(self, command: Command) -> str:
        """Try it: `done`, or the code of the refusal. Anything else that is raised is a mistake."""
        try:
            PLAYS[command.name](self, command)
        except GongdaoError as refusal:
            return refusal.code
        return "done"

    def receipt(self, command: Command) -> Receipt:
        """The report that a command is about."""
        return self.receipts[command.which % len(self.receipts)]

    def case(self, command: Command) -> CaseId:
        """The case that a command is about."""
        return self.receipt(command).case

    def caller(self, command: Command, right: Caller) -> Caller:
        """Who tries it."""
        everybody = [right, *self.staff, *self.others]
        return everybody[command.who % len(everybody)]

    def reviewer(self, command: Command) -> Caller:
        """A member of staff."""
        return self.caller(command, self.staff[command.variant % len(self.staff)])

    def reporter(self, command: Command) -> Caller:
        """Whoever holds the receipt."""
        holder = self.stage.app.files.by_code(self.receipt(command).code)[1]
        return self.caller(command, holder)

    def respondent(self, command: Command) -> Caller:
        """Whoever the case is about."""
        person = self.stage.case(self.case(command)).respondent
        return self.caller(command, Caller(person))

    def hearing(self, command: Command) -> tuple[AppealId, Caller]:
        """An appeal and whoever hears it."""
        appeal = self.appeals[command.which % len(self.appeals)]
        chosen = self.stage.records.appeals.get(appeal).now.reviewer
        right = next((s for s in self.staff if s.person == chosen), self.staff[0])
        return appeal, self.caller(command, right)


def _report(p: Player, c: Command) -> None:
    categories = ("abuse", "privacy", "inducement", "marketing", "no such category")
    accounts = ("li_si", "wang_wu", None)
    p.receipts.append(
        p.stage.report(
            category=categories[c.variant % len(categories)],
            account=accounts[c.which % len(accounts)],
            contact="zhang.san@example.org" if c.which % 2 else None,
        )
    )


def _decide(p: Player, c: Command) -> None:
    week = Measure(Penalty.SUSPENSION, Scope.ACCOUNT, Span.parse("7d"))
    rulings = (
        violation(),
        violation("marketing.false_claim"),
        violation(measure=week, departure="他一小时内骂了三十个人。"),
        violation(measure=week),
        no_violation(),
        declined(),
    )
    ruling = rulings[c.variant % len(rulings)]
    decider = p.caller(c, p.staff[c.variant % len(p.staff)])
    p.decisions.append(p.stage.app.deciding.decide(p.case(c), ruling, decider))


def _appeal(p: Player, c: Command) -> None:
    decision = p.decisions[c.which % len(p.decisions)]
    case = p.stage.case_of(decision)
    sides = [Caller(case.respondent), Caller(case.reporters[0])]
    right = sides[case.outcome in {"no_violation", "not_accepted"}]
    caller = p.caller(c, right)
    p.appeals.append(p.stage.app.appealing.file(decision, GROUNDS, caller))


def _hear(end: Callable[[Stage, AppealId, Caller], object]) -> Callable[[Player, Command], object]:
    def play(p: Player, c: Command) -> object:
        return end(p.stage, *p.hearing(c))

    return play


def _tick(p: Player, c: Command) -> None:
    p.stage.tick(hours=(1, 25, 49, 24 * 5, 24 * 40, 24 * 200)[c.variant % 6])


def _pause(p: Player, c: Command) -> None:
    reason = ("notarisation", "expert_opinion", "a_holiday")[c.variant % 3]
    p.stage.app.investigating.pause(p.case(c), reason, p.reviewer(c))


def _resume(p: Player, c: Command) -> None:
    reason = ("notarisation", "expert_opinion")[c.variant % 2]
    p.stage.app.investigating.resume(p.case(c), reason, p.reviewer(c))


WARNING = Measure(Penalty.WARNING, Scope.CONTENT)
PLAYS: dict[str, Callable[[Player, Command], Any]] = {
    "report": _report,
    "accept": lambda p, c: p.stage.app.investigating.accept(p.case(c), REASONS, p.reviewer(c)),
    "ask": lambda p, c: p.stage.app.investigating.request_answer(p.case(c), REASONS, p.reviewer(c)),
    "answer": lambda p, c: p.stage.app.investigating.answer(p.case(c), GROUNDS, p.respondent(c)),
    "rectify": lambda p, c: p.stage.app.investigating.rectify(p.case(c), GROUNDS, p.respondent(c)),
    "note": lambda p, c: p.stage.app.investigating.note(p.case(c), REASONS, p.reviewer(c)),
    "pause": _pause,
    "resume": _resume,
    "decide": _decide,
    "withdraw": lambda p, c: p.stage.app.reporting.withdraw(p.case(c), "", p.reporter(c)),
    "appeal": _appeal,
    "uphold": _hear(lambda s, a, who: s.app.reviewing.uphold(a, REASONS, who)),
    "change": _hear(lambda s, a, who: s.app.reviewing.change(a, WARNING, REASONS, who)),
    "overturn": _hear(lambda s, a, who: s.app.reviewing.overturn(a, REASONS, who)),
    "tick": _tick,
}
NEEDS = {"appeal": "decisions", "uphold": "appeals", "change": "appeals", "overturn": "appeals"}

COMMANDS = st.builds(
    Command,
    st.sampled_from([*["decide", "appeal", "accept"] * 2, "ask", "answer", "tick", *PLAYS]),
    st.sampled_from([0] * 6 + [1] * 3 + [2, 3]),
    st.sampled_from([RIGHT] * 20 + list(range(1, 10))),
    st.integers(0, 11),
)
"""More often than not by the right person and about the same few cases, so that lives get far."""

BEGINNINGS: tuple[tuple[Command, ...], ...] = (
    (Command("report"),),
    (Command("report"), Command("accept")),
    (Command("report"), Command("accept"), Command("ask")),
    (Command("report"), Command("accept"), Command("ask"), Command("tick", variant=2)),
    (Command("report"), Command("accept"), Command("decide"), Command("appeal")),
    (Command("report"), Command("accept"), Command("decide", variant=4), Command("appeal")),
    (Command("report"), Command("decide", variant=5), Command("appeal")),
    (Command("report"), Command("accept"), Command("decide", variant=2), Command("appeal")),
    (Command("report"), Command("accept"), Command("decide", variant=1)),
)

LIVES = st.builds(
    lambda begins, follows: [*begins, *follows],
    st.sampled_from(BEGINNINGS),
    st.lists(COMMANDS, min_size=15, max_size=30),
)
"""Whole lives of a few cases."""


def possible(player: Player, command: Command) -> bool:
    """Whether there is anything yet that the command could be about."""
    if command.name in {"report", "tick"}:
        return True
    return bool(getattr(player, NEEDS.get(command.name, "receipts")))
