"""
Whatever anybody tries, in whatever order.

Nothing but a refusal of ours is ever raised, every invariant holds after every step, the fakes and
PostgreSQL give the same answers, and every row equals what its events say.
"""

from collections.abc import Iterable

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.stories.commands import BEGINNINGS, COMMANDS, LIVES, PLAYS, Command, Player, possible
from tests.stories.reporters_names import identity_of, names_of, respondent_reads
from tests.stories.stage import Stage, stage_on_fakes, stage_on_postgres, submission
from tests.stories.test_the_story import broken_in

from gongdao.domain.access.model import Caller
from gongdao.domain.appeals.model import Appeal
from gongdao.domain.decisions.model import DecisionState, Outcome, SanctionState
from gongdao.domain.flows.reporting import Receipt
from gongdao.domain.intake.model import CaseStage
from gongdao.domain.kernel.events import Event, Recorded, Role
from gongdao.domain.kernel.ids import CaseId, DecisionId, PersonId
from gongdao.storage.rebuild import differences


def streams(player: Player) -> dict[str, Iterable[Recorded[Event]]]:
    """Every stream that the player began."""
    r = player.stage.records
    found: dict[str, Iterable[Recorded[Event]]] = {}
    for receipt in player.receipts:
        found[receipt.case] = r.cases.history(receipt.case)
        for notice in player.stage.notices(receipt.case):
            found[notice.id] = r.notices.history(notice.id)
    found |= {decision: r.decisions.history(decision) for decision in player.decisions}
    found |= {appeal: r.appeals.history(appeal) for appeal in player.appeals}
    return found


class AnyLife(RuleBasedStateMachine):
    """One house on fakes, and everything that can happen in it."""

    @initialize(begins=st.sampled_from(BEGINNINGS))
    def begin(self, begins: tuple[Command, ...]) -> None:
        self.player = Player(stage_on_fakes())
        for command in begins:
            self.player.play(command)

    @rule(command=COMMANDS)
    def somebody_tries_something(self, command: Command) -> None:
        if possible(self.player, command):
            self.player.play(command)

    @invariant()
    def closed_reports_are_answered(self) -> None:
        for receipt in self.player.receipts:
            case = self.player.stage.case(receipt.case)
            if case.stage in {CaseStage.DECIDED, CaseStage.WITHDRAWN}:
                assert case.told

    @invariant()
    def reviewers_took_no_part_before(self) -> None:
        r = self.player.stage.records
        for appeal in self.player.appeals:
            held = r.appeals.get(appeal).now
            decision = r.decisions.get(held.decision).now
            assert held.reviewer not in handled_before(self.player, held)
            assert held.reviewer not in {held.appellant, decision.respondent}

    @invariant()
    def sanctions_follow_their_decisions(self) -> None:
        for decision_id in self.player.decisions:
            sanctions_fit(self.player.stage, decision_id)

    @precondition(lambda self: len(self.player.receipts) < 4)
    @rule()
    def everybody_reads_everything_they_may(self) -> None:
        stage = self.player.stage
        for receipt in self.player.receipts:
            case = stage.case(receipt.case)
            for caller in (*self.player.staff, Caller(case.respondent), Caller(case.reporters[0])):
                if caller.person is not None:
                    assert stage.app.files.open(receipt.case, caller).id == receipt.case

    def teardown(self) -> None:
        if hasattr(self, "player"):
            versions_count_events(self.player)
            for receipt in self.player.receipts:
                nothing_leaks(self.player.stage, receipt)


def handled_before(player: Player, appeal: Appeal) -> set[PersonId | None]:
    """Everybody on the staff who had a hand in the case before the appeal ended."""
    handled = set()
    for recorded in player.stage.records.cases.history(appeal.case):
        if getattr(recorded.event, "appeal", None) == appeal.id and recorded.event.kind in {
            "case.appeal_closed",
            "case.reopened",
        }:
            break
        if recorded.event.by.role in {Role.REVIEWER, Role.SENIOR_REVIEWER}:
            handled.add(recorded.event.by.person)
    return handled - {None}


def nothing_leaks(stage: Stage, receipt: Receipt) -> None:
    """Whatever happened, the respondent reads nothing of the reporter."""
    respondent = stage.case(receipt.case).respondent
    if respondent is not None:
        names = names_of("zhang.san@example.org")
        identity = identity_of(stage, receipt, submission().statement, names)
        assert identity.found_in(respondent_reads(stage, receipt.case, Caller(respondent))) == []


def sanctions_fit(stage: Stage, decision_id: DecisionId) -> None:
    """What a decision did stands as the decision does."""
    decision = stage.decision(decision_id)
    with stage.records.work():
        sanctions = [held.now for held in stage.records.sanctions.of_decision(decision_id)]
    assert bool(sanctions) == (decision.measure is not None)
    if decision.outcome is not Outcome.VIOLATION:
        assert sanctions == []
    if decision.state is DecisionState.OVERTURNED:
        assert all(s.state is SanctionState.LIFTED for s in sanctions)
        assert all(s.forgiven or s.superseded for s in sanctions)
    elif sanctions:
        standing = [s for s in sanctions if not s.superseded]
        assert [s.measure for s in standing] == [decision.measure]


def versions_count_events(player: Player) -> None:
    """A version is the number of events, and each event hashes to its leaf."""
    for stream, history in streams(player).items():
        recorded = list(history)
        assert [each.version for each in recorded] == list(range(1, len(recorded) + 1))
        assert broken_in(stream, recorded) == []


AnyLife.TestCase.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
TestAnyLife = AnyLife.TestCase


@pytest.mark.slow
@pytest.mark.django_db
@given(LIVES)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_fakes_and_postgresql_live_the_same_lives(life: list[Command]) -> None:
    with transaction.atomic():
        real, fake = Player(stage_on_postgres()), Player(stage_on_fakes())
        for command in life:
            if possible(fake, command):
                assert (command, real.play(command)) == (command, fake.play(command))
        for one, other in zip(real.receipts, fake.receipts, strict=True):
            assert summary(real.stage, one.case) == summary(fake.stage, other.case)
        versions_count_events(real)
        assert list(differences(real.stage.app.reweighing.weighing)) == []
        transaction.set_rollback(True)


def summary(stage: Stage, case: CaseId) -> list[object]:
    """A case without its names: they differ from house to house."""
    standing = stage.case(case)
    clocks = stage.records.deadlines.running(case)
    return [
        standing.stage,
        standing.answer,
        standing.outcome,
        standing.told,
        len(standing.took_part),
        stage.told(case),
        stage.measures(case),
        [(held.now.kind, held.now.due_at, held.now.stage) for held in clocks],
        [recorded.event.kind for recorded in stage.records.cases.history(case)],
    ]


def test_every_command_is_played_by_somebody() -> None:
    player = Player(stage_on_fakes())
    done = set()
    for command in (
        Command("report"),
        Command("accept"),
        Command("ask"),
        Command("answer"),
        Command("note"),
        Command("pause"),
        Command("resume"),
        Command("decide", variant=1),
        Command("rectify"),
        Command("appeal"),
        Command("change"),
        Command("appeal"),
        Command("uphold", which=1),
        Command("report"),
        Command("withdraw", which=1),
        Command("report"),
        Command("accept", which=2),
        Command("decide", which=2),
        Command("appeal", which=1),
        Command("overturn", which=2),
        Command("tick"),
    ):
        assert player.play(command) == "done", command
        done.add(command.name)
    assert done == set(PLAYS)
