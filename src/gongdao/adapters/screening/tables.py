"""Reading the tables of characters of this package. Their heads say where they come from."""

import zlib
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from gongdao.domain.screening.folding import Tables

_FIRST, _WIDTH = 0x4E00, 0x5200
"""How the file numbers pairs: first × width + second, counted from the first Han character."""


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
        word_pairs=_bits(folder.joinpath("word_pairs.bin").read_bytes(), sorted(sounds)),
    )


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
