"""Damage files for as long as one likes, and see that opening them neither crashes nor hangs.

    ./dev bench fuzz_files [SECONDS [packets]]

Each damaged file is opened by a child as an upload is; a child that dies of a signal, or that does
not end by itself, is a finding and printed with the seed that made it. With `packets` it is packets
and records that are damaged, and `gongdao verify` that reads them.
"""

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import _fuzz_packets
from bench._figures import figure, say
from tests.parts.evidence import dangerous

SECONDS = 600
HANGS = 30
OF_LIMITS = {-9, -24, -25}
"""KILL, XCPU and XFSZ: how the limits that a child sets itself end it."""


def main() -> None:
    """Go on until the time is over."""
    if sys.argv[2:] == ["packets"]:
        _fuzz_packets.main(float(sys.argv[1]))
        return
    until = time.monotonic() + float(sys.argv[1] if len(sys.argv) > 1 else SECONDS)
    rounds = findings = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        good = _good(folder)
        while time.monotonic() < until:
            rounds += 1
            if (what := _round(folder, good, rounds)) is not None:
                findings += 1
                say(f"round {rounds}: {what}")
    figure("files.fuzz.findings", findings, "findings", "0", "files damaged and opened", rounds)


def _good(folder: Path) -> list[bytes]:
    made = [
        dangerous.picture(folder),
        dangerous.photo_with_a_place(folder),
        dangerous.running_pdf(folder),
        dangerous.office(folder),
    ]
    return [*(path.read_bytes() for path in made), dangerous.broken_png()]


def _round(folder: Path, good: list[bytes], seed: int) -> str | None:
    chance = random.Random(seed)
    content = bytearray(chance.choice(good))
    for _ in range(chance.randrange(1, 20)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    path = folder / "damaged"
    path.write_bytes(content[: chance.randrange(8, len(content) + 1)])
    command = [sys.executable, "-m", "gongdao.adapters.opening.child", str(path), str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=HANGS, check=False)
    except subprocess.TimeoutExpired:
        return "it hangs"
    if done.returncode != 0 and done.returncode not in OF_LIMITS:
        return f"it ended with {done.returncode}"
    return None


if __name__ == "__main__":
    main()
