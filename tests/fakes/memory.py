"""Everything kept in memory, with a unit of work that forgets what an error interrupts."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Memory:
    """Tables of unchangeable values: a snapshot is a copy of the tables alone."""

    tables: defaultdict[str, dict[Any, Any]] = field(default_factory=lambda: defaultdict(dict))
    depth: int = 0
    """How many units of work are open, each within the one before."""

    def __call__(self) -> AbstractContextManager[None]:
        """Begin a unit of work; within another one it can fail alone, as a savepoint does."""
        return self._unit()

    def must_be_open(self) -> None:
        """Facts are written within a unit of work, or a crash would keep half of them."""
        assert self.depth > 0, "this was written outside a unit of work"

    @contextmanager
    def _unit(self) -> Iterator[None]:
        kept = {name: dict(rows) for name, rows in self.tables.items()}
        self.depth += 1
        try:
            yield
        except BaseException:
            self.tables.clear()
            self.tables.update(kept)
            raise
        finally:
            self.depth -= 1
