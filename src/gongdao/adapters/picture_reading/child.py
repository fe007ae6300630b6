"""`python -m gongdao.adapters.picture_reading.child`: the process that has the models loaded.

It answers on standard output what it is asked on standard input: a line with a length, that many
bytes of a picture; back comes one line of JSON. It ends when its input does, so it never outlives
whoever started it, and it reaches for no network and no database. It has little of everything else.
"""

import json
import sys
from dataclasses import asdict
from typing import BinaryIO

from gongdao.adapters.confined import bound_next, bound_oneself

MEMORY = 3 << 30
"""Bytes of address space beyond which a picture is given up instead of the machine."""
PROCESSOR_SECONDS = 600
"""For one picture, on two cores."""


def main() -> None:
    """Load the models, say so, and read pictures until there are no more."""
    answers, asked = sys.stdout.buffer, sys.stdin.buffer
    sys.stdout = sys.stderr  # whatever a library prints is no answer
    try:
        from gongdao.adapters.picture_reading.engine import Engine  # noqa: PLC0415

        engine = Engine()
    except ImportError:
        _answer(answers, {"error": "reading.not_installed"})
        return
    bound_oneself(MEMORY, None)
    _answer(answers, {"ready": True})
    while line := asked.readline():
        content = asked.read(int(line))
        bound_next(PROCESSOR_SECONDS)
        try:
            found = asdict(engine.read(content))
        except (OSError, ValueError, SyntaxError, MemoryError) as problem:
            _answer(answers, {"error": "reading.no_picture", "kind": type(problem).__name__})
        else:
            _answer(answers, {"read": found})


def _answer(to: BinaryIO, said: object) -> None:
    to.write(json.dumps(said, ensure_ascii=False).encode() + b"\n")
    to.flush()


if __name__ == "__main__":
    main()
