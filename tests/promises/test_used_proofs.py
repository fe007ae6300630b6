"""Each proof lets one report through, whichever of the processes it meets."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Barrier

import pytest
from django.db import connection, connections

from gongdao.adapters import chance
from gongdao.bootstrap import app
from gongdao.domain.intake.proof import HOLDS, Demands, zero_bits
from gongdao.domain.kernel.errors import Refused
from gongdao.storage import rate_limits
from gongdao.storage.proofs import Proofs

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HERE, THERE = "203.0.113.7", "203.0.113.8"
BITS = 4


def proofs(proven: int = 100, most_bits: int = BITS) -> Proofs:
    return Proofs(app().secrets, chance.salt, Demands(1, proven, BITS, most_bits))


def asked(given: str | None = None, address: str = HERE, **passed: float) -> Refused:
    """What refuses one more report."""
    with pytest.raises(Refused) as refused:
        proofs().let_in(address, given, NOON + timedelta(**passed))
    return refused.value


def solved(problem: Refused) -> str:
    challenge, bits = str(problem.facts["challenge"]), int(str(problem.facts["difficulty"]))
    nonce = next(str(n) for n in count() if zero_bits(challenge, str(n)) >= bits)
    return f"{challenge}.{nonce}"


@pytest.fixture
def proof(db: None) -> str:
    """Give a solved challenge of a network that has used up what is free."""
    proofs().let_in(HERE, None, NOON)
    return solved(asked())


def test_a_proof_lets_one_report_through(proof: str) -> None:
    proofs().look_at(HERE, proof, NOON)
    proofs().let_in(HERE, proof, NOON)
    again = asked(proof)
    assert again.code == "proof.required"
    assert str(again.facts["challenge"]) not in proof, "a new one"


def test_no_later_time_takes_it(proof: str) -> None:
    late = HOLDS.total_seconds() + 1
    proofs().let_in(HERE, None, NOON + timedelta(seconds=late))
    assert asked(proof, seconds=late).code == "proof.required"


def test_neither_another_network_nor_another_challenge_takes_it(proof: str) -> None:
    proofs().let_in(THERE, None, NOON)
    assert asked(proof, THERE).code == "proof.required"
    easier = proof.replace("1.4.", "1.1.", 1)
    assert asked(easier).code == "proof.required"
    with pytest.raises(Refused):
        proofs().look_at(HERE, easier, NOON)
    proofs().let_in(HERE, proof, NOON)


def test_under_the_limit_a_proof_is_not_used_up(proof: str) -> None:
    proofs().let_in(HERE, proof, NOON + timedelta(minutes=1))
    proofs().let_in(HERE, proof, NOON + timedelta(minutes=1))


def test_beyond_the_last_limit_no_proof_helps_and_none_is_used_up(proof: str) -> None:
    strict = proofs(proven=1)
    other = solved(asked())
    strict.let_in(HERE, proof, NOON)
    for _ in range(2):
        with pytest.raises(Refused, match=r"rate\.too_many"):
            strict.let_in(HERE, other, NOON)
    proofs().let_in(HERE, other, NOON + timedelta(seconds=59))


def test_asking_makes_it_harder_and_time_easier(proof: str) -> None:
    del proof
    hard = proofs(most_bits=BITS + 3)

    def bits(minutes: int) -> int:
        with pytest.raises(Refused) as refused:
            hard.let_in(HERE, None, NOON + timedelta(minutes=minutes))
        return int(str(refused.value.facts["difficulty"]))

    rising = [bits(0) for _ in range(8)]
    assert rising == sorted(rising)
    assert (rising[0], rising[-1]) == (BITS + 1, BITS + 3)
    hard.let_in(HERE, None, NOON + timedelta(minutes=10))
    assert bits(10) == BITS


def test_nothing_of_the_network_is_kept_and_what_ran_out_is_dropped(proof: str) -> None:
    proofs().let_in(HERE, proof, NOON)
    with connection.cursor() as cursor:
        cursor.execute("select key from rate_limit")
        keys = str(cursor.fetchall())
    assert HERE not in keys
    assert proof.split(".")[3] not in keys
    assert rate_limits.forget(NOON + HOLDS) == 3
    assert rate_limits.forget(NOON + HOLDS + timedelta(minutes=2)) == 1


@pytest.fixture
def processes(transactional_db: None) -> Iterator[ThreadPoolExecutor]:
    """Give as many connections as two busy processes would have."""
    with ThreadPoolExecutor(6) as pool:
        yield pool


def test_of_many_at_once_one_is_let_through(processes: ThreadPoolExecutor) -> None:
    proofs().let_in(HERE, None, NOON)
    proof, together = solved(asked()), Barrier(6)

    def tried(_: int) -> bool:
        together.wait(10)
        try:
            proofs().let_in(HERE, proof, NOON)
        except Refused:
            return False
        finally:
            connections.close_all()
        return True

    assert sum(processes.map(tried, range(6))) == 1
