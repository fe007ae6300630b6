"""A model's file that is whole by its digest, made by somebody who wants to break every text."""

import json
import struct
import zlib
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from gongdao.adapters.screening import model_file
from gongdao.adapters.screening.model_file import MAGIC
from gongdao.bootstrap import screening
from gongdao.domain.kernel.errors import BadInput

HEAD = {"category": "abuse", "scale": 1.0, "bias": 0.0, "length": 0.25, "sums": [0], "shares": [1]}
GOOD = {"version": "good", "bits": 20, "heads": [HEAD], "card": {}}
WEIGHTS = zlib.compress(bytes(2 << 20))
NAN, INFINITE = float("nan"), float("inf")


def made(described: Any, weights: bytes = WEIGHTS) -> bytes:
    """A file with a right digest."""
    head = json.dumps(described).encode()
    whole = MAGIC + struct.pack(">I", len(head)) + head + weights
    return whole + sha256(whole).digest()


def refused_as(content: bytes) -> str:
    """What is said of it."""
    with pytest.raises(BadInput) as refused:
        model_file.load(content, screening.letters().folding)
    return refused.value.code


def test_a_whole_one_is_read() -> None:
    assert model_file.load(made(GOOD), screening.letters().folding).version == "good"


@pytest.mark.parametrize(
    "odd",
    [
        {"bits": INFINITE}, {"bits": 10**9}, {"bits": 10**20}, {"bits": -1}, {"bits": None},
        {"heads": []}, {"heads": {"a": 1}}, {"heads": [HEAD, HEAD]}, {"card": "said"},
        {"version": "v" * 81}, {"version": "\ud800"}, {"version": "\x1b[2J"}, {"version": None},
    ],
    ids=str,
)  # fmt: skip
def test_what_a_file_says_of_itself_is_looked_at(odd: dict[str, Any]) -> None:
    weights = zlib.compress(bytes(2 << 20) * len(odd.get("heads", "1")))
    other = "bits" in odd
    code = "model.other_version" if other else "model.damaged"
    assert refused_as(made({**GOOD, **odd}, weights)) == code


@pytest.mark.parametrize(
    "odd",
    [
        {"length": 1e9}, {"length": "1"}, {"scale": NAN}, {"scale": INFINITE}, {"bias": True},
        {"bias": 10**400}, {"sums": [NAN]}, {"sums": ["a"]}, {"sums": [[1]]}, {"shares": [NAN]},
    ],
    ids=str,
)  # fmt: skip
def test_numbers_that_would_break_every_text_are_refused(odd: dict[str, Any]) -> None:
    assert refused_as(made({**GOOD, "heads": [{**HEAD, **odd}]})) == "model.damaged"


def test_nothing_is_unpacked_for_more_heads_than_there_are_categories(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(zlib, "decompressobj")
    assert refused_as(made({**GOOD, "heads": [HEAD] * 250})) == "model.damaged"


def test_a_file_without_an_end_is_not_read_whole() -> None:
    with pytest.raises(BadInput) as refused:
        screening.which(Path("/dev/zero"))
    assert refused.value.code == "model.damaged"
