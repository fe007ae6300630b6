"""What a step of the desk is, and what it works on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms

from gongdao.bootstrap import App
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.casefile import AppealView, CaseView
from gongdao.domain.flows.hearing_views import HearingView
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.ids import AppealId
from gongdao.domain.policy.model import CasePolicy, Clause


@dataclass(frozen=True)
class Context:
    """What a step works on."""

    app: App
    view: CaseView
    policy: CasePolicy
    caller: Caller
    names: dict[str, str] = field(default_factory=dict)
    """What colleagues are called, once asked."""

    @cached_property
    def case(self) -> Case:
        """The case as it stands."""
        return self.app.records.cases.get(self.view.id).now

    @property
    def my_appeal(self) -> AppealView | None:
        """The appeal of this case that lies with the caller."""
        open_ones = (a for a in self.view.appeals if a.stage == "under_review")
        return next((a for a in open_ones if a.reviewer == self.caller.person), None)

    @property
    def open_appeal(self) -> AppealView | None:
        """The appeal of this case that awaits its outcome, whoever hears it."""
        stages = {"filed", "waiting", "under_review"}
        return next((a for a in reversed(self.view.appeals) if a.stage in stages), None)

    @cached_property
    def hearing(self) -> HearingView | None:
        """How its hearing stands, as the caller may see it."""
        appeal = self.open_appeal
        if appeal is None:
            return None
        return self.app.around_appeals.hearings.open(AppealId(appeal.id), self.caller)

    @property
    def paused(self) -> bool:
        """Whether the decision's clock stands still."""
        return any(clock.kind == "decision" and clock.paused for clock in self.view.clocks)

    def clauses(self) -> list[Clause]:
        """Every clause, those of the report's category first."""
        category = self.policy.category(self.view.category)
        first = list(category.clauses) if category else []
        return sorted(
            self.policy.clauses,
            key=lambda c: first.index(c.code) if c.code in first else len(first),
        )


Make = Callable[..., forms.Form]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its words, its form, and what it does with the form's answers."""

    title: Any
    button: Any
    done: Any
    make: Make
    do: Callable[[Context, Any], Any]
    """May give words for what it did, where that can be one of several things."""
    decides: bool = False
    """It issues a decision: looked at once more before it is sent."""
