"""How every figure is printed: one JSON line, with the limit or the alternative beside it."""

import json
import os
import platform
import sys
from pathlib import Path


def machine() -> str:
    """The machine in a word, and how much of its time others took since the last figure."""
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
        f"{_taken_by_others()}"
    )


def _ticks() -> tuple[int, int]:
    """Time of all processors, and what the host gave to other guests meanwhile."""
    try:
        times = [int(part) for part in Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
    except OSError:
        return 0, 0
    return sum(times), times[7]


_LAST = list(_ticks())


def _taken_by_others() -> str:
    (all_before, before), (all_now, now) = _LAST, _ticks()
    _LAST[:] = all_now, now
    share = (now - before) / max(all_now - all_before, 1)
    return f", {share:.0%} of it taken by other guests" if now else ""


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
