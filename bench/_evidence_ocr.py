"""What is read in the hard set's second half: characters, clocks, numbers and moments.

    ./dev bench evidence ocr [tune]

Nothing was chosen on that half (`bench/hard_set`). It takes some six minutes on two cores.
Six of its pictures show no clock; to these come all the others, cut off below theirs.
"""

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import time as daytime

from bench._figures import figure, percentile, say
from bench.hard_set.drawing import Kind, missing_packages
from bench.hard_set.making import Made, make, names
from bench.hard_set.scoring import score

from gongdao.adapters.picture_reading.engine import Engine
from gongdao.domain.evidence.clock_shown import clock_shown
from gongdao.domain.evidence.read_facts import facts_of
from gongdao.domain.evidence.reading import ReadPicture


@dataclass(slots=True)
class Tally:
    """What was counted over a half."""

    wrong: int = 0
    characters: int = 0
    clocks: int = 0
    clocks_right: int = 0
    without: int = 0
    clocks_false: int = 0
    facts: int = 0
    facts_found: int = 0
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def count(self, made: Made, read: ReadPicture) -> str:
        """Count one picture; what to say of it."""
        scored = score(made.items, read)
        self.wrong += scored.wrong
        self.characters += scored.of
        shown = clock_shown(read)
        if made.clock is None:
            self.without += 1
            self.clocks_false += shown is not None
        else:
            self.clocks += 1
            self.clocks_right += shown is not None and shown.at == _time(made.clock)
            self.without += 1
            self.clocks_false += clock_shown(beheaded(made, read)) is not None
        found = {(fact.kind.value, _plain(fact.written)) for fact in facts_of(read)}
        self.facts += len(made.facts)
        self.facts_found += sum((kind, _plain(said)) in found for kind, said in made.facts)
        return f"{scored.wrong}/{scored.of} wrong, clock {made.clock or '–'} {_shown(shown)}"


def beheaded(made: Made, read: ReadPicture) -> ReadPicture:
    """The same picture, cut off below the device's clock: what was read above it is gone."""
    clock = next(item for item in made.items if item.kind is Kind.CLOCK)
    share = clock.upright[3] if clock.upright else None
    cut = clock.box[3] if share is None or not read.photographed else share * read.height
    lines = [
        replace(line, box=replace(line.box, top=line.box.top - cut, low=line.box.low - cut))
        for line in read.lines
        if line.box.middle[1] > cut
    ]
    return ReadPicture(read.width, round(read.height - cut), lines, read.photographed)


def _shown(shown: object) -> str:
    return "none" if shown is None else f"{getattr(shown, 'at', '')}"


def _time(written: str) -> daytime:
    hour, minute = written.split(":")
    return daytime(int(hour), int(minute))


def _plain(written: str) -> str:
    return "".join(written.split())


def main() -> None:
    """Read one half, and print what was right."""
    if missing := missing_packages():
        raise SystemExit(f"The set's fonts are missing: apt-get install {' '.join(missing)}")
    half = "tune" if "tune" in sys.argv[2:] else "check"
    begun = time.monotonic()
    engine = Engine(threads=os.cpu_count() or 1)
    tally = Tally()
    for number, made in enumerate(_pictures(half), start=1):
        at, busy = time.monotonic(), time.process_time()
        read = engine.read(made.picture)
        tally.seconds.append(time.monotonic() - at)
        tally.processor.append(time.process_time() - busy)
        said = tally.count(made, read)
        total = len(names(half))
        say(f"{number}/{total} {made.name}: {said} ({time.monotonic() - begun:.0f} s)")
    _print(tally)


def _pictures(half: str) -> Iterator[Made]:
    for name in names(half):
        yield make(name)


def _print(tally: Tally) -> None:
    over = f"on {len(tally.seconds)} pictures, {tally.characters} characters: allowed"
    wrong = 100 * tally.wrong / tally.characters
    figure("ocr.cer", wrong, "%", "≤ 1.5", over, 1.5)
    right = 100 * tally.clocks_right / tally.clocks
    figure("ocr.clock.right", right, "%", "≥ 95", f"of {tally.clocks} clocks: wanted", 95)
    false = 100 * tally.clocks_false / tally.without
    figure("ocr.clock.false", false, "%", "≤ 2", f"of {tally.without} without: allowed", 2)
    found = 100 * tally.facts_found / tally.facts
    figure("ocr.facts", found, "%", "≥ 95", f"of {tally.facts} numbers and moments: wanted", 95)
    mean = sum(tally.processor) / len(tally.processor)
    slowest = percentile(tally.seconds, 0.95)
    figure("ocr.cpu.s", mean, "s", "–", "p95 of the time a picture takes", slowest)


if __name__ == "__main__":
    main()
