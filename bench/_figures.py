"""How every figure is printed: one JSON line, with the limit or the alternative beside it."""

import json
import os
import platform
import sys


def machine() -> str:
    """The machine in a word."""
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"


def figure(key: str, value: float, unit: str, goal: str, what: str, against: float) -> None:
    """Print one figure. `ratio` is the value against the limit or the alternative."""
    line = {
        "key": key,
        "value": round(value, 3),
        "unit": unit,
        "goal": goal,
        "against": {"what": what, "value": round(against, 3)},
        "ratio": round(value / against, 3) if against else None,
        "machine": machine(),
    }
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def say(words: str) -> None:
    """Progress, on standard error."""
    sys.stderr.write(words + "\n")
    sys.stderr.flush()


def percentile(values: list[float], share: float) -> float:
    """The value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
