"""Damage files for as long as one likes, and see that opening them neither crashes nor hangs.

    ./dev bench fuzz_files [SECONDS [packets]]

Each damaged file is opened by a child as an upload is, or read as an exhibit is. A process that
dies of a signal, or that does not end by itself, is a finding, printed with the seed that made it.
With `packets` it is packets and records that are damaged, and `gongdao verify` that reads them.
"""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from bench import _fuzz_packets
from bench._figures import figure, say
from tests.parts.evidence import dangerous, documents

from gongdao.adapters.confined import bound_oneself
from gongdao.adapters.file_reading import child, office, pdf, plain, sound
from gongdao.domain.evidence.media import AMR, DOCX, HTML, M4A, MP3, PDF, PPTX, TEXT, WAV, XLSX

SECONDS = 600
HANGS = 30
READ_FOR_EACH = 50
"""Reading is tried in a fork, which costs a fiftieth of a child."""
OF_LIMITS = {-9, -24, -25}
"""KILL, XCPU and XFSZ: how the limits that a child sets itself end it."""
PAGE = "<!DOCTYPE html><body><div>阿杰 2026-11-03 21:03</div><p>在吗</p><img alt=x></body></html>"
LOADED = (office, pdf, plain, sound)
"""What reads is loaded once, before the forks."""
CHAT = "阿杰 2026-11-03 21:03\n在吗\n老陈 2026-11-03 21:05\n在，13800138000\n"


def main() -> None:
    """Go on until the time is over, opening and reading by turns."""
    if sys.argv[2:] == ["packets"]:
        _fuzz_packets.main(float(sys.argv[1]))
        return
    until = time.monotonic() + float(sys.argv[1] if len(sys.argv) > 1 else SECONDS)
    opened = read = findings = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        good, to_read = _good(folder), _to_read()
        while time.monotonic() < until:
            if read < READ_FOR_EACH * opened:
                read += 1
                what = _read_round(folder, to_read, read)
            else:
                opened += 1
                what = _round(folder, good, opened)
            if what is not None:
                findings += 1
                say(f"round {opened}, {read}: {what}")
    rounds = opened + read
    figure("files.fuzz.findings", findings, "findings", "0", "damaged: opened or read", rounds)


def _good(folder: Path) -> list[bytes]:
    made = [
        dangerous.picture(folder),
        dangerous.photo_with_a_place(folder),
        dangerous.running_pdf(folder),
        dangerous.office(folder),
    ]
    return [*(path.read_bytes() for path in made), dangerous.broken_png()]


def _to_read() -> list[tuple[bytes, str]]:
    return [
        (documents.LETTER, DOCX.media),
        (documents.xlsx(), XLSX.media),
        (documents.pptx(), PPTX.media),
        (documents.pdf(["Order 2026", "Tel 13800138000"]), PDF.media),
        (documents.wav(1), WAV.media),
        (documents.MP3, MP3.media),
        (documents.M4A, M4A.media),
        (documents.AMR, AMR.media),
        (CHAT.encode(), TEXT.media),
        (PAGE.encode(), HTML.media),
    ]


def _damaged(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randrange(1, 20)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed[: chance.randrange(8, len(changed) + 1)])


def _round(folder: Path, good: list[bytes], seed: int) -> str | None:
    chance = random.Random(seed)
    content = _damaged(chance.choice(good), chance)
    path = folder / "damaged"
    path.write_bytes(content)
    return _ended("gongdao.adapters.opening.child", str(path), str(folder))


def _read_round(folder: Path, good: list[tuple[bytes, str]], seed: int) -> str | None:
    """Read one in a fork of ours, bounded as the child is: what it loads is loaded already."""
    chance = random.Random(10**9 + seed)
    content, media = chance.choice(good)
    path = folder / "damaged"
    path.write_bytes(_damaged(content, chance))
    pid = os.fork()
    if pid == 0:
        bound_oneself(child.MEMORY, child.PROCESSOR_SECONDS)
        signal.alarm(HANGS)
        with contextlib.suppress(Exception):  # the child answers `reading.broken` to any of them
            json.dumps(asdict(child.read(path, media)))
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if status == -signal.SIGALRM:
        return f"reading {media} hangs"
    return None if status == 0 or status in OF_LIMITS else f"reading {media} ended with {status}"


def _ended(program: str, *arguments: str) -> str | None:
    """What is wrong with how a child ended, or with what it said."""
    command = [sys.executable, "-m", program, *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=HANGS, check=False)
    except subprocess.TimeoutExpired:
        return f"{program} hangs"
    if done.returncode != 0 and done.returncode not in OF_LIMITS:
        return f"{program} ended with {done.returncode}"
    if done.returncode == 0 and not isinstance(json.loads(done.stdout), dict):
        return f"{program} said nothing of use"
    return None


if __name__ == "__main__":
    main()
