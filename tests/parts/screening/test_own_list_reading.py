"""Reading with a group's own list: decoys that do not count hide no word behind them."""

from time import process_time

from gongdao.bootstrap.screening import letters
from gongdao.domain.screening import own_reading

FOLDING = letters().folding


def test_decoys_hide_no_word_behind_them() -> None:
    for decoys in ("加。群" * 60, "xspamx" * 60):
        (found,) = own_reading.found(decoys + "，加群 spam", ["加群", "spam"], FOLDING)[-1:]
        assert found.word in {"加群", "spam"}
        assert found.start >= len(decoys)


def test_a_storm_of_one_word_ends() -> None:
    before = process_time()
    assert len(own_reading.found("加群" * 10_000, ["加群"] * 200, FOLDING)) == own_reading.MOST
    assert process_time() - before < 2
