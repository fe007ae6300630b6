"""Reading the tables of characters of this package. Their heads say where they come from."""

import zlib
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy as np
from numpy.typing import NDArray

from gongdao.domain.screening.folding import Tables
from gongdao.domain.screening.words import Words

_FIRST, _WIDTH = 0x4E00, 0x5200
"""How the file numbers pairs: first × width + second, counted from the first Han character."""
_HEAD, _PAIRS_HEAD = 3, 1
"""Lines above the list of words, and above that of pairs, that say where they come from."""


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The tables, read once."""
    folder = files(__package__)
    lines = folder.joinpath("characters.txt").read_text("utf-8").splitlines()
    named = {
        key: rest for key, _, rest in (line.partition(" ") for line in lines) if key != "sound"
    }
    heard = [line.split(" ") for line in lines if line.startswith("sound ")]
    sounds = {char: syllable for _, syllable, chars in heard for char in chars}
    split = named["split"]
    return Tables(
        simplified=dict(zip(named["traditional"], named["simplified"], strict=True)),
        alike=dict(zip(named["alike"], named["letter"], strict=True)),
        sounds=sounds,
        splits={split[at : at + 2]: split[at + 2] for at in range(0, len(split), 3)},
        word_pairs=_bits(_packed(folder.joinpath("word_pairs.bin"), _PAIRS_HEAD), sorted(sounds)),
    )


@lru_cache(maxsize=1)
def words() -> Words:
    """The list of words and of what they mean, read once."""
    return unpacked(_packed(files(__package__).joinpath("words.bin"), _HEAD))


def unpacked(packed: bytes) -> Words:
    """A list of words from its bytes; `words_table.py` makes them."""
    plain = zlib.decompress(packed)
    many, width, _ = np.frombuffer(plain, "<i4", 3).tolist()
    keys = np.cumsum(np.frombuffer(plain, "<i8", many, 12))
    counts = np.frombuffer(plain, np.uint8, many, 12 + 8 * many).astype(np.int64)
    classes = np.frombuffer(plain, "<u2", -1, 12 + 9 * many)
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
    return Words(keys, starts, classes, width, sha256(plain).hexdigest())


def _packed(file: Traversable, head: int) -> bytes:
    """What follows the lines that say where a table comes from."""
    return file.read_bytes().split(b"\n", head)[head]


def _bits(packed: bytes, chars: list[str]) -> NDArray[np.uint8]:
    """One bit a pair, by the rank of both characters."""
    steps = np.frombuffer(zlib.decompress(packed), "<u4")
    numbers = np.cumsum(steps, dtype=np.int64)
    ranks = np.zeros(0x110000 - _FIRST, np.int64)
    for rank, char in enumerate(chars, 1):
        ranks[ord(char) - _FIRST] = rank
    first, second = ranks[numbers // _WIDTH], ranks[numbers % _WIDTH]
    known = (first > 0) & (second > 0)
    keys = first[known] * (len(chars) + 1) + second[known]
    bits = np.zeros((len(chars) + 1) ** 2 // 8 + 1, np.uint8)
    np.bitwise_or.at(bits, keys >> 3, (1 << (keys & 7)).astype(np.uint8))
    return bits
