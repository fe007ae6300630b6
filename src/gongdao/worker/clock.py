"""The clock loop: what must be done again and again, each thing in its own rhythm."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gongdao.adapters.problems import code_of, log_problem

LOG = logging.getLogger("gongdao.clock")


@dataclass(slots=True)
class Errand:
    """Something to be done again and again. An error in it is logged and stops nothing."""

    name: str
    do: Callable[[], int]
    """Does what is due now and says how much that was."""
    every: float
    """Seconds of rest after it."""
    full: int = 0
    """So many at once mean that more is waiting: then it is done again without a rest."""
    next_at: float = 0.0
    trouble: str = ""
    """The code of the error that it ended with the last time."""


@dataclass(slots=True, kw_only=True)
class Clock:
    """Does its errands until it is stopped."""

    errands: Sequence[Errand]
    stopping: threading.Event
    between: Callable[[], object]
    """Called after each errand; gives back broken and aged database connections."""
    now: Callable[[], float] = time.monotonic

    def run(self) -> None:
        """Go on until `stopping` is set; what is at hand is finished first."""
        while not self.stopping.is_set():
            for errand in self.errands:
                if self.now() >= errand.next_at and not self.stopping.is_set():
                    self._do(errand)
            self.stopping.wait(max(0.0, min(e.next_at for e in self.errands) - self.now()))

    def _do(self, errand: Errand) -> None:
        amount, code = 0, ""
        try:
            amount = errand.do()
        except Exception as problem:  # noqa: BLE001 - nothing may end the loop
            code = self._trouble(errand, problem)
        if errand.trouble and not code:
            LOG.warning("%s errand=%s is over", errand.trouble, errand.name)
        errand.trouble = code
        again = errand.full and amount >= errand.full
        errand.next_at = self.now() + (0.0 if again else errand.every)
        self.between()

    def _trouble(self, errand: Errand, problem: Exception) -> str:
        """Log an error; the same one again and again is logged once."""
        code = code_of(problem)
        if code != errand.trouble:
            log_problem(LOG, problem, f"errand={errand.name}")
        return code
