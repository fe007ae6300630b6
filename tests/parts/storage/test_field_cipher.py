"""Fields are encrypted under keys drawn anew by each process, and what was kept before opens."""

import os

import pytest
from cryptography.fernet import Fernet, InvalidToken
from hypothesis import given
from hypothesis import strategies as st

from gongdao.storage.field_cipher import FieldCipher

OLD, NEW = Fernet.generate_key(), Fernet.generate_key()


@given(st.binary(max_size=300))
def test_what_was_encrypted_opens_in_every_process_with_the_key(plain: bytes) -> None:
    kept = FieldCipher((OLD,)).encrypt(plain)
    assert plain not in kept or len(plain) < 4
    assert FieldCipher((NEW, OLD)).decrypt(kept) == plain


def test_no_two_are_alike_and_no_nonce_comes_twice() -> None:
    cipher = FieldCipher((OLD,))
    kept = [cipher.encrypt(b"the same") for _ in range(1000)]
    assert len(set(kept)) == len({one[1:29] for one in kept}) == 1000


def test_a_fork_draws_a_key_of_its_own() -> None:
    cipher = FieldCipher((OLD,))
    cipher.encrypt(b"before")
    assert cipher._drawn is not None
    cipher._drawn.process = os.getpid() + 1  # what a child finds that was forked from somebody else
    first, second = cipher.encrypt(b"after"), FieldCipher((OLD,)).encrypt(b"after")
    assert first[1:17] != second[1:17]
    assert cipher._drawn.process == os.getpid()


def test_what_fernet_encrypted_is_still_read() -> None:
    assert FieldCipher((NEW, OLD)).decrypt(Fernet(OLD).encrypt(b"long ago")) == b"long ago"


@pytest.mark.parametrize("at", [0, 1, 17, 29, -1])
def test_a_changed_byte_a_wrong_key_and_a_cut_open_nothing(at: int) -> None:
    kept = bytearray(FieldCipher((OLD,)).encrypt(b"plain"))
    with pytest.raises(InvalidToken):
        FieldCipher((NEW,)).decrypt(bytes(kept))
    with pytest.raises(InvalidToken):
        FieldCipher((OLD,)).decrypt(bytes(kept[:20]))
    kept[at] ^= 1
    with pytest.raises(InvalidToken):
        FieldCipher((OLD,)).decrypt(bytes(kept))
