"""So many a minute from one network address, counted across processes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from gongdao.bootstrap import app
from gongdao.domain.kernel.errors import Refused
from gongdao.storage import rate_limits

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HERE = "203.0.113.7"


def spent(seconds: float, most: int = 3, address: str = HERE, purpose: str = "report") -> str:
    """Try once, so many seconds after noon: the code of the refusal, or nothing."""
    now = NOON + timedelta(seconds=seconds)
    try:
        rate_limits.allow(app().secrets, purpose, address, most, now)
    except Refused as problem:
        return f"{problem.code} {problem.facts['seconds']}"
    return ""


def test_so_many_at_once_and_then_no_more() -> None:
    assert [spent(0) for _ in range(4)] == ["", "", "", "rate.too_many 20"]


def test_the_tries_come_back_one_by_one() -> None:
    for _ in range(3):
        spent(0)
    assert spent(19.5) == "rate.too_many 1"
    assert spent(20) == ""
    assert spent(20) == "rate.too_many 20"
    assert [spent(200) for _ in range(4)] == ["", "", "", "rate.too_many 20"]


def test_no_minute_lets_twice_as_many_through() -> None:
    through = sum(spent(second) == "" for second in range(60) for _ in range(3))
    assert 3 <= through <= 6


@pytest.mark.parametrize("most", [1, 7, 30, 1_000])
def test_any_number_is_exact(most: int) -> None:
    assert [spent(0, most) for _ in range(most)] == [""] * most
    assert spent(0, most).startswith("rate.too_many")


def test_everybody_and_everything_is_counted_apart() -> None:
    for _ in range(3):
        spent(0)
    assert spent(0, address="203.0.113.8") == ""
    assert spent(0, purpose="code") == ""


def test_a_customer_is_one_address_or_one_network() -> None:
    assert rate_limits.network("2001:db8:1:2:aaaa::1") == rate_limits.network("2001:db8:1:2::9")
    assert rate_limits.network("2001:db8:1:2::1") != rate_limits.network("2001:db8:1:3::1")
    assert rate_limits.network("::ffff:203.0.113.7") == HERE
    assert rate_limits.network("fe80::1%eth0") == rate_limits.network("fe80::2")
    assert rate_limits.network("") == ""


def test_the_address_itself_is_not_kept_and_nothing_longer_than_it_counts() -> None:
    spent(0)
    with connection.cursor() as cursor:
        cursor.execute("select key from rate_limit")
        assert HERE not in str(cursor.fetchall())
    assert rate_limits.forget(NOON + timedelta(seconds=19)) == 0
    assert rate_limits.forget(NOON + timedelta(seconds=21)) == 1
    assert settings.CONFIG.reports_per_minute == 30


def test_a_crowd_of_guesses_at_other_accounts_pushes_no_count_out() -> None:
    """Cleared at a few hundred entries, the counts of wrong passwords would begin anew."""
    names = [f"allauth:rl:account:login_failed:{number:03}" for number in range(450)]
    for name in names:
        cache.set(name, [1.0], 300)
    assert len(cache.get_many(names)) == len(names)
    assert rate_limits.forget(datetime.now(UTC) + timedelta(minutes=6)) == len(names)
