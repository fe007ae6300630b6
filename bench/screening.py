"""How rightly and how quickly texts are screened.

./dev bench screening [DATA]

DATA (or GONGDAO_BENCH_DATA) is a folder of public data sets, as `gongdao model train` reads them:
it is needed for the learned figures alone, and never by a user.
"""

import os
import random
import sys
import time
from pathlib import Path

from bench import _screening_learned
from bench._figures import figure, percentile, say
from bench._screening_evasion import FOLDER, MORE, hidden, plainly

from gongdao.adapters.screening.engine import engine
from gongdao.bootstrap import screening
from gongdao.domain.policy.screening import Category, Lane
from gongdao.domain.screening.lexicon import Entry, Lexicon
from gongdao.domain.screening.rules import ORDER
from gongdao.domain.screening.screener import Screener
from gongdao.domain.screening.spotting import Spotter, spotter

ENTRIES, MEGABYTES = 20_000, 5
SECOND = ORDER.index(Lane.SECOND_LOOK)


def reviews() -> list[str]:
    """Ordinary reviews of our own."""
    lines = (FOLDER / "reviews.txt").read_text("utf-8").splitlines()
    return [line.partition("\t")[2] for line in lines if not line.startswith("#")]


def main() -> None:
    """Measure what needs no data, then what is learned from some."""
    ready = screening.screener()
    _ordinary()
    _evasion(ready.spotter)
    _speed(ready)
    place = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("GONGDAO_BENCH_DATA")
    if not place or not Path(place).is_dir():
        say("The learned figures are left out: no folder of data sets was named.")
        return
    _screening_learned.main(Path(place))


def _ordinary() -> None:
    found = screening.screen(reviews())
    looked = sum(ORDER.index(each.lane) >= SECOND for each in found)
    later = sum(each.lane is not Lane.PUBLISH for each in found)
    say(f"ordinary: {looked} of {len(found)} for a second look, {later} delayed or more")
    share = looked / len(found)
    figure("screening.ordinary.flagged", share, "", "≤ 0.03", "delayed, too", later / len(found))


def _evasion(spotting: Spotter) -> None:
    caught = total = 0
    for way, texts in hidden().items():
        hits = sum(_hit(spotting, each) for each in texts)
        caught, total = caught + hits, total + len(texts)
        say(f"{way}: {hits} of {len(texts)}")
    words = [each.text for each in spotting.lexicon.entries]
    plain = sum(
        any(word in text for word in words) for texts in hidden().values() for text in texts
    )
    assert all(_hit(spotting, each) for each in plainly())
    figure("screening.evasion.recall", caught / total, "", "≥ 0.85", "plain", plain / total)
    more = hidden(MORE)
    found = {way: sum(_hit(spotting, each) for each in texts) for way, texts in more.items()}
    say("; ".join(f"{way}: {found[way]} of {len(texts)}" for way, texts in more.items()))
    count = sum(map(len, more.values()))
    figure("screening.evasion.more", sum(found.values()) / count, "", "shown", "texts", count)
    clean = reviews()
    added_fpr(spotting, clean, "reviews")


def added_fpr(spotting: Spotter, clean: list[str], name: str) -> None:
    """What looking behind disguises adds to the false alarms of plain matching, in points."""
    words = [each.text for each in spotting.lexicon.entries]
    plain = sum(any(word in text for word in words) for text in clean) / len(clean) * 100
    full = sum(_hit(spotting, text) for text in clean) / len(clean) * 100
    key = f"screening.evasion.added_fpr.{name}"
    figure(key, full - plain, "points", "≤ 3", "plain matching's own", plain)


def _hit(spotting: Spotter, text: str) -> bool:
    return next(iter(spotting.spots(text)), None) is not None


def _speed(ready: Screener) -> None:
    chance = random.Random(11)
    known = screening.letters().sounds.of
    common = [char for char in known if char.encode("gb2312", "ignore")[:1] < b"\xd8"]
    made = {
        "".join(chance.choices(common, k=chance.choice((2, 3, 3, 4, 4, 5, 6))))
        for _ in range(ENTRIES * 2)
    }
    entries = tuple(
        Entry(each, Category.ABUSE) for each in sorted(made)[:: len(made) // ENTRIES][:ENTRIES]
    )
    begun = time.perf_counter()
    large = spotter(Lexicon(entries), screening.letters(), engine)
    say(f"{len(entries)} entries made ready in {time.perf_counter() - begun:.1f} s")
    texts = [text for _ in range(12) for text in reviews()]
    chance.shuffle(texts)
    blocks = ["\n".join(texts[at : at + 1000]) for at in range(0, len(texts), 1000)]
    rounds, size, hits = 0, 0, 0
    begun = time.process_time()
    while size < MEGABYTES * 1_000_000:
        hits += sum(1 for block in blocks for _ in large.spots(block))
        size += sum(len(block.encode()) for block in blocks)
        rounds += 1
    speed = size / 1e6 / (time.process_time() - begun)
    begun = time.process_time()
    for block in blocks:
        large.by_signs.find(block)
    bare = sum(len(block.encode()) for block in blocks) / 1e6 / (time.process_time() - begun)
    say(f"{hits} hits in {size / 1e6:.1f} MB")
    figure("screening.mb_per_s", speed, "MB/s", "≥ 5", "matching alone, one pass", bare)
    _latency(ready)


def _latency(ready: Screener) -> None:
    # Processor time: what others on the machine take is not ours.
    policy = screening.policy()
    everything = "".join(reviews())
    took = []
    for at in range(1000):
        text = everything[at * 5 : at * 5 + 200]
        begun = time.process_time()
        ready.look(text, policy)
        took.append((time.process_time() - begun) * 1000)
    figure(
        "screening.p99_ms", percentile(took, 0.99), "ms", "≤ 5", "the median", percentile(took, 0.5)
    )


if __name__ == "__main__":
    main()
