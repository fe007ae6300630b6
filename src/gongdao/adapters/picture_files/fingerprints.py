"""A fingerprint of 256 bits: the signs of a picture's slow waves (a perceptual hash).

The picture is made 64 × 64 and grey; of its cosine transform the 16 × 16 slowest waves but the
constant one are kept, each as one bit: above or below their median. 64 bits cannot tell chat
screenshots apart, 256 can.
"""

import hashlib
import math
from statistics import median

from PIL import Image

from gongdao.domain.evidence.likeness import Print, pieces_of

SIDE, WAVES = 64, 16
_COSINES = [
    [math.cos(math.pi * wave * (2 * at + 1) / (2 * SIDE)) for at in range(SIDE)]
    for wave in range(1, WAVES + 1)
]


def fingerprint(picture: Image.Image) -> int:
    """The 256 bits of a picture."""
    small = picture.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX)
    grey = small.tobytes()
    rows = [grey[at : at + SIDE] for at in range(0, SIDE * SIDE, SIDE)]
    across = [[_dot(wave, row) for row in rows] for wave in _COSINES]
    values = [_dot(wave, column) for column in across for wave in _COSINES]
    middle = median(values)
    return int("".join("1" if value > middle else "0" for value in values), 2)


def _dot(wave: list[float], row: bytes | list[float]) -> float:
    return sum(map(float.__mul__, wave, map(float, row)))


def print_of(picture: Image.Image, text: str, piece: int, key: bytes) -> Print:
    """What a picture is recognised by, with its text in hashed pieces."""
    pieces = frozenset(_hashed(each, key) for each in pieces_of(text, piece))
    return Print(fingerprint(picture), pieces)


def _hashed(piece: str, key: bytes) -> int:
    """63 bits under the installation's key: without it the pieces cannot be tried out."""
    return int.from_bytes(hashlib.blake2b(piece.encode(), digest_size=8, key=key).digest()) >> 1
