"""How many reports come in a second, and how soon each is in its queue.

    ./dev bench intake                          everything: about half an hour
    ./dev bench intake single batch visible     only these; also: stored, memory

A PostgreSQL of its own in a temporary folder, the web with two processes and the worker as
`gongdao up` starts them, and the load from the same machine: wrk for the rates, a paced client for
the latencies. While rates are measured the worker rests, and then catches up: how fast it does so
is a figure of its own.
"""

import sys
from collections.abc import Callable, Mapping

from bench._figures import figure, say
from bench._intake_load import House, wrk
from bench._paced_load import paced

SECONDS = 15
RUNS = 3
CONNECTIONS = 64
STORED = 10_000_000
VISIBLE_RATE, VISIBLE_SECONDS = 1200, 60
MEMORY_MINUTES = 10


def main() -> None:
    """Measure what was asked for."""
    asked = sys.argv[1:] or list(STEPS)
    unknown = [name for name in asked if name not in STEPS]
    if unknown:
        raise SystemExit(f"bench intake knows: {', '.join(STEPS)}; not {', '.join(unknown)}")
    with House() as house:
        for name in asked:
            STEPS[name](house)


def single(house: House) -> None:
    """One report a request."""
    house.web()
    wrk(house, "single", CONNECTIONS, 5)
    runs = []
    for number in range(RUNS):
        say(f"single reports, run {number + 1} of {RUNS} …")
        bare = house.pgbench(SECONDS)
        runs.append((wrk(house, "single", CONNECTIONS, SECONDS), bare))
    middle, bare = sorted(runs, key=lambda run: run[0].rate)[len(runs) // 2]
    spread = f"median of {RUNS}: " + ", ".join(f"{run.rate:.0f}" for run, _ in runs)
    figure("intake.single.rate", middle.rate, "reports/s", ">= 4000", f"limit; {spread}", 4000)
    figure("intake.single.p99_ms", middle.p99_ms, "ms", "<= 60", "limit", 60)
    if bare:
        what = f"pgbench, one insert, 32 clients; {', '.join(f'{b:.0f}' for _, b in runs)}"
        figure("intake.single.ratio_pgbench", middle.rate, "reports/s", "ratio >= 1.0", what, bare)
    catch_up(house)


def catch_up(house: House) -> None:
    """How fast the worker puts in line what lies there."""
    waiting = house.waiting()
    say(f"{waiting} reports are put in line …")
    seconds = house.sort_all()
    figure("intake.sorted.rate", waiting / seconds, "reports/s", ">= 1200", "limit; web idle", 1200)


def batch(house: House) -> None:
    """Five hundred reports a request."""
    house.web()
    wrk(house, "batch", 8, 3)
    runs = [wrk(house, "batch", 8, SECONDS) for _ in range(RUNS)]
    middle = sorted(runs, key=lambda run: run.rate)[len(runs) // 2]
    spread = f"median of {RUNS}: " + ", ".join(f"{run.rate * 500:.0f}" for run in runs)
    figure("intake.batch.rate", middle.rate * 500, "reports/s", ">= 20000", spread, 20_000)
    house.drop_waiting()


def stored(house: House) -> None:
    """The rate on top of ten million reports, against an empty table."""
    house.web()
    wrk(house, "single", CONNECTIONS, 5)
    empty = [wrk(house, "single", CONNECTIONS, SECONDS).rate for _ in range(RUNS)]
    before = house.waiting() / house.sort_all()
    house.fill(STORED)
    wrk(house, "single", CONNECTIONS, 5)
    full = [wrk(house, "single", CONNECTIONS, SECONDS).rate for _ in range(RUNS)]
    after = house.waiting() / house.sort_all()
    middle = len(full) // 2
    what = f"the same on an empty table; {STORED} reports stored"
    value, against = sorted(full)[middle], sorted(empty)[middle]
    figure("intake.stored.ratio", value, "reports/s", "ratio >= 0.8", what, against)
    figure("intake.stored.sorted_ratio", after, "reports/s", "ratio >= 0.8", what, before)


def visible(house: House) -> None:
    """From the acknowledgement until a report is in its queue with its priority."""
    house.web()
    house.worker()
    paced(house, 200, 3)
    say(f"{VISIBLE_RATE} reports a second for {VISIBLE_SECONDS} s …")
    seen = paced(house, VISIBLE_RATE, VISIBLE_SECONDS)
    what = (
        f"limit; {seen.number} of {seen.watched} watched, {seen.sent} sent at {seen.rate:.0f}/s, "
        f"p50 {seen.p50_ms:.0f} ms"
    )
    figure("triage.visible.p99_ms", seen.p99_ms, "ms", "<= 1000", what, 1000)


def memory(house: House) -> None:
    """Whether web and worker grow under that load."""
    house.web()
    house.worker()
    paced(house, VISIBLE_RATE, 60)
    say(f"{VISIBLE_RATE} reports a second for {MEMORY_MINUTES} minutes …")
    grown = paced(house, VISIBLE_RATE, 60 * MEMORY_MINUTES).memory
    for name, each in grown.items():
        what = (
            f"resident at the end, MB; {MEMORY_MINUTES} min at {VISIBLE_RATE}/s, "
            f"the later half {each.later:+.2f} MB/min"
        )
        figure(f"intake.memory.slope.{name}", each.slope, "MB/min", "flat", what, each.last)


STEPS: Mapping[str, Callable[[House], None]] = {
    "single": single,
    "batch": batch,
    "visible": visible,
    "stored": stored,
    "memory": memory,
}

if __name__ == "__main__":
    main()
