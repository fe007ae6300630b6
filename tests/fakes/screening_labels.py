"""What decisions say of findings, in memory."""

from dataclasses import dataclass
from datetime import datetime

from tests.fakes.memory import Memory

from gongdao.domain.screening.labels import Label


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
