"""
A trained model as one file, and back.

    GONGDAO-SCREENING-1 and a line's end | length of the head, 4 bytes | head: JSON
    | weights: zlib | SHA-256 of all that

The head names the version and what it was trained on; each category has two bytes a hash.
"""

import json
import struct
import zlib
from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Any

import numpy as np

from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.screening.folding import Folding
from gongdao.domain.screening.grams import BITS, reader
from gongdao.domain.screening.heads import Calibration, Head, Model
from gongdao.domain.screening.model import Category

MAGIC = b"GONGDAO-SCREENING-1\n"
LARGEST = 12_000_000
_DIGEST = 32


def dump(version: str, heads: Sequence[Head], card: Mapping[str, Any]) -> bytes:
    """A model as bytes; the same model gives the same bytes."""
    described = {
        "version": version,
        "bits": BITS,
        "heads": [_described(each) for each in heads],
        "card": card,
    }
    head = json.dumps(described, ensure_ascii=False, sort_keys=True).encode()
    weights = zlib.compress(b"".join(each.weights.astype("<i2").tobytes() for each in heads), 9)
    whole = MAGIC + struct.pack(">I", len(head)) + head + weights
    return whole + sha256(whole).digest()


def load(content: bytes, folding: Folding) -> Model:
    """Read a model; BadInput says that a file is damaged or of another kind."""
    whole, digest = content[:-_DIGEST], content[-_DIGEST:]
    if not content.startswith(MAGIC) or sha256(whole).digest() != digest or len(content) > LARGEST:
        raise _damaged()
    try:
        described, packed = _parts(whole)
        size = 2 << int(described["bits"])
        unpacker = zlib.decompressobj()
        weights = unpacker.decompress(packed, size * len(described["heads"]) + 1)
        if described["bits"] != BITS or len(weights) != size * len(described["heads"]):
            raise _damaged()
        heads = tuple(
            _head(each, weights[place * size : (place + 1) * size])
            for place, each in enumerate(described["heads"])
        )
        return Model(str(described["version"]), reader(folding), heads)
    except (ValueError, KeyError, TypeError, struct.error, zlib.error, RecursionError):
        raise _damaged() from None


def card(content: bytes) -> Mapping[str, Any]:
    """What a model's file says of itself."""
    described, _ = _parts(content[:-_DIGEST])
    found: Mapping[str, Any] = described["card"]
    return found


def _parts(whole: bytes) -> tuple[dict[str, Any], bytes]:
    start = len(MAGIC) + 4
    (length,) = struct.unpack(">I", whole[len(MAGIC) : start])
    return json.loads(whole[start : start + length]), whole[start + length :]


def _described(head: Head) -> dict[str, Any]:
    return {
        "category": head.category.value,
        "scale": head.scale,
        "bias": head.bias,
        "length": head.length,
        "sums": head.calibration.sums,
        "shares": head.calibration.shares,
    }


def _head(described: Mapping[str, Any], weights: bytes) -> Head:
    sums, shares = tuple(described["sums"]), tuple(described["shares"])
    rising = all(a <= b for several in (sums, shares) for a, b in pairwise(several))
    if not sums or len(sums) != len(shares) or not rising or not 0 <= shares[0] <= shares[-1] <= 1:
        raise ValueError("a calibration must rise")
    return Head(
        Category(described["category"]),
        np.frombuffer(weights, "<i2"),
        float(described["scale"]),
        float(described["bias"]),
        float(described["length"]),
        Calibration(sums, shares),
    )


def _damaged() -> BadInput:
    return BadInput(
        "model.damaged",
        hint_noop("The model's file is damaged or no model. Train it anew, or install it again."),
    )
