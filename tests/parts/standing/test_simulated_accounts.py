"""Simulated accounts under the house pack's grades: whom they restrict who did next to nothing."""

import pytest
from bench._standing_accounts import (
    HONEST,
    MINORITY,
    REPEATING,
    UNHEARD,
    People,
    policy,
    shares,
    slip_heals,
)

from gongdao.domain.policy.model import Penalty


@pytest.mark.parametrize(
    ("people", "most"), [(HONEST, 0.001), (MINORITY, 0.01), (UNHEARD, 0.015)], ids=str
)
def test_honest_accounts_are_hardly_ever_restricted(people: People, most: float) -> None:
    found = shares(people, 40, 3, policy())
    assert found.days <= most
    assert found.days <= found.plain or found.plain == 0


def test_whoever_goes_on_and_on_is_restricted() -> None:
    assert shares(REPEATING, 8, 3, policy()).days > 0.5


@pytest.mark.parametrize("penalty", [Penalty.WARNING, Penalty.RESTRICTION, Penalty.SUSPENSION])
def test_one_slip_of_an_honest_account_heals_within_half_a_year(penalty: Penalty) -> None:
    assert slip_heals(penalty, policy()) <= 180
