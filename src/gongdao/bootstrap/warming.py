"""What the first text would wait for is loaded behind the back of a process that serves pages.

Reading the tables, the lists and the model, with the libraries for it, takes two seconds and more.
It is begun some seconds after the start, so that the first page does not share its time with it,
and only where pages are served: commands and the worker load it where they need it.
"""

import logging
import threading
from dataclasses import dataclass, field

LOG = logging.getLogger("gongdao.screening")
AFTER_SECONDS = 5.0
_ANY_WORDS = "你好"


@dataclass(frozen=True, slots=True)
class Warming:
    """One a process; once it has ended, nothing is begun any more."""

    after: float = AFTER_SECONDS
    _ended: threading.Event = field(default_factory=threading.Event)

    def begin(self) -> threading.Thread:
        """Load it in a thread of its own, which keeps no process from ending."""
        thread = threading.Thread(target=self._load, name="warming", daemon=True)
        thread.start()
        return thread

    def end(self) -> None:
        """The process ends: what is not begun stays undone."""
        self._ended.set()

    def _load(self) -> None:
        """Look at some words; what goes wrong here is said to whoever sends the first text."""
        if self._ended.wait(self.after):
            return
        from django.db import connection  # noqa: PLC0415 – once Django is set up

        from gongdao import bootstrap  # noqa: PLC0415

        try:
            bootstrap.app().screening.now.find(_ANY_WORDS)
        except Exception as problem:  # noqa: BLE001 – nobody asked for it yet
            LOG.info("screening.not_warmed %s", type(problem).__name__)
        finally:
            connection.close()
