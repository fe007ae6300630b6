"""Checkpoints, notes and cosignatures are read and written as c2sp.org says."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gongdao.adapters.signatures import signed_with
from gongdao.domain.evidence.checkpoint import (
    COSIGNATURE,
    Checkpoint,
    Key,
    Malformed,
    Note,
    holds,
    sign,
    signed_by,
)

# The example of the reference implementation's documentation (golang.org/x/mod/sumdb/note).
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SAID = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdng"
    "otpRZb6KE6RyyBwJnAM=\n"
)
# The example in tlog-checkpoint, with the cosignature of the one in tlog-cosignature.
BEHIND_THE_SOFA = (
    "example.com/behind-the-sofa\n"
    "20852163\n"
    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    "\n"
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zh"
    "cyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJs"
    "X3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PRIVATE.public_key().public_bytes_raw()
OURS = Key("log.example/log", PUBLIC)
WITNESS = Key("witness.example/w", PUBLIC, COSIGNATURE)
HEAD = Checkpoint("log.example/log", 3, b"r" * 32)


def test_a_published_note_is_read_and_holds() -> None:
    note, key = Note.read(SAID), Key.read(NEUMANN)

    assert signed_by(note, [key], signed_with) == [key]
    assert note.write() == SAID
    assert str(key) == NEUMANN
    changed = Note.read(SAID.replace("answer", "answers"))
    assert signed_by(changed, [key], signed_with) is None


def test_a_published_checkpoint_is_read_as_it_is_written() -> None:
    note = Note.read(BEHIND_THE_SOFA)
    checkpoint = Checkpoint.read(note.text)

    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert checkpoint.text() == note.text
    assert note.write() == BEHIND_THE_SOFA
    assert [line.name for line in note.signatures] == [checkpoint.origin, "witness.example.com/w1"]
    assert note.signatures[1].time == 1679315147, "as the document says"
    assert Checkpoint.read(note.text + "an extension\n") == checkpoint


def test_what_we_sign_is_checked_by_our_key_alone() -> None:
    note = Note(HEAD.text(), (sign(OURS, HEAD.text(), PRIVATE.sign),))
    stranger = Key(OURS.name, bytes(32))

    assert signed_by(note, [stranger, OURS], signed_with) == [OURS]
    assert signed_by(note, [stranger], signed_with) == []


def test_a_witness_signs_the_time_too() -> None:
    line = sign(WITNESS, HEAD.text(), PRIVATE.sign, 1_790_000_000)
    note = Note(HEAD.text(), (sign(OURS, HEAD.text(), PRIVATE.sign),))

    assert holds(WITNESS, line, HEAD.text(), signed_with)
    later = line.value[:7] + bytes([line.value[7] ^ 1]) + line.value[8:]
    assert not holds(WITNESS, type(line)(line.name, line.key, later), HEAD.text(), signed_with)
    both = note.with_signatures([line]).with_signatures([line])
    assert len(both.signatures) == 2
    assert Note.read(both.write()) == both
    assert Key.read(str(WITNESS)) == WITNESS


@pytest.mark.parametrize(
    "written",
    [
        "",
        "\n",
        "text\n",
        "text\n\n",
        "text\n\nno dash\n",
        "text\n\n— name\n",
        "text\n\n— name !!!!\n",
        "text\n\n— name AAAA\n",
        "te\txt\n\n— name AAAAAAAA\n",
        "text\n\n— name AAAAAAAA",
        "text\n\n— na+me AAAAAAAA\n",
        "text\n\n" + "— name AAAAAAAA\n" * 100,
    ],
)
def test_what_is_no_note_is_not_read(written: str) -> None:
    with pytest.raises(Malformed):
        Note.read(written)


@pytest.mark.parametrize(
    "text",
    ["", "a\n1\n", "a\n01\nAAAA\n", "a\n-1\n" + "A" * 43 + "=\n", "a\n1\nAAAA\n", "a\n\n1\nA\n"],
)
def test_what_is_no_checkpoint_is_not_read(text: str) -> None:
    with pytest.raises(Malformed):
        Checkpoint.read(text)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "a",
        "a+b",
        NEUMANN.replace("c74f", "c74e"),
        NEUMANN.replace("Peter", "Pe ter"),
        "a+b+c+d",
    ],
)
def test_what_is_no_key_is_not_read(written: str) -> None:
    with pytest.raises(Malformed):
        Key.read(written)
