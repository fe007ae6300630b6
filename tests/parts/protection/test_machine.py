"""No sequence of steps opens a frozen account without a proof, its wait and its code."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tests.fakes.house import shipped_packs

from gongdao.domain.kernel.errors import GongdaoError
from gongdao.domain.kernel.ids import PersonId, Sealed
from gongdao.domain.policy.protection import ProtectionPolicy
from gongdao.domain.protection import rules
from gongdao.domain.protection.events import Proof, ProtectionStep, ReturnBegun, Thawed
from gongdao.domain.protection.model import Protection, Stage, after, fold

START = datetime(2026, 3, 2, tzinfo=UTC)
SECRETS = st.sampled_from([f"s{number}" for number in range(6)])


def policy() -> ProtectionPolicy:
    """The house's."""
    found = shipped_packs().in_force("house", START.date()).protection
    assert found is not None
    return found


class Life(RuleBasedStateMachine):
    """One account, and people who try everything with it."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.policy = policy()
        self.steps: list[ProtectionStep] = [rules.begin(PersonId("p"), START)]
        self.found = fold(self.steps)
        self.proven: datetime | None = None

    def keep(self, *steps: ProtectionStep) -> None:
        for step in steps:
            before = self.found
            self.found = after(before, step)
            self.steps.append(step)
            if isinstance(step, ReturnBegun):
                self.proven = step.at
            self.check_opening(before, step)

    def check_opening(self, before: Protection, step: ProtectionStep) -> None:
        if before.stage is Stage.ACTIVE or self.found.stage is not Stage.ACTIVE:
            return
        assert before.stage is Stage.RECOVERING
        assert isinstance(step, Thawed)
        assert self.proven is not None
        assert step.at - self.proven >= timedelta(hours=24)

    def attempt(self, make: Callable[[], ProtectionStep | Sequence[ProtectionStep]]) -> None:
        try:
            made = make()
        except GongdaoError:
            return
        self.keep(*(made if isinstance(made, Sequence) else [made]))

    @rule(hours=st.integers(0, 400))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(secret=SECRETS)
    def make_code(self, secret: str) -> None:
        self.attempt(lambda: rules.make_code(self.found, secret, self.now))

    @rule(secret=SECRETS)
    def freeze(self, secret: str) -> None:
        self.attempt(lambda: rules.freeze(self.found, secret, None, self.policy, self.now))

    @rule(secret=SECRETS, contact=st.sampled_from(["a", "b"]))
    def name_backup(self, secret: str, contact: str) -> None:
        self.attempt(
            lambda: rules.name_backup(self.found, Sealed(contact), secret, self.policy, self.now)
        )

    @rule(secret=SECRETS)
    def confirm(self, secret: str) -> None:
        self.attempt(lambda: rules.confirm_backup(self.found, secret, self.policy, self.now))

    @rule()
    def remove(self) -> None:
        self.attempt(lambda: rules.remove_backup(self.found, self.now))

    @rule(secret=SECRETS)
    def change_address(self, secret: str) -> None:
        if self.found.closed:
            return  # nobody is in
        seals = (Sealed("before"), Sealed("after"))
        self.keep(rules.address_changed(self.found, seals, secret, self.policy, self.now))

    @rule(secret=SECRETS, proof=st.sampled_from(Proof))
    def ask(self, secret: str, proof: Proof) -> None:
        self.attempt(
            lambda: rules.ask_return(self.found, proof, secret, self.policy.returning, self.now)
        )

    @rule(secret=SECRETS, mine=SECRETS, link=SECRETS)
    def begin(self, secret: str, mine: str, link: str) -> None:
        def made() -> ProtectionStep:
            proof = rules.proven_by(self.found, secret, self.now)
            return rules.begin_return(
                self.found, proof, (mine, link), self.policy.returning, self.now
            )

        self.attempt(made)

    @rule(secret=SECRETS)
    def thaw(self, secret: str) -> None:
        self.attempt(lambda: rules.thaw(self.found, secret, self.now))

    @invariant()
    def folding_all_gives_the_same(self) -> None:
        assert fold(self.steps) == self.found

    @invariant()
    def closed_since_when(self) -> None:
        assert self.found.closed == (self.found.frozen_at is not None)
        assert (self.found.stage is Stage.RECOVERING) == (self.found.returning is not None)

    @invariant()
    def no_contact_named_within_the_week_opens_a_frozen_account(self) -> None:
        frozen = self.found.frozen_at
        if frozen is None:
            return
        settled = frozen - self.policy.freezing.settled.flat()
        for backup in self.found.backups:
            assert backup.first_confirmed_at is not None
            assert backup.first_confirmed_at <= settled


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
