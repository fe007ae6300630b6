"""Reading a proof of work: whatever is not exactly a proof is none."""

import hashlib
from datetime import UTC, datetime, timedelta
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from gongdao.domain.intake.proof import HOLDS, LONGEST, Challenge, Demands, Proof, zero_bits

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MARK = "ab" * 32
BITS = 6


def handed_out(bits: int = BITS) -> str:
    return f"{Challenge.new(bits, b'0' * 16, NOON).text}.{MARK}"


def solution(challenge: str, bits: int = BITS) -> str:
    nonce = next(str(n) for n in count() if zero_bits(challenge, str(n)) >= bits)
    return f"{challenge}.{nonce}"


def holds(given: str, after: timedelta = timedelta()) -> bool:
    proof = Proof.read(given)
    return proof is not None and proof.holds(NOON + after)


def test_what_is_solved_holds_until_it_runs_out() -> None:
    proof = solution(handed_out())
    assert len(proof) <= LONGEST
    assert holds(proof)
    assert holds(proof, HOLDS)
    assert not holds(proof, HOLDS + timedelta(seconds=1))
    assert not holds(proof, timedelta(days=-1)), "a challenge from another age"


def test_what_was_handed_out_is_what_was_read() -> None:
    read = Proof.read(solution(handed_out()))
    assert read is not None
    assert (read.handed_out, read.challenge.bits) == (handed_out(), BITS)


@given(nonce=st.text(alphabet="0123456789abcdefXYZ", min_size=1, max_size=40))
def test_a_nonce_holds_only_if_its_digest_begins_with_zeros(nonce: str) -> None:
    digest = hashlib.sha256(f"{handed_out()}{nonce}".encode()).hexdigest()
    zeros = f"{int(digest, 16):0256b}".index("1")
    assert zero_bits(handed_out(), nonce) == zeros
    assert holds(f"{handed_out()}.{nonce}") == (zeros >= BITS)


@given(rubbish=st.text(max_size=250) | st.binary(max_size=250).map(lambda b: b.decode("latin-1")))
def test_rubbish_is_no_proof(rubbish: str) -> None:
    assert Proof.read(rubbish) is None
    assert Proof.read(f"{handed_out()}.{rubbish}") is None or rubbish.strip().isalnum()


def test_it_becomes_harder_by_a_bit_a_minute_and_no_harder_than_most() -> None:
    asks = Demands(free=30, proven=300, bits=16, most_bits=20)
    assert [asks.difficulty(n) for n in (0, 29, 30, 89.9, 120, 10_000)] == [16, 16, 17, 18, 20, 20]
    assert asks.difficulty(asks.most_asked) == asks.most_bits
    upside_down = Demands(free=1, proven=1, bits=20, most_bits=3)
    assert upside_down.difficulty(1_000) == upside_down.bits
