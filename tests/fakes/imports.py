"""Tables that are read in, and the orders that were kept of them, in memory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from tests.fakes.memory import Memory

from gongdao.domain.disputes.imports import Brought, Import, ImportId, ImportStage, KeptOrder
from gongdao.domain.disputes.rules import came_already
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.ids import OrganisationId


@dataclass(frozen=True, slots=True)
class MemoryImports:
    """Tables that were or are read in."""

    memory: Memory
    ticks: list[int] = field(default_factory=list)

    def begin(self, new: Import) -> None:
        self.memory.must_be_open()
        self.memory.tables["import"][new.id] = new

    def get(self, which: ImportId) -> Import:
        if which not in self.memory.tables["import"]:
            raise NotFound("not_found", "There is no such table.")
        found: Import = self.memory.tables["import"][which]
        return found

    def tick(self, which: ImportId, written: int) -> None:
        del which
        self.ticks.append(written)

    def end(
        self, which: ImportId, stage: ImportStage, brought: Brought, problem: str, at: datetime
    ) -> None:
        was = self.get(which)
        written = was.lines if stage is ImportStage.DONE else 0
        self.memory.tables["import"][which] = replace(
            was, stage=stage, brought=brought, problem=problem, ended_at=at, written=written
        )

    def latest(self, organisation: OrganisationId, limit: int) -> list[Import]:
        found = [i for i in self.memory.tables["import"].values() if i.organisation == organisation]
        return sorted(found, key=lambda i: (i.begun_at, i.id), reverse=True)[:limit]

    def remember(
        self, organisation: OrganisationId, headings_key: str, columns: Mapping[str, int]
    ) -> None:
        self.memory.tables["columns"][organisation, headings_key] = dict(columns)

    def recall(self, organisation: OrganisationId, headings_key: str) -> Mapping[str, int] | None:
        return self.memory.tables["columns"].get((organisation, headings_key))


@dataclass(frozen=True, slots=True)
class MemoryKeptOrders:
    """Orders that came in with tables."""

    memory: Memory

    def add_all(self, orders: Sequence[KeptOrder]) -> None:
        self.memory.must_be_open()
        rows = self.memory.tables["kept_order"]
        for order in orders:
            if (order.organisation, order.line_key) in rows:
                raise came_already()
            rows[order.organisation, order.line_key] = order

    def known(self, organisation: OrganisationId, line_keys: Collection[str]) -> set[str]:
        rows = self.memory.tables["kept_order"]
        return {key for key in line_keys if (organisation, key) in rows}

    def of_keys(
        self, organisation: OrganisationId, order_keys: Collection[str]
    ) -> dict[str, list[KeptOrder]]:
        rows: list[KeptOrder] = list(self.memory.tables["kept_order"].values())
        mine = [o for o in rows if o.organisation == organisation and o.order_key in order_keys]
        mine.sort(key=lambda o: o.id)
        mine.sort(key=lambda o: o.day or date.max, reverse=True)
        found: dict[str, list[KeptOrder]] = {}
        for order in mine:
            found.setdefault(order.order_key, []).append(order)
        return found


def imports_on_fakes(memory: Memory) -> dict[str, Any]:
    """The ports of tables that are read in."""
    return {"imports": MemoryImports(memory), "kept_orders": MemoryKeptOrders(memory)}
