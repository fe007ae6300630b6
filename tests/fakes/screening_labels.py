"""What decisions say of findings, and what follows for entries and models, in memory."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tests.fakes.memory import Memory
from tests.fakes.streams import MemoryStreams

from gongdao.domain.kernel.events import Held
from gongdao.domain.policy.screening import Category, Lane
from gongdao.domain.screening import entries, shadowing
from gongdao.domain.screening.entries import EntryStage, EntryStep, JudgedEntry, stream_of
from gongdao.domain.screening.labels import Label
from gongdao.domain.screening.shadowing import BINS, Crossed, Models, ModelsStep, Sample, Window
from gongdao.domain.screening.taught import UNTAUGHT, Taught


@dataclass(frozen=True, slots=True)
class MemoryLabels:
    """All labels."""

    memory: Memory

    def keep(self, label: Label) -> None:
        self.memory.must_be_open()
        self.memory.tables["screening_label"].setdefault(label.id, label)

    def counted(self, since: datetime | None = None) -> list[Label]:
        rows = self.memory.tables["screening_label"].values()
        latest: dict[tuple[str, str], Label] = {}
        for each in sorted(rows, key=lambda label: (label.at, label.id)):
            latest[each.text, each.category] = each
        found = [each for each in latest.values() if since is None or each.at >= since]
        return sorted(found, key=lambda label: (label.at, label.id))


class MemoryJudgedEntries(MemoryStreams[JudgedEntry, EntryStep]):
    """All entries that were ever proposed."""

    table = "lexicon_entry"
    fold = staticmethod(entries.fold)

    def of(self, category: Category, entry: str) -> Held[JudgedEntry] | None:
        stream = stream_of(category, entry)
        return self.get(stream) if self.history(stream) else None

    def listed(self, limit: int, stage: EntryStage | None = None) -> list[JudgedEntry]:
        found = [h.now for h in self.all() if stage in {None, h.now.stage}]
        found.sort(key=lambda each: each.id)
        return sorted(found, key=lambda each: each.since, reverse=True)[:limit]


@dataclass(frozen=True, slots=True)
class MemoryLessons:
    """What was learned last."""

    memory: Memory

    def keep(self, taught: Taught) -> None:
        self.memory.must_be_open()
        self.memory.tables["lesson"]["now"] = (self.version() + 1, taught)

    def version(self) -> int:
        number, _ = self.memory.tables["lesson"].get("now", (0, UNTAUGHT))
        return int(number)

    def now(self) -> Taught:
        _, taught = self.memory.tables["lesson"].get("now", (0, UNTAUGHT))
        assert isinstance(taught, Taught)
        return taught


class MemoryModelSteps(MemoryStreams[Models, ModelsStep]):
    """The one stream of the installation's models."""

    table = "screening_models"
    fold = staticmethod(shadowing.fold)

    def of_house(self) -> Held[Models] | None:
        return self.get("house") if self.history("house") else None

    def write(self, steps: Sequence[ModelsStep], *, after: int) -> Held[Models]:
        return self.add("house", steps, after=after)


@dataclass(frozen=True, slots=True)
class MemorySamples:
    """What was noted of screened texts."""

    memory: Memory

    def keep(self, samples: Sequence[Sample]) -> None:
        self.memory.must_be_open()
        rows = self.memory.tables["screening_sample"]
        for each in samples:
            rows[len(rows)] = each

    def window(self, live: str, begin: datetime, end: datetime) -> list[Window]:
        found = []
        for category in sorted(Category):
            own = [e for e in self._all() if e.category is category and e.live_version == live]
            rows = [e for e in own if begin <= e.at < end]
            bins = Counter(min(int(e.live * BINS), BINS - 1) for e in rows)
            if rows:
                flagged = sum(e.live_lane is not Lane.PUBLISH for e in rows)
                mean = sum(e.live for e in rows) / len(rows)
                counts = tuple(bins[n] for n in range(BINS))
                found.append(Window(category, len(rows), flagged, mean, counts))
        return found

    def texts(self, version: str, since: datetime) -> int:
        return len({(e.key, e.at) for e in self._of(version) if e.at >= since})

    def crossed(self, version: str, since: datetime) -> list[Crossed]:
        counted = Counter(
            (e.category, e.live_lane, e.shadow_lane)
            for e in self._of(version)
            if e.at >= since and e.shadow_lane
        )
        return [Crossed(c, live, Lane(s or ""), n) for (c, live, s), n in sorted(counted.items())]

    def of_texts(self, version: str, keys: Sequence[str]) -> list[Sample]:
        latest = {(e.key, e.category): e for e in self._of(version) if e.key in set(keys)}
        return [latest[key] for key in sorted(latest)]

    def forget(self, before: datetime) -> int:
        rows = self.memory.tables["screening_sample"]
        old = [key for key, each in rows.items() if each.at < before]
        for key in old:
            del rows[key]
        return len(old)

    def _of(self, version: str) -> list[Sample]:
        return [each for each in self._all() if each.shadow_version == version]

    def _all(self) -> list[Sample]:
        return list(self.memory.tables["screening_sample"].values())
