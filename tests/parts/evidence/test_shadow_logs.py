"""A second log under another name and the same key, which nobody follows, convinces nobody."""

from datetime import UTC, datetime

import pytest
from tests.parts.evidence.test_following import KEY, PRIVATE, Log
from tests.parts.evidence.test_tiles import ENTRIES

from gongdao.adapters.signatures import signed_with
from gongdao.domain.evidence import inclusion
from gongdao.domain.evidence.checkpoint import Checkpoint, Key, Note, sign
from gongdao.domain.evidence.following import Followed, Seen, look
from gongdao.domain.evidence.inclusion import Inclusion
from gongdao.domain.kernel.errors import Refused
from gongdao.domain.kernel.merkle import leaf_hash

SHADOW = "log.example/shadow"
OTHER = Key("other.example/log", KEY.public)


def signed(origin: str, *keys: Key) -> str:
    """A log of one entry under a name, signed in the name of these keys."""
    text = Checkpoint(origin, 1, leaf_hash(ENTRIES[0])).text()
    return Note(text, tuple(sign(key, text, PRIVATE.sign) for key in keys)).write()


def proof(origin: str, *keys: Key) -> Inclusion:
    written = signed(origin, *keys)
    leaf = ENTRIES[0].hex()
    return Inclusion(leaf=leaf, place=0, size=1, path=(), checkpoint=written, log_key=str(keys[0]))


@pytest.mark.parametrize("trusted", [(KEY,), (), (KEY, Key(SHADOW, bytes(32)))])
def test_a_proof_out_of_a_shadow_log_is_refused(trusted: tuple[Key, ...]) -> None:
    assert inclusion.check(proof(KEY.name, KEY), trusted, (), signed_with).place == 0
    with pytest.raises(Refused, match=r"log\.not_the_keys") as said:
        inclusion.check(proof(SHADOW, KEY), trusted, (), signed_with)
    assert said.value.facts == {"origin": SHADOW, "name": KEY.name}


def test_a_log_that_several_keys_sign_is_that_of_one_of_them() -> None:
    assert inclusion.check(proof(KEY.name, OTHER, KEY), (OTHER, KEY), (), signed_with).key_known
    with pytest.raises(Refused, match=r"log\.not_the_keys"):
        inclusion.check(proof(KEY.name, OTHER, KEY), (OTHER,), (), signed_with)


def test_a_shadow_log_is_not_followed_not_even_at_first() -> None:
    log, state = Log(ENTRIES[:1]), Followed("https://log.example/log", (str(KEY),))
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    with pytest.raises(Refused, match=r"log\.not_the_keys"):
        look(state, signed(SHADOW, KEY), log.reader, signed_with, now)
    assert look(state, signed(KEY.name, KEY), log.reader, signed_with, now)[0] is Seen.FIRST
