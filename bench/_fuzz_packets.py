"""Packets and records, damaged, twisted or made up, and what `gongdao verify` makes of them.

Everything but a line or a refusal of ours is a finding, and so is what takes longer than SLOW.
"""

import json
import random
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench._figures import figure, say
from tests.parts.evidence import packet_writer as writer

from gongdao.bootstrap import offline
from gongdao.bootstrap.offline import What
from gongdao.cli.verify_lines import sentence
from gongdao.domain.kernel.errors import GongdaoError

SLOW, CUT = 5.0, 0.2
ODD: list[Any] = [
    None,
    True,
    -1,
    2**63,
    2**70,
    1.5,
    "",
    "\x00",
    "\u2028",
    "a" * 70_000,
    [],
    {},
    [[[]]],
    "00",
]
Files = writer.Files


def main(seconds: float) -> None:
    """Go on until the time is over."""
    until, rounds, findings = time.monotonic() + seconds, 0, 0
    trust = offline.trust(None, (), (), None)
    good = writer.made(2, size=4)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name) / "given"
        while time.monotonic() < until:
            rounds += 1
            chance = random.Random(rounds)
            place.write_bytes(chance.choice(WAYS)(good, chance))
            begun = time.monotonic()
            try:
                _verify(place, trust)
            except GongdaoError:
                pass
            except Exception:  # noqa: BLE001 – that is what is looked for
                findings += 1
                say(f"round {rounds}: {traceback.format_exc(limit=-4)}")
            if time.monotonic() - begun > SLOW:
                findings += 1
                say(f"round {rounds}: it takes long")
    figure("packet.fuzz.findings", findings, "findings", "0", "inputs given to verify", rounds)


def _verify(place: Path, trust: Any) -> None:
    """What the command does, but for printing."""
    match offline.what_is(place):
        case What.PACKET:
            lines = offline.check_packet(place, trust).lines
        case What.RECORD:
            lines = offline.check_record(place, (), trust, None).lines
        case What.RECEIPT:
            written = offline.read_file(place)
            offline.verify_receipt(written, None)
            proof = offline.read_proof(written)
            lines = []
            if proof is not None:
                offline.check_proof(proof, None, (), ())
    for line in lines:
        sentence(line).encode()


def _flipped(good: Files, chance: random.Random) -> bytes:
    """A ZIP with some bytes changed, and perhaps cut off."""
    return _damage(writer.zipped(good, packed=chance.random() < 0.5), chance)


def _resigned(good: Files, chance: random.Random) -> bytes:
    """A file damaged, and every list made anew: the damage reaches the reading behind."""
    path = chance.choice(sorted(good))
    return writer.zipped(writer.sign({**good, path: _damage(good[path], chance)}))


def _twisted(good: Files, chance: random.Random) -> bytes:
    """One of its JSON files with something odd in some place."""
    path = chance.choice([path for path in good if path.endswith(".json")])
    files = {**good, path: writer.canonical(_odd(json.loads(good[path]), chance))}
    return writer.zipped(files if path == "signature.json" else writer.sign(files))


def _record(good: Files, chance: random.Random) -> bytes:
    """A record alone, twisted."""
    path = chance.choice([path for path in good if path.endswith(".record")])
    found: dict[str, Any] = {
        "format": "gongdao.record.v1", "origin": writer.ORIGIN, "what": "exhibit",
        "record": good[path].decode(), "texts": [writer.sealed("name", "a.png", None)],
        "files": [{"name": "a.png", "sha256": "0" * 64, "size": 1}],
        "inclusion": writer.inclusion([good[path]], 0),
    }  # fmt: skip
    written = json.dumps(_odd(found, chance)).encode()
    return written if chance.random() < 0.7 else _damage(written, chance)


def _nothing(_: Files, chance: random.Random) -> bytes:
    """Bytes of no kind, after what a ZIP or a JSON begins with."""
    begin = chance.choice([b"", b"PK\x03\x04", b"PK\x05\x06", b"{", b"[" * 50_000, b'{"format":'])
    return begin + chance.randbytes(chance.randrange(200))


WAYS: list[Callable[[Files, random.Random], bytes]] = [
    _flipped, _resigned, _twisted, _twisted, _record, _nothing,
]  # fmt: skip


def _damage(content: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(chance.randrange(1, 12)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(
        damaged[: chance.randrange(1, len(damaged) + 1)] if chance.random() < 0.2 else damaged
    )


def _odd(plain: Any, chance: random.Random) -> Any:
    """The same with something odd in one place."""
    if isinstance(plain, dict) and plain and chance.random() < 0.85:
        name = chance.choice(sorted(plain))
        return {**plain, name: _odd(plain[name], chance)}
    if isinstance(plain, list) and plain and chance.random() < 0.85:
        at = chance.randrange(len(plain))
        return [*plain[:at], _odd(plain[at], chance), *plain[at + 1 :]]
    if isinstance(plain, str) and plain and chance.random() < 0.5:
        at = chance.randrange(len(plain))
        return plain[:at] + chance.choice("\n+ 0Zé—\x1b=") + plain[at + 1 :]
    return chance.choice(ODD)
