"""
A trained model as one file, and back.

    GONGDAO-SCREENING-2 and a line's end | length of the head, 4 bytes | head: JSON
    | weights: zlib | SHA-256 of all that

The head names the version and what it was trained on; each category has two bytes a hash, and two
a word if it reads words. Files that begin with GONGDAO-SCREENING-1 read none.
"""

import json
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Any

import numpy as np

from gongdao.adapters.screening.tables import words
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.screening.folding import Folding
from gongdao.domain.screening.grams import BITS, reader
from gongdao.domain.screening.heads import Calibration, Head, Model
from gongdao.domain.screening.model import Category
from gongdao.domain.screening.words import Words

_NAME = b"GONGDAO-SCREENING-"
MAGIC = _NAME + b"2\n"
_KNOWN = (MAGIC, _NAME + b"1\n")
LARGEST = 12_000_000
_DIGEST = 32
_LONGEST_VERSION = 80
_STRONGEST_POWER = 4.0


def dump(version: str, heads: Sequence[Head], card: Mapping[str, Any]) -> bytes:
    """A model as bytes; the same model gives the same bytes."""
    described = {
        "version": version,
        "bits": BITS,
        "heads": [_described(each) for each in heads],
        "card": card,
    }
    head = json.dumps(described, ensure_ascii=False, sort_keys=True).encode()
    plain = b"".join(
        part.astype("<i2").tobytes() for each in heads for part in (each.weights, each.of_words)
    )
    whole = MAGIC + struct.pack(">I", len(head)) + head + zlib.compress(plain, 9)
    return whole + sha256(whole).digest()


def load(content: bytes, folding: Folding) -> Model:
    """Read a model; BadInput says that a file is damaged, of another kind or of another version."""
    whole, digest = content[:-_DIGEST], content[-_DIGEST:]
    named = content.startswith(_NAME) and len(content) <= LARGEST
    if not named or sha256(whole).digest() != digest:
        raise _damaged()
    if not content.startswith(_KNOWN):
        raise _other_version()
    try:
        described, packed = _parts(whole)
        if described["bits"] != BITS:
            raise _other_version()
        # Before anything is unpacked: what a head says decides how much that will be.
        if not 0 < len(described["heads"]) <= len(Category):
            raise _damaged()
        lists = [_words(each) for each in described["heads"]]
        size = sum(2 * ((1 << BITS) + (len(each.keys) if each else 0)) for each in lists)
        plain = zlib.decompressobj().decompress(packed, size + 1)
        if len(plain) != size or not isinstance(described["card"], dict):
            raise _damaged()
        heads = tuple(_heads(described, plain))
        if len({each.category for each in heads}) != len(heads):
            raise _damaged()
        return Model(_version(described["version"]), reader(folding), heads)
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        struct.error,
        zlib.error,
        RecursionError,
    ):
        raise _damaged() from None


def card(content: bytes) -> Mapping[str, Any]:
    """What a model's file, which could be loaded, says of itself."""
    described, _ = _parts(content[:-_DIGEST])
    found: Mapping[str, Any] = described["card"]
    return found


def _version(given: object) -> str:
    """Its name: it stands in answers, in records and on screens."""
    if isinstance(given, str) and 0 < len(given) <= _LONGEST_VERSION and given.isprintable():
        return given
    raise ValueError("a version is one short line")


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
        **({"words": head.words.digest} if head.words else {}),
    }


def _words(described: Mapping[str, Any]) -> Words | None:
    """The list of words that a head reads: ours, or none. Weights of another list fit no other."""
    digest = described.get("words")
    if digest is None:
        return None
    if digest != words().digest:
        raise _other_version()
    return words()


def _heads(described: Mapping[str, Any], plain: bytes) -> Iterator[Head]:
    start = 0
    for each in described["heads"]:
        known = _words(each)
        hashes, many = 1 << BITS, len(known.keys) if known else 0
        sums, shares = (tuple(map(_number, each[name])) for name in ("sums", "shares"))
        rising = all(a <= b for several in (sums, shares) for a, b in pairwise(several))
        if (
            not sums
            or len(sums) != len(shares)
            or not rising
            or not 0 <= shares[0] <= shares[-1] <= 1
        ):
            raise ValueError("a calibration must rise")
        yield Head(
            Category(each["category"]),
            np.frombuffer(plain, "<i2", hashes, start),
            _number(each["scale"]),
            _number(each["bias"]),
            _number(each["length"], _STRONGEST_POWER),
            Calibration(sums, shares),
            known,
            np.frombuffer(plain, "<i2", many, start + 2 * hashes),
        )
        start += 2 * (hashes + many)


def _other_version() -> BadInput:
    return BadInput(
        "model.other_version",
        hint_noop(
            "This model was made by another version of Gongdao and cannot be read by this one. "
            "Train it anew."
        ),
    )


def _number(given: object, most: float = 1e12) -> float:
    """A number that can be reckoned with: one that is none would break every text after it."""
    if isinstance(given, bool) or not isinstance(given, int | float) or not abs(given) <= most:
        raise ValueError("not a number")
    return float(given)


def _damaged() -> BadInput:
    return BadInput(
        "model.damaged",
        hint_noop("The model's file is damaged or no model. Train it anew, or install it again."),
    )
